"""A report as one HTML page that needs no server, no script and no other file, and that can be printed.

Its Content-Security-Policy lets in the one style sheet in it, by its hash, and nothing else. All texts are escaped;
what is rendered has been sanitized.
"""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from knooppunt.cldr import describe
from knooppunt.model import Severity, State
from knooppunt.reviewing.changed import NEW, SOURCE, STATE, TEXT
from knooppunt.reviewing.textdiff import word_diff

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.reviewing.figures import Editing
    from knooppunt.reviewing.report import Article, Item, LocaleReport, Report

KINDS: Final = {SOURCE: "source reworded", TEXT: "text changed", NEW: "new translation", STATE: "state only"}
_SEVERITIES: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def html_report(report: Report) -> str:
    """The whole page."""
    return "".join(_page(report))


def _page(report: Report) -> Iterator[str]:
    style = files("knooppunt.reviewing").joinpath("report.css").read_text("utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    title = f"Translations changed since {report.since_said}"
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
        f"<title>{escape(title)} · {escape(report.project)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header><p class="project">{escape(report.project)}</p><h1>{escape(title)}</h1>'
        f'<p class="quiet">Compared with commit <code>{escape(report.commit[:10])}</code>. {_counts(report)}</p>'
        "</header>\n<main>\n"
    )
    if any(locale.articles for locale in report.locales):
        yield from _summary(report)
    else:
        yield "<p>No translation has changed.</p>\n"
    for locale in report.locales:
        for article in locale.articles:
            yield from _article(report, locale, article)
    yield "</main>\n</body>\n</html>\n"


def _counts(report: Report) -> str:
    said = f"{report.total:,} {'text' if report.total == 1 else 'texts'} changed"
    if report.shown < report.total:
        said += f"; the first {report.shown:,} are shown"
    return f"{said}."


def _summary(report: Report) -> Iterator[str]:
    heads = ("Article", "Texts", "Words", "Approved", "Errors", "Warnings", "Untranslated", "Gone")
    yield '<section aria-labelledby="summary"><h2 id="summary">Summary</h2>\n'
    for locale in report.locales:
        if not locale.articles:
            continue
        yield f'<div class="wide"><table><caption>{escape(locale.name)} ({escape(locale.code)})</caption><thead><tr>'
        yield "".join(f'<th scope="col">{head}</th>' for head in heads)
        yield "</tr></thead><tbody>\n"
        for article in locale.articles:
            found = article.found
            cells = (
                *(article.total, article.words, article.approved, found[Severity.ERROR], found[Severity.WARNING]),
                *(article.untranslated, article.gone),
            )
            link = f'<a href="#{_anchor(locale, article)}">{escape(article.title)}</a>'
            own = "" if article.title == article.name else f'<span class="id">{escape(article.name)}</span>'
            yield f'<tr><th scope="row">{link}{own}</th>' + "".join(f"<td>{cell:,}</td>" for cell in cells) + "</tr>\n"
        yield "</tbody></table></div>\n"
        if locale.editing.hter is not None:
            yield f'<p class="quiet">{drafts_said(locale.editing)}</p>\n'
    yield "</section>\n"


def drafts_said(editing: Editing) -> str:
    """What people changed in drafts, in words."""
    own = f"Drafts of a machine that are now somebody’s own: {editing.segments:,}"
    return f"{own}; left as they were: {editing.untouched:,}; words changed (HTER): {100 * (editing.hter or 0):.1f} %."


def _anchor(locale: LocaleReport, article: Article) -> str:
    return f"a-{sha256(f'{locale.code} {article.name}'.encode()).hexdigest()[:12]}"


def _article(report: Report, locale: LocaleReport, article: Article) -> Iterator[str]:
    anchor = _anchor(locale, article)
    yield f'<section aria-labelledby="{anchor}"><h2 id="{anchor}">{escape(article.title)} '
    yield f'<span class="id">{escape(locale.code)} · {escape(article.name)}</span></h2>\n'
    for item in article.items:
        yield from _item(report, locale, item, f"{anchor}-{item.changed.id}")
    left = article.total - len(article.items)
    if left:
        yield f'<p class="quiet">{left:,} more are not shown.</p>\n'
    yield "</section>\n"


def _item(report: Report, locale: LocaleReport, item: Item, anchor: str) -> Iterator[str]:
    changed = item.changed
    source = f'lang="{escape(report.source_locale)}" dir="{describe(report.source_locale)[1]}"'
    target = f'lang="{escape(locale.code)}" dir="{escape(locale.direction)}"'
    states = _state(changed.state)
    if changed.state_before is not None and changed.state_before is not changed.state:
        states = f'{_state(changed.state_before)} <span aria-label="to">→</span> {states}'
    yield f'<article id="{anchor}">\n<h3><span>{KINDS[changed.kind]}</span> {states} '
    yield f'<span class="place">{escape(item.path)}:{changed.entry.origin.line}</span></h3>\n'
    if changed.entry.context:
        yield f'<p class="quiet">{escape(changed.entry.context)}</p>\n'
    yield '<dl class="texts">\n'
    sources = [
        (changed.source_before, changed.entry.msgid),
        *([(None, changed.entry.msgid_plural)] if changed.entry.msgid_plural else []),
    ]
    for before, text in sources:
        shown = _diff(before, text) if before is not None else escape(text, quote=False)
        yield f"<div><dt>Source</dt><dd {source}>{shown}</dd></div>\n"
    for number, text in enumerate(changed.targets):
        former = changed.targets_before[number] if number < len(changed.targets_before) else ""
        name = "Translation" if len(changed.targets) == 1 else f"Form {number}"
        if former and former != text:
            yield f"<div><dt>{name} before</dt><dd {target}>{escape(former, quote=False)}</dd></div>\n"
            yield f"<div><dt>{name} after</dt><dd {target}>{_diff(former, text)}</dd></div>\n"
        else:
            mark = ("<ins>", "</ins>") if not former and text else ("", "")
            yield f"<div><dt>{name}</dt><dd {target}>{mark[0]}{escape(text, quote=False)}{mark[1]}</dd></div>\n"
    yield "</dl>\n"
    rendered = item.rendered
    if rendered.source or rendered.after:
        yield '<div class="rendered" role="group" aria-label="As readers see it">'
        for name, html, attributes in (
            ("Source", rendered.source, source),
            ("Before", rendered.before, target),
            ("After" if rendered.before else "Translation", rendered.after, target),
        ):
            if html:
                yield f'<div><p class="caption">{name}, rendered</p><div {attributes}>{html}</div></div>'
        yield "</div>\n"
    if item.findings:
        yield '<ul class="findings">'
        for finding, count in item.said.items():
            name = _SEVERITIES[finding.severity]
            said = f"<code>{escape(finding.check)}</code> {escape(finding.message, quote=False)}"
            said += f" ({count} times)" if count > 1 else ""
            yield f'<li class="{name}"><strong>{name}</strong> {said}</li>'
        yield "</ul>\n"
    yield "</article>\n"


def _state(state: State) -> str:
    return f'<span class="state {state.value}">{state.value}</span>'


def _diff(before: str, after: str) -> str:
    tags = {"=": ("", ""), "-": ("<del>", "</del>"), "+": ("<ins>", "</ins>")}
    return "".join(
        f"{tags[sign][0]}{escape(text, quote=False)}{tags[sign][1]}" for sign, text in word_diff(before, after)
    )
