"""What is known of one file after it was checked: findings with the words around them, and counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.checking.stats import Tally
    from knooppunt.model import Edit, Finding

CONTEXT: Final = 60
"""Characters that are shown on each side of a change."""

_WORD_BEFORE = re.compile(r"[\w'\u2019-]{0,40}\Z")
_WORD_BEHIND = re.compile(r"[\w'\u2019-]{0,40}")


class Tier(StrEnum):
    """What may be done with the edits of a finding."""

    FIX = "fix"
    """`--fix` writes them."""
    SUGGEST = "suggest"
    """A person decides."""
    NONE = "none"
    """There are none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One edit as people read it."""

    old: str
    """Exactly what the edit replaces."""
    new: str
    left: str
    """Letters of the same words before the edit."""
    right: str
    before: str
    """The rest of the line before, 60 characters at most."""
    after: str

    @property
    def words(self) -> tuple[str, str]:
        """The whole words, as they are and as they would be, each on one line.

        Where only space comes or goes, the signs that it stands between are shown too: `` ` . `` and `` `. ``.
        """
        old, new = (f"{self.left}{text}{self.right}" for text in (self.old, self.new))
        if not old.strip() or not new.strip() or old.split() == new.split():
            old, new = (f"{self.before[-1:]}{text}{self.after[:1]}" for text in (old, new))
        return _one_line(old), _one_line(new)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and its edits as people read them."""

    finding: Finding
    marks: tuple[Mark, ...] = ()
    """One for each edit, in the order of the edits."""
    refused: str = ""
    """Why a fix of it was not made."""

    @property
    def tier(self) -> Tier:
        return tier_of(self.finding)

    @property
    def confidence(self) -> float | None:
        """Probability, from 0 to 1, that the edits are right; None where the check has no figure for it."""
        return confidence_of(self.finding)


def tier_of(finding: Finding) -> Tier:
    """What may be done with the edits of a finding."""
    if not finding.edits:
        return Tier.NONE
    return Tier.FIX if finding.safe else Tier.SUGGEST


def confidence_of(finding: Finding) -> float | None:
    """Probability that the edits of a finding are right; None where it has none, or no figure.

    A suggestion with a confidence of 1 is one whose check has left the field as it is: were it certain, it would be no
    suggestion.
    """
    if not finding.edits or (not finding.safe and finding.confidence >= 1):
        return None
    return finding.confidence


def found_in(text: str, finding: Finding) -> Found:
    """A finding with its marks; its edits are in `text`."""
    return Found(finding, tuple(_mark(text, edit) for edit in finding.edits))


def _mark(text: str, edit: Edit) -> Mark:
    start, end = edit.start, edit.end
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    before = text[max(line, start - CONTEXT - 40) : start]
    after = text[end : min(stop if stop >= 0 else len(text), end + CONTEXT + 40)].rstrip("\r")
    old = text[start:end]
    # The words that an edit is part of are shown whole: `knoop punten`, not the space between.
    joined = _WORD_BEFORE.search(before)
    rest = _WORD_BEHIND.match(after)
    left, right = (joined[0] if joined else ""), (rest[0] if rest else "")
    return Mark(old, edit.new, left, right, before[: len(before) - len(left)][-CONTEXT:], after[len(right) :][:CONTEXT])


def _one_line(text: str) -> str:
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the findings is wanted."""

    min_confidence: float = 0.0
    """Findings whose confidence is known and less are passed over."""
    fix_above: float | None = None
    """Suggestions of at least this confidence may be written as fixes are."""

    def choose(self, findings: Iterable[Finding]) -> list[Finding]:
        """The findings that are wanted; suggestions that may be written are safe."""
        chosen = []
        for finding in findings:
            confidence = confidence_of(finding)
            if confidence is not None and confidence < self.min_confidence:
                continue
            above = self.fix_above is not None and confidence is not None and confidence >= self.fix_above
            chosen.append(replace(finding, safe=True) if above and not finding.safe else finding)
        return chosen


@dataclass(frozen=True, slots=True)
class FileResult:
    """What was found in one file."""

    shown: str
    """Path as it is shown."""
    found: tuple[Found, ...]
    """What is left to mend, sorted by place."""
    made: tuple[Found, ...] = ()
    """Fixes that were made, in the order in which they were."""
    before: Tally | None = None
    """Counts of what was found before any fix, where they are wanted."""
    after: Tally | None = None


def in_order(findings: Iterable[Found]) -> tuple[Found, ...]:
    """Sorted by place."""
    return tuple(sorted(findings, key=lambda found: (found.finding.origin, found.finding.check, found.finding.message)))


ALL: Final = Wanted()
"""Everything is wanted, and no suggestion is written."""
