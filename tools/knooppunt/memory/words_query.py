r"""What a person types to search for words, as an expression of SQLite's FTS5.

Words are all to be found; `"node pool"` is a phrase, `pod*` the beginning of a word, `OR` between two terms (in
capitals) is either of them, and binds weaker than the `AND` that stands between all others. Everything else is text:
the expression is built anew out of quoted strings, so nothing that is typed can be an error of syntax or mean a thing
that it does not say (<https://www.sqlite.org/fts5.html#full_text_query_syntax>).

>>> expression('"node pool" pod* OR subnet')
'"node pool" AND "pod" * OR "subnet"'
"""

from __future__ import annotations

import re
from typing import Final

from knooppunt.memory.scripts import WORD, spaced

_TERM: Final = re.compile(r'"(?P<phrase>[^"]*)"(?P<star>\*?)|(?P<word>[^\s"]+)')
LONGEST: Final = 2000
"""Greatest length of a query, in code points."""
MOST: Final = 50
"""Greatest number of terms; FTS5 allows 256 levels of an expression."""


def expression(query: str) -> str:
    """The expression for a query; empty where it holds no word, or is too long. Linear in its length."""
    if len(query) > LONGEST:
        return ""
    terms = list(_TERM.finditer(query))
    groups: list[list[str]] = [[]]
    for number, found in enumerate(terms):
        inside = 0 < number < len(terms) - 1
        if inside and found["word"] in {"AND", "OR"} and terms[number - 1]["word"] not in {"AND", "OR"}:
            if found["word"] == "OR":
                groups.append([])
            continue
        term = _term(found)
        if term:
            groups[-1].append(term)
    filled = [" AND ".join(group) for group in groups if group]
    if sum(map(len, groups)) > MOST:
        return ""
    return " OR ".join(filled)


def _term(found: re.Match[str]) -> str:
    text = found["word"] or found["phrase"] or ""
    if WORD.search(text) is None:
        return ""
    starred = bool(found["star"]) or text.endswith("*")
    return f'"{spaced(text.rstrip("*") if starred else text)}"' + (" *" if starred else "")
