"""What adopting a site has given, as values and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.alignment.notes import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.alignment.notes import Note
    from knooppunt.alignment.verify import Verdict
    from knooppunt.model import Origin


@dataclass(frozen=True, slots=True)
class AdoptedPage:
    """One translated page and its catalog."""

    name: str
    """Name of the catalog: `virtual-nodes/network`."""
    source: str
    """Path of the source page, as it was found."""
    translated: str
    """Path of the translated page."""
    catalog: str
    """Path of the catalog."""
    engine: str | None
    """Name of the engine that translated the page; None for a page by people."""
    segments: int
    """Texts of the source page, each place counted."""
    taken: int
    """Those of them whose translation was taken."""
    notes: tuple[Note, ...]
    changed: bool
    """Whether the catalog changes."""
    earlier: bool = False
    """Whether the source is not the project's own page, but one of another day or place."""
    verdict: Verdict | None = None
    """How the page made from the catalog compares with the translated page, where that was asked for."""

    @property
    def machine(self) -> int:
        """Taken texts that are an engine's."""
        return self.taken if self.engine else 0

    @property
    def unsure(self) -> int:
        """Texts whose translation is likely, but not sure enough."""
        return sum(note.reason is Reason.UNSURE for note in self.notes)

    @property
    def left(self) -> int:
        """Texts without a translation for any other reason."""
        return self.segments - self.taken - self.unsure


@dataclass(frozen=True, slots=True)
class AdoptReport:
    """All that was adopted, or would be."""

    locale: str
    pages: tuple[AdoptedPage, ...]
    without_translation: tuple[str, ...]
    """Source pages that have no translated page."""
    without_source: tuple[str, ...]
    """Translated pages that have no source page."""

    @property
    def unexplained(self) -> int:
        """Blocks that differ from the translated pages though no note says so."""
        return sum(len(page.verdict.unexplained) for page in self.pages if page.verdict is not None)


def as_json(report: AdoptReport) -> Mapping[str, object]:
    """The report as a JSON document, version 1."""
    return {
        "version": 1,
        "locale": report.locale,
        "pages": [_page(page) for page in report.pages],
        "without_translation": list(report.without_translation),
        "without_source": list(report.without_source),
    }


def _page(page: AdoptedPage) -> Mapping[str, object]:
    verdict = page.verdict
    return {
        "name": page.name,
        "source": page.source,
        "translated": page.translated,
        "catalog": page.catalog,
        "engine": page.engine,
        "segments": page.segments,
        "taken": page.taken,
        "machine": page.machine,
        "unsure": page.unsure,
        "left": page.left,
        "changed": page.changed,
        "earlier": page.earlier,
        "notes": [_note(note) for note in page.notes],
        "verdict": None
        if verdict is None
        else {
            "blocks": verdict.blocks,
            "equal": verdict.equal,
            "explained": verdict.explained,
            "unexplained": [
                {"line": item.line, "text": item.text, "page": "made" if item.made else "translated"}
                for item in verdict.unexplained
            ],
        },
    }


def _note(note: Note) -> Mapping[str, object]:
    return {
        "reason": note.reason.value,
        "message": note.message,
        "taken": not note.left,
        "source": _origin(note.source),
        "translated": _origin(note.target),
        "source_text": note.source_text,
        "translated_text": note.target_text,
        "confidence": None if note.confidence is None else round(note.confidence, 4),
    }


def _origin(origin: Origin | None) -> Mapping[str, object] | None:
    return None if origin is None else {"path": origin.path, "line": origin.line, "column": origin.column}
