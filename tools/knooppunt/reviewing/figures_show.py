"""Figures as JSON (version 1; `SCHEMA` describes it), as CSV, and as text for a terminal."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any, Final

from knooppunt.model import State
from knooppunt.reviewing.figures import LONGEST_SAVE, SMALLEST_SAMPLE
from knooppunt.reviewing.figures_schema import SCHEMA
from knooppunt.reviewing.scheme import CATEGORIES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from knooppunt.reviewing.figures import Figures, Quality, Tally

VERSION: Final = 1
"""Keys may be added to a version; one that goes or changes its meaning makes a new one."""
ACTIONS: Final = ("edit", "accept", "approve", "reject", "restore")
COLUMNS: Final = (
    "locale", "kind", "name",
    *(f"segments_{state.value}" for state in State), *(f"words_{state.value}" for state in State),
    *ACTIONS, "saves", "seconds", "timed_words", "days", "words_per_hour", "words_per_day",
    "edited_segments", "untouched_segments", "hter", "character_rate",
    "found_words", "found_points", "found_per_thousand", "found_score", "found_passed",
    "left_words", "left_points", "left_per_thousand", "left_score", "left_passed", "mqm_limit",
)  # fmt: skip
"""Columns of the CSV; a new one is put behind the last."""


def document(found: Sequence[Figures]) -> dict[str, Any]:
    """Figures as plain values."""
    return {
        "version": VERSION,
        "smallest_sample": SMALLEST_SAMPLE,
        "longest_save": LONGEST_SAVE,
        "locales": [
            {
                "locale": item.locale,
                "total": _tally(item.total),
                "articles": [_tally(tally) for tally in item.articles],
                "engines": [_tally(tally) for tally in item.engines],
                "people": [_tally(tally) for tally in item.people],
                "days": [
                    {"day": day.day, "saves": day.saves, "words": day.words, "seconds": day.seconds}
                    for day in item.days
                ],
                "unread": item.unread,
            }
            for item in found
        ],
    }


def json_figures(found: Sequence[Figures]) -> str:
    """One JSON document."""
    return json.dumps(document(found), ensure_ascii=False, indent=2) + "\n"


def csv_figures(found: Sequence[Figures]) -> str:
    """A row for each locale, article, engine and person, with the columns `COLUMNS`; unknown values are empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for item in found:
        for kind, tally in _rows(item):
            writer.writerow([_cell(value) for value in _flat(item.locale, kind, tally)])
    return stream.getvalue()


def _rows(item: Figures) -> Iterator[tuple[str, Tally]]:
    yield "locale", item.total
    for kind, tallies in (("article", item.articles), ("engine", item.engines), ("person", item.people)):
        for tally in tallies:
            yield kind, tally


def _flat(locale: str, kind: str, tally: Tally) -> Iterator[object]:
    yield from (locale, kind, tally.name)
    yield from (tally.segments.get(state, 0) for state in State)
    yield from (tally.words.get(state, 0) for state in State)
    work, editing = tally.work, tally.editing
    yield from (work.actions.get(action, 0) for action in ACTIONS)
    yield from (work.saves, work.seconds, work.timed_words, work.days, work.words_per_hour, work.words_per_day)
    yield from (editing.segments, editing.untouched, editing.hter, editing.character_rate)
    for quality in (tally.found, tally.left):
        yield from (quality.words, quality.points, quality.per_thousand, quality.score, quality.passed)
    yield tally.found.limit


def _cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula (OWASP: CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return f"'{value}"
    return value


def _tally(tally: Tally) -> dict[str, Any]:
    work, editing = tally.work, tally.editing
    return {
        "name": tally.name,
        "segments": {state.value: tally.segments.get(state, 0) for state in State},
        "words": {state.value: tally.words.get(state, 0) for state in State},
        "work": {
            "actions": {action: work.actions.get(action, 0) for action in ACTIONS},
            "saves": work.saves,
            "seconds": work.seconds,
            "timed_saves": work.timed_saves,
            "timed_words": work.timed_words,
            "overlong": work.overlong,
            "days": work.days,
            "words_per_hour": work.words_per_hour,
            "words_per_day": work.words_per_day,
        },
        "editing": {
            "segments": editing.segments,
            "untouched": editing.untouched,
            "words": editing.words,
            "word_edits": editing.word_edits,
            "hter": editing.hter,
            "characters": editing.characters,
            "character_edits": editing.character_edits,
            "character_rate": editing.character_rate,
        },
        "mqm": {"limit": tally.found.limit, "found": _quality(tally.found), "left": _quality(tally.left)},
    }


def _quality(quality: Quality) -> dict[str, Any]:
    return {
        "texts": quality.texts,
        "words": quality.words,
        "points": quality.points,
        "per_thousand": quality.per_thousand,
        "score": quality.score,
        "passed": quality.passed,
        "errors": [
            {"category": category, "name": CATEGORIES[category][0], "total": sum(by.values()), **by}
            for category, by in by_category(quality)
        ],
    }


def by_category(quality: Quality) -> list[tuple[str, dict[str, int]]]:
    """Named errors of each category by severity, the most frequent category first."""
    found: dict[str, dict[str, int]] = {}
    for (category, severity), count in quality.errors.items():
        found.setdefault(category, dict.fromkeys(SEVERITIES, 0))[severity] += count
    order = list(CATEGORIES)
    return sorted(found.items(), key=lambda item: (-sum(item[1].values()), order.index(item[0])))


# Text ----------------------------------------------------------------------------------------------------------------


def text_figures(found: Sequence[Figures]) -> str:
    """Tables for a terminal."""
    return "\n".join(line for item in found for line in _locale(item))


def _locale(item: Figures) -> Iterator[str]:
    total = item.total
    yield f"{item.locale}: {sum(total.words.values()):,} words in {sum(total.segments.values()):,} texts"
    yield "  " + ", ".join(f"{state.value} {total.words.get(state, 0):,}" for state in State)
    for title, quality in (("errors found", total.found), ("errors left", total.left)):
        yield f"  {title}: {verdict(quality)}"
    for category, by in by_category(total.found)[:5]:
        severities = ", ".join(f"{count} {name}" for name, count in by.items() if count)
        yield f"    {CATEGORIES[category][0]}: {severities}"
    for title, tallies in (("article", item.articles), ("engine", item.engines), ("person", item.people)):
        shown = [tally for tally in tallies if tally.work.actions or tally.editing.segments or title == "engine"]
        if shown:
            yield ""
            yield from _table(title, shown)
    if item.unread:
        yield f"  {item.unread} times or errors in the ledger are not what they should be, and not counted"
    yield ""


_COLUMNS: Final[tuple[tuple[str, Callable[[Tally], str]], ...]] = (
    ("words", lambda tally: f"{sum(tally.words.values()):,}"),
    ("approved", lambda tally: _share(tally.words.get(State.APPROVED, 0), sum(tally.words.values()))),
    ("saves", lambda tally: f"{tally.work.saves:,}"),
    ("words/h", lambda tally: _number(tally.work.words_per_hour, 0)),
    ("HTER", lambda tally: _number(tally.editing.hter, 2)),
    ("characters", lambda tally: _number(tally.editing.character_rate, 2)),
    ("points/1,000", lambda tally: _number(tally.found.per_thousand, 1)),
)


def _table(title: str, tallies: Sequence[Tally]) -> Iterator[str]:
    rows = [[title, *(name for name, _ in _COLUMNS)]]
    rows += [[tally.name, *(value(tally) for _, value in _COLUMNS)] for tally in tallies]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        first, *rest = (
            cell.ljust(width) if not n else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  " + "  ".join([first, *rest]).rstrip()


def verdict(quality: Quality) -> str:
    """What the errors of judged texts come to, in words.

    >>> from knooppunt.reviewing.figures import Quality
    >>> verdict(Quality(10, 1000, 20, {("terminology", "major"): 1}))
    '5 points per 1,000 words (score 99.5), limit 10: passes'
    """
    if quality.per_thousand is None:
        return "no text has been judged"
    said = f"{quality.per_thousand:g} points per 1,000 words (score {quality.score:g}), limit {quality.limit:g}"
    if quality.passed is None:
        return f"{said}: too few words to tell ({quality.words:,} of {SMALLEST_SAMPLE})"
    return f"{said}: {'passes' if quality.passed else 'does not pass'}"


def _share(part: int, whole: int) -> str:
    return f"{part * 100 // whole} %" if whole else "-"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


SHOWN: Final[Mapping[str, Callable[[Sequence[Figures]], str]]] = {
    "text": text_figures,
    "json": json_figures,
    "csv": csv_figures,
    "schema": lambda _: json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n",
}
"""Formats of `knooppunt review --figures`."""
