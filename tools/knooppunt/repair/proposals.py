"""What corrections teach: words that are one, pairs that stay two, and terms; with the evidence, for a person to judge.

- A pair that somebody joined is a word for `words.txt`.
- A word that somebody took apart, such as a join that went wrong, is a pair for `keep.txt`.
- A word that was replaced by another in several texts, all of which have one word of the source in common, is a term.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain, count, pairwise
from typing import TYPE_CHECKING, Final

from knooppunt.repair.corrections import changes, joined_pieces, letters
from knooppunt.repair.languages import plain
from knooppunt.repair.names import kind_of
from knooppunt.repair.ordinary import BRANDS
from knooppunt.repair.term_forms import forms_of, wrong_forms
from knooppunt.repair.termbase import Term, Termbase, normal
from knooppunt.repair.text import mask
from knooppunt.repair.tokens import starts_sentence, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Set

    from knooppunt.repair.corrections import Change
    from knooppunt.repair.language import Language

LEAST_TEXTS: Final = 2
"""Different texts in which a word must have been replaced to be a term."""
SHORTEST_WORD: Final = 3
"""Letters of each word of a term that is learned."""
COVERED: Final = 0.8
"""Part of the texts with a replacement that must have the word of the source."""
LEAST_LIKENESS: Final = 0.2
"""Least Dice of a word of the source and a replacement: below it, the word stands in too many other texts."""
_SMALL_WORDS: Final = """
about above after all also an and any are as at be been before below between both but by can do does each for from has
have how if in into is it its like may more most must no not of on one only or other our out over same see set should
so some such than that the their them then there these they this to two under up use used using was we were what when
where which while who will with would you your
"""
_SMALL: Final = frozenset(_SMALL_WORDS.split())
"""English words that are no concepts."""
SNIPPET: Final = 60
"""Characters of a text that are shown around a change."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One text as it was and as somebody left it."""

    before: str
    after: str
    source: str | None
    """The text that it translates; None for one of a page."""
    file: str
    commit: str
    """Hash of the commit; empty where the evidence is the ledger alone."""
    date: str
    by: str = ""
    """Who approved the text as it is, where the ledger says so."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing to decide."""

    kind: str
    """`word`, `keep` or `term`."""
    before: str
    """What stood there: `knoop punten`, `loadbalancer`, `peul`."""
    after: str
    """What belongs there: `knooppunten`, `load balancer`, `pod`."""
    count: int
    """Texts that say so."""
    corrections: tuple[Correction, ...]
    """The texts, in the order in which they were read."""
    source: str = ""
    """The word of the source that a term translates."""
    plural: str = ""
    """Plural of a term, where the texts have it."""
    against: str = ""
    """What speaks against it; a proposal with this is never taken but by its id."""

    @property
    def id(self) -> str:
        """Eight digits that are the same in every run."""
        return sha256("\0".join((self.kind, self.before, self.after, self.source)).encode()).hexdigest()[:8]


def propose(corrections: Iterable[Correction], language: Language, sources: Mapping[str, int]) -> tuple[Proposal, ...]:
    """What corrections teach that a locale does not know yet: the best attested first.

    `sources` counts in how many texts of the project each word of the source stands, by which a term's word is told
    from words that stand everywhere.
    """
    found = _Corrections(language)
    for correction in corrections:
        found.add(correction)
    proposals = [*found.words(), *found.keeps(), *found.terms(sources)]
    return tuple(sorted(proposals, key=lambda item: (bool(item.against), -item.count, item.kind, item.after)))


def source_words(text: str) -> frozenset[str]:
    """The words of a source text that may be the name of a concept: single words and two side by side, singular.

    >>> sorted(source_words("Node pools scale"))
    ['node', 'node pool', 'pool', 'pool scale', 'scale']
    """
    keys = [_singular(word.key) for word in tokens(mask(text)) if len(word.key) > 1 and word.key[0].isalpha()]
    single = {key for key in keys if key not in _SMALL}
    return frozenset(single | {f"{one} {two}" for one, two in pairwise(keys) if one in single and two in single})


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word


class _Corrections:
    """All changes, counted."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.stop_words = language.rules.stop_words
        self.seen: set[tuple[str, str, str, str | None]] = set()
        self.joins: defaultdict[tuple[str, str], list[Correction]] = defaultdict(list)
        self.splits: defaultdict[tuple[str, str], list[Correction]] = defaultdict(list)
        self.swaps: defaultdict[tuple[str, str], list[Correction]] = defaultdict(list)
        self.vocabulary: set[str] = set()
        self._inflected: dict[str, Mapping[str, str]] = {}

    def add(self, item: Correction) -> None:
        """Count a text once, however many branches have the same change."""
        key = (item.file, item.before, item.after, item.source)
        if key in self.seen:
            return
        self.seen.add(key)
        self.vocabulary |= {word.key for text in (item.before, item.after) for word in tokens(mask(text))}
        pairs = {pair for change in changes(item.before, item.after) for pair in self._pairs(change, item)}
        for kind, before, after in pairs:
            {"join": self.joins, "split": self.splits, "replace": self.swaps}[kind][before, after].append(item)

    def _pairs(self, change: Change, item: Correction) -> Iterator[tuple[str, str, str]]:
        """What a change says, in lower case; nothing where the source explains it: a name, or a word of its own."""
        in_source = {word.key: word.text for word in tokens(mask(item.source or ""))}
        if change.kind == "join":
            for parts, whole in joined_pieces(change.before, change.after[0]):
                name = kind_of(in_source.get(normal(whole), "")) == "mixed" or normal(whole) in BRANDS
                if not name:
                    yield "join", normal(" ".join(parts)), normal(whole)
        elif change.kind == "split":
            word, apart = change.before[0], [normal(part) for part in change.after]
            if "-" not in word and normal(word) not in in_source and not self.stop_words.intersection(apart):
                yield "split", normal(word), " ".join(apart)
        else:
            before, after = ([normal(word) for word in words] for words in (change.before, change.after))
            small = self.stop_words.intersection((*before, *after)) or min(map(len, (*before, *after))) < SHORTEST_WORD
            if not small:
                yield "replace", " ".join(before), " ".join(after)

    # Words and pairs -------------------------------------------------------------------------------------------------

    def words(self) -> Iterator[Proposal]:
        """Joined words, inflected forms with their base where somebody joined that too."""
        known = {letters([form]) for form in _known_words(self.language)}
        kept = {"".join(pair) for pair in self.language.keep}
        undone = {letters([before]): len(items) for (before, _), items in self.splits.items()}
        bases: dict[str, tuple[str, str]] = {}
        found: dict[tuple[str, str], list[Correction]] = {}
        for (before, after), items in sorted(self.joins.items(), key=lambda item: (len(item[0][1]), item[0])):
            if letters([after]) in known:
                continue
            base = bases.get(letters([after]))
            if base is None:
                base = (before, after)
                for form in (after, *self.language.rules.inflect(after)):
                    bases.setdefault(letters([form]), base)
            found.setdefault(base, []).extend(items)
        for (before, after), items in found.items():
            against = "keep.txt has the pair" if letters([after]) in kept else ""
            times = undone.get(letters([after]), 0)
            against = against or (f"taken apart in {_texts(times)}" if times else "")
            yield _proposal("word", before, after, items, against=against)

    def keeps(self) -> Iterator[Proposal]:
        known = {letters([form]) for form in _known_words(self.language)}
        kept = {" ".join(pair) for pair in self.language.keep}
        joined = {letters([after]): len(items) for (_, after), items in self.joins.items()}
        for (before, after), items in self.splits.items():
            if after in kept or after.count(" ") != 1:
                continue
            against = "words.txt has it as one word" if letters([before]) in known else ""
            times = joined.get(letters([before]), 0)
            against = against or (f"joined in {_texts(times)}" if times else "")
            yield _proposal("keep", before, after, items, against=against)

    # Terms -----------------------------------------------------------------------------------------------------------

    def terms(self, sources: Mapping[str, int]) -> Iterator[Proposal]:
        """Replacements of one word by another, inflected forms together."""
        termbase, rules = self.language.termbase, self.language.rules
        wrong = {key: {item.term.id for item in found} for key, found in wrong_forms(termbase, rules).items()}
        backward = {pair: len(items) for pair, items in self.swaps.items()}
        for group in self._groups():
            items = [item for pair in group for item in self.swaps[pair]]
            if len({item.source for item in items}) < LEAST_TEXTS:
                continue
            before, after, plural = self._base(group)
            source, told = _common_source(items, sources)
            if not source or self._is_form(before, after):
                continue
            term = term_of(termbase, source)
            if term is not None and term.id in wrong.get(before, ()):
                continue  # known
            against = _against(term, before, after, self.language)
            times = sum(backward.get((new, old), 0) for old, new in group)
            against = against or (f"replaced the other way in {_texts(times)}" if times else "")
            proposal = _proposal("term", before, _spelling(after, told), told, against=against)
            yield replace(proposal, source=source, plural=_spelling(plural, told))

    def _groups(self) -> Iterator[list[tuple[str, str]]]:
        """Pairs of words that are forms of the same two words, the base forms first."""
        by_old: defaultdict[str, list[str]] = defaultdict(list)
        for old, new in self.swaps:
            by_old[old].append(new)
        leader = {pair: pair for pair in self.swaps}

        def lead(pair: tuple[str, str]) -> tuple[str, str]:
            while leader[pair] != pair:
                leader[pair] = pair = leader[leader[pair]]
            return pair

        for pair in self.swaps:
            forms = {pair[1], *self._forms(pair[1])}
            for old in {pair[0], *self._forms(pair[0])}.intersection(by_old):
                for new in forms.intersection(by_old[old]):
                    leader[max(lead((old, new)), lead(pair), key=_size)] = min(lead((old, new)), lead(pair), key=_size)
        groups: defaultdict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
        for pair in sorted(self.swaps, key=_size):
            groups[lead(pair)].append(pair)
        yield from groups.values()

    def _forms(self, word: str) -> Mapping[str, str]:
        """Inflected forms of a word as they are looked up, with their roles; remembered."""
        if word not in self._inflected:
            self._inflected[word] = {normal(form): role for form, role in self.language.rules.inflect(word).items()}
        return self._inflected[word]

    def _is_form(self, one: str, other: str) -> bool:
        """Whether one word is an inflected form of the other."""
        return one == other or one in self._forms(other) or other in self._forms(one)

    def _base(self, group: list[tuple[str, str]]) -> tuple[str, str, str]:
        """The base forms of both words, and the plural of the right one where it is among them."""
        before, after = group[0]
        base = self._singular_of(after)
        plurals = [new for _, new in group if self._role(base, new) in {"plural", "either"}]
        return self._singular_of(before), base, (plurals or [after if after != base else ""])[0]

    def _singular_of(self, word: str) -> str:
        """A shorter word of the texts of which this one is the plural; else the word itself."""
        for cut in range(1, 4):
            for base in (word[:-cut], f"{word[:-cut]}e"):
                if len(base) > 2 and base in self.vocabulary and self._role(base, word) in {"plural", "either"}:
                    return base
        return word

    def _role(self, base: str, form: str) -> str:
        return self._forms(base).get(form, "")


def _size(pair: tuple[str, str]) -> tuple[int, tuple[str, str]]:
    return len(pair[0]) + len(pair[1]), pair


def term_of(termbase: Termbase, source: str) -> Term | None:
    """The concept of a word of the source."""
    for term in termbase.terms:
        if any(normal(own) == source or source in {normal(form) for form in plain(own)} for own in term.source):
            return term
    return None


def learned_term(termbase: Termbase, proposal: Proposal) -> Term:
    """The concept as it is with a proposal taken: the word that was replaced stands under `avoid`."""
    term = term_of(termbase, proposal.source)
    if term is not None:
        return replace(term, avoid=(*term.avoid, proposal.before))
    name = _free_id(termbase, "-".join(proposal.source.split()))
    return Term(name, (proposal.source,), proposal.after, proposal.plural or None, avoid=(proposal.before,))


def _free_id(termbase: Termbase, name: str) -> str:
    """The name, or with the first number that makes it one that no concept has."""
    taken = {term.id for term in termbase.terms}
    return next(free for free in chain([name], (f"{name}-{number}" for number in count(2))) if free not in taken)


def _spelling(key: str, items: Iterable[Correction]) -> str:
    """A word as the corrected texts mostly write it inside a sentence; the key where it only begins sentences."""
    found = Counter(
        word.text
        for item in items
        for word in tokens(mask(item.after))
        if word.key == key and not starts_sentence(item.after, word.start)
    )
    return max(found, key=lambda text: (found[text], text), default=key)


def _against(term: Term | None, before: str, after: str, language: Language) -> str:
    """What the termbase says against a replacement."""
    if term is None:
        return ""
    right = {normal(form) for form in forms_of(term, language.rules)}
    if before in right:
        return f"the termbase says '{term.use}'"
    return "" if after in right else f"the termbase says '{term.use}'"


def _common_source(items: Iterable[Correction], sources: Mapping[str, int]) -> tuple[str, list[Correction]]:
    """The word of the source that most texts of a replacement have in common, and few others have, with these texts.

    Compared are words by Dice's measure: twice the texts with both, by the texts with either. Two texts at least.
    """
    by_word: defaultdict[str, dict[str, list[Correction]]] = defaultdict(dict)
    for item in items:
        if item.source is not None:
            for word in source_words(item.source):
                by_word[word].setdefault(item.source, []).append(item)
    total = len({item.source for item in items})
    scores = Counter(
        {
            word: 2 * len(texts) / (total + max(sources.get(word, 0), len(texts)))
            for word, texts in by_word.items()
            if len(texts) >= max(LEAST_TEXTS, COVERED * total)
        }
    )
    if not scores or max(scores.values()) < LEAST_LIKENESS:
        return "", []
    best = max(scores, key=lambda word: (scores[word], _rank(word, sources), len(word), word))
    return best, [item for found in by_word[best].values() for item in found]


def _rank(word: str, sources: Mapping[str, int]) -> int:
    """Two words before one where one of them never stands without the other (`node pool`), else behind it."""
    first, _, second = word.partition(" ")
    if not second:
        return 1
    return 2 if sources.get(word, 0) in {sources.get(first, 0), sources.get(second, 0)} else 0


def _known_words(language: Language) -> Set[str]:
    """Words of the locale's lists and termbase with their inflected forms."""
    words = {*language.words, *(form for term in language.termbase.terms for form in term.allowed)}
    return words | {form for word in words for form in language.rules.inflect(word)}


def _proposal(kind: str, before: str, after: str, items: list[Correction], *, against: str) -> Proposal:
    texts = tuple(dict.fromkeys(items))
    return Proposal(kind, before, after, len(texts), texts, against=against)


def _texts(count: int) -> str:
    return f"{count} text{'' if count == 1 else 's'}"


def snippet(text: str, word: str) -> str:
    """The part of a text around a word, on one line."""
    line = " ".join(text.split())
    at = max(line.casefold().find(word.casefold()), 0)
    start = max(0, at - SNIPPET // 2)
    end = min(len(line), at + len(word) + SNIPPET // 2)
    return ("\u2026" if start else "") + line[start:end] + ("\u2026" if end < len(line) else "")
