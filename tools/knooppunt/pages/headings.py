"""The ids of headings, as MkDocs gives them to the source page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown.extensions.toc import slugify

from knooppunt.pages.inline import plain_text, trailing_attributes

if TYPE_CHECKING:
    from knooppunt.model import Block, Page

_ID = re.compile(r"(?:^|[\s{:])#([^\s}.=]+)|\bid=[\"']?([^\s\"'}]+)")
_COUNTED = re.compile(r"^(.*)_([0-9]+)$")
_DOCFX_TAB = re.compile(r"\[[^\[\]]*\]\(#tab/")


def explicit_id(attributes: str) -> str | None:
    """The id in an attribute list such as `{#install .wide}`; None where it has none."""
    found = _ID.search(attributes)
    return (found[1] or found[2]) if found else None


def heading_attributes(page: Page, block: Block) -> str:
    """The attribute list that closes a heading's line, without the space before it; empty where there is none."""
    line = page.text[block.start : block.end].split("\n")[0].rstrip("\r\n \t")
    return line[trailing_attributes(line) :].strip()


def heading_ids(page: Page) -> dict[int, str]:
    """Number of each heading's block -> its id.

    Explicit ids stand; the others are made by Python-Markdown's own `slugify` from the words of the heading, in the
    order of the page, and counted as its `unique` does. Headings without text, and those inside raw HTML, have none.

    >>> from knooppunt.pages import parse_page
    >>> page = parse_page("# Known limits\\n\\n## Network {#net}\\n\\n## Known limits\\n")
    >>> ids = heading_ids(page)
    >>> [ids[number] for number in sorted(ids)]
    ['known-limits', 'net', 'known-limits_1']
    """
    headings = [
        (number, block)
        for number, block in enumerate(page.blocks)
        if block.kind in {"heading", "setext"} and "html" not in block.container
    ]
    found: dict[int, str] = {}
    used: set[str] = set()
    last: dict[str, int] = {}
    for number, block in headings:
        attributes = heading_attributes(page, block)
        own = explicit_id(attributes) if attributes else None
        if own:
            found[number] = own
            used.add(own)
    for number, block in headings:
        if number in found:
            continue
        text = heading_text(page, block)
        name = _unique(slugify(plain_text(text), "-"), used, last)
        if text and not _DOCFX_TAB.match(text):  # a docfx tab takes its id but cannot bear one
            found[number] = name
    return found


def _unique(name: str, used: set[str], last: dict[str, int]) -> str:
    """A name that is not used yet, as Python-Markdown's `unique` finds it, and then is.

    `last` are the numbers that were tried last by name, so that a page of equal headings costs no more than others.
    """
    found = _COUNTED.match(name)
    if name in used or not name:
        base, number = (found[1], int(found[2])) if found else (name, 0)
        start = name
        number = last.get(start, number)
        while name in used or not name:
            number += 1
            name = f"{base}_{number}"
        last[start] = number
    used.add(name)
    return name


def heading_text(page: Page, block: Block) -> str:
    """The Markdown of a heading without signs and attributes; empty for an empty heading."""
    if block.segments:
        return block.segments[0].msgid
    line = page.text[block.start : block.end].split("\n")[0].strip()
    line = line[: trailing_attributes(line)]
    return re.sub(r"^[>\s\-*+\d.)]*#{1,6}[ \t]*|[ \t]*#*$", "", line)
