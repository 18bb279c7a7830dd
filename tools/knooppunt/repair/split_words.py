"""Words as they stand between white space: where a word ends a run of signs, and where one begins it."""

from __future__ import annotations

import re
from typing import NamedTuple

_RAW = re.compile(r"\S+")
_QUOTES = re.compile(r"\n[ \t>]*>")
_LAST = re.compile(r"(?:^|[^\w'\u2019.@/])([^\W\d_]+)$")
_NEXT = re.compile(r"([^\W\d_]+)(?:$|[^\w'\u2019.@]|['\u2019.](?!\w))")
_WORD = re.compile(r"[^\W\d_]+")


_WELL_KNOWN = """
BitLocker ConfigMap CosmosDB DevOps Dropbox Facebook GitHub GitLab InfoPath JavaScript LinkedIn MariaDB Microsoft
MongoDB MySQL OneDrive OneNote OpenShift OpenSSL PostgreSQL PowerApps PowerPoint PowerShell Salesforce SharePoint
Silverlight TypeScript WordPress YouTube
"""
NAMES = {name.lower(): name for name in _WELL_KNOWN.split()}
"""Well-known names whose spelling no source need tell, by their letters in lower case."""


class Word(NamedTuple):
    """A word at the end or the beginning of a run of signs without white space."""

    text: str
    key: str
    """In lower case."""
    sign: str
    """The sign between the word and the rest of the run, if any."""


def last_word(raw: str) -> Word | None:
    """The word that a run of signs ends in; None where a sign or a digit ends it, or it is part of something else."""
    if raw.isalpha():
        return Word(raw, raw.casefold(), "")
    found = _LAST.search(raw) if raw[-1].isalpha() else None
    if found is None:
        return None
    return Word(found[1], found[1].casefold(), raw[found.start(1) - 1] if found.start(1) else "")


def first_word(raw: str) -> Word | None:
    """The word that a run of signs begins with; None where a sign or a digit begins it, or it is part of a name."""
    if raw.isalpha():
        return Word(raw, raw.casefold(), "")
    found = _NEXT.match(raw)
    return None if found is None else Word(found[1], found[1].casefold(), raw[found.end(1) : found.end(1) + 1])


def without_quotes(text: str) -> str:
    """The text with the signs of quotations at the beginnings of lines as spaces; positions stay."""
    return _QUOTES.sub(lambda found: found[0].replace(">", " "), text)


def raw_starts(text: str) -> list[int]:
    """Positions of the runs of signs without white space."""
    return [found.start() for found in _RAW.finditer(text)]


def joined_word(parts: list[str], source: str | None) -> str:
    """The parts as one word: as the source writes it, as a well-known name is written, or in the case of the first."""
    plain = "".join(parts)
    if source is not None:
        for word in _WORD.findall(source):
            if word.casefold() == plain.casefold() and not word.islower() and not word.istitle():
                return str(word)
    if all(part.isupper() for part in parts) and len(parts[0]) > 1:
        return plain
    if plain.lower() in NAMES:
        return NAMES[plain.lower()]
    first, *others = parts
    lowered = (part[0].lower() + part[1:] if part[1:].islower() else part for part in others)
    return first + "".join(lowered)
