"""What a draft is called: its title, its id, its fingerprint, and the words by which its source has it."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs.sentences import split_sentences
from knooppunt.knowledge.matching import words_of
from knooppunt.pages import plain_text

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from knooppunt.extraction.model import Passage

LONGEST_TITLE: Final = 72
"""Letters after which a title is cut, between two words."""
SLUG_WORDS: Final = 7
MATCH_WORDS: Final = 10
"""Words of a source that a draft quotes to find its place again: enough to be the only ones of a page."""
_LEAST_LETTERS: Final = 12

_LEAD: Final = re.compile(r"^\s*(?:\*\*|__)(?P<bold>[^*_]{3,60}?)(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*(?::|[-–—]\s))")
_BREAKS: Final = re.compile(r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)|\]\[[^\[\]]*\]|<[^<>]*>|&[#\w]+;|\{[^{}]*\}|!\[|\\|\|")
"""What stands between words in a source and not in a pattern: targets of links, tags, entities, escapes."""
_SMALL: Final = frozenset(
    re.findall(r"\w+", "a an the to of for is are be and or in on with that this your you it its")
)


def title_of(statement: str) -> str:
    """A title: what a bold introduction names, or the beginning of the first sentence.

    >>> title_of("**Static IPs**: only in preview.")
    'Static IPs'
    >>> title_of("The provider doesn't support `hostAliases`. See [the list](a.md).")
    "The provider doesn't support hostAliases"
    """
    lead = _LEAD.match(statement)
    text = lead["bold"] if lead else next(iter(split_sentences(statement, "en")), statement)
    words = " ".join(plain_text(text).split()).strip(" .:;,•-–")
    if len(words) <= LONGEST_TITLE:
        return words
    return words[: LONGEST_TITLE + 1].rpartition(" ")[0].rstrip(" .:;,(") or words[:LONGEST_TITLE]


def slug(text: str, *, most: int = SLUG_WORDS) -> str:
    """Words in ASCII with hyphens, small ones left out where others remain; empty where there is none.

    >>> slug("The provider doesn't support hostAliases")
    'provider-doesnt-support-hostaliases'
    """
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    telling = [word for word in words if word not in _SMALL] or words
    return "-".join(telling[:most])


def draft_id(product: str, article: str, title: str, taken: Container[str]) -> str:
    """`product.article.title`, with a number where that id is taken."""
    name = f"{product}.{slug(article) or 'article'}.{slug(title) or 'fact'}"
    if name not in taken:
        return name
    number = 2
    while f"{name}-{number}" in taken:
        number += 1
    return f"{name}-{number}"


def fingerprint(place: str, passage: Passage) -> str:
    """Twelve signs of the path of an article, the words of a passage and of what introduces it.

    Its place, markup, case, punctuation and targets of links are no part: moving a section proposes nothing anew.
    """
    text = "\0".join((place, words_of(passage.under), words_of(passage.text)))
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def match_of(passage: Passage) -> str | None:
    """Words of a passage that stand together in its source, by which `match_pattern` finds it; None for too few."""
    runs = [run for part in passage.cells or (passage.text,) for run in _runs(part)]
    for words in sorted(runs, key=len, reverse=True):
        match = " ".join(words[:MATCH_WORDS]).rstrip(".,;:!?")
        if len(match) >= _LEAST_LETTERS and not match.startswith("/"):
            return match
    return None


def _runs(text: str) -> Iterator[list[str]]:
    """Words that follow one another in the source, with nothing between them but space and marks of emphasis."""
    for part in _BREAKS.split(text):
        run: list[str] = []
        for piece in part.split():
            word = piece.strip("*_`[]>")
            if word:
                run.append(word)
            elif run:
                yield run
                run = []
        if run:
            yield run
