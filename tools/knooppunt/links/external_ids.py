"""Whether a page has the place that a fragment names. Bytes of hostile HTML in; time grows with their number alone."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final
from urllib.parse import unquote

_RAW: Final = frozenset(("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"))
"""Elements whose text holds no tags."""
_NAME: Final = re.compile(r"[a-zA-Z][^\s/>]*")
_PART: Final = re.compile(r"[\s/]*(?:([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"'][^\s>]*)?))?)?")
"""One attribute: its name, and its value in one of three groups."""
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
    found: set[str] = set()
    gone: set[str] = set()
    at = 0
    while (at := html.find("<", at)) >= 0:
        if html.startswith("<!--", at):
            at = _after(html, "-->", at + 2, gone) or at + 4  # <!--> is a whole comment
            continue
        name = _NAME.match(html, at + 1)
        if name is None:
            at += 1
            continue
        element = name[0].lower()
        at = _attributes(html, name.end(), element, found)
        if element in _RAW:
            at = _after(html, f"</{element}", at, gone) or at
    return frozenset(found - {""})


def _attributes(html: str, at: int, element: str, found: set[str]) -> int:
    """Gather the ids among the attributes that start at a position; the position after them."""
    while (part := _PART.match(html, at)) is not None and part[1] is not None:
        attribute = part[1].lower()
        if attribute == "id" or (attribute == "name" and element == "a"):
            found.add(unescape(part[2] or part[3] or part[4] or ""))
        at = part.end()
    return part.end() if part is not None else at


def _after(html: str, end: str, start: int, gone: set[str]) -> int | None:
    """Position after the next `end`, in any case; None where there is none any more, which `gone` remembers."""
    if end in gone:
        return None
    match = re.compile(re.escape(end), re.IGNORECASE).search(html, start)
    if match is None:
        gone.add(end)
        return None
    return match.end()


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
