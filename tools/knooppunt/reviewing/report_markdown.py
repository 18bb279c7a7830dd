"""A report as Markdown for a comment on a pull request: bounded, and without a mention, link or tag of anybody's.

Whatever comes out of catalogs, names of articles too, stands in a code span or a fence that is longer than any run of
backticks in it. In those neither GitHub nor GitLab reads mentions, references, links or HTML.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.feed.diff_reports import code_span
from knooppunt.model import Severity
from knooppunt.reviewing.report_html import KINDS, drafts_said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.reviewing.report import Article, Item, LocaleReport, Report

MOST: Final = 60_000
"""Characters of a report; GitHub refuses a comment of more than 65,536."""
MOST_ROWS: Final = 100
"""Articles in the table."""
LONGEST: Final = 600
"""Characters of one text."""
MARK: Final = "<!-- knooppunt review report -->"
"""First line, by which a workflow finds its comment of before."""
_BREAKS: Final = re.compile(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BIDI: Final = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def markdown_report(report: Report, most: int = MOST) -> str:
    """The report, of at most `most` characters; what has no room is counted."""
    head = "\n".join(_head(report))
    parts = [head]
    size = len(head)
    shown = 0
    for locale, article in report.articles:
        opening = f"\n#### {_code(locale.code)} {_code(article.title)}\n"
        for number, item in enumerate(article.items):
            part = ("" if number else opening) + "\n" + "\n".join(_item(item)) + "\n"
            if size + len(part) > most - 200:
                break
            parts.append(part)
            size += len(part)
            shown += 1
        else:
            continue
        break
    if shown < report.total:
        parts.append(f"\n{report.total - shown:,} more changed texts have no room here; the HTML report has them.\n")
    return "".join(parts)


def _head(report: Report) -> Iterator[str]:
    since = report.since_said if report.since == "HEAD" else _code(report.since)
    yield MARK
    yield f"### Translations changed since {since}"
    yield ""
    if not any(locale.articles for locale in report.locales):
        yield f"No translation has changed since commit {_code(report.commit[:10])}."
        yield ""
        return
    yield f"{report.total:,} texts, compared with {_code(report.commit[:10])}."
    yield ""
    yield "| Locale | Article | Texts | Words | Approved | Errors | Warnings | Untranslated | Gone |"
    yield "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    rows = list(report.articles)
    for locale, article in rows[:MOST_ROWS]:
        yield _row(locale, article)
    if len(rows) > MOST_ROWS:
        yield ""
        yield f"{len(rows) - MOST_ROWS:,} more articles changed."
    for locale in report.locales:
        if locale.editing.hter is not None:
            yield ""
            yield f"{_code(locale.code)}: {drafts_said(locale.editing)}"
    yield ""


def _row(locale: LocaleReport, article: Article) -> str:
    found = article.found
    numbers = (
        article.total,
        article.words,
        article.approved,
        found[Severity.ERROR],
        found[Severity.WARNING],
        article.untranslated,
        article.gone,
    )
    names = (_code(name).replace("|", "\\|") for name in (locale.code, article.name))
    return f"| {' | '.join((*names, *(f'{number:,}' for number in numbers)))} |"


def _item(item: Item) -> Iterator[str]:
    changed = item.changed
    states = changed.state.value
    if changed.state_before is not None and changed.state_before is not changed.state:
        states = f"{changed.state_before.value} → {states}"
    yield f"**{KINDS[changed.kind]}**, {states}, {_code(f'{item.path}:{changed.entry.origin.line}')}"
    yield ""
    lines = []
    if changed.source_before is not None:
        lines.append(f"  source before: {_line(changed.source_before)}")
    lines.append(f"  source: {_line(changed.entry.msgid)}")
    for number, text in enumerate(changed.targets):
        former = changed.targets_before[number] if number < len(changed.targets_before) else ""
        if former == text:
            lines.append(f"  {_line(text)}")
        else:
            lines += [f"- {_line(former)}"] if former else []
            lines += [f"+ {_line(text)}"] if text else []
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", "\n".join(lines))), default=0))
    yield f"{fence}diff"
    yield from lines
    yield fence
    for finding, count in item.said.items():
        often = f" ({count} times)" if count > 1 else ""
        yield f"- {finding.severity.value} {_code(finding.check)}: {_code(finding.message)}{often}"


def _code(text: str) -> str:
    """A code span of one line; of an empty text, a dash."""
    return code_span(_line(text)) if text.strip() else "–"


def _line(text: str) -> str:
    """A text on one line, cut where it is long, without characters that would turn what is around it."""
    line = _BIDI.sub("\ufffd", _BREAKS.sub(" ", text)).replace("\t", " ").strip()
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"
