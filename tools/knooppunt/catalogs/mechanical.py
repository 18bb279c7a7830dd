"""Changes of a source text that do not touch its meaning, made in the translation too.

Mechanical are changes of white space, letter case, closing punctuation, link targets and code spans, curly quotes, and
`isn't` for `is not`, which guides to style of English ask for in turns. A change of a number or of a negation is never
mechanical, not even inside a code span: `--no-wait` and `--wait` differ in two characters and say the opposite.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from knooppunt.catalogs.punctuation import adapt_closing, without_closing

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_TOKEN: Final = re.compile(
    r"""(?<![\\`])(?P<code>(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))       # `code`
    | (?<=\])\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<target>[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))   # ](target)
    | (?<=\])\[(?P<label>[^\[\]\n]*)\]                                    # ][label]
    | <(?P<auto>[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*)>                         # <https://...>
    | \b(?:href|src)=(?P<quote>["'])(?P<attribute>[^"'\n]*)(?P=quote)
    | \b(?P<bare>https?://[^\s<>()\[\]"'`]*[^\s<>()\[\]"'`.,:;!?*_])""",
    re.VERBOSE | re.DOTALL,
)
_VALUES: Final = ("code", "angle", "target", "label", "auto", "attribute", "bare")
_NUMBER: Final = re.compile(r"\d+")
_NEGATION: Final = re.compile(
    r"(?<![^\W_])(?:no|not|non|nor|never|none|neither|nothing|nobody|nowhere|without|cannot)"
    r"(?![^\W_])|n[\u2019']t\b",
    re.IGNORECASE,
)
_CONTRACTION: Final = re.compile(r"(?<![^\W_])(can|won|shan|[a-z]{2,7}n)(?:'t|not)(?![^\W_])")
_STEMS: Final = {"can": "can", "won": "will", "shan": "shall"}
_QUOTES: Final = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
_BREAK: Final = re.compile(r"(?:[ \t]+|\\)?\n[ \t]*")


class _Token(NamedTuple):
    kind: str
    """`code` or `link`."""
    value: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def skeleton(text: str) -> str:
    """What stays equal through a mechanical change: the text without targets, code, case and closing punctuation."""
    blanked = _replace(text, lambda token: f"\0{token.kind}\0").replace("\\\n", " ")
    plain = without_closing(" ".join(blanked.split())).casefold().translate(_QUOTES)
    return _CONTRACTION.sub(_expand, plain) if "n't" in plain or "cannot" in plain else plain


def mechanical(old: str, new: str) -> bool:
    """Whether a change from one source text to another is mechanical."""
    return skeleton(old) == skeleton(new) and not meaning_moved(old, new)


def meaning_moved(old: str, new: str) -> bool:
    """Whether the numbers or the negations of two source texts differ, link targets apart."""
    first, second = (_replace(text, lambda token: token.value if token.kind == "code" else " ") for text in (old, new))
    return any(
        [_one(found[0]) for found in pattern.finditer(first)] != [_one(found[0]) for found in pattern.finditer(second)]
        for pattern in (_NUMBER, _NEGATION)
    )


def carry(old: str, new: str, msgstr: str, locale: str) -> str | None:
    """The translation of `old` with the mechanical change from `old` to `new` made in it.

    None where that cannot be done safely: a changed target or code span that the translation does not have, the same
    value changed in two ways, other hard line breaks, closing punctuation that does not answer to that of the source.
    """
    adapted = swap_tokens(old, new, msgstr)
    if adapted is None:
        return None
    breaks = new.count("\n")
    if breaks != old.count("\n"):
        if breaks:
            return None
        adapted = _BREAK.sub("" if locale.split("-", maxsplit=1)[0] in {"ja", "zh"} else " ", adapted)
    return adapt_closing(old, new, adapted, locale)


def swap_tokens(old: str, new: str, msgstr: str) -> str | None:
    """`msgstr` with each link target and code span that differs between `old` and `new` replaced.

    None where the two sources do not have the same kinds in the same order, or where a replacement is not certain.
    """
    before, after = _tokens(old), _tokens(new)
    if [token.kind for token in before] != [token.kind for token in after]:
        return None
    swaps: dict[tuple[str, str], str] = {}
    for first, second in zip(before, after, strict=True):
        if swaps.setdefault((first.kind, first.value), second.value) != second.value:
            return None
    swaps = {key: value for key, value in swaps.items() if key[1] != value}
    present = Counter((token.kind, token.value) for token in _tokens(msgstr))
    if any(not present[key] for key in swaps):
        return None
    return _replace(msgstr, lambda token: swaps.get((token.kind, token.value), token.value)) if swaps else msgstr


def _one(found: str) -> str:
    """A number, or a negation in one of its spellings."""
    word = found.casefold()
    return "not" if word == "cannot" or word[1:] in {"'t", "\u2019t"} else word


def _expand(found: re.Match[str]) -> str:
    """`can not` for `can't` and `cannot`, `is not` for `isn't`."""
    stem = found[1]
    if found[0].endswith("not") and stem != "can":
        return found[0]
    return f"{_STEMS.get(stem, stem[:-1])} not"


def _tokens(text: str) -> Sequence[_Token]:
    if not any(mark in text for mark in ("`", "](", "][", "://", "<", "=")):
        return ()
    tokens = []
    for found in _TOKEN.finditer(text):
        name = next(name for name in _VALUES if found[name] is not None)
        kind = "code" if name == "code" else "link"
        tokens.append(_Token(kind, found[name], *found.span(name)))
    return tokens


def _replace(text: str, value: Callable[[_Token], str]) -> str:
    parts = []
    place = 0
    for token in _tokens(text):
        parts += [text[place : token.start], value(token)]
        place = token.end
    return "".join([*parts, text[place:]])
