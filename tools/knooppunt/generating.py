"""Translated Markdown pages as files, for any site generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.errors import DataError, UsageError
from knooppunt.files import Writes, inside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from knooppunt.errors import Problem
    from knooppunt.project import Project


def generate_pages(
    project: Project,
    out: Path,
    *,
    locales: Iterable[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, int]:
    """Write the pages of each locale (all where none is given) to `out/<locale>/`; the number of pages of each.

    All pages are made before the first takes its name, and one at a time is in memory. Raises UsageError where `out`
    is a folder of sources, DataError for the pages that cannot be made, all of them at once.
    """
    for folder in (project.settings.docs_path, project.settings.locales_path):
        if out.resolve().is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(out.resolve()):
            raise UsageError(f"'{out}' holds sources or lies among them; give --out another folder")
    codes = list(locales) or [locale.code for locale in project.locales]
    problems: list[Problem] = []
    with Writes() as writes:
        for source in project.sources:
            for code in codes:
                progress(f"{code} {source.path}")
                try:
                    text = project.rendered(source, code).markdown
                except DataError as error:
                    problems.extend(error.problems)
                    continue
                writes.add(inside(out, f"{code}/{source.path}", "page"), text)
        if problems:
            raise DataError(problems)
        writes.commit()
    return {code: len(project.sources) for code in codes}
