"""Pseudo-translation: every letter of the prose gets an accent, everything else stays.

What is prose is decided here, by a tokenizer of its own that knows Markdown as its readers describe it. It shares no
code with Knooppunt, so a mistake there cannot hide a mistake here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ACCENT = "\u02e3"
"""MODIFIER LETTER SMALL X: a letter itself, so words stay words to every regular expression, in any script; and one
that is an `x` in a slug, so that a heading that lost its id shows."""

_PARENTHESES = r"(?:[^\s()<>\\]|\\.|\((?:[^\s()\\]|\\.|\([^\s()]*\))*\))*"
_KEPT = re.compile(
    rf"""
      (?P<placeholder> \\<[^<>\n]*> )   # Python-Markdown, unlike CommonMark, knows no escaped <, and reads a tag
    | (?P<escape> \\[!-/:-@\[-`{{-~])
    | (?P<code> (?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`) )
    | (?P<markup> <(?P<element>code|pre|tt|samp|var|script|style|svg)\b[^<>]*>.*?</(?P=element)> )
    | (?P<comment> <!--.*?--> )
    | (?P<autolink> <(?:[A-Za-z][A-Za-z0-9+.-]{{1,31}}:[^<>\s]*|[^<>\s@]+@[^<>\s@]+)> )
    | (?P<tag> </?[A-Za-z](?:"[^"]*"|'[^']*'|[^<>"'])*> )
    | (?P<macro> \{{\{{.*?\}}\}} | \{{%.*?%\}} | \{{\#.*?\#\}} | \{{\*.*?\*\}} )
    | (?P<attributes> \{{:?[ ]*(?:[.\#][\w-]|[\w-]+=)[^{{}}\n]*\}} | \{{:[^{{}}\n]*\}}
        | \{{[ ]*[a-z-]+[ ]*\}}(?=[ ]*$) )
    | (?P<docfx> \[!(?:include|video|code)\b[^\[\]\n]*(?:\[[^\[\]\n]*\][^\[\]\n]*)*\] | \[![A-Z]+\] )
    | (?P<inner> (?<=\])\([ ]*(?:<[^<>\n]*>|{_PARENTHESES})(?=[ ]*\)|[ ]+["'][^\n]*?["'][ ]*\)) )
    | (?P<label> (?<=\])[ ]?\[[^\[\]\n]*\](?!\() )
    | (?P<note> \[\^[^\]\s]+\] )
    | (?P<url> \b(?:[a-z][a-z0-9+.-]*://|mailto:|www\.)[^\s<>()\[\]`"']* | [\w.+-]+@[\w-]+\.[\w.-]+ )
    | (?P<entity> &(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*); )
    | (?P<shortcode> :[a-z0-9_+-]+: )
    | (?P<keys> \+\+(?:[\w-]+|"[^"]*")(?:\+(?:[\w-]+|"[^"]*"))*\+\+ )
    | (?P<math> (?<!\\)\$(?=\S)[^$\n]+?(?<=\S)\$(?!\d) | \\\(.+?\\\) )
    | (?P<variable> \$[A-Za-z_]\w* )
    | (?P<symbol> \((?:c|r|tm|pm)\) | \bc/o\b | \b\d+(?:st|nd|rd|th)\b )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_TEXT_ATTRIBUTE = re.compile(r"(?<=\s)(?:title|alt|aria-label|placeholder)=([\"'])(.*?)\1", re.DOTALL)
_LETTER = re.compile(r"[^\W\d_]")


def kept_ranges(text: str, words: Iterable[str] = ()) -> list[tuple[int, int, str]]:
    """Ranges that a translator leaves as they are, each with its kind; `words` are the page's abbreviations."""
    found = [(match.start(), match.end(), match.lastgroup or "") for match in _KEPT.finditer(text)]
    for word in words:
        found += [(m.start(), m.end(), "abbreviation") for m in re.finditer(rf"\b{re.escape(word)}\b", text)]
    return found


def accented(text: str, words: Iterable[str] = ()) -> str:
    """The text with an accent behind each letter of its prose.

    >>> accented("A [b](c) `d` é").replace(ACCENT, "'")
    "A' [b'](c) `d` é'"
    """
    kept = bytearray(len(text))
    for start, end, kind in kept_ranges(text, words):
        kept[start:end] = b"\1" * (end - start)
        if kind == "tag":
            for value in _TEXT_ATTRIBUTE.finditer(text, start, end):
                kept[slice(*value.span(2))] = bytes(value.end(2) - value.start(2))
    return "".join(
        letter + ACCENT if not kept[at] and _LETTER.match(letter) else letter for at, letter in enumerate(text)
    )


def plain(text: str) -> str:
    """The text without accents."""
    return text.replace(ACCENT, "")
