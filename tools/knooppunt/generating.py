"""Translated Markdown pages as files, for any site generator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.errors import UsageError
from knooppunt.files import inside, write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from knooppunt.project import Project


def generate_pages(
    project: Project,
    out: Path,
    *,
    locales: Iterable[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, int]:
    """Write the pages of each locale (all where none is given) to `out/<locale>/`; the number of pages of each.

    All pages are made before the first is written. Raises UsageError where `out` is a folder of sources, DataError
    for a page that cannot be made.
    """
    for folder in (project.settings.docs_path, project.settings.locales_path):
        if out.resolve().is_relative_to(folder.resolve()) or folder.resolve().is_relative_to(out.resolve()):
            raise UsageError(f"'{out}' holds sources or lies among them; give --out another folder")
    codes = list(locales) or [locale.code for locale in project.locales]
    pages: list[tuple[Path, str]] = []
    for code in codes:
        for source in project.pages:
            progress(f"{code} {source.path}")
            pages.append((inside(out, f"{code}/{source.path}", "page"), project.rendered(source, code).markdown))
    for path, text in pages:
        write_atomic(path, text)
    return {code: len(project.pages) for code in codes}
