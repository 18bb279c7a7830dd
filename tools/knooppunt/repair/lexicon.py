"""What clean text of a language says: how often its words and its pairs of neighbouring words stand there.

A lexicon is a few sorted arrays that are read at once, so that half a million pairs load in milliseconds. Words stand
in it as 32-bit checksums: one of ten thousand unknown words is taken for a known one, which no decision hangs on.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from math import log2
from typing import TYPE_CHECKING, Final, NamedTuple

from knooppunt.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knooppunt.repair.split_model import SplitModel

MAGIC: Final = b"KNOOPPUNT LEXICON 1\n"
STEPS: Final = 4
"""Steps of a level for each doubling of a count."""
SHORTEST: Final = 2
"""Letters of the shortest part of a word that is counted as its beginning or end."""
NEAR: Final = 2048
"""How far from its expected place a checksum is looked for first: five times the usual distance in a million."""
REST: Final = 3
"""Letters that the rest of the word must have."""


def level(count: float) -> int:
    """A count on the scale on which a lexicon holds it: 0 for none, 4 for 1, 4 more for each doubling; at most 255."""
    return min(255, STEPS + round(STEPS * log2(count))) if count >= 1 else 0


class Known(NamedTuple):
    """What a lexicon knows of a string of letters; all but `found` are levels of counts."""

    found: bool
    times: int
    """Times that it stands as a word of its own."""
    starts: int
    """Different longer words that begin with it."""
    ends: int
    """Different longer words that end in it."""
    start_tokens: int
    """Times that such words stand in the text."""
    end_tokens: int
    english: int
    """Times that it stands in as much English text."""


UNKNOWN: Final = Known(found=False, times=0, starts=0, ends=0, start_tokens=0, end_tokens=0, english=0)


@dataclass(frozen=True, eq=False)
class Lexicon:
    """Counts of one language, all in lower case (casefolded) and of unbroken runs of letters."""

    tokens: int
    """Words of the text that was counted."""
    keys: array[int]
    """Checksums of strings, ascending."""
    levels: tuple[bytes, ...]
    """For each field of `Known` but the first, the level of each string."""
    pair_keys: array[int]
    pair_levels: bytes
    notes: Mapping[str, object] = field(default_factory=dict)
    """What the data says of itself: language, sources, licence."""
    model: SplitModel | None = None
    """Weights that tell split compounds of the language; None where none were trained."""
    _seen: dict[str, Known] = field(default_factory=dict, repr=False)

    @cached_property
    def whole(self) -> int:
        """The level of the count of all words, which may be more than 255."""
        return STEPS * self.tokens.bit_length()

    def word(self, key: str) -> Known:
        """What is known of a string of letters in lower case."""
        known = self._seen.get(key)
        if known is None:
            if len(self._seen) > 500_000:
                self._seen.clear()
            known = self._seen[key] = self._look_up(key)
        return known

    def _look_up(self, key: str) -> Known:
        at = _index(self.keys, key)
        if at < 0:
            return UNKNOWN
        times, starts, ends, start_tokens, end_tokens, english = [column[at] for column in self.levels]
        return Known(
            found=True,
            times=times,
            starts=starts,
            ends=ends,
            start_tokens=start_tokens,
            end_tokens=end_tokens,
            english=english,
        )

    def pair(self, first: str, second: str) -> int:
        """The level of the count of two neighbouring words in lower case; of `a` and `-b` for `a-b`."""
        at = _index(self.pair_keys, f"{first} {second}")
        return self.pair_levels[at] if at >= 0 else 0

    def around(self, word: str, before: tuple[int, ...], behind: tuple[bytes, ...]) -> tuple[int, ...]:
        """Levels of the pairs of a word with markers before and behind it, given by `seed` and `tail`."""
        data = word.encode()
        own = zlib.crc32(data)
        sums = [zlib.crc32(data, seed) for seed in before] + [zlib.crc32(tail, own) for tail in behind]
        places = [_place(self.pair_keys, wanted) for wanted in sums]
        return tuple(self.pair_levels[at] if at >= 0 else 0 for at in places)


def seed(marker: str) -> int:
    """What `around` asks for a marker before words."""
    return zlib.crc32(f"{marker} ".encode())


def tail(marker: str) -> bytes:
    """What `around` asks for a marker behind words."""
    return f" {marker}".encode()


def _index(keys: array[int], key: str) -> int:
    """Place of a string, or -1."""
    return _place(keys, zlib.crc32(key.encode()))


def _place(keys: array[int], wanted: int) -> int:
    """Place of a checksum, or -1. They are spread evenly, so it is looked for near where it is expected."""
    size = len(keys)
    guess = wanted * size >> 32
    low, high = max(0, guess - NEAR), min(size, guess + NEAR)
    at = bisect_left(keys, wanted, low, high)
    if at in {low, high}:
        at = bisect_left(keys, wanted)
    return at if at < size and keys[at] == wanted else -1


def render_lexicon(
    words: Mapping[str, int],
    pairs: Mapping[tuple[str, str], int],
    english: Mapping[str, int] | None = None,
    notes: Mapping[str, object] | None = None,
) -> bytes:
    """The bytes of a lexicon from counts of words and pairs; the same counts make the same bytes.

    Parts of words are kept that begin or end at least three different words. `english` holds counts of English words
    in as much text.
    """
    english = english or {}
    starts, start_tokens = _parts(words, at_start=True)
    ends, end_tokens = _parts(words, at_start=False)
    strings = {*words, *english, *(p for p, n in starts.items() if n > 2), *(p for p, n in ends.items() if n > 2)}
    columns = (words, starts, ends, start_tokens, end_tokens, english)
    rows: dict[int, tuple[int, ...]] = {}
    for string in sorted(strings):
        row = tuple(level(column.get(string, 0)) for column in columns)
        key = zlib.crc32(string.encode())
        rows[key] = max(rows.get(key, row), row)  # of two with one checksum the more frequent one
    pair_rows: dict[int, int] = {}
    for (first, second), count in pairs.items():
        key = zlib.crc32(f"{first} {second}".encode())
        pair_rows[key] = max(pair_rows.get(key, 0), level(count))
    keys, pair_keys = sorted(rows), sorted(pair_rows)
    parts = [_packed(keys), *(bytes(rows[key][at] for key in keys) for at in range(len(columns)))]
    parts += [_packed(pair_keys), bytes(pair_rows[key] for key in pair_keys)]
    packed = [zlib.compress(part, 9) for part in parts]
    head = {
        "tokens": sum(words.values()),
        "words": len(keys),
        "pairs": len(pair_keys),
        "parts": [len(part) for part in packed],
        "notes": dict(notes or {}),
    }
    return MAGIC + json.dumps(head, ensure_ascii=False, sort_keys=True).encode() + b"\n" + b"".join(packed)


def _parts(words: Mapping[str, int], *, at_start: bool) -> tuple[dict[str, int], dict[str, int]]:
    """For each beginning (or end) of a word: how many words have it, and how often they stand in the text."""
    kinds: dict[str, int] = {}
    tokens: dict[str, int] = {}
    for word, count in words.items():
        for size in range(SHORTEST, min(len(word) - REST, 24) + 1):
            part = word[:size] if at_start else word[-size:]
            kinds[part] = kinds.get(part, 0) + 1
            tokens[part] = tokens.get(part, 0) + count
    return kinds, tokens


def parse_lexicon(data: bytes, path: str) -> Lexicon:
    """Read a lexicon. Raises DataError for bytes that are none."""
    end = data.find(b"\n", len(MAGIC))
    if not data.startswith(MAGIC) or end < 0:
        raise _broken(path, "it does not begin as a lexicon does")
    try:
        head = json.loads(data[len(MAGIC) : end])
        sizes: list[int] = head["parts"]
        parts: list[bytes] = []
        at = end + 1
        for size in sizes:
            parts.append(zlib.decompress(data[at : at + size]))
            at += size
        keys, *levels, pair_keys, pair_levels = parts
        found = Lexicon(
            int(head["tokens"]), _unpacked(keys), tuple(levels), _unpacked(pair_keys), pair_levels, head["notes"]
        )
    except (ValueError, KeyError, TypeError, zlib.error) as error:
        raise _broken(path, f"its data is damaged ({error})") from None
    if any(len(column) != len(found.keys) for column in levels) or len(levels) != len(UNKNOWN) - 1:
        raise _broken(path, "its columns differ in length")
    if len(pair_levels) != len(found.pair_keys):
        raise _broken(path, "its columns differ in length")
    return found


def _broken(path: str, why: str) -> DataError:
    return DataError([Problem(path, 1, "", f"this is no lexicon: {why}", "make it again, or install Knooppunt again")])


def _packed(keys: Iterable[int]) -> bytes:
    """Little-endian bytes of ascending numbers, all first bytes before all second ones, which packs better."""
    numbers = array("I", keys)
    if sys.byteorder == "big":
        numbers.byteswap()
    data = numbers.tobytes()
    return b"".join(data[at::4] for at in range(4))


def _unpacked(data: bytes) -> array[int]:
    count = len(data) // 4
    mixed = bytearray(len(data))
    for at in range(4):
        mixed[at::4] = data[at * count : (at + 1) * count]
    numbers = array("I", bytes(mixed))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
