"""The termbase of a locale out to TBX, and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.errors import UsageError
from knooppunt.exchange.tbx import TBX_ENDING, TBX_TITLE, is_tbx, parse_terms_of, render_terms
from knooppunt.exchange.terms import TermsPlan, plan_terms
from knooppunt.files import Writes, alone, read_text, write_atomic
from knooppunt.remembering import file_bytes, locale_of
from knooppunt.repair.termbase import parse_terms

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.project import Project


@dataclass(frozen=True, slots=True)
class TermsReport:
    """What an import of terms did, or would do."""

    path: str
    """The file that came back."""
    termbase: str
    """Path of the terms.yml, from the project's root."""
    locale: str
    plan: TermsPlan
    written: bool


def export_terms(project: Project, locale: str | None) -> tuple[str, int]:
    """The termbase of a locale as TBX-Basic, and how many concepts it has; nothing is written.

    The locale may be left out where the project has one only. Raises UsageError for a locale that is not there,
    DataError for a termbase that is not valid.
    """
    code = locale_of(project, locale)
    path, shown = _place(project, code)
    terms = parse_terms(read_text(path, shown) if path.is_file() else "", shown).terms
    title = str(project.mkdocs.get("site_name") or "")
    return render_terms(terms, project.settings.source_locale, code, title), len(terms)


def write_terms(root: Path, path: Path, text: str) -> None:
    """Write an export to a file, whole or not at all. Raises UsageError where its ending is not that of TBX."""
    if path.suffix.lower() not in {TBX_ENDING, ".xml"}:
        raise UsageError(f"'{path}' has the ending of another format; write {TBX_TITLE} to a {TBX_ENDING}")
    with alone(root):
        write_atomic(path, text)


def holds_terms(path: Path) -> bool:
    """Whether a file is a terminology; False where it cannot be read, which is for others to say."""
    try:
        if not path.is_file():  # opening a pipe could wait for ever
            return False
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
    except OSError:
        return False
    return any(name in head for name in (b"<martif", b"<tbx", "<martif".encode("utf-16-le"))) and is_tbx(
        head, path.as_posix()
    )


def import_terms(project: Project, path: Path, *, locale: str | None, write: bool = True) -> TermsReport:
    """Take the concepts of a TBX file into a termbase; see `plan_terms` for what is taken.

    Raises DataError for a file that cannot be read, UsageError for a locale that is not there.
    """
    code = locale_of(project, locale)
    place, shown = _place(project, code)
    data = file_bytes(path, path.as_posix())
    concepts = parse_terms_of(data, path.as_posix(), project.settings.source_locale, code)
    with alone(project.settings.root), Writes() as writes:
        old = read_text(place, shown) if place.is_file() else None
        plan = plan_terms(old or "", shown, concepts)
        if plan.text != (old or ""):
            writes.add(place, plan.text, before=old)
        if write:
            writes.commit()
    return TermsReport(path.as_posix(), shown, code, plan, write)


def _place(project: Project, code: str) -> tuple[Path, str]:
    path = project.settings.locales_path / code / "terms.yml"
    return path, path.relative_to(project.settings.root).as_posix()
