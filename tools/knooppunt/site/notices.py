"""What a reader is told about the state of a translated page."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from babel.core import UnknownLocaleError
from babel.numbers import format_percent

if TYPE_CHECKING:
    from collections.abc import Callable

    from knooppunt.model import Text


@dataclass(frozen=True, slots=True)
class PageState:
    """What the front matter of a staged page says under `knooppunt`."""

    locale: str
    share: float = 1.0
    states: Mapping[str, int] = field(default_factory=dict)
    """Number of entries by state."""
    fallback: bool = False
    """Whether the whole page is the text of the source."""

    @classmethod
    def parse(cls, meta: Any, locale: str) -> PageState:
        """The state out of front matter; that of a finished page where there is none."""
        if not isinstance(meta, Mapping):
            return cls(locale)
        states = meta.get("states")
        return cls(
            locale=str(meta.get("locale", locale)),
            share=float(meta.get("share", 1.0)),
            states=dict(states) if isinstance(states, Mapping) else {},
            fallback=bool(meta.get("fallback", False)),
        )


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell, in the reader's language where that has the words."""

    kind: str
    """`fallback`, `machine`, `stale` or `partial`: the end of a CSS class."""
    text: Text
    """Filled in."""


def notices(state: PageState, source: str, words: Callable[[str], Text]) -> tuple[Notice, ...]:
    """What to tell the reader of a page, most important first; nothing on a page of the source locale."""
    if state.locale == source:
        return ()
    if state.fallback:
        return (Notice("fallback", words("notice.fallback")),)
    found = []
    machine, stale = state.states.get("machine", 0), state.states.get("stale", 0)
    done = state.states.get("translated", 0) + state.states.get("approved", 0) + stale
    if machine:
        found.append(Notice("machine", words("notice.machine-part" if done else "notice.machine")))
    if stale:
        found.append(Notice("stale", words("notice.stale")))
    if state.share < 1:
        found.append(Notice("partial", fill(words("notice.partial"), percent=percent(state.share, state.locale))))
    return tuple(found)


def fill(text: Text, **values: str) -> Text:
    """A text with its braces filled in; a brace without a value stays as it is."""
    value = text.value
    for name, replacement in values.items():
        value = value.replace("{" + name + "}", replacement)
    return type(text)(value, text.lang, text.state)


def percent(share: float, locale: str) -> str:
    """A share as a percentage in the way of a locale, rounded down: only a finished page is 100 %."""
    whole = math.floor(share * 100 + 1e-9) / 100
    try:
        return format_percent(whole, locale=locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return format_percent(whole, locale="en")
