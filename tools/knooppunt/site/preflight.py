"""Checks before a site is built: what MkDocs and its plugins would lose in silence, or overwrite, is refused here."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from knooppunt.errors import Problem
from knooppunt.site.addresses import page_url
from knooppunt.site.navigation import entries, escapes, is_link, missing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.site.navigation import Nav

CONFIG = "mkdocs.yml"


def preflight(
    *,
    pages: Sequence[str],
    nav: Nav | None,
    source: str,
    locales: Sequence[str],
    docs: str = "docs",
    config_text: str = "",
) -> tuple[Problem, ...]:
    """Everything that keeps a project from becoming a site, all of it at once.

    `pages` are paths relative to the docs folder, `nav` is as in mkdocs.yml (None where it has none), `locales` are
    the target locales, and `config_text` is the text of mkdocs.yml, to give the lines of entries.
    """
    return (
        *shared_addresses(pages, docs),
        *locale_folders(pages, locales, docs),
        *nav_problems(nav or [], pages, [source, *locales], config_text),
    )


def home_page(pages: Sequence[str], docs: str) -> list[Problem]:
    """No first page: mkdocs-static-i18n gives up without one."""
    if {"index.md", "README.md"}.intersection(pages):
        return []
    return [Problem(f"{docs}/index.md", 0, "", "there is no such file", "a site needs a home page; write it")]


def shared_addresses(pages: Sequence[str], docs: str) -> list[Problem]:
    """Two pages with one address: `x.md` and `x/index.md`, `README.md` and `index.md`, or names alike but for case."""
    found: dict[str, str] = {}
    problems = []
    for page in sorted(pages):
        url = page_url(page)
        other = found.setdefault(url.casefold(), page)
        if other != page:
            same = page_url(other) == url
            why = f"has the same address as {docs}/{other}" if same else f"differs from {docs}/{other} only in case"
            problems.append(Problem(f"{docs}/{page}", 0, "", f"{why} (/{url})", "rename or remove one of them"))
    return problems


def locale_folders(pages: Sequence[str], locales: Sequence[str], docs: str) -> list[Problem]:
    """Pages of the source at an address that belongs to a language: `docs/nl/x.md` where `nl` is a locale.

    Other short names, such as `docs/ci/` and `docs/go/`, are safe: the staging folder has every page below a locale.
    """
    problems = []
    for page in sorted(pages):
        first = page.partition("/")[0].removesuffix(".md")
        owner = next((code for code in locales if code.casefold() == first.casefold()), None)
        if owner is not None:
            problems.append(
                Problem(
                    f"{docs}/{page}",
                    0,
                    "",
                    f"'{first}' is a locale of this project, so /{owner}/ belongs to its translation",
                    "rename it; translations live in the catalogs of the locale",
                )
            )
    return problems


def nav_problems(nav: Nav, pages: Sequence[str], codes: Sequence[str], config_text: str) -> list[Problem]:
    """Entries that lead out of the docs folder or to nothing, and sections that would be taken for a language."""
    problems = []
    for _, target in entries(nav):
        if not is_link(target) and escapes(target):
            line = line_of(config_text, target)
            message = f"'{target}' leads out of the docs folder"
            problems.append(Problem(CONFIG, line, "nav", message, "name a page inside it"))
    problems.extend(
        Problem(CONFIG, line_of(config_text, target), "nav", f"there is no page '{target}'", _hint(target, pages))
        for target in missing(nav, pages)
    )
    for item in nav:
        for title, value in item.items() if isinstance(item, dict) else ():
            if isinstance(value, list) and not value:
                line = line_of(config_text, str(title))
                problems.append(
                    Problem(CONFIG, line, "nav", f"section '{title}' has no pages", "add pages or remove the section")
                )
            if isinstance(value, list) and any(str(title) == code.capitalize() for code in codes):
                line = line_of(config_text, str(title))
                message = f"section '{title}' has the name of a language, and mkdocs-static-i18n would unpack it"
                problems.append(Problem(CONFIG, line, "nav", message, "give the section another title"))
    return problems


def _hint(target: str, pages: Sequence[str]) -> str:
    close = get_close_matches(target, pages, n=1, cutoff=0.7)
    return f"did you mean '{close[0]}'?" if close else "paths are relative to the docs folder"


def line_of(text: str, value: str) -> int:
    """1-based line on which a value first stands in a text; 0 where it does not."""
    position = text.find(value)
    return text.count("\n", 0, position) + 1 if position >= 0 else 0
