"""A page and its translation -> the messages of a catalog, and notes on all that differs.

Only what aligns with confidence becomes a message, word by word as it stands on the translated page. Everything else is
noted with its place, so that a page that is made from the catalog is the translated page but for what the notes name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.alignment.frames import frame
from knooppunt.alignment.items import without_anchor
from knooppunt.alignment.notes import Note, Reason
from knooppunt.alignment.tokens import invariants, without_markup
from knooppunt.model import Origin
from knooppunt.pages.front_matter import body_range
from knooppunt.translated.safety import added_markup

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from knooppunt.alignment.align import Alignment, Match
    from knooppunt.alignment.items import Item
    from knooppunt.model import Block, Page, Segment

THRESHOLD: Final = 0.9
"""Least confidence with which a translation is taken."""

_KINDS: Final = {"c:": "code", "l:": "link", "t:": "tag", "m:": "macro", "n:": "number"}
_SENTENCE: Final = 3
"""Words in lower case from which on a text that is the same in both languages is one that nobody translated."""
_LOWER: Final = re.compile(r"(?<![\w-])[a-z]{2,}(?![\w-])")
_TELLING: Final = re.compile(r"[\d`<\]{]|://")
"""What each thing in `_KINDS` has."""
_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Adopted:
    """One message, ready for a catalog."""

    msgid: str
    msgstr: str
    """Empty where the translation would not be published; then only `original` is kept."""
    original: str
    """The translation as it stands on the page."""
    confidence: float
    source: Origin
    target: Origin
    source_block: int
    target_block: int


@dataclass(frozen=True, slots=True)
class PageAdoption:
    """What one translated page gives."""

    messages: tuple[Adopted, ...]
    """One for each msgid, in the order of the source page."""
    pairs: tuple[Adopted, ...]
    """Every place with its own translation, of which `messages` are the chosen ones."""
    notes: tuple[Note, ...]
    """In the order of the source page; what only the translated page has comes last."""
    segments: int
    """Texts on the source page, each place counted."""

    @property
    def taken(self) -> int:
        """Texts whose translation was taken, each place counted."""
        return self.taken_without(frozenset())

    def taken_without(self, kept: Container[str]) -> int:
        """Texts whose translation was taken, but for those whose catalog keeps another one."""
        chosen = {message.msgid: message.msgstr for message in self.messages}
        return sum(
            bool(pair.msgstr) and chosen[pair.msgid] == pair.msgstr and pair.msgid not in kept for pair in self.pairs
        )


def adopt_page(source: Page, target: Page, alignment: Alignment, *, threshold: float = THRESHOLD) -> PageAdoption:
    """The messages of a page and what must be said of the rest; `alignment` is that of the two pages' items."""
    return _Adoption(source, target, alignment, threshold).run()


class _Adoption:
    def __init__(self, source: Page, target: Page, alignment: Alignment, threshold: float) -> None:
        self.source = source
        self.target = target
        self.alignment = alignment
        self.threshold = threshold
        self.notes: list[Note] = []
        self.found: list[Adopted] = []

    def run(self) -> PageAdoption:
        self._front_matter()
        joined = {place: other for one, two, other in self.alignment.joined for place in (one, two)}
        matches = {match.source: match for match in self.alignment.matches}
        for item in self.alignment.source:
            match = matches.get(item.index)
            if match is not None:
                self._match(match, joined=item.index in joined)
            elif item.index in joined:
                self._joined(item, self.alignment.target[joined[item.index]])
            else:
                self._alone(item, source=True)
        for place in self.alignment.left_target:
            self._alone(self.alignment.target[place], source=False)
        messages = tuple(self._chosen())
        segments = len(self.source.segments)
        notes = sorted(self.notes, key=_by_place)
        return PageAdoption(messages, tuple(self.found), tuple(notes), segments)

    # Front matter ----------------------------------------------------------------------------------------------------

    def _front_matter(self) -> None:
        mine = {segment.origin.pointer: segment for segment in _head(self.source)}
        theirs = {segment.origin.pointer: segment for segment in _head(self.target)}
        for key, segment in mine.items():
            other = theirs.get(key)
            if other is None:
                self._note(Reason.NO_TRANSLATION, f"the translated page has no {key}", segment, None, (0, None))
            else:
                self._take(other.msgid, 1.0, segment, other, (0, 0))
        for key, segment in theirs.items():
            if key not in mine:
                self._note(Reason.NO_SOURCE, f"the source page has no {key}", None, segment, (None, 0))
        first, second = (_other_keys(page) for page in (self.source, self.target))
        if first != second:
            names = sorted({line.partition(":")[0].strip() for line in first ^ second} - {""})
            message = f"the front matter of the translated page differs: {_list(names)}"
            places = (_first_line(self.source), _first_line(self.target))
            blocks = (0 if _has_head(self.source) else None, 0 if _has_head(self.target) else None)
            self.notes.append(Note(Reason.FRONT_MATTER, message, *places, "", "", None, *blocks))

    # Blocks ----------------------------------------------------------------------------------------------------------

    def _match(self, match: Match, *, joined: bool) -> None:
        one, other = self.alignment.source[match.source], self.alignment.target[match.target]
        blocks = (one.block, other.block)
        if match.moved:
            self._moved(one, other)
        if one.segment is None or other.segment is None:
            self._without_text(one, other)
            return
        if joined:
            self._joined(one, other)
            return
        if match.confidence < self.threshold:
            message = "these two may not belong together"
            self._note(Reason.UNSURE, message, one.segment, other.segment, blocks, match.confidence)
            return
        text = other.text
        if match.further is not None:
            second = self.alignment.target[match.further]
            text = f"{text} {second.text}"
            message = f"the translation is two blocks, the second on line {second.line}"
            self._note(Reason.CUT, message, one.segment, other.segment, blocks)
            self._note(Reason.CUT, message, one.segment, second.segment, (one.block, second.block))
        self._take(_with_anchor(one.segment, text), match.confidence, one.segment, other.segment, blocks)
        first, second_frame = frame(self.source, one.block), frame(self.target, other.block)
        if first != second_frame:
            message = f"'{_short(second_frame)}' around the text instead of '{_short(first)}'"
            self._note(Reason.FORM, message, one.segment, other.segment, blocks)

    def _take(self, text: str, confidence: float, one: Segment, other: Segment, blocks: tuple[int, int]) -> None:
        if text == one.msgid and len(_LOWER.findall(without_markup(text))) >= _SENTENCE:
            self._note(Reason.UNTRANSLATED, "the translated page has the text of the source", one, other, blocks)
            return
        refused = added_markup(one.msgid, text)
        if refused is not None:
            message = f"the translation adds {refused}, which is not published"
            self._note(Reason.REFUSED, message, one, other, blocks, confidence)
        elif differing := differences(one.msgid, text):
            self._note(Reason.DIFFERS, differing, one, other, blocks, confidence)
        msgstr = "" if refused is not None else text
        self.found.append(Adopted(one.msgid, msgstr, text, confidence, one.origin, other.origin, *blocks))

    def _joined(self, one: Item, other: Item) -> None:
        message = "two texts of the source are one here, so neither can have it"
        self._note(Reason.JOINED, message, one.segment, other.segment, (one.block, other.block))

    def _alone(self, item: Item, *, source: bool) -> None:
        segment = item.segment
        if segment is None:
            where = "the translated page lacks it" if source else "the source page lacks it"
            self._block(Reason.CODE if item.kind == "code" else Reason.BLOCK, where, item, source=source)
        elif source:
            self._note(Reason.NO_TRANSLATION, "nothing goes with this text", segment, None, (item.block, None))
        else:
            self._note(Reason.NO_SOURCE, "nothing in the source goes with this text", None, segment, (None, item.block))

    def _moved(self, one: Item, other: Item) -> None:
        places = (_place(self.source, one.block), _place(self.target, other.block))
        blocks = (one.block, other.block)
        message = "the translation stands in another place"
        self.notes.append(Note(Reason.MOVED, message, *places, one.text, other.text, None, *blocks))

    def _without_text(self, one: Item, other: Item) -> None:
        if one.segment is None and other.segment is None and one.text == other.text:
            return
        if one.kind == other.kind == "code":
            reason, message = Reason.CODE, "the block of code differs"
        elif one.segment is None and other.segment is not None:
            reason, message = Reason.BLOCK, "the translated page has a text where the source has none to translate"
        elif one.segment is not None and other.segment is None:
            self._note(Reason.NO_TRANSLATION, "no text to translate goes with it", one.segment, None, (one.block, None))
            reason, message = Reason.BLOCK, "the translated page has no text to translate here"
        else:
            reason, message = Reason.BLOCK, f"'{_short(other.text)}' instead of '{_short(one.text)}'"
        self.notes.append(
            Note(
                reason,
                message,
                _place(self.source, one.block),
                _place(self.target, other.block),
                one.text,
                other.text,
                source_block=one.block,
                target_block=other.block,
            )
        )

    # Choice ----------------------------------------------------------------------------------------------------------

    def _chosen(self) -> Iterable[Adopted]:
        """One translation for each msgid: the most frequent, of equals the first."""
        groups: dict[str, list[Adopted]] = {}
        for adopted in self.found:
            groups.setdefault(adopted.msgid, []).append(adopted)
        for msgid, group in groups.items():
            counts = Counter(adopted.original for adopted in group if adopted.msgstr or len(group) == 1)
            best = max(counts, key=lambda text: counts[text]) if counts else group[0].original
            first = next(adopted for adopted in group if adopted.original == best)
            yield first
            for adopted in group:
                if adopted.original != best:
                    message = f"translated as '{_short(best)}' on line {first.target.line}"
                    self.notes.append(
                        Note(
                            Reason.DUPLICATE,
                            message,
                            adopted.source,
                            adopted.target,
                            msgid,
                            adopted.original,
                            source_block=adopted.source_block,
                            target_block=adopted.target_block,
                        )
                    )

    def _note(
        self,
        reason: Reason,
        message: str,
        one: Segment | None,
        other: Segment | None,
        blocks: tuple[int | None, int | None],
        confidence: float | None = None,
    ) -> None:
        self.notes.append(
            Note(
                reason,
                message,
                one.origin if one else None,
                other.origin if other else None,
                one.msgid if one else "",
                other.msgid if other else "",
                confidence,
                *blocks,
            )
        )

    def _block(self, reason: Reason, message: str, item: Item, *, source: bool) -> None:
        page = self.source if source else self.target
        place = _place(page, item.block)
        if source:
            note = Note(reason, message, place, None, item.text, "", source_block=item.block)
        else:
            note = Note(reason, message, None, place, "", item.text, target_block=item.block)
        self.notes.append(note)


def differences(msgid: str, msgstr: str) -> str:
    """Code, links, tags, macros and numbers of a translation that are not those of its source, in words.

    >>> differences("Run `a` on [it](it.md).", "Voer `b` erop uit, zie [het](it.md).")
    'code without a, with b'
    """
    if not (_TELLING.search(msgid) or _TELLING.search(msgstr)):
        return ""
    first, second = invariants(msgid), invariants(msgstr)
    if first == second:
        return ""
    parts = []
    for prefix, name in _KINDS.items():
        lost, added = (
            sorted(token[2:] for token in counter if token.startswith(prefix))
            for counter in (first - second, second - first)
        )
        if prefix == "n:":  # a small number is a word in one language and a digit in another
            added = [number for number in added if len(number) > 1]
        if lost or added:
            words = [f"without {_list(lost)}"] if lost else []
            words += [f"with {_list(added)}"] if added else []
            parts.append(f"{name} {', '.join(words)}")
    return "; ".join(parts)


def _with_anchor(source: Segment, text: str) -> str:
    """The translation of a heading behind the anchor that its source begins with."""
    plain = without_anchor(source.msgid) if source.kind == "heading" else source.msgid
    return source.msgid[: len(source.msgid) - len(plain)] + text


def _has_head(page: Page) -> bool:
    return bool(page.blocks) and page.blocks[0].kind == "front-matter"


def _head(page: Page) -> Sequence[Segment]:
    return page.blocks[0].segments if _has_head(page) else ()


def _other_keys(page: Page) -> frozenset[str]:
    """Lines of the front matter that hold nothing to translate."""
    start, end = body_range(page.text)
    parts = []
    for segment in _head(page):
        parts.append(page.text[start : page.text.rfind("\n", 0, segment.origin.start) + 1])
        start = segment.origin.end
    lines = "".join([*parts, page.text[start:end]]).split("\n")
    return frozenset(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#"))


def _by_place(note: Note) -> tuple[bool, int, int]:
    place = note.source or note.target
    return (note.source is None, place.line if place else 0, place.column if place else 0)


def _first_line(page: Page) -> Origin:
    return Origin(page.path, 1)


def _place(page: Page, number: int) -> Origin:
    block: Block = page.blocks[number]
    return Origin(page.path, block.line, 1, block.start, block.end)


def _short(text: str) -> str:
    text = " ".join(text.replace("\0", "…").split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _list(values: Sequence[str]) -> str:
    shown = [value if len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…" for value in values[:4]]
    return ", ".join(shown) + (f" and {len(values) - 4} more" if len(values) > 4 else "")
