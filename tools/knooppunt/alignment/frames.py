"""What stands around the texts of a block, for the comparison of two pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.alignment.items import block_text, without_anchor
from knooppunt.pages.inline import trailing_attributes

if TYPE_CHECKING:
    from knooppunt.model import Page, Segment

_COUNTED: Final = re.compile(r"\d{1,9}(?=[.)][ \t]*$)")


def frame(page: Page, number: int) -> str:
    """What stands around the texts of a block: markers, pipes, tags; without space and without the id of a heading."""
    block = page.blocks[number]
    if not block.segments:
        return block_text(page, block)
    parts = []
    at = block.start
    for segment in block.segments:
        parts.append(page.text[at : segment.origin.start])
        at = segment.origin.end
    rest = page.text[at : block.end]
    if block.kind in {"heading", "setext"}:
        first, newline, more = rest.replace("\r", "").partition("\n")
        rest = first[: trailing_attributes(first)].rstrip(" #") + newline + more
    elif block.segments[0].kind == "title":
        written = block.segments[0].origin
        if not parts[0].rstrip().endswith(('"', "|")):  # a title that readers see, for which the source has the kind
            parts[0] += page.text[written.start : written.end]
        parts[0], rest = parts[0].rstrip(' |"'), rest.lstrip('"')
    elif block.kind == "item":  # a list that lacks an item counts its others anew, and looks the same
        parts[0] = _COUNTED.sub("1", parts[0])
    elif block.kind == "row":
        rest = rest.rstrip().rstrip("|")
        parts[0] = parts[0].lstrip().lstrip("|")
    return " ".join("\0".join("".join(part.split()) for part in [*parts, rest]).split(" "))


def signature(page: Page, number: int) -> tuple[str, ...]:
    """What a block says, for the comparison of two pages: its frame and its texts, without space that means nothing."""
    texts = (_signed(segment) for segment in page.blocks[number].segments)
    return (frame(page, number), *texts)


def _signed(segment: Segment) -> str:
    text = without_anchor(segment.msgid)
    if segment.kind == "heading":  # one that is underlined has its id in the text
        text = text[: trailing_attributes(text)]
    return " ".join(text.split())
