"""Messages that hold nothing to translate, or syntax that stands alone.

What stands inside a running text (code, the target of a link, a tag) stays in its msgid, where the check
lost-placeholder guards it. A leak is a message that is made of such things only, or that is a line of syntax.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from fidelity.pseudo import ACCENT, accented

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.model import Page

_LINES: Final = {
    "fence": re.compile(r"(?:`{3,}(?!.*`)|~{3,})"),
    "admonition marker": re.compile(r"(?:!!!|\?\?\?\+?|===[!+]?)[ \t]+[\w\"]"),
    "directive": re.compile(r":::|/{3,}(?:[ \t]+[\w-]+(?:[ \t]*\|.*)?)?$"),
    "docfx marker": re.compile(
        r"\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|div|INCLUDE|VIDEO|code)\b.*\]$", re.IGNORECASE
    ),
    "link definition": re.compile(r"\[[^\[\]^]+\]:[ \t]+(?:<[^<>]*>|(?:\w+:|[./#])\S*)(?:[ \t]+[\"'(].*[\"')])?$"),
    "abbreviation": re.compile(r"\*\[[^\]]+\]:"),
    "snippet": re.compile(r";*-{1,}8<-"),
    "attribute list": re.compile(r"\{:?[ ]*(?:[.#][\w-]|[\w-]+=)[^{}]*\}$"),
    "macro": re.compile(r"(?:\{%[^%]*%\}|\{\{[^{}]*\}\}|\{\*.*\*\})$"),
    "import": re.compile(r"(?:import|export)[ \t].*\bfrom[ \t]+[\"']"),
    "expression": re.compile(r"\{[^{}]*\}$"),
    "tag": re.compile(r"</?[A-Za-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>$"),
    "table rule": re.compile(r"\|?[ :|-]*---[ :|-]*$"),
    "comment": re.compile(r"<!--(?:(?!-->).)*-->$"),
}
"""What a message may not look like, at the start of any of its lines."""
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|mailto:|www\.)\S+$", re.IGNORECASE)


def leaks(page: Page) -> Iterator[tuple[str, str]]:
    """Kind and text of each message of a page that should be none."""
    for segment in page.segments:
        text = segment.msgid
        if ACCENT not in accented(text):
            yield "no prose", text
        elif _ADDRESS.match(text):
            yield "address", text
        else:
            for line in text.split("\n"):
                kind = next((kind for kind, pattern in _LINES.items() if pattern.match(line.strip())), None)
                if kind is not None:
                    yield kind, text
                    break
