"""Where one sentence of a text ends and the next begins.

A text in Markdown has full stops that end nothing: in code, link targets, versions, file names and abbreviations.
Where it is not certain that a sentence ends, it goes on: two sentences taken as one still make a good pair with
their translation, half a sentence does not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_WHOLE: Final = re.compile(
    r"(?<![\\`])(?P<ticks>`++)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)"  # `code`
    r"|\[[^\[\]\n]*+\](?:\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+(?:\s++\"[^\"\n]*+\"\s*+)?+\))?+"  # [a](target "title")
    r"|<[A-Za-z/!][^<>\n]*+>"  # <https://...>, tags
    r"|\{\{[^{}\n]*+\}\}"  # macros
)
"""What no sentence ends in. A bare URL is none of these, since no full stop in it has a space after it."""

_END: Final = re.compile(
    r"(?P<wide>[。！？｡]++[」』）〉》】”’\"')\]*_]*+\s*+)"
    r"|(?<![.!?…])(?P<marks>[.!?…]++|[؟۔।])(?P<closing>[\"'”’»)\]*_]*+)(?P<space>\s++)(?=\S)"
    r"|(?:(?<![ \t])[ \t]++|\\)?\n\s*+"
)
_WORD: Final = re.compile(r"[^\s(\[\"'“‘«]*$")
_INITIALS: Final = re.compile(r"\w(?:\.\w)*")
_OPENING: Final = "\"'“‘«([*_¿¡„ "
_WORDS: Final = """
cf vs viz approx no nos fig figs sec ch eq vol ed eds pp incl excl ext max min est dept inc ltd co corp
mr mrs ms dr prof st jr sr al op cit ca resp
bijv bv dwz oa nr nrs blz evt ong vgl zgn mevr dhr
bzw usf evtl ggf inkl exkl ca nr abb vgl sog hr fr bsp
p.ex ex env cf réf art mme mlle m
p.ej ej sr sra ud uds núm pág
"""
_ABBREVIATIONS: Final = frozenset(_WORDS.split())
"""Abbreviations after which a sentence goes on, in small letters; those of single letters (`e.g.`) are not listed."""

_ORDINALS: Final = frozenset(["cs", "da", "de", "et", "fi", "hr", "hu", "is", "lv", "nb", "nn", "no", "pl", "sk", "sl"])
"""Languages that write an ordinal as a number with a full stop: `am 3. Oktober`."""


@lru_cache(maxsize=65536)
def split_sentences(text: str, language: str = "") -> tuple[str, ...]:
    """The sentences of a text, each with the space after it, so that joined they are the text.

    `language` is a BCP 47 tag of the text, for the few rules that differ; a hard line break ends a sentence too.
    """
    spans = [found.span() for found in _WHOLE.finditer(text)]
    sentences = []
    start = at = 0
    for found in _END.finditer(text):
        place = found.start()
        while at < len(spans) and spans[at][1] <= place:
            at += 1
        if at < len(spans) and spans[at][0] < place < spans[at][1]:
            continue
        end = found.end()
        if start < end < len(text) and (found["marks"] is None or _ends(text, start, found, language)):
            sentences.append(text[start:end])
            start = end
    return (*sentences, text[start:]) if start < len(text) else tuple(sentences)


def _ends(text: str, start: int, found: re.Match[str], language: str) -> bool:
    """Whether a sentence that began at `start` ends at a mark with space after it."""
    mark, place = found["marks"], found.end()
    following = text[place : place + 8].lstrip(_OPENING)[:1]
    if following.islower() or (following in {"–", "—", "-", ","} and text[place] == following):
        return False
    if mark != ".":
        return mark != "…" and not (mark == "..." and following.islower())
    word = _WORD.search(text, max(start, found.start() - 24), found.start())
    before = word[0].strip("*_").casefold() if word is not None else ""
    if before.isdecimal():
        number = found.start() - len(before)
        return number > start and text[number - 1].isspace() and language.split("-", maxsplit=1)[0] not in _ORDINALS
    return before not in _ABBREVIATIONS and not (_INITIALS.fullmatch(before) and not found["closing"])
