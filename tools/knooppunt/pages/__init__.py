"""Markdown -> lossless blocks -> segments. Text in, text out."""

from knooppunt.pages.directives import RecordsDirective, records_directives
from knooppunt.pages.front_matter import front_matter_end, render_value
from knooppunt.pages.front_matter import parse as parse_front_matter
from knooppunt.pages.headings import heading_ids
from knooppunt.pages.inline import code_spans, has_prose, plain_text
from knooppunt.pages.walker import parse_page

__all__ = (
    "RecordsDirective",
    "code_spans",
    "front_matter_end",
    "has_prose",
    "heading_ids",
    "parse_front_matter",
    "parse_page",
    "plain_text",
    "records_directives",
    "render_value",
)
