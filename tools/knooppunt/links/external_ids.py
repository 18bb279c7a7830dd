"""Whether a page has the place that a fragment names. Bytes of hostile HTML in; time grows with their number alone."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import unquote

from knooppunt.links.htmltext import tags

_CHARSET: Final = re.compile(
    rb"<meta[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-zA-Z0-9_:.-]{1,40})", re.IGNORECASE
)
_LINES: Final = re.compile(r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?")
"""Lines of a source file as code hosts name them; scripts find them, not ids."""


def decoded(body: bytes, charset: str = "") -> str:
    """The text of a page in the charset that its header or its first kilobyte names, else in UTF-8."""
    if not charset and (found := _CHARSET.search(body[:1024])):
        charset = found[1].decode("ascii")
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        charset = "utf-16"
    try:
        return body.decode(charset or "utf-8", "replace")
    except (LookupError, ValueError):
        return body.decode("utf-8", "replace")


@lru_cache(maxsize=2)
def ids_of(html: str) -> frozenset[str]:
    """The ids of all elements and the names of all anchors."""
    return frozenset(
        item.value
        for tag in tags(html)
        for item in tag.attributes
        if item.value and (item.name == "id" or (item.name == "name" and tag.name == "a"))
    )


def asked(fragment: str) -> str | None:
    """The fragment to look for; None where there is nothing to look for.

    The top of a page is always there; text directives, addresses of single-page applications and lines of source files
    are no ids (HTML standard, 7.4.6.4; URL Fragment Text Directives).
    """
    bare = fragment.partition(":~:")[0]
    if not bare or bare.lower() == "top" or bare.startswith(("/", "!")) or "=" in bare or _LINES.fullmatch(bare):
        return None
    return bare


def has(html: str, fragment: str) -> bool:
    """Whether a page has the place: by the fragment as it is, then decoded; GitHub puts `user-content-` before ids."""
    plain = unquote(fragment)
    forms = {fragment, plain, f"user-content-{plain}", f"user-content-{plain.lower()}"}
    text = unescape(html) if "&" in html else html
    if not any(form in text for form in forms):  # most that are missing, at a hundredth of the cost
        return False
    return not forms.isdisjoint(ids_of(html))
