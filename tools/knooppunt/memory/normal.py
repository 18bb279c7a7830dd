r"""The normal form in which two texts are compared, and what may be exchanged in a translation.

Letter case and white space are evened out, and each placeable (a code span, the target of a link, a URL, a tag, a
placeholder in braces, a number) is one sign, whatever it holds: two texts that differ in numbers only are the same.

>>> normal_form("Pods get `2` CPUs and  5.5 GB, see [limits](a.md).").text
'pods get \ue000 cpus and \ue003 gb, see [limits]\ue001.'
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from knooppunt.pages.inline import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE: Final = "\ue000"
LINK: Final = "\ue001"
TAG: Final = "\ue002"
NUMBER: Final = "\ue003"
"""What stands for a placeable of each kind; characters for private use, which a text of ours does not have."""

_OURS: Final = re.compile("[\ue000-\ue003]")
_HINT: Final = re.compile(r"[`<{\d]|\]\(|://")
"""What a text with placeables has, at the least: most texts have none and need no second look."""
_PLACEABLE: Final = re.compile(
    r"""[(<{h\d]                                                         # what each begins with makes it fast
    (?:(?P<link>(?<=\]\()[^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+\)?      # ](target)
              | (?<=<)[A-Za-z][A-Za-z0-9+.-]*+:[^<>\s]*+>               # <https://...>
              | (?<=h)(?<!\wh)ttps?://[^\s<>()\[\]"'`]*[^\s<>()\[\]"'`.,:;!?*_])
      | (?P<tag>(?<=<)/?[A-Za-z][^<>]*+>
              | (?<=\{)(?:\{[^{}]*+\}\} | %[^{}%]*+%\} | [\w.:\#-]*+\}))
      | (?P<number>(?<=\d)(?<![\w.,]\d)\d*+(?:[.,]\d++)*+(?!\w)))
    """,
    re.VERBOSE,
)
_KIND: Final = {"link": LINK, "tag": TAG, "number": NUMBER}


class Placeable(NamedTuple):
    """A piece of a text that stands for itself in every language, or nearly."""

    kind: str
    """CODE, LINK, TAG or NUMBER."""
    value: str
    start: int
    """0-based offset in the text, in code points."""
    end: int


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in its normal form."""

    text: str
    placeables: tuple[Placeable, ...]
    """One for each sign of `text` that stands for a placeable, in this order."""


def normal_text(text: str) -> str:
    """The normal form alone, for an index. Linear in the length of the text."""
    return _evened(text, placeables(text))


def normal_form(text: str) -> Normal:
    """The normal form with the placeables that were taken out. Linear in the length of the text."""
    found = placeables(text)
    return Normal(_evened(text, found), found)


def placeables(text: str) -> tuple[Placeable, ...]:
    """The placeables of a text, in its order."""
    if _HINT.search(text) is None:
        return ()
    if "`" not in text:
        return tuple(_plain(text, 0, len(text)))
    found: list[Placeable] = []
    at = 0
    for start, end in code_spans(text):
        found += _plain(text, at, start)
        found.append(Placeable(CODE, text[start:end], start, end))
        at = end
    return (*found, *_plain(text, at, len(text)))


def _plain(text: str, start: int, end: int) -> Iterator[Placeable]:
    for found in _PLACEABLE.finditer(text, start, end):
        yield Placeable(_KIND[found.lastgroup or "tag"], found[0], *found.span())


def _evened(text: str, found: tuple[Placeable, ...]) -> str:
    if _OURS.search(text) is not None:
        text = _OURS.sub(" ", text)
    if found:
        parts = []
        at = 0
        for kind, _, start, end in found:
            parts += [text[at:start], kind]
            at = end
        text = "".join([*parts, text[at:]])
    return " ".join(text.split()).casefold()
