"""Figures of a check as a page of HTML: one file that needs nothing from elsewhere, light and dark, wide and narrow."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from knooppunt.checking import WEIGHTS
from knooppunt.reports.views.diff import percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from knooppunt.checking import Stats

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1d22; --soft: #565c68; --line: #d9dce3; --paper: #fff; --raised: #f5f6f9;
  --before: #b3541e; --after: #1a6f5c; --old: #a32a1c; --new: #14694c }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaef; --soft: #a3a9b6; --line: #363b46; --paper: #16181d;
  --raised: #1f2229; --before: #e58b57; --after: #58c3a7; --old: #ff9d8f; --new: #6fd6ae } }
* { box-sizing: border-box }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .5rem }
p { margin: .25rem 0 .75rem; max-width: 44rem } .soft { color: var(--soft) }
.scores { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: 1rem;
  margin: 1.5rem 0 }
.score { background: var(--raised); border: 1px solid var(--line); border-radius: .5rem; padding: 1rem }
.score b { display: block; font-size: 2.5rem; line-height: 1.1; font-variant-numeric: tabular-nums }
.meter { display: block; height: .5rem; margin: .5rem 0; border-radius: .25rem; background: var(--line);
  overflow: hidden }
.meter i { display: block; height: 100% } .before i, i.before { background: var(--before) }
.after i, i.after { background: var(--after) }
.wide { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem }
.wide:focus-visible { outline: 2px solid var(--after) }
table { border-collapse: collapse; width: 100%; font-size: .95rem }
th, td { padding: .4rem .75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line) }
thead > * > * { border-top: 0; background: var(--raised); color: var(--soft); font-weight: 600; vertical-align: bottom }
tbody th { font-weight: 500 } tfoot th, tfoot td { font-weight: 600; background: var(--raised) }
.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
.w { overflow-wrap: anywhere; min-width: 7rem } del { color: var(--old); text-decoration: none }
ins { color: var(--new); text-decoration: none; font-weight: 600 }
.bars { min-width: 8rem; width: 30% } .bars i { display: block; height: .4rem; margin: .3rem 0; border-radius: .2rem }
thead .n { white-space: normal }
@media (max-width: 40rem) { th, td { padding: .35rem .45rem } .bars { display: none } .w { min-width: 5rem } }
code { font-family: ui-monospace, monospace; font-size: .9em } @media print { .wide { overflow: visible } }
"""


def render(stats: Stats) -> str:
    """The page, of at most 50 types and 20 files."""
    before, after = stats.before, stats.after
    title = f"Score {before.score:.1f}, {after.score:.1f} with the fixes"
    size = f"{before.files:,} files, {before.sentences:,} sentences, {before.words:,} words"
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        f'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>',
        f"<style>{_STYLE}</style></head>",
        f'<body><main><h1>Quality of the texts</h1><p class="soft">{size}</p>',
        '<div class="scores">',
        _score("Now", before.score, before.findings, before.sentences, "before"),
        _score("With the fixes", after.score, after.findings, after.sentences, "after"),
        "</div>",
        *_classes(stats),
        *_types(stats),
        *_worst(stats),
        *_method(),
        "</main></body></html>",
    ]
    return "\n".join(parts) + "\n"


def _score(name: str, value: float, findings: int, sentences: int, css: str) -> str:
    rate = 1000 * findings / sentences if sentences else 0.0
    return (
        f'<div class="score"><span>{name}</span><b>{value:.1f}</b>'
        f'<span class="meter {css}"><i style="width:{value:.1f}%"></i></span>'
        f'<span class="soft">{findings:,} findings, {rate:.1f} in 1,000 sentences</span></div>'
    )


def _classes(stats: Stats) -> Iterator[str]:
    yield "<h2>What was found</h2>"
    if not stats.checks:
        yield "<p>Nothing.</p>"
        return
    yield '<p class="soft">Findings in 1,000 sentences, now and with the fixes.</p>'
    before, after = stats.before, stats.after
    most = max(max(before.rate(name), after.rate(name)) for name in stats.checks) or 1.0
    rows = []
    for name in stats.checks:
        one, other = before.rate(name), after.rate(name)
        bars = "".join(
            f'<i class="{css}" style="width:{max(100 * rate / most, 0.5 if rate else 0):.1f}%"></i>'
            for css, rate in (("before", one), ("after", other))
        )
        rows.append(
            f"<tr><th scope='row'><code>{escape(name)}</code></th><td class='n'>{before.count(name):,}</td>"
            f"<td class='n'>{after.count(name):,}</td><td class='n'>{one:.1f}</td><td class='n'>{other:.1f}</td>"
            f"<td class='bars' aria-hidden='true'>{bars}</td></tr>"
        )
    head = (("Check", ""), ("Now", "n"), ("With fixes", "n"), ("In 1,000, now", "n"), ("With fixes", "n"), ("", "bars"))
    total = (
        f"<tfoot><tr><th scope='row'>All</th><td class='n'>{before.findings:,}</td>"
        f"<td class='n'>{after.findings:,}</td><td class='n'>{before.rate():.1f}</td>"
        f"<td class='n'>{after.rate():.1f}</td><td class='bars'></td></tr></tfoot>"
    )
    yield from _table("What was found", head, rows, total)


def _types(stats: Stats) -> Iterator[str]:
    frequent = stats.before.frequent()
    if not frequent:
        return
    yield "<h2>Most frequent</h2>"
    yield '<p class="soft">The same words, found again and again; "fixes" are those that <code>--fix</code> writes.</p>'
    rows = [
        f"<tr><td class='n'>{typed.count:,}</td><td class='w'><del>{_word(old)}</del></td>"
        f"<td class='w'><ins>{_word(new)}</ins></td>"
        f"<td class='n'>{percent(typed.confidence) or 'unknown'}</td><td class='n'>{typed.fixes:,}</td>"
        f"<td><code>{escape(check)}</code></td></tr>"
        for (check, old, new), typed in frequent
    ]
    head = (("Times", "n"), ("Words", ""), ("New words", ""), ("Sure", "n"), ("Fixes", "n"), ("Check", ""))
    yield from _table("Most frequent", head, rows)


def _worst(stats: Stats) -> Iterator[str]:
    worst = stats.worst()
    if not worst:
        return
    yield "<h2>Where most is to do</h2>"
    yield '<p class="soft">Files with the lowest scores.</p>'
    rows = [
        f"<tr><td class='n'>{file.score:.1f}</td><td class='n'>{file.after:.1f}</td>"
        f"<td class='n'>{file.findings:,}</td><td class='n'>{file.left:,}</td>"
        f"<td class='w'>{escape(file.shown)}</td></tr>"
        for file in worst
    ]
    head = (("Score", "n"), ("With fixes", "n"), ("Findings", "n"), ("With fixes", "n"), ("File", ""))
    yield from _table("Where most is to do", head, rows)


def _method() -> Iterator[str]:
    weights = ", ".join(f"{severity.value} {weight:g}" for severity, weight in WEIGHTS.items())
    yield "<h2>How the score is made</h2>"
    yield (
        "<p>100 &times; S / (S + P). S is the number of sentences; P is the sum of the findings, each with a weight: "
        f"{escape(weights)}. A text with nothing to mend has 100, and one with an error in every sentence has 50. "
        "The score is rounded down.</p>"
    )
    yield (
        "<p>A paragraph, heading, item or cell is one sentence, and one more for each full stop, question mark or "
        "exclamation mark inside it behind which a new sentence begins.</p>"
    )


def _table(name: str, head: Sequence[tuple[str, str]], rows: Iterable[str], foot: str = "") -> Iterator[str]:
    cells = "".join(
        f"<th scope='col' class='{css}'>{text}</th>" if text else f"<td class='{css}'></td>" for text, css in head
    )
    yield f"<div class='wide' tabindex='0' role='region' aria-label='{escape(name)}'><table>"
    yield f"<thead><tr>{cells}</tr></thead><tbody>"
    yield from rows
    yield f"</tbody>{foot}</table></div>"


def _word(text: str) -> str:
    return escape(text) or "<span class='soft'>nothing</span>"
