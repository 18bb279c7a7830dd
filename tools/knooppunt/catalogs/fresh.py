"""The first catalog of an article: nothing is carried over, so it is written straight from its messages.

A whole documentation that is taken into use is made of these; it is the text that an update of an empty catalog gives.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from knooppunt.catalogs.header import new_catalog
from knooppunt.catalogs.render import render_entry, render_references, render_string

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.catalogs.wanted import Wanted


def fresh_po(messages: Iterable[Wanted], locale: str, project: str) -> str:
    """The text of a new catalog with these messages, all of them without a translation."""
    parts = [_header(locale, project)]
    shown: dict[tuple[str, ...], list[str]] = {}
    for message in messages:
        if message.extracted or message.context is not None:
            parts.append(render_entry(message.entry()) + "\n")
            continue
        references = shown.get(message.references)
        if references is None:
            references = shown[message.references] = render_references(message.references)
        parts.append("\n".join([*references, *render_string("msgid", message.msgid), 'msgstr ""\n']))
    return "\n".join(parts)


_header = lru_cache(maxsize=64)(new_catalog)
