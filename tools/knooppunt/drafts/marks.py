"""How codes of a text are written for an engine, and found again in its answer.

Engines differ in what they leave alone. Those with a mode for XML or HTML keep tags; a rule-based one keeps a word that
it does not know. Reading is forgiving: spaces and letter case inside of a mark may have changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING, Final, Protocol

from knooppunt.exchange.codes import Code, Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.exchange.codes import Part

Mark = tuple[int, Form]
"""Number and form of a code."""

_PAIR: Final = r"<\s*+(?P<close>/?)\s*+g\s*+(?P<pair>[0-9]{1,4})\s*+>"
_LETTERS: Final = "bcdfghjkmpqrtvwx"
"""Of a word for a number, in hexadecimal: no vowels and no s, so that it has no ending of any language."""
_PREFIXES: Final = ("kz", "qz", "xz", "zk", "zq", "zx")


class Marks(Protocol):
    """A way to write codes."""

    def write(self, parts: Sequence[Part]) -> str:
        """The parts of a source text as they are sent."""

    def read(self, answer: str, source: Sequence[Part]) -> Iterator[str | Mark]:
        """Texts and marks of an answer, in order."""


@dataclass(frozen=True, slots=True)
class TagMarks:
    """Tags: `<g1>` and `</g1>` around what a pair encloses, and for other codes an element that is left alone."""

    opening: str
    """Opening tag of that element, with `{}` for the number: `<k id="{}">`."""
    closing: str
    """Its closing tag: `</k>`."""

    def write(self, parts: Sequence[Part]) -> str:
        return "".join(escape(part, quote=False) if isinstance(part, str) else self._tag(part) for part in parts)

    def _tag(self, code: Code) -> str:
        if code.form is Form.OPEN:
            return f"<g{code.number}>"
        if code.form is Form.CLOSE:
            return f"</g{code.number}>"
        shown = code.data if code.kind == "name" else code.shown
        return f"{self.opening.format(code.number)}{escape(shown, quote=False)}{self.closing}"

    def read(self, answer: str, source: Sequence[Part]) -> Iterator[str | Mark]:  # noqa: ARG002 # as the protocol
        name = re.escape(self.closing.strip("</>"))
        number = r"\bid\s*+=\s*+[\"']?\s*+(?P<alone>[0-9]{1,4})"
        alone = rf"<\s*+{name}\b[^<>]*?{number}[^<>]*+>(?:[^<]*+<\s*+/\s*+{name}\s*+>)?"
        yield from _read(re.compile(f"{_PAIR}|{alone}", re.IGNORECASE), answer)


@dataclass(frozen=True, slots=True)
class WordMarks:
    """Tags around what a pair encloses, and words that no dictionary has for other codes."""

    def write(self, parts: Sequence[Part]) -> str:
        prefix = _prefix(parts)
        written = []
        for part in parts:
            if isinstance(part, str):
                written.append(escape(part, quote=False))
            elif part.form is Form.ALONE:
                written.append(prefix + _LETTERS[part.number // 16 % 16] + _LETTERS[part.number % 16])
            else:
                written.append(f"<{'/' if part.form is Form.CLOSE else ''}g{part.number}>")
        return "".join(written)

    def read(self, answer: str, source: Sequence[Part]) -> Iterator[str | Mark]:
        word = rf"(?P<word>{_prefix(source)}[{_LETTERS}]{{2}})"
        yield from _read(re.compile(f"{_PAIR}|{word}", re.IGNORECASE), answer)


def _prefix(parts: Sequence[Part]) -> str:
    """How the words begin: as no text does that is sent beside them."""
    text = "".join(part for part in parts if isinstance(part, str)).casefold()
    return next((prefix for prefix in _PREFIXES if prefix not in text), _PREFIXES[0])


def _read(pattern: re.Pattern[str], answer: str) -> Iterator[str | Mark]:
    at = 0
    for found in pattern.finditer(answer):
        if found.start() > at:
            yield unescape(answer[at : found.start()])
        at = found.end()
        groups = found.groupdict()
        if groups["pair"] is not None:
            yield int(groups["pair"]), Form.CLOSE if groups["close"] else Form.OPEN
        elif groups.get("alone") is not None:
            yield int(groups["alone"]), Form.ALONE
        else:
            high, low = (_LETTERS.index(letter) for letter in groups["word"].lower()[-2:])
            yield high * 16 + low, Form.ALONE
    if at < len(answer):
        yield unescape(answer[at:])
