"""Edits of links, proven to change nothing but where they lead, and written where they were found."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.catalogs import parse_po
from knooppunt.checking import Found
from knooppunt.checking.results import found_in
from knooppunt.files import Writes, alone, read_text
from knooppunt.fix import FixResult, fix_catalog, fix_urls, prove_urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from knooppunt.model import Finding


@dataclass
class Mending:
    """What was found in files below a folder, and the texts with their links mended."""

    root: Path
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Path -> text before and after."""

    def take(self, findings: Iterable[Finding], *, fix: bool) -> Iterator[tuple[Found, bool]]:
        """The findings as people read them, each with whether it was mended (`fix` asks for that)."""
        by_path: dict[str, list[Finding]] = {}
        for finding in findings:
            by_path.setdefault(finding.origin.path, []).append(finding)
        for path, group in sorted(by_path.items()):
            if not any(finding.edits for finding in group):
                yield from ((Found(finding), False) for finding in group)
                continue
            text = read_text(self.root / path, path)
            made: FixResult = self._fixed(path, text, group) if fix else FixResult(text)
            if made.changed:
                self.changes[path] = (text, made.text)
            applied = {id(finding) for finding in made.applied}
            refused = {id(finding): why for finding, why in made.refused}
            texts = _texts(path, text)
            for finding in group:
                shown = found_in(texts(finding), finding)
                yield Found(finding, shown.marks, refused.get(id(finding), "")), id(finding) in applied

    @staticmethod
    def _fixed(path: str, text: str, group: list[Finding]) -> FixResult:
        if path.endswith(".po"):
            return fix_catalog(text, path, group, prove_urls)
        return fix_urls(text, group, path=path)

    def write(self) -> None:
        """Write what was mended. Raises DataError, and writes nothing, where a file has changed since it was read."""
        with alone(self.root), Writes() as writes:
            for path, (before, after) in sorted(self.changes.items()):
                writes.add(self.root / path, after, before=before)
            writes.commit()


class _texts:  # noqa: N801 # reads as the function that it stands for
    """The text that the edits of a finding are made in."""

    def __init__(self, path: str, text: str) -> None:
        self._text = text
        self._entries = (
            {} if not path.endswith(".po") else {e.origin.start: e.msgstr for e in parse_po(text, path).active}
        )

    def __call__(self, finding: Finding) -> str:
        return self._entries.get(finding.origin.start, self._text)
