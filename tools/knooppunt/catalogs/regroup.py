"""Texts that were split, joined, or that gave a sentence to a neighbour, and what their translations still are.

Each sentence of a new text is looked for among the sentences of the texts that go away: as it was, mechanical changes
apart, or else by runs of three words, so that a sentence may be reworded a little or cut in two. Both look-ups go
through an index, so the cost grows with the length of the texts and not with the number of pairs.

Where the translation of a former text has as many sentences as the text, each part takes the sentences that are its
own; else it takes the whole translation. Either way it is a suggestion: who has split a paragraph has often more in
mind than a blank line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from rapidfuzz import fuzz

from knooppunt.catalogs.matching import CUTOFF
from knooppunt.catalogs.mechanical import carry, mechanical, skeleton
from knooppunt.catalogs.sentences import split_sentences
from knooppunt.catalogs.suggestions import Suggestion

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_RUN: Final = 3
"""Words of a run."""
_ENOUGH: Final = 3
"""Least number of runs of a sentence that may be known by them: `For more information, see` is in many texts."""
_NEAREST: Final = 3
"""Sentences, or texts, with most runs in common that another is compared with."""
_MOST: Final = 0.85
"""Share of a former text from which a new one has taken it whole."""
_SAME: Final = 85
"""Likeness, in percent, from which a text is a former one with a few other words, unless whole sentences say more."""
_CONTAINED: Final = 0.7
"""Least share of the runs of a sentence that another must hold, to be taken for a part of it."""
_COVERED: Final = 0.5
_WELL_COVERED: Final = 0.6
"""Least share of a text, in characters, that must come from texts that go away, for a suggestion and for a sure one."""
_SHARE: Final = 0.2
"""Least share of a new text that a former one must make up, to count as one of those that were joined."""
_SHOWN: Final = 48
"""Characters of a former text that a note shows."""


@dataclass(frozen=True, slots=True)
class Former:
    """A text that goes away, and its translation."""

    text: str
    msgstr: str


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What a new text is made of."""

    suggestion: Suggestion
    sure: bool
    """Whether it is one of several parts of one text, or is joined from several; else it only has much of one."""


_Place = tuple[int, int]
"""Number of a former text, and of a sentence in it."""
_Run = tuple[str, ...]
_Hit = TypeVar("_Hit", int, tuple[int, int])


def regroup(texts: Sequence[str], formers: Sequence[Former], locale: str) -> Mapping[int, Regrouped]:
    """What the former texts have for new texts, by the number of the new text; `locale` is that of the translations.

    Of two former texts that have a sentence in common, the one with more of the new text is taken, then the earlier.
    """
    if not texts or not formers:
        return {}
    index = _Index(formers)
    options = [[_options(sentence, index) for sentence in split_sentences(text)] for text in texts]
    for pieces in options:
        index.wanted.update({piece.places[0][0] for piece in pieces if len(piece.places) == 1})
    found = {number: made for number, text in enumerate(texts) if (made := _pieces(text, options[number], index))}
    takers: defaultdict[int, list[set[object]]] = defaultdict(list)
    for pieces in found.values():
        for former in _formers(pieces):
            takers[former].append(_taken(pieces, former))
    result = {}
    for number, pieces in found.items():
        used = _formers(pieces)
        parted = any(
            _apart(_taken(pieces, former), takers[former]) and not _whole(pieces, former, index) for former in used
        )
        sure = (parted or len(used) > 1) and _well_known(texts[number], pieces, index)
        result[number] = Regrouped(_suggestion(texts[number], pieces, index, locale), sure)
    return result


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence of a new text, and the sentences of former texts that it is made of."""

    text: str
    places: tuple[_Place, ...]
    runs: frozenset[_Run]
    exact: bool


class _Index:
    """The sentences of the former texts."""

    def __init__(self, formers: Sequence[Former]) -> None:
        self.formers = formers
        self.sentences = [split_sentences(former.text) for former in formers]
        self.exact: dict[str, list[_Place]] = {}
        self.taken: set[_Place] = set()
        """Sentences that some new text has already."""
        self.wanted: Counter[int] = Counter()
        """New texts that have a sentence of a former one, and of no other, by its number."""
        self.literal: dict[str, list[_Place]] = {}
        self.keys: dict[_Place, str] = {}
        self.holders: defaultdict[_Run, list[_Place]] = defaultdict(list)
        self.runs: dict[_Place, frozenset[_Run]] = {}
        for number, sentences in enumerate(self.sentences):
            for place, sentence in enumerate(sentences):
                key = skeleton(sentence)
                self.keys[number, place] = key
                self.literal.setdefault(sentence.strip(), []).append((number, place))
                self.exact.setdefault(key, []).append((number, place))
                runs = self.runs[number, place] = _runs(key)
                for run in runs if len(runs) >= _ENOUGH else ():
                    self.holders[run].append((number, place))

    def like(self, key: str, runs: frozenset[_Run]) -> list[_Place]:
        """Sentences that a new one holds, or that it is much like; else the one that holds most of it."""
        if len(runs) < _ENOUGH:
            return []
        hits = Counter(place for run in runs for place in self.holders.get(run, ()))
        held = sorted(place for place, count in hits.items() if count >= _CONTAINED * len(self.runs[place]))
        held = held or [place for place in _top(hits) if fuzz.ratio(key, self.keys[place]) >= CUTOFF]
        if held:
            return held
        most = max(hits.values(), default=0)
        return sorted(place for place, count in hits.items() if count == most >= _CONTAINED * len(runs))


def _top(hits: Counter[_Hit]) -> list[_Hit]:
    """What was hit most, of equals the first; `Counter.most_common` goes by the order of a set."""
    return sorted(hits, key=lambda item: (-hits[item], item))[:_NEAREST]


def _runs(key: str) -> frozenset[_Run]:
    words = key.split()
    return frozenset(tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1))


def _options(sentence: str, index: _Index) -> _Piece:
    """A sentence of a new text, and all places where it may come from."""
    key = skeleton(sentence)
    runs = _runs(key)
    exact = index.literal.get(sentence.strip()) or index.exact.get(key)
    return _Piece(sentence, tuple(exact or index.like(key, runs)), runs, exact=bool(exact))


def _pieces(text: str, options: Sequence[_Piece], index: _Index) -> list[_Piece]:
    """The sentences of a text, each with where it comes from; none if too little of it comes from anywhere.

    Of several places the one is best from whose text most of this text is, then one that nobody has taken, then one of
    a text of which others have something that is nowhere else.
    """
    votes: Counter[int] = Counter()
    for piece in options:
        votes.update(dict.fromkeys({former for former, _ in piece.places}, len(piece.text)))
    kept = {former for former, size in votes.items() if size >= _SHARE * len(text)}

    def rank(place: _Place) -> tuple[int, bool, bool, _Place]:
        return -votes[place[0]], place in index.taken, not index.wanted[place[0]], place

    pieces: list[_Piece] = []
    last = (-1, -1)
    for piece in options:
        ranked = sorted((place for place in piece.places if place[0] in kept), key=rank)
        if piece.exact:
            after = (last[0], last[1] + 1)
            ranked = [after] if after in ranked else ranked[:1]
        pieces.append(replace(piece, places=_distinct(ranked, piece.runs, index)))
        last = pieces[-1].places[-1] if ranked else last
    if _covered(pieces) < _COVERED * len(text):
        return []
    index.taken.update(place for piece in pieces for place in piece.places)
    return pieces


def _covered(pieces: Sequence[_Piece]) -> int:
    """Characters of a text that come from somewhere."""
    return sum(len(piece.text) for piece in pieces if piece.places)


def _distinct(ranked: Sequence[_Place], runs: frozenset[_Run], index: _Index) -> tuple[_Place, ...]:
    """The places that each bring something of their own, in the order of the sentence as near as can be told."""
    chosen: list[_Place] = []
    covered: set[_Run] = set()
    for place in ranked:
        brings = index.runs[place] & runs
        if not chosen or len(brings - covered) > len(brings) / 2:
            chosen.append(place)
            covered |= brings
    return tuple(sorted(chosen))


def _formers(pieces: Sequence[_Piece]) -> list[int]:
    """The former texts that a new one is made of, in the order of the new text."""
    return list(dict.fromkeys(former for piece in pieces for former, _ in piece.places))


def _taken(pieces: Sequence[_Piece], former: int) -> set[object]:
    """What a new text has of a former one: numbers of sentences, and runs of words of those that are not whole."""
    taken: set[object] = set()
    for piece in pieces:
        for number, sentence in piece.places:
            if number == former:
                taken |= {sentence, *piece.runs} if piece.exact else piece.runs
    return taken


def _whole(pieces: Sequence[_Piece], former: int, index: _Index) -> bool:
    """Whether a new text has next to all of a former one, or is longer."""
    if sum(len(piece.text) for piece in pieces) > len(index.formers[former].text):
        return True
    places = {place for piece in pieces for place in piece.places if place[0] == former}
    if len(places) < len(index.sentences[former]):
        return False
    runs = {run for place in places for run in index.runs[place]}
    return len(_taken(pieces, former) & runs) >= _MOST * len(runs)


def _apart(taken: set[object], takers: Sequence[set[object]]) -> bool:
    """Whether others have taken other parts of the same text, and nobody much of this one."""
    others = list(takers)
    others.remove(taken)
    little = (1 - _CONTAINED) * len(taken)
    return bool(others) and all(len(taken & other) <= little for other in others)


def _well_known(text: str, pieces: Sequence[_Piece], index: _Index) -> bool:
    """Whether enough of a text is known, and it is not rather some former text with a few words changed."""
    if _covered(pieces) < _WELL_COVERED * len(text):
        return False
    if all(piece.exact for piece in pieces if piece.places):
        return True
    hits = Counter(place[0] for piece in pieces for run in piece.runs for place in index.holders.get(run, ()))
    near = (index.formers[former].text for former in _top(hits))
    return all(fuzz.ratio(text, other) < _SAME for other in near)


def _suggestion(text: str, pieces: Sequence[_Piece], index: _Index, locale: str) -> Suggestion:
    """The translations of the former sentences, in the order of the new text."""
    language = locale.split("-", maxsplit=1)[0]
    parts: dict[object, str] = {}
    fits = True
    for piece in pieces:
        for former, place in piece.places:
            source = index.sentences[former]
            msgstr = index.formers[former].msgstr
            translated = split_sentences(msgstr, locale)
            if len(source) == len(translated) > 1 or len(source) == 1 == len(translated):
                fits &= piece.exact or len(piece.text) > (1 - _SHARE) * len(source[place])
                same = piece.exact and mechanical(source[place].strip(), piece.text.strip())
                mended = carry(source[place].strip(), piece.text.strip(), translated[place].strip(), locale)
                parts.setdefault((former, place), mended if same and mended is not None else translated[place].strip())
            else:
                fits = False
                parts.setdefault(former, msgstr)
    used = _formers(pieces)
    joint = "" if language in {"ja", "zh"} else " "
    old = " ".join(index.formers[former].text for former in used)
    return Suggestion(joint.join(parts.values()), old, _note(text, old, len(used), fits=fits))


def _note(text: str, old: str, count: int, *, fits: bool) -> str:
    """Where a suggestion is from, for the translator."""
    shown = " ".join(old.split())
    if len(shown) > _SHOWN:
        shown = f"{shown[: _SHOWN - 1].rstrip()}…"
    if count > 1:
        return f"joined from {count} texts"
    if len(text) > len(old):
        return f"has more than: {shown}"
    return f"part of: {shown}" if fits else f"part of: {shown} (this is the translation of all of it)"
