"""A comparison as text, as JSON, and as Markdown for a release note."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from knooppunt.feed.changelog import ADDED, EDITORIAL, MEANING, MOVED, REMOVED, SPLIT, WITHDRAWN
from knooppunt.feed.comparing import MAJOR, MINOR, NONE, PATCH, TRANSLATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from knooppunt.feed.changelog import Change, FieldChange
    from knooppunt.feed.comparing import Comparison, Difference

HEADINGS: Final = {
    REMOVED: "Removed",
    WITHDRAWN: "Withdrawn",
    MOVED: "Moved",
    SPLIT: "Split",
    MEANING: "Changed in meaning",
    ADDED: "Added",
    EDITORIAL: "Editorial",
    TRANSLATION: "Translations only",
}
"""Kinds of differences in the order in which a reader wants them."""
_VERDICTS: Final = {
    NONE: "nothing changed, no release is needed",
    PATCH: "patch: data changed",
    MINOR: "minor: something was added to the form of the feed",
    MAJOR: "major: something is gone that others may rely on",
}
_SHOWN: Final = 100
"""Characters of a value that a report for people shows."""
_MARKDOWN: Final = re.compile(r"([\\*_\[\]<>&#|~!])")


def text_report(found: Comparison) -> str:
    """For a terminal: a line for each id, and below it the fields that changed."""
    lines = []
    for kind, items in _grouped(found):
        lines.append(f"{HEADINGS[kind]}:")
        for item in items:
            lines.append(f"  {_line(item.change)}{_in_locales(item)}")
            lines += [f"      {_field(change)}" for change in item.change.fields]
            lines += [f"      problem: {item.problem}"] if item.problem else []
    if found.api:
        lines += ["Form of the feed:", *(f"  {level}: {what}" for level, what in found.api)]
    lines.append(f"{found.old} -> {found.new}: {_VERDICTS[found.verdict]}")
    return "\n".join(lines) + "\n"


def json_report(found: Comparison) -> str:
    """For programs; `diff.schema.json` of the feed describes it."""
    value = {
        "version": 1,
        "old": found.old,
        "new": found.new,
        "verdict": found.verdict,
        "problems": len(found.problems),
        "form": [{"level": level, "what": what} for level, what in found.api],
        "changes": [
            {
                "id": item.change.id,
                "change": item.change.change,
                "revision": item.change.revision,
                "title": item.change.title,
                "to": list(item.change.to),
                "fields": [
                    {"field": change.field, "before": change.before, "after": change.after}
                    for change in item.change.fields
                ],
                "locales": dict(item.locales),
                "problem": item.problem,
            }
            for item in found.differences
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def markdown_report(found: Comparison) -> str:
    """For a release note: headings of the third level, so that it fits below one's own."""
    parts = [f"Records, from {code_span(found.old)} to {code_span(found.new)}: {_VERDICTS[found.verdict]}."]
    for kind, items in _grouped(found):
        parts.append(f"### {HEADINGS[kind]}")
        if kind == TRANSLATION:
            counts: dict[str, int] = {}
            for item in items:
                for locale, number in item.locales.items():
                    counts[locale] = counts.get(locale, 0) + number
            parts.append("\n".join(f"- {locale}: {number} texts" for locale, number in sorted(counts.items())))
        else:
            parts.append("\n".join(line for item in items for line in _markdown_item(item)))
    if found.api:
        parts += ["### Form of the feed", "\n".join(f"- {level}: {_escaped(what)}" for level, what in found.api)]
    return "\n\n".join(parts) + "\n"


REPORTS: Final[Mapping[str, Callable[[Comparison], str]]] = {
    "text": text_report,
    "json": json_report,
    "markdown": markdown_report,
}


def _grouped(found: Comparison) -> Iterator[tuple[str, Sequence[Difference]]]:
    for kind in HEADINGS:
        items = [item for item in found.differences if item.change.change == kind]
        if items:
            yield kind, items


def _line(change: Change) -> str:
    to = f" -> {', '.join(change.to)}" if change.to else ""
    return f"{change.id}{to}{f': {change.title}' if change.title else ''}"


def _in_locales(item: Difference) -> str:
    said = ", ".join(f"{locale} {number}" for locale, number in item.locales.items())
    return f" ({said})" if said else ""


def _field(change: FieldChange) -> str:
    if change.before is None or change.after is None:
        return f"{change.field}: {'+' if change.before is None else '-'} {_cut(change.after or change.before or '')}"
    return f"{change.field}: {_cut(change.before)} -> {_cut(change.after)}"


def _markdown_item(item: Difference) -> Iterator[str]:
    change = item.change
    to = f" → {', '.join(map(code_span, change.to))}" if change.to else ""
    yield f"- {code_span(change.id)}{to}{f': {_escaped(change.title)}' if change.title else ''}"
    for field in change.fields:
        if field.before is None or field.after is None:
            sign = "added" if field.before is None else "gone"
            yield f"    - {_escaped(field.field)}: {code_span(_cut(field.after or field.before or ''))} ({sign})"
        else:
            yield f"    - {_escaped(field.field)}: {code_span(_cut(field.before))} → {code_span(_cut(field.after))}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def code_span(text: str) -> str:
    """A code span, whatever backticks the text has (CommonMark 6.1)."""
    runs = {len(found[0]) for found in re.finditer("`+", text)}
    fence = "`" * next(length for length in range(1, len(runs) + 2) if length not in runs)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
