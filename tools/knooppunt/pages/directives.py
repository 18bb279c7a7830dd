"""Comments by which an author steers Knooppunt; other Markdown tools pass over them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from knooppunt.errors import DataError
from knooppunt.pages.inline import code_spans

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.model import Block, Page

_COMMENT = re.compile(r"<!--[ \t]*knooppunt:[ \t]*(?P<verb>[\w-]*)(?P<rest>[^\r\n]*?)-->[ \t]*$")
_ANY_COMMENT = re.compile(r"<!--(?P<ours>\s*knooppunt:)?.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\n|\r")
_OF_CODE = frozenset(["code", "fence", "front-matter"])
"""Kinds of blocks in which a comment is an example of one."""
_ARGUMENT = re.compile(r"([\w-]+)=([\w.,-]+)")

VERBS = ("skip", "skip-start", "skip-end", "comment", "records")
FILTERS = ("id", "kind", "layer", "effect", "variant", "status")
FORMS = ("list", "table", "cards")


@dataclass(frozen=True, slots=True)
class Directive:
    """One `<!-- knooppunt: verb ... -->`."""

    verb: str
    rest: str = ""
    """What follows the verb, stripped."""


@dataclass(frozen=True, slots=True)
class RecordsDirective:
    """Where a page shows records: the filters and the form, and the range of the comment's line."""

    start: int
    end: int
    """Range in the page's text, without the line's ending."""
    line: int
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form: str = "list"


def parse_directive(comment: str) -> Directive | None:
    """The directive in a one-line comment, or None where it is a comment like any other."""
    found = _COMMENT.match(comment.strip())
    return Directive(found["verb"], found["rest"].strip()) if found else None


def records_directives(page: Page) -> tuple[RecordsDirective, ...]:
    """Every `records` directive of a page, in order.

    Raises DataError with the line for an unknown verb, filter or form, and for a comment of ours that would do
    nothing: one in a quote, among other text, on two lines, or with a capital.

    >>> from knooppunt.pages import parse_page
    >>> [found] = records_directives(parse_page("<!-- knooppunt: records kind=quota,region as=table -->\\n"))
    >>> found.form, found.filters["kind"]
    ('table', ('quota', 'region'))
    """
    found = []
    for block in page.blocks:
        written = page.text[block.start : block.end].rstrip("\r\n")
        if block.kind != "directive":
            _refuse_lost(page, block, written)
            continue
        start = max(written.find("<!--"), 0)
        directive = parse_directive(written[start:])
        if directive is None:
            continue
        if directive.verb not in VERBS:
            raise DataError.single(
                page.path, block.line, f"unknown directive '{directive.verb}'", hint=f"one of {', '.join(VERBS)}"
            )
        if directive.verb == "records":
            if written[:start].strip():  # the sign of a quote or of a list's item
                raise _lost(page.path, block.line)
            found.append(
                _records(directive.rest, page.path, block.start + start, block.start + len(written), block.line)
            )
    return tuple(found)


def _refuse_lost(page: Page, block: Block, written: str) -> None:
    if block.kind in _OF_CODE or "<!--" not in written:
        return
    spans = code_spans(written) if block.kind != "comment" else []
    for comment in _ANY_COMMENT.finditer(written):
        start = comment.start()
        if comment["ours"] and not any(begin < start < end for begin, end in spans):
            raise _lost(page.path, block.line + len(_LINE_END.findall(written, 0, start)))


def _lost(path: str, line: int) -> DataError:
    message = "a comment for Knooppunt that is no directive here"
    return DataError.single(path, line, message, hint="put it on a line of its own, as <!-- knooppunt: VERB -->")


def _records(rest: str, path: str, start: int, end: int, line: int) -> RecordsDirective:
    filters: dict[str, tuple[str, ...]] = {}
    form = "list"
    for word in rest.split():
        argument = _ARGUMENT.fullmatch(word)
        if argument is None:
            raise DataError.single(path, line, f"'{word}' in a records directive", hint="write it as kind=limitation")
        key, value = argument[1], argument[2]
        if key == "as":
            if value not in FORMS:
                raise DataError.single(path, line, f"unknown form '{value}'", hint=f"one of {', '.join(FORMS)}")
            form = value
        elif key not in FILTERS:
            raise DataError.single(path, line, f"unknown filter '{key}'", hint=f"one of {', '.join(FILTERS)}")
        elif key in filters:
            raise DataError.single(path, line, f"filter '{key}' twice", hint="separate values with commas")
        else:
            filters[key] = tuple(part for part in value.split(",") if part)
    return RecordsDirective(start, end, line, filters, form)
