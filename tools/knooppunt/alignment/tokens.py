"""What stays the same when a text is translated: code, link targets, numbers, tags and names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from knooppunt.pages import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TARGET: Final = re.compile(
    r"\]\([ \t]*+<?(?P<url>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?"
    r"(?:[ \t]++(?:\"[^\"\n]*\"|'[^'\n]*'))?+[ \t]*+\)?"
)
_URL: Final = re.compile(r"\bhttps?://[^\s<>()\[\]\"'`]+")
_LABEL: Final = re.compile(r"(?<=\])\[(?P<label>[^\[\]\n]+)\]")
_TAG: Final = re.compile(r"<(?P<name>/?[A-Za-z][A-Za-z0-9-]*)(?:\"[^\"\n]*\"|'[^'\n]*'|[^<>\"'\n])*>")
_MACRO: Final = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{[ \t]*[.#:][^{}\n]*\}")
_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f\u2019]\d+)*")
_WORD: Final = re.compile(r"[A-Za-z0-9_]{2,}")
_UNLIKE: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]_|[A-Za-z]\d|\d[A-Za-z]")
"""What makes a word a name of a product, a field or a file."""
_NO_DIGIT: Final = re.compile(r"\D")
_MARKED: Final = re.compile(r"[\]<{]|://")
_ASCII: Final = re.compile(r"[A-Za-z]{3,}")
_LATIN: Final = re.compile(r"[^\W\d_]{3,}")
_CJK: Final = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
"""Scripts that are written without spaces between words, or whose words change with every ending."""
_LOCALE: Final = re.compile(r"(?<=/)[a-z]{2}(?:-[a-z]{2,4})?/")
_ENDING: Final = re.compile(r"(?:/index)?(?:\.(?:md|html?))?/?$")
_COGNATE: Final = 4
"""Letters that two words must begin with to count as one (Simard, Foster and Isabelle 1992)."""


def place(url: str) -> str:
    """A link target without what a translation changes in it: the language in a path, `.md`, `index` and case.

    A fragment counts only where it is all there is, since headings get other ids in other languages.

    >>> place("https://learn.example.com/nl-nl/azure/aks.md#over") == place("https://learn.example.com/en-us/azure/aks")
    True
    """
    path, _, fragment = unquote(url).lower().partition("#")
    path = re.sub(r"^https?://(?:www\.)?", "//", path)
    if not path:
        return f"#{fragment}" if fragment else ""
    return _ENDING.sub("", _LOCALE.sub("", path, count=1)) or "/"


@dataclass(frozen=True, slots=True)
class Features:
    """What there is to compare of one text."""

    tokens: Mapping[str, int]
    """See `invariants`."""
    words: frozenset[str]
    """Words for the lexicon, in lower case; of scripts without spaces, each two characters in a row."""
    cognates: frozenset[str]
    """Beginnings of words, by which related languages share them: `para` for parameter, Parameter, parámetro."""
    length: int
    """Characters that a reader sees, without space."""


def features(text: str) -> Features:
    """All that is compared of a text with inline Markdown."""
    prose, codes = _without_code(text)
    plain = without_markup(prose)
    found = _words(f"{plain} {' '.join(codes)}" if codes else plain)
    length = len("".join(plain.split())) + sum(map(len, codes))
    return Features(_tokens(prose, plain, codes), found, _cognates(found), length)


def invariants(text: str) -> Counter[str]:
    """Everything in a text with inline Markdown that a translation keeps, counted; kinds have prefixes.

    `c:` code, `l:` link targets and labels, `t:` tags, `m:` macros and attribute lists, `n:` numbers as their digits,
    `w:` names that are written unlike words, such as `kubeProxy`, `AKS` and `v2`.
    """
    prose, codes = _without_code(text)
    return _tokens(prose, without_markup(prose), codes)


def without_markup(text: str) -> str:
    """What a reader sees of a text, roughly: without targets, tags, macros and emphasis."""
    if "]" in text:
        text = _LABEL.sub(" ", _TARGET.sub(" ", text)).replace("]", "")
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "{" in text:
        text = _MACRO.sub(" ", text)
    if "://" in text:
        text = _URL.sub(" ", text)
    return text.replace("*", "").replace("[", "").replace("`", "")


def _without_code(text: str) -> tuple[str, list[str]]:
    """The text without its code spans, and what is in them."""
    if "`" not in text:
        return text, []
    parts, codes = [], []
    at = 0
    for start, end in code_spans(text):
        codes.append(text[start:end].strip("` "))
        parts.append(text[at:start])
        at = end
    return " ".join([*parts, text[at:]]), codes


def _tokens(prose: str, plain: str, codes: list[str]) -> Counter[str]:
    found = Counter([f"c:{code}" for code in codes])
    if _MARKED.search(prose):
        found.update(_marked(prose))
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
    names = [f"w:{word.casefold()}" for word in _WORD.findall(plain) if _UNLIKE.search(word)]
    if names:
        found.update(names)
    numbers = [f"n:{_NO_DIGIT.sub('', number)}" for number in _NUMBER.findall(plain)]
    if numbers:
        found.update(numbers)
    return found


def _marked(text: str) -> Iterator[str]:
    if "]" in text:
        for target in _TARGET.finditer(text):
            yield f"l:{place(target['url'])}"
        for label in _LABEL.finditer(text):
            yield f"l:{' '.join(label['label'].casefold().split())}"
    if "://" in text:
        for url in _URL.findall(_TARGET.sub("]", text)):
            yield f"l:{place(url.rstrip('.,;:!?*_'))}"
    for tag in _TAG.finditer(text):
        yield f"t:{tag['name'].lower()}"
    for macro in _MACRO.findall(text):
        yield f"m:{''.join(macro.split())}"


def _words(plain: str) -> frozenset[str]:
    if plain.isascii():
        return frozenset(word.lower() for word in _ASCII.findall(plain))
    runs = _CJK.findall(plain)
    if runs:
        plain = _CJK.sub(" ", plain)
    found = {word.casefold() for word in _LATIN.findall(plain)}
    for run in runs:
        found.update(run[at : at + 2] for at in range(max(len(run) - 1, 1)))
    return frozenset(found)


def _cognates(words: frozenset[str]) -> frozenset[str]:
    return frozenset(
        word[:_COGNATE] if word.isascii() else unicodedata.normalize("NFD", word)[:_COGNATE]
        for word in words
        if len(word) > _COGNATE
    )
