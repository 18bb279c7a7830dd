"""What is known of the anchors of a page beyond what MkDocs makes of it: other slugs, and what comes from elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from knooppunt.pages import plain_text

if TYPE_CHECKING:
    from knooppunt.model import Page

_GITHUB = re.compile(r"[^\w\- ]")
_INCLUDED = re.compile(
    r"\[!INCLUDE\b|^[ \t]*\{\{?[%<]?[ \t]*include\b|^[ \t]*:::[ \t]+[\w.]+[ \t]*$|^[ \t]*\.\. include::",
    re.MULTILINE | re.IGNORECASE,
)
"""Where a page takes in text from elsewhere: docfx, Jinja, Hugo, mkdocstrings."""
_MACRO = re.compile(r"<!--(?!\s*knooppunt:).*?-->|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def github_anchors(page: Page) -> frozenset[str]:
    """The anchors that GitHub, docfx and others give to headings and tabs.

    Each space is a hyphen, signs are left out, and doubles are counted.

    Rules of github-slugger, as GitHub describes them for section links.
    """
    used: Counter[str] = Counter()
    found = set()
    for block in page.blocks:
        if block.kind in {"heading", "setext", "tab"} and block.segments:
            name = _GITHUB.sub("", plain_text(block.segments[0].msgid).strip().lower()).replace(" ", "-")
            number = used[name]
            used[name] += 1
            found.add(f"{name}-{number}" if number else name)
    return frozenset(found)


def takes_in_text(page: Page) -> bool:
    """Whether a page takes in text from elsewhere, whose headings are not known here."""
    return _INCLUDED.search(page.text) is not None


def made_by_macro(text: str, fragment: str) -> bool:
    """Whether a macro or a comment of a page names an anchor, as hooks and plug-ins read them.

    >>> made_by_macro("#### <!-- md:setting config.separator -->", "config.separator")
    True
    """
    name = fragment.lstrip("+").casefold()
    return bool(name) and any(name in found[0].casefold() for found in _MACRO.finditer(text))
