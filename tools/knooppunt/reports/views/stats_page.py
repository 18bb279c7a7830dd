"""Figures of a check as a page of HTML: one file, without anything from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from knooppunt.reports.views.stats_text import lines

if TYPE_CHECKING:
    from knooppunt.checking import Stats


def render(stats: Stats) -> str:
    """The page."""
    return f"<!doctype html>\n<pre>{escape(chr(10).join(lines(stats)))}</pre>\n"
