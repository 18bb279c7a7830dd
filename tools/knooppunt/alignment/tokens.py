"""What stays the same when a text is translated: code, link targets, numbers, tags and names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from knooppunt.pages import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

_TARGET: Final = re.compile(r"\]\([ \t]*+<?(?P<url>[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)>?")
_URL: Final = re.compile(r"\bhttps?://[^\s<>()\[\]\"'`]+")
_LABEL: Final = re.compile(r"(?<=\])\[(?P<label>[^\[\]\n]+)\]")
_TAG: Final = re.compile(r"<(?P<name>/?[A-Za-z][A-Za-z0-9-]*)(?:\"[^\"\n]*\"|'[^'\n]*'|[^<>\"'\n])*>")
_MACRO: Final = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{[ \t]*[.#:][^{}\n]*\}")
_NUMBER: Final = re.compile(r"\d+(?:[.,\u00a0\u202f\u2019]\d+)*")
_WORD: Final = re.compile(r"[A-Za-z0-9_]{2,}")
_UNLIKE: Final = re.compile(r"[a-z][A-Z]|[A-Z]{2}|[A-Za-z]_|[A-Za-z]\d|\d[A-Za-z]")
"""What makes a word a name of a product, a field or a file."""
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


def invariants(text: str) -> Counter[str]:
    """Everything in a text with inline Markdown that a translation keeps, counted; kinds have prefixes.

    `c:` code, `l:` link targets and labels, `t:` tags, `m:` macros and attribute lists, `n:` numbers as their digits,
    `w:` names that are written unlike words, such as `kubeProxy`, `AKS` and `v2`.
    """
    found: Counter[str] = Counter()
    parts = []
    at = 0
    for start, end in code_spans(text):
        found[f"c:{text[start:end].strip('` ')}"] += 1
        parts.append(text[at:start])
        at = end
    rest = " ".join([*parts, text[at:]])
    for prefix, value in _marked(rest):
        found[prefix + value] += 1
    plain = unicodedata.normalize("NFKC", without_markup(rest))
    for number in _NUMBER.finditer(plain):
        found["n:" + re.sub(r"\D", "", number[0])] += 1
    for word in _WORD.findall(plain):
        if _UNLIKE.search(word):
            found["w:" + word.casefold()] += 1
    return found


def _marked(text: str) -> Iterator[tuple[str, str]]:
    targets = _TARGET.sub
    for target in _TARGET.finditer(text):
        yield "l:", place(target["url"])
    for url in _URL.finditer(targets("]", text)):
        yield "l:", place(url[0].rstrip(".,;:!?*_"))
    for label in _LABEL.finditer(text):
        yield "l:", " ".join(label["label"].casefold().split())
    for tag in _TAG.finditer(text):
        yield "t:", tag["name"].lower()
    for macro in _MACRO.finditer(text):
        yield "m:", "".join(macro[0].split())


def without_markup(text: str) -> str:
    """What a reader sees of a text, roughly: without targets, tags, macros and emphasis."""
    for pattern in (_TARGET, _LABEL, _TAG, _MACRO, _URL):
        text = pattern.sub(" ", text)
    return text.replace("*", "").replace("[", "").replace("]", "").replace("`", "")


def words(text: str) -> frozenset[str]:
    """Words of a text for the lexicon, in lower case; of scripts without spaces, each two characters in a row."""
    plain = without_markup(text)
    found = {word.casefold() for word in _LATIN.findall(plain) if not _CJK.match(word)}
    for run in _CJK.findall(plain):
        found.update(run[at : at + 2] for at in range(max(len(run) - 1, 1)))
    return frozenset(found)


def cognates(text_words: frozenset[str]) -> frozenset[str]:
    """Beginnings of the words, by which related languages share them: `para` for parameter, Parameter, parámetro."""
    return frozenset(
        unicodedata.normalize("NFD", word)[:_COGNATE] for word in text_words if len(word) > _COGNATE and word.isalpha()
    )


def visible_length(text: str) -> int:
    """Characters of a text that a reader sees, for the model of lengths."""
    return len("".join(without_markup(text).split()))
