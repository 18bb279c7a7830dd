"""Entries whose translations are free to be taken, and the ways to find one.

Those that other catalogs give up are the same for every catalog of a locale, and there may be as many of them as a
whole documentation has texts: when its folder is renamed. So what they are found by is worked out once, when it is
first asked for, and what one update has taken is kept apart from them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from rapidfuzz import fuzz, process

from knooppunt.catalogs.matching import CUTOFF, LONGEST, likely_lengths
from knooppunt.catalogs.mechanical import skeleton
from knooppunt.catalogs.sentences import split_sentences
from knooppunt.catalogs.states import entry_state
from knooppunt.catalogs.suggestions import is_suggestion
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

    from knooppunt.catalogs.catalog import Catalog, Key
    from knooppunt.model import Entry

Way = Literal["key", "former", "context", "skeleton", "sentence"]
"""What an entry is found by: msgctxt and msgid; those that a stale translation was made for; msgctxt; field and
skeleton of the msgid; skeleton of a sentence."""

_NEAREST: Final = 12
"""Texts much like another that are looked at, of many."""


@dataclass(slots=True, eq=False)
class Donor:
    """An entry whose translation is free to be taken, in one update."""

    entry: Entry
    own: bool
    """Whether it is an entry of the file at hand, which then changes in place."""
    taken: bool = False
    reworded: bool = False
    """Whether it was taken for a text that says it in other words, so that a sentence of it may have moved."""


class Donors:
    """Entries that catalogs give up, with all that they are found by; shared by the updates of a locale.

    Entries without a translation, with plurals, and suggestions that nobody has taken are passed over.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entry for entry in entries if _usable(entry))
        self._ways: dict[Way, Mapping[Hashable, list[int]]] = {}

    def find(self, way: Way, key: Hashable) -> list[int]:
        """Numbers of the entries that are found this way, in their order."""
        index = self._ways.get(way)
        if index is None:
            index = self._ways[way] = self._index(way)
        return index.get(key, [])

    def _index(self, way: Way) -> Mapping[Hashable, list[int]]:
        index: dict[Hashable, list[int]] = {}
        keys = _KEYS[way]
        for number, entry in enumerate(self.entries):
            for key in keys(entry):
                index.setdefault(key, []).append(number)
        return index

    def alike(self, text: str) -> list[int]:
        """Numbers of the entries nearest to a text, a dozen of those that are at least 70 % alike; no drafts.

        None at all for a text longer than `LONGEST`: a comparison costs the product of two lengths.
        """
        if len(text) > LONGEST:
            return []
        numbers, texts, lengths = self._by_length
        low, high = likely_lengths(text)
        first, last = bisect_left(lengths, low), bisect_right(lengths, high)
        found = process.extract(
            text, texts[first:last], scorer=fuzz.ratio, processor=None, score_cutoff=CUTOFF, limit=_NEAREST
        )
        return [numbers[first + place] for _, _, place in found]

    @cached_property
    def _by_length(self) -> tuple[list[int], list[str], list[int]]:
        numbers = [number for number, entry in enumerate(self.entries) if not is_draft(entry)]
        numbers.sort(key=lambda number: (len(self.entries[number].msgid), number))
        texts = [self.entries[number].msgid for number in numbers]
        return numbers, texts, [len(text) for text in texts]


class Pool:
    """Donors as one update of a catalog sees them."""

    def __init__(self, donors: Donors, catalog: Catalog, *, own: bool) -> None:
        self.donors = donors
        self.catalog = catalog
        self.own = own
        self.seen: dict[int, Donor] = {}

    def find(self, way: Way, key: Hashable) -> Iterator[Donor]:
        """Donors that are found this way, taken or not."""
        return self.get(self.donors.find(way, key))

    def get(self, numbers: Iterable[int]) -> Iterator[Donor]:
        """Donors by their numbers, without entries of the catalog itself that came back from elsewhere."""
        for number in numbers:
            donor = self.seen.get(number)
            if donor is None:
                donor = self.seen[number] = Donor(self.donors.entries[number], self.own)
            if self.own or not _same(donor.entry, self.catalog):
                yield donor

    def all(self) -> Iterator[Donor]:
        return self.get(range(len(self.donors.entries)))


def made_for(entry: Entry) -> Key:
    """msgctxt and msgid of the text that a translation was made for: the former one while it is stale."""
    if not entry.fuzzy:
        return entry.key
    return (
        entry.context if entry.previous_context is None else entry.previous_context,
        entry.msgid if entry.previous_msgid is None else entry.previous_msgid,
    )


def is_draft(entry: Entry) -> bool:
    """Whether it is a draft of an engine that nobody has looked at."""
    return entry.fuzzy and entry_state(entry, ()) is State.MACHINE


def field_of(context: str | None) -> str:
    """What a text is to its record, so that a record may change its id and keep its translations."""
    return "" if context is None else f":{context.rpartition(':')[2]}"


def _usable(entry: Entry) -> bool:
    return entry.msgid_plural is None and bool(entry.msgstr) and not is_suggestion(entry)


def _same(entry: Entry, catalog: Catalog) -> bool:
    """Whether a donor is an entry of the catalog itself, which must not be taken twice."""
    own = catalog.by_key.get(entry.key)
    return own is not None and own.msgstr == entry.msgstr


def _former(entry: Entry) -> Iterable[Hashable]:
    return (made_for(entry),) if entry.fuzzy and entry.previous_msgid is not None else ()


def _sentences(entry: Entry) -> Iterable[Hashable]:
    sentences = () if is_draft(entry) else split_sentences(made_for(entry)[1])
    return dict.fromkeys(skeleton(sentence) for sentence in sentences)


_KEYS: Final[Mapping[Way, Callable[[Entry], Iterable[Hashable]]]] = {
    "key": lambda entry: (entry.key,),
    "former": _former,
    "context": lambda entry: () if entry.context is None else (entry.context,),
    "skeleton": lambda entry: ((field_of(entry.context), skeleton(entry.msgid)),),
    "sentence": _sentences,
}
