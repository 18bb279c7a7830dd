"""The feed of a project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.feed.changelog import LOG, parse_log
from knooppunt.feed.input import FeedInput
from knooppunt.feed.render import render_feed
from knooppunt.files import read_text

if TYPE_CHECKING:
    from knooppunt.feed.changelog import Change
    from knooppunt.project import Project


def project_feed(project: Project, site_url: str, revision: str | None = None) -> dict[str, bytes]:
    """Every file of a project's feed by its path relative to the root of the site.

    Raises DataError for what is wrong in the project, and UsageError where `site_url` is not an http address.
    """
    source = project.settings.source_locale
    locales = [source, *(locale.code for locale in project.locales)]
    return render_feed(
        FeedInput(
            site_url=site_url,
            project=_name(project.mkdocs.get("site_name"), site_url),
            source_locale=source,
            records={locale: project.translated_records(locale) for locale in locales},
            redirects=project.knowledge.redirects,
            words={locale: project.words(locale) for locale in locales},
            settings=project.settings,
            revision=revision,
            changes=logged_changes(project),
            directories=project.directories,
        )
    )


def logged_changes(project: Project) -> tuple[Change, ...]:
    """The log of changes of a project; empty where it keeps none. Raises DataError."""
    path = project.settings.root / LOG
    return parse_log(read_text(path, LOG), LOG) if path.is_file() else ()


def _name(site_name: object, site_url: str) -> str:
    """What mkdocs.yml calls the site, or else its host; never the folder, which differs from machine to machine."""
    if isinstance(site_name, str) and site_name.strip():
        return site_name.strip()
    return re.sub(r"^\w+://|[/:].*$", "", site_url)
