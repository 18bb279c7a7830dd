"""What a memory offers for a new text of an article: see `Suggestion`.

A translation is taken as it is where the very same text stands between the same two neighbours in another article of
the locale, and a person answers for it. That is what a copied passage looks like. Two things make it a mere suggestion
all the same: a passage too short to tell (`Name` between `Type` and `Default` may be another name), and units that
translate it in two ways.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import Question, Suggestion
from knooppunt.memory.scripts import word_count
from knooppunt.memory.units import DONE, field_of

if TYPE_CHECKING:
    from knooppunt.catalogs import Suggest
    from knooppunt.memory.memory import Match, Memory

SUGGESTED: Final = 75
"""Least score, in percent, of a suggestion: a translator mends it faster than writing anew, and below it does not."""
_LOOKED_AT: Final = 5
"""Matches among which the one that is certain is looked for; the first of them is the suggestion."""
PASSAGE: Final = 8
"""Least number of words that a text and its neighbours have together, for a translation to be taken as it is; two
characters of a script without spaces are a word."""


def suggester(memory: Memory, article: str) -> Suggest:
    """A function that answers the questions of `update_po` for one article."""

    def suggest(question: Question) -> Suggestion | None:
        if question.certain and taken_as_is(memory, question, article) is None:
            return None
        matches = memory.matches(question, limit=_LOOKED_AT, cutoff=SUGGESTED, article=article)
        if not matches:
            return None
        certain = taken_as_is(memory, question, article)
        best = next((match for match in matches if match.exact and match.target == certain), None)
        if best is not None:
            return Suggestion(best.target, best.source, note(best), final=True)
        others = sum(match.exact for match in matches) > 1
        return Suggestion(matches[0].target, matches[0].source, note(matches[0], others=others))

    return suggest


def note(match: Match, *, others: bool = False) -> str:
    """What a translator is told about a match, in one line: `83 % like a text of virtual-nodes/network`.

    `others` is whether the memory has the very same text in another translation too.
    """
    likeness = "" if match.exact else " like"
    parts = [f"{match.score} %{likeness}{',' if match.exact else ''} a text of {match.unit.origin}"]
    if match.in_context:
        parts.append("between the same neighbours")
    if match.unit.obsolete:
        parts.append("which is gone")
    if match.swaps:
        parts.append("with " + ", ".join(f"{new} for {old}" for old, new in match.swaps))
    if match.left:
        parts.append("look at " + ", ".join(f"{new} (there: {old})" for old, new in match.left))
    if others:
        parts.append("also translated otherwise")
    return "; ".join(parts)


def taken_as_is(memory: Memory, question: Question, article: str) -> str | None:
    """The translation that needs no person, where there is one: see the module."""
    if sum(word_count(text) for text in (question.before, question.msgid, question.after)) < PASSAGE:
        return None
    units = [unit for unit in memory.in_context(question, article) if not unit.obsolete and unit.state in DONE]
    targets = {unit.target for unit in units}
    return (
        targets.pop() if len(targets) == 1 and any(unit.field == field_of(question.context) for unit in units) else None
    )
