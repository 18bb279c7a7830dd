"""Names of products, interfaces and parameters, restored to the spelling of the source or of the termbase.

Machine translation splits and recases them: `Power shell`, `KUBELET`, `Azure cni`, `Sales Force`. What a name is, is
read off the source text itself: a word of its prose with capitals inside (`ConfigMap`), all in capitals (`CNI`), or
with a capital where no sentence begins (`Salesforce`). The letters in the target must be the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Protocol

from knooppunt.repair.ordinary import BRANDS, LOWER, ORDINARY, SHOUTED
from knooppunt.repair.tokens import is_gap, moved_break, starts_sentence, word_runs

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from knooppunt.repair.languages import LanguageRules
    from knooppunt.repair.text import Mask
    from knooppunt.repair.tokens import Token

MOST_PARTS: Final = 6
"""Words that a name may be split into."""
SHORTEST_SPLIT: Final = 5
"""Letters that a name must have to be joined; shorter ones are too often two words by chance."""
LONGEST_ACRONYM: Final = 5
"""Letters up to which a word in capitals is an acronym; a longer one may be an ordinary word that is shouted."""
SHORTEST_SHOUT: Final = 4
"""Letters of a word in capitals that is brought back to the small letters of the source."""
MOST_WORDS: Final = 200_000
"""Words that are remembered as none of our business, a few megabytes."""

_CAPITALIZED: Final = re.compile(r"[^\W_]*[A-Z][^\W_]*")
_SHOUT: Final = re.compile(r"[A-Z]{4}")
_BEFORE: Final = frozenset("./@_\\#$=~%&<")
_AFTER: Final = re.compile(r"[_@=/\\(]|\.[\w/]|%\w")
_RUN: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Name:
    """How a name is written, and how far that can be relied on."""

    text: str
    kind: str
    """`mixed` (capitals inside), `capitals`, `capital` (one, at the start), `small`, or `listed` in the termbase."""


@dataclass(frozen=True, slots=True)
class Respelling:
    """A name that is written in another way: replace [start, end) by `new`."""

    start: int
    end: int
    new: str
    name: str
    safe: bool
    confidence: float


def letters(text: str) -> str:
    """Letters and digits of a name in lower case, by which it is found.

    >>> letters("Azure CNI")
    'azurecni'
    """
    return "".join(filter(str.isalnum, text.casefold()))


def kind_of(word: str) -> str:
    """The kind of a name by its letters alone; empty for a word without any that tells.

    >>> [kind_of(word) for word in ("ConfigMap", "CNI", "APIs", "Salesforce", "node", "3D")]
    ['mixed', 'capitals', 'mixed', 'capital', 'small', '']
    """
    capitals = sum(sign.isupper() for sign in word)
    if not capitals:
        return "small" if word.isalpha() else ""
    if capitals == 1 and word[0].isupper():
        return "capital" if len(word) > 1 and word.isalpha() else ""
    if word.isupper():
        return "capitals" if capitals > 1 else ""
    return "mixed"


class Texts(Protocol):
    """A text, the source that it translates (None where there is none), and their protected ranges, made when asked."""

    @property
    def target(self) -> str: ...
    @property
    def source(self) -> str | None: ...
    @property
    def mask(self) -> Mask: ...
    @property
    def source_mask(self) -> Mask | None: ...


class NameFinder:
    """Looks for names in another spelling; made once for a locale."""

    def __init__(self, listed: Mapping[str, str], vocabulary: Container[str], rules: LanguageRules) -> None:
        """`listed` maps the letters of a name in lower case to its spelling in the termbase."""
        self.listed = {key: Name(text, "listed") for key, text in listed.items()}
        self.vocabulary = vocabulary
        self.rules = rules
        self._clean: set[str] = set()
        self._suspects: dict[str, frozenset[str]] = {}
        self._parts, self._starts = _parts(listed)

    def find(self, texts: Texts) -> Iterator[Respelling]:
        """Names of a text that are written in another way, in order and apart."""
        text, source = texts.target, texts.source
        if self.rules.spaceless:
            return
        names: dict[str, Name] = {}
        spellings: Mapping[str, set[str]] = {}
        if source is not None and _may_differ(text, source) and texts.source_mask is not None:
            names, spellings = source_names(texts.source_mask)
        if self.listed and not self._is_clean(text):
            for key, name in self.listed.items():
                names.setdefault(key, name)
        if names and not text.isupper():
            yield from self._search(texts.mask, names, spellings, source)

    def _search(
        self, mask: Mask, names: Mapping[str, Name], spellings: Mapping[str, set[str]], source: str | None
    ) -> Iterator[Respelling]:
        runs = word_runs(mask)
        at = 0
        while at < len(runs):
            count = 1
            for length in range(min(MOST_PARTS, len(runs) - at), 0, -1):
                parts = runs[at : at + length]
                name = names.get("".join(part.key for part in parts))
                if name is None or not _together(mask.text, parts):
                    continue
                count = length
                found = self._judge(mask.text, parts, name, spellings, source)
                if found is not None:
                    yield found
                break
            at += count

    def _judge(
        self,
        text: str,
        parts: list[Token],
        name: Name,
        spellings: Mapping[str, set[str]],
        source: str | None,
    ) -> Respelling | None:
        start, end = parts[0].start, parts[-1].end
        written = " ".join(part.text for part in parts)
        if written == name.text or written in spellings.get("".join(part.key for part in parts), ()):
            return None
        if (start and text[start - 1] in _BEFORE) or _AFTER.match(text, end):
            return None  # a part of an address, a file name or an identifier
        if name.kind == "listed":
            confidence = self._listed(text, parts, written, name.text, source)
        elif len(parts) == 1:
            confidence = self._recased(text, parts[0], name)
        else:
            confidence = self._split(parts, written, name, source or "")
        if not confidence:
            return None
        new = name.text
        if new[0].islower() and new[1:].islower() and starts_sentence(text, start):
            new = new[0].upper() + new[1:]
        end, rest = moved_break(text, start, end)
        return Respelling(start, end, new + rest, name.text, confidence == 1, confidence)

    def _recased(self, text: str, word: Token, name: Name) -> float:
        """How sure it is that one word is a name in other capitals; 0 for no finding, 1 for a safe fix."""
        key = word.key
        if key in self.rules.stop_words or key in self.vocabulary:
            return 0
        if name.kind == "mixed":
            return 1 if len(key) > 3 else 0.9
        if name.kind == "capitals":
            if key in LOWER:
                return 0
            if word.text[0].islower() and word.text[1:].isupper():
                return 0.9  # gMSA may be on purpose where the source has GMSA
            return 1 if len(key) <= LONGEST_ACRONYM and key not in SHOUTED else 0.8
        if name.kind == "small":
            shout = word.text.isupper() and len(key) >= SHORTEST_SHOUT and not _mostly_capitals(text)
            return 1 if shout else 0
        return 0  # one capital is what an ordinary word may have too: Teams, Word, Access

    def _split(self, parts: list[Token], written: str, name: Name, source: str) -> float:
        if len(name.text) < SHORTEST_SPLIT or name.kind == "small" or _has_phrase(source, written):
            return 0
        if any(part.key in self.rules.stop_words for part in parts):
            return 0.7
        if name.kind == "mixed":
            return 1
        if name.kind == "capitals":
            return 1 if all(part.text.isupper() for part in parts) else 0.8
        key = "".join(part.key for part in parts)
        if key in self.vocabulary:
            return 0
        return 1 if key in BRANDS or parts[0].text[0].isupper() else 0  # else an ordinary word, joined in its own case

    def _listed(self, text: str, parts: list[Token], written: str, name: str, source: str | None) -> float:
        start, end = parts[0].start, parts[-1].end
        if len(parts) == 1:
            key = parts[0].key
            if key in self.vocabulary or key in self.rules.stop_words:
                return 0
            if kind_of(name) in {"capital", "small"} and key in ORDINARY and not written.isupper():
                return 0
        if written.islower() and (text[end : end + 1] == "-" or (start and text[start - 1] == "-")):
            return 0  # a part of a file name or of a label such as `azure-vote-front`
        if name[0].islower() and written == name[0].upper() + name[1:] and starts_sentence(text, start):
            return 0
        if source is None:
            return 1
        if _has_phrase(source, written, exact=True):
            return 0
        return 1 if name in source else 0.9

    def _is_clean(self, text: str) -> bool:
        """Whether no listed name can be in a text in another spelling."""
        words = text.split()
        if self._clean.issuperset(words):
            return True
        wanted: set[str] = set()
        for word in words:
            if word not in self._clean:
                wanted |= self._suspected(word)
        if not wanted:
            return True
        squeezed = "".join(_RUN.findall(text)).casefold()
        return not any(key in squeezed for key in wanted)

    def _suspected(self, word: str) -> frozenset[str]:
        """The names, by their letters, of which a word may be a part in another spelling."""
        found = self._suspects.get(word)
        if found is None:
            found = frozenset(key for run in _RUN.findall(word) for key in self._of_run(run))
            if len(self._clean) + len(self._suspects) >= MOST_WORDS:
                self._clean.clear()
                self._suspects.clear()
            if found:
                self._suspects[word] = found
            else:
                self._clean.add(word)
        return found

    def _of_run(self, run: str) -> Iterator[str]:
        key = run.casefold()
        for spelling, name in self._parts.get(key, ()):
            if spelling != run:
                yield name
        yield from self._starts.get(key, ())


def _parts(listed: Mapping[str, str]) -> tuple[dict[str, list[tuple[str, str]]], dict[str, list[str]]]:
    """Words of names -> their spellings and names; what a name that is broken inside a word begins with -> names."""
    parts: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    starts: defaultdict[str, list[str]] = defaultdict(list)
    for key, name in listed.items():
        parts[key].append((name, key))
        at = 0
        ends = set()
        for word in _RUN.findall(name):
            if word != name:
                parts[word.casefold()].append((word, key))
            at += len(letters(word))
            ends.add(at)
        for cut in range(2, len(key)):
            if cut not in ends:
                starts[key[:cut]].append(key)
    return dict(parts), dict(starts)


def source_names(mask: Mask) -> tuple[dict[str, Name], Mapping[str, set[str]]]:
    """Names of a source text by their letters, and every spelling that a word has in its prose."""
    text = mask.text
    runs = word_runs(mask)
    spellings: defaultdict[str, set[str]] = defaultdict(set)
    for run in runs:
        spellings[run.key].add(run.text)
    found: dict[str, Name] = {}
    shouted = _mostly_capitals(text)
    title = _is_title(text, runs)
    for run in runs:
        if len(spellings[run.key]) > 1 or _in_address(text, run):
            continue
        kind = kind_of(run.text)
        if kind == "capital" and run.key not in BRANDS and (title or starts_sentence(text, run.start)):
            continue
        if kind == "capitals" and shouted:
            continue
        if kind:
            found.setdefault(run.key, Name(run.text, kind))
        if kind == "mixed" and run.text[-1] == "s" and run.text[:-1].isupper() and len(run.text) > 2:
            found.setdefault(run.key[:-1], Name(run.text[:-1], "capitals"))  # APIs, and API's in the target
    return found, spellings


def _may_differ(text: str, source: str) -> bool:
    """Whether a name of the source may stand in a text in another way; a quick look that is nearly always False."""
    squeezed = ""
    for word in set(_CAPITALIZED.findall(source)):
        if len(word) > 1 and text.count(word) < source.count(word):
            squeezed = squeezed or "".join(text.split()).casefold()
            if word.casefold() in squeezed or (word[-1] == "s" and word[:-1].casefold() in squeezed):
                return True
    return _SHOUT.search(text) is not None


def _together(text: str, parts: list[Token]) -> bool:
    return all(is_gap(text, before.end, after.start) for before, after in pairwise(parts))


def _has_phrase(source: str, written: str, *, exact: bool = False) -> bool:
    """Whether the source writes it so: in these words, or with `exact` in this very spelling."""
    pattern = r"\s+".join(re.escape(word) for word in written.split())
    return re.search(rf"(?<!\w){pattern}(?!\w)", source, 0 if exact else re.IGNORECASE) is not None


def _in_address(text: str, run: Token) -> bool:
    return (run.start > 0 and text[run.start - 1] in _BEFORE) or _AFTER.match(text, run.end) is not None


def _mostly_capitals(text: str) -> bool:
    return 4 * sum(sign.isupper() for sign in text) > 3 * sum(sign.isalpha() for sign in text)


def _is_title(text: str, runs: list[Token]) -> bool:
    """Whether a text is no sentence and most of its longer words have a capital, so that a capital tells nothing."""
    if text.rstrip().endswith((".", "!", "?", ":")):
        return False
    long = [run.text[0].isupper() for run in runs if len(run.text) > 3]
    return 2 * sum(long) > len(long)
