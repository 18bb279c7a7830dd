"""The words that people change most in drafts, and what of them could go into the termbase.

What is proposed, by which rules, and how it is written is `knooppunt.learning`'s, as for `knooppunt terms learn`; here
it is put beside the counts of all drafts that were edited, also of those that nobody has approved yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from knooppunt.learning import chosen, learn, take
from knooppunt.repair.corrections import changes
from knooppunt.repair.proposals import snippet
from knooppunt.repair.termbase import normal
from knooppunt.reviewing.figures import DONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knooppunt.learning import Taken
    from knooppunt.project import Project
    from knooppunt.repair.proposals import Proposal
    from knooppunt.reviewing.figures_saves import Passage

MOST_PAIRS: Final = 50
"""Pairs that are listed."""
SHOWN: Final = 3
"""Texts that are shown as evidence of a pair."""
MOST_WORDS: Final = 3
"""Words on either side of a pair; more were rewritten, not replaced."""


@dataclass(frozen=True, slots=True)
class Example:
    """One text with an edit, as far as it is shown."""

    catalog: str
    id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EditedPair:
    """Words of drafts and what people made of them."""

    before: str
    after: str
    texts: int
    """Entries in which that was done."""
    examples: tuple[Example, ...]


def edited_pairs(passages: Iterable[Passage], most: int = MOST_PAIRS) -> tuple[EditedPair, ...]:
    """The words that were replaced, joined or taken apart in drafts, in most texts first; case does not count.

    Counted are texts that a person answers for, each once for a pair. What is in code or links does not count, and
    neither does a text that was written anew.
    """
    counts: dict[tuple[str, str], int] = {}
    examples: dict[tuple[str, str], list[Example]] = {}
    for passage in passages:
        machine, final = passage.machine, passage.final
        if machine is None or final is None or machine == final or passage.state not in DONE:
            continue
        pairs = {
            (normal(" ".join(change.before)), normal(" ".join(change.after)))
            for change in changes(machine, final)
            if len(change.before) <= MOST_WORDS and len(change.after) <= MOST_WORDS
        }
        for before, after in pairs:
            if before == after:
                continue
            pair = (before, after)
            counts[pair] = counts.get(pair, 0) + 1
            shown = examples.setdefault(pair, [])
            if len(shown) < SHOWN:
                shown.append(Example(passage.catalog, passage.id, snippet(machine, before), snippet(final, after)))
    ordered = sorted(counts, key=lambda pair: (-counts[pair], pair))[:most]
    return tuple(EditedPair(*pair, counts[pair], tuple(examples[pair])) for pair in ordered)


def term_proposals(project: Project, code: str) -> tuple[Proposal, ...]:
    """What the corrections of a locale teach, from git and from approved drafts; see `learning.learn`."""
    return learn(project, code).proposals


def take_proposal(project: Project, code: str, name: str) -> Taken:
    """Write one proposal into the termbase or the word lists of a locale. Raises UsageError where that cannot be."""
    return take(project, code, chosen(learn(project, code), [name]))


def terms_document(pairs: Sequence[EditedPair], proposals: Sequence[Proposal]) -> dict[str, Any]:
    """Edited words and proposals as plain values; the words of a proposal name it."""
    by_words: Mapping[tuple[str, str], str] = {
        (normal(item.before), normal(item.after)): item.id for item in reversed(proposals)
    }
    return {
        "pairs": [
            {
                "before": pair.before,
                "after": pair.after,
                "texts": pair.texts,
                "proposal": by_words.get((pair.before, pair.after)),
                "examples": [
                    {"catalog": item.catalog, "id": item.id, "before": item.before, "after": item.after}
                    for item in pair.examples
                ],
            }
            for pair in pairs
        ],
        "proposals": [
            {
                "id": item.id,
                "kind": item.kind,
                "source": item.source or None,
                "before": item.before,
                "after": item.after,
                "plural": item.plural or None,
                "texts": item.count,
                "against": item.against or None,
                "examples": [
                    {
                        "place": " ".join(filter(None, (own.file, own.commit[:8], own.date))),
                        "before": snippet(own.before, item.before),
                        "after": snippet(own.after, item.after),
                    }
                    for own in item.corrections[:SHOWN]
                ],
            }
            for item in proposals
        ],
    }
