"""Differences word by word, with what speaks for each: one entry a finding.

docs/nl/start.md:12:5: split-compound: fix 99.6 %: 'knoop punten' is one word, 'knooppunten'
    Virtuele [-knoop punten-]{+knooppunten+} zijn beschikbaar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.checking import Tier
from knooppunt.reports.text import parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from knooppunt.checking import Found, Mark

    Style = Callable[[str, str], str]
    """Gives a text a style, `bold`, `red` or `green`, where there are colours."""


def lines(found: Found, style: Style, *, colored: bool, made: bool = True) -> Iterator[str]:
    """A finding with edits, with each of its changes on a line; `colored` leaves the brackets to the colours.

    `made` says whether a fix is written, or would be.
    """
    place, check, message = parts(found.finding)
    yield f"{style(place, 'bold')}: {check}: {_standing(found, made=made)}: {message}"
    for mark in found.marks:
        yield f"    {_change(mark, style, colored=colored)}"


def percent(confidence: float | None) -> str:
    """`99.6 %`, rounded down, so that only what is certain is 100; nothing for None.

    >>> percent(0.9996), percent(1.0), percent(0.93), percent(None)
    ('99.9 %', '100 %', '93 %', '')
    """
    if confidence is None:
        return ""
    value = int(confidence * 1000 + 1e-6) / 10
    return f"{value:g} %"


def _standing(found: Found, *, made: bool) -> str:
    sure = percent(found.confidence)
    if found.refused:
        return f"not written, {found.refused}"
    if found.tier is Tier.SUGGEST:
        return f"suggest {sure}, not written" if sure else "suggest, not written"
    return f"fix {sure}" if made else f"fix {sure}, not written"


def _change(mark: Mark, style: Style, *, colored: bool) -> str:
    old, new = (text.replace("\r", "").replace("\n", "\u23ce") for text in (mark.old, mark.new))
    shown_old, shown_new = f"{mark.left}{old}{mark.right}", f"{mark.left}{new}{mark.right}"
    if colored:
        middle = style(shown_old, "red") + style(shown_new, "green")
    else:
        middle = f"[-{shown_old}-]" if shown_old else ""
        middle += f"{{+{shown_new}+}}" if shown_new else ""
    return f"{mark.before}{middle}{mark.after}".strip()
