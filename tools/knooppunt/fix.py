"""Edits, proven harmless, and written at their origin. Text in, text out.

Law 5: a fix of a fixed text changes nothing, and a fix never touches code, URLs, ids, placeholders or markup; but for
`fix_urls`, which touches nothing but URLs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import edit_po, parse_po
from knooppunt.errors import DataError
from knooppunt.exchange.xliff_targets import read_targets, with_edits
from knooppunt.pages import heading_ids, parse_front_matter, parse_page
from knooppunt.repair.edits import apply
from knooppunt.repair.proof import prove
from knooppunt.repair.text import mask

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from knooppunt.exchange.xliff_targets import TargetText
    from knooppunt.model import Edit, Entry, Finding, Page

__all__ = (
    "FixResult",
    "apply",
    "fix_catalog",
    "fix_markdown",
    "fix_urls",
    "fix_xliff",
    "parsed_page",
    "prove",
    "prove_urls",
    "settle",
)

_URL: Final = re.compile(r"[^\s<>\"'`\\|{}()\[\]]+")
"""What may be written in the place of a URL: nothing that would end it in Markdown, HTML or YAML."""
_BEFORE_URL: Final = re.compile(r"[(<\"'\s=,:]\Z")
_AFTER_URL: Final = re.compile(r"[.,;:!?*_~]{0,9}(?:[\s<>\"'`|\\})\]]|\Z)")

MOST_ROUNDS: Final = 10
"""Rounds of finding and fixing after which `settle` stops; two are usual."""


@dataclass(frozen=True, slots=True)
class FixResult:
    """A text after a fix."""

    text: str
    applied: tuple[Finding, ...] = ()
    refused: tuple[tuple[Finding, str], ...] = ()
    """Findings whose edits were not made, each with the reason."""

    @property
    def changed(self) -> bool:
        return bool(self.applied)


def _chosen(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that a fix may apply, in order and apart: of two whose edits overlap or interleave, the first."""
    chosen: list[Finding] = []
    start, end = -1, -1
    safe = [finding for finding in findings if finding.safe and finding.edits]
    for finding in sorted(safe, key=lambda finding: (min(finding.edits), finding.check)):
        first, last = min(finding.edits).start, max(edit.end for edit in finding.edits)
        if first != start and first >= end:
            chosen.append(finding)
            start, end = first, last
    return chosen


def fix_markdown(
    text: str, findings: Iterable[Finding], *, path: str = "", linked: Collection[str] = frozenset()
) -> FixResult:
    """Apply the safe edits of findings to a page, as far as they are proven harmless.

    All at once where that is proven; otherwise in halves, so that one bad edit does not hold up the others. `linked`
    are the anchors that other pages lead to, which headings must keep.
    """
    return _halves(text, _chosen(findings), lambda before, after, edits: _harmless(before, after, edits, path, linked))


def _halves(text: str, chosen: list[Finding], refuse: Callable[[str, str, list[Edit]], str | None]) -> FixResult:
    """Make the edits of these findings, the later half first, so that the places of the earlier half still hold."""
    if not chosen:
        return FixResult(text)
    edits = [edit for finding in chosen for edit in finding.edits]
    candidate = apply(text, edits)
    reason = refuse(text, candidate, edits)
    if reason is None:
        return FixResult(candidate, tuple(chosen))
    if len(chosen) == 1:
        return FixResult(text, (), ((chosen[0], reason),))
    middle = len(chosen) // 2
    later = _halves(text, chosen[middle:], refuse)
    earlier = _halves(later.text, chosen[:middle], refuse)
    return FixResult(earlier.text, earlier.applied + later.applied, earlier.refused + later.refused)


def _harmless(before: str, after: str, edits: Sequence[Edit], path: str, linked: Collection[str]) -> str | None:
    """Why a fix of a page is refused: what `prove` says, or where blocks or anchors that it links to would change."""
    old, new = parsed_page(before, path), parsed_page(after, path)
    if [block.kind for block in old.blocks] != [block.kind for block in new.blocks]:
        return "the page falls into other blocks"
    if [segment.kind for segment in old.segments] != [segment.kind for segment in new.segments]:
        return "the page falls into other texts"
    if not _same_front_matter(before, after):
        return "the front matter would not be valid YAML"
    inside = [(segment.origin.start, segment.origin.end) for segment in old.segments]
    for edit in edits:
        if not any(start <= edit.start and edit.end <= end for start, end in inside):
            return "the edit lies outside of the texts of the page"
    gone = set(heading_ids(old).values()) - set(heading_ids(new).values())
    for anchor in sorted(gone):
        if anchor in linked:
            return f"a link of another page leads to '#{anchor}', which the heading would lose"
        if re.search(rf"(?:\]\(|\]:[ \t]*<?|=[\"'])#{re.escape(anchor)}(?![\w-])", before):
            return f"a link of the page leads to '#{anchor}', which the heading would lose"
    return prove(before, after, edits)


@lru_cache(maxsize=8)
def parsed_page(text: str, path: str) -> Page:
    """A page, parsed once for the checks and fixes of the moment."""
    return parse_page(text, path=path)


def _same_front_matter(before: str, after: str) -> bool:
    """Whether a fix leaves valid front matter valid, with the same keys."""
    try:
        keys = list(parse_front_matter(before, ""))
    except DataError:
        return True  # it was broken before, and is the business of others
    try:
        return list(parse_front_matter(after, "")) == keys
    except DataError:
        return False


def fix_urls(text: str, findings: Iterable[Finding], *, path: str = "") -> FixResult:
    """Put new URLs in the place of others in a page or a mkdocs.yml, where nothing but targets changes."""
    if path.endswith((".yml", ".yaml")):
        return _halves(text, _chosen(findings), _bare_url)
    return _halves(text, _chosen(findings), lambda before, after, edits: _same_page(before, after, edits, path))


def _same_page(before: str, after: str, edits: Sequence[Edit], path: str) -> str | None:
    old, new = parsed_page(before, path), parsed_page(after, path)
    if [(block.kind, len(block.segments)) for block in old.blocks] != [
        (block.kind, len(block.segments)) for block in new.blocks
    ]:
        return "the page falls into other blocks"
    if not _same_front_matter(before, after):
        return "the front matter would not be valid YAML"
    return prove_urls(before, after, edits)


def prove_urls(before: str, after: str, edits: Sequence[Edit]) -> str | None:
    """Why new URLs must be refused; None where the text has the same code, links and tags but for these URLs."""
    refused = _bare_url(before, after, edits)
    if refused is not None:
        return refused
    if [span.kind for span in mask(before).spans] != [span.kind for span in mask(after).spans]:
        return "the text would have other links, code or tags"
    return None


def _bare_url(before: str, _after: str, edits: Sequence[Edit]) -> str | None:
    """Whether each edit puts one URL in the place of another that stands alone."""
    for edit in edits:
        old = before[edit.start : edit.end]
        alone = not edit.start or _BEFORE_URL.search(before[edit.start - 1 : edit.start])
        if not old or "\n" in old or not alone or not _AFTER_URL.match(before, edit.end):
            return f"'{old[:40]}' is not a URL that stands alone"
        if not _URL.fullmatch(edit.new):
            return f"'{edit.new}' could not be written here"
    return None


def fix_catalog(
    text: str,
    path: str,
    findings: Iterable[Finding],
    proof: Callable[[str, str, list[Edit]], str | None] = prove,
) -> FixResult:
    """Apply the safe edits of findings to the translations of a PO file, as far as they are proven harmless.

    The origin of a finding is the span of its entry; flags, comments and states stay as they are. `proof` says why a
    change must be refused: `prove` for words, `prove_urls` for where links lead.
    Raises DataError where the text is not a valid catalog.
    """
    catalog = parse_po(text, path)
    by_start = {entry.origin.start: entry for entry in catalog.active}
    grouped: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.safe and finding.edits:
            grouped.setdefault(finding.origin.start, []).append(finding)
    changes: dict[tuple[str | None, str], Entry | None] = {}
    applied: list[Finding] = []
    refused: list[tuple[Finding, str]] = []
    for start, group in sorted(grouped.items()):
        entry = by_start.get(start)
        if entry is None:
            refused += [(finding, "the entry is gone") for finding in group]
            continue
        result = _halves(entry.msgstr, _chosen(group), proof)
        applied += result.applied
        refused += result.refused
        if result.text != entry.msgstr:
            plurals = (result.text, *entry.plurals[1:]) if entry.plurals else ()
            changes[entry.key] = replace(entry, msgstr=result.text, plurals=plurals)
    return FixResult(edit_po(catalog, changes) if changes else text, tuple(applied), tuple(refused))


def fix_xliff(text: str, path: str, findings: Iterable[Finding]) -> FixResult:
    """Apply the safe edits of findings to the translations of an XLIFF file, as far as they are proven harmless.

    The origin of a finding is the place of its translation. Only letters inside of `<target>` are replaced; inline
    codes and everything else keep their bytes. Raises DataError where the text is not XLIFF.
    """
    units = read_targets(text, path)
    by_start = {unit.start: unit for unit in units}
    grouped: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.safe and finding.edits:
            grouped.setdefault(finding.origin.start, []).append(finding)
    edited = text
    applied: list[Finding] = []
    refused: list[tuple[Finding, str]] = []
    wanted = {unit.start: unit.target for unit in units}
    for start, group in sorted(grouped.items(), reverse=True):  # the last first, so that the places of others hold
        unit = by_start.get(start)
        if unit is None:
            refused += [(finding, "the unit is gone") for finding in group]
            continue
        result = _halves(unit.target, _chosen(group), lambda *texts, unit=unit: _unfit(text, unit, *texts))
        made = with_edits(edited, unit, [edit for finding in result.applied for edit in finding.edits])
        if made is not None:
            edited, wanted[start] = made, result.text
        applied += result.applied
        refused += result.refused
    if edited != text and not _as_wanted(units, read_targets(edited, path), wanted):
        reason = "the file would differ in more than these translations"
        return FixResult(text, (), (*refused, *((finding, reason) for finding in applied)))
    return FixResult(edited, tuple(applied), tuple(refused))


def _unfit(text: str, unit: TargetText, before: str, after: str, edits: list[Edit]) -> str | None:
    if with_edits(text, unit, edits) is None:
        return "an inline code or a CDATA section is in the way"
    return prove(before, after, edits)


def _as_wanted(before: Sequence[TargetText], after: Sequence[TargetText], wanted: Mapping[int, str]) -> bool:
    """Whether a fixed file has the same units with the same codes, and the wanted translations."""
    return [(unit.id, unit.source, unit.state, wanted[unit.start], _codes(unit)) for unit in before] == [
        (unit.id, unit.source, unit.state, unit.target, _codes(unit)) for unit in after
    ]


def _codes(unit: TargetText) -> tuple[str, ...]:
    return tuple(piece.text for piece in unit.pieces if piece.code)


def settle(
    text: str, find: Callable[[str], Iterable[Finding]], fix: Callable[[str, Iterable[Finding]], FixResult]
) -> FixResult:
    """Find and fix until nothing changes: edits that overlapped in one round are made in the next."""
    applied: list[Finding] = []
    result = FixResult(text)
    for _ in range(MOST_ROUNDS):
        result = fix(text, find(text))
        if result.text == text:
            break
        applied += result.applied
        text = result.text
    return FixResult(text, tuple(applied), result.refused)
