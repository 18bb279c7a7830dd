"""Closing punctuation of a sentence, and what it is in other scripts."""

from __future__ import annotations

import re
from typing import Final

_CLOSING: Final = re.compile(r"\s*[.:;!?…。．：；！？،؛؟।·]+\s*$")
_FULL_WIDTH: Final = {".": "。", ":": "：", ";": "；", "!": "！", "?": "？", "…": "……"}
_BY_LANGUAGE: Final = {
    "ja": _FULL_WIDTH,
    "zh": _FULL_WIDTH,
    "ar": {"?": "؟", ";": "؛"},
    "fa": {"?": "؟", ";": "؛"},
    "ur": {"?": "؟", ";": "؛", ".": "۔"},
    "el": {"?": ";", ";": "·"},
    "hi": {".": "।"},
    "bn": {".": "।"},
    "ne": {".": "।"},
    "fr": {mark: f"\u00a0{mark}" for mark in ":;!?"},
}


def without_closing(text: str) -> str:
    """A text without its closing punctuation and the space around that."""
    return _CLOSING.sub("", text)


def adapt_closing(old: str, new: str, msgstr: str, locale: str) -> str | None:
    """The translation with the closing punctuation of `new` where it had that of `old`; None if that is not certain.

    A Spanish question or exclamation has a mark at its start too, so a change to or from one is left to a person.
    """
    before, after = _mark(old), _mark(new)
    if before == after:
        return msgstr
    language = locale.split("-", maxsplit=1)[0]
    own = _mark(msgstr)
    if own not in _equivalents(before, language):
        return msgstr if own and own in _equivalents(after, language) else None
    if language == "es" and set(before + after) & set("?!"):
        return None
    body = without_closing(msgstr) if own else msgstr
    western = own.isascii() and bool(own) and language in {"ja", "zh"}
    return body + (after if western else _BY_LANGUAGE.get(language, {}).get(after, after))


def _mark(text: str) -> str:
    found = _CLOSING.search(text)
    return found[0].strip() if found else ""


def _equivalents(mark: str, language: str) -> set[str]:
    localized = _BY_LANGUAGE.get(language, {}).get(mark, mark).strip()
    return {mark, localized, _FULL_WIDTH[mark] if mark in _FULL_WIDTH and language == "ko" else mark}
