"""Whether a passage states a limitation, a requirement or a quota.

What a condition says (`If the version isn't supported, upgrade`) states nothing, and is `possible` at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.extraction import wording
from knooppunt.extraction.model import ITEM, LIKELY, LIMITATIONS, POSSIBLE, ROW
from knooppunt.extraction.passages import seen
from knooppunt.extraction.wording import WORDINGS, Wording
from knooppunt.model import Kind
from knooppunt.pages.inline import without_code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.extraction.model import Passage

_ANYWHERE: Final = tuple(item for item in WORDINGS if item.anywhere)
_BEFORE: Final = 100
"""Letters before a match that are searched for the clause that it belongs to."""
_APOSTROPHE: Final = str.maketrans("’", "'")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a passage is taken for."""

    kind: Kind
    confidence: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A wording that a text has."""

    wording: Wording
    stated: bool
    """Whether the text states it, rather than a condition or a part of it."""

    @property
    def sure(self) -> bool:
        return self.stated and self.wording.reason not in wording.UNSURE


def classify(passage: Passage) -> Verdict | None:
    """What a passage is proposed as; None where it is not proposed.

    Each item and row of a section about limitations, prerequisites or requirements is proposed. Sentences of a section
    about limitations are where any wording says something; elsewhere, where a wording does that holds anywhere.
    """
    if passage.leads or not (passage.section or wording.cued(passage.text) or wording.cued(passage.under)):
        return None
    words = _words(passage.text)
    pointing = wording.POINTER.match(words) is not None or words.endswith("?")
    if passage.section and passage.place in {ITEM, ROW}:
        return _of_section(passage, words, pointing=pointing)
    said = _row_says(passage) if passage.place == ROW else _says(words, _ANYWHERE)
    if said is None and passage.section == LIMITATIONS:
        said = _says(words, WORDINGS)
        said = said if said is not None and said.stated else None
    if said is None:
        return _listed(passage) or _vague(words)
    return Verdict(said.wording.kind, LIKELY if said.sure and not pointing else POSSIBLE, said.wording.reason)


def _of_section(passage: Passage, words: str, *, pointing: bool) -> Verdict:
    said = _row_says(passage) if passage.place == ROW else _says(words, WORDINGS)
    if passage.section != LIMITATIONS:
        kind = Kind.REQUIREMENT
    else:
        kind = said.wording.kind if said is not None else Kind.LIMITATION
    elsewhere = said is None and wording.LINK.fullmatch(passage.text) is not None and _introduced(passage) is None
    step = passage.section != LIMITATIONS and said is None and _is_step(words)
    amounts = passage.section == LIMITATIONS and said is None and wording.AMOUNTS.search(passage.heading) is not None
    sure = not (pointing or elsewhere or step or amounts or wording.OPTIONAL.search(words))
    return Verdict(kind, LIKELY if sure else POSSIBLE, f"{passage.section} {passage.place}")


def _is_step(words: str) -> bool:
    """Whether an item tells what to do, perhaps after a clause that says when."""
    condition = wording.CONDITION.match(words)
    return wording.STEP.match(words[condition.end() :] if condition else words) is not None


def _listed(passage: Passage) -> Verdict | None:
    """An item whose introduction says what does not go: `The following aren't supported:`."""
    said = _introduced(passage) if passage.place == ITEM and passage.under.rstrip("*_ ").endswith(":") else None
    return None if said is None else Verdict(said.wording.kind, LIKELY if said.sure else POSSIBLE, "listed")


def _introduced(passage: Passage) -> _Said | None:
    """What the introduction of a list says of each of its items."""
    said = _says(_words(passage.under), _ANYWHERE) if wording.cued(passage.under) else None
    return said if said is not None and (said.wording.negative or said.sure) else None


def _vague(words: str) -> Verdict | None:
    """A word that names what is unsupported, without saying of what."""
    return Verdict(Kind.LIMITATION, POSSIBLE, "unsupported") if wording.VAGUE.search(words) else None


def _words(text: str) -> str:
    """What a reader sees, each span of code as one sign."""
    return seen(without_code(text, "X")).translate(_APOSTROPHE).strip()


def _says(words: str, wordings: Iterable[Wording]) -> _Said | None:
    """The first wording that a text states, or else has in a condition; None where it has none."""
    condition = wording.CONDITION.match(words)
    behind = condition.end() if condition else 0
    first: _Said | None = None
    for item in wordings:
        for found in item.pattern.finditer(words):
            at = found.start()
            if at >= behind and not wording.PART.search(words, max(behind, at - _BEFORE), at):
                return _Said(item, stated=True)
            first = first or _Said(item, stated=False)
    return first


def _row_says(passage: Passage) -> _Said | None:
    """The same of a row: a cell that begins with a no, or one with a sentence that says so."""
    cells = [_words(cell) for cell in passage.cells]
    if any(wording.NO.match(cell) for cell in cells[1:]):
        return _Said(WORDINGS[0], stated=True)
    wordings = WORDINGS if passage.section else _ANYWHERE
    return next((said for cell in cells if not wording.ADVICE.match(cell) and (said := _says(cell, wordings))), None)
