"""The page that tells how far each translation is."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from knooppunt.model import State
from knooppunt.site.markup import tagged
from knooppunt.site.notices import fill, percent
from knooppunt.translated import local_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from knooppunt.model import Text
    from knooppunt.site.languages import SiteLocale

    Words = Callable[[str], Text]

PATH = "status.md"
SHOWN = (State.APPROVED, State.TRANSLATED, State.MACHINE, State.STALE, State.UNTRANSLATED)
"""In the order in which bars and columns show them: what can be relied on first."""
DONE = (State.APPROVED, State.TRANSLATED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one article is in one locale."""

    locale: str
    article: str
    """Name of the article."""
    title: str
    """In the language of the page that shows it."""
    url: str | None
    """From the page that shows it; None where the article has no page."""
    words: Mapping[State, int]

    @property
    def total(self) -> int:
        return sum(self.words.values())


def share(words: Mapping[State, int]) -> float:
    """Share of the words that are translated and in step with their source; 1 where there are none."""
    total = sum(words.values())
    return sum(words.get(state, 0) for state in DONE) / total if total else 1.0


def add(items: Iterable[Mapping[State, int]]) -> dict[State, int]:
    """Words by state of several articles together."""
    total = dict.fromkeys(SHOWN, 0)
    for item in items:
        for state, count in item.items():
            total[state] += count
    return total


class StatusPage:
    """The body of the page in one locale, as HTML inside Markdown."""

    def __init__(self, locale: str, words: Words) -> None:
        self.locale = locale
        self.words = words

    def render(self, locales: Sequence[SiteLocale], articles: Sequence[Progress]) -> str:
        """A section with a bar and a table for each language that is translated into."""
        targets = [item for item in locales if not item.source]
        parts = [f"<p>{self.word('status-page.intro')}</p>"]
        if targets:
            parts.append(self.legend())
        else:
            parts.append(f"<p>{self.word('status-page.empty')}</p>")
        for target in targets:
            rows = [item for item in articles if item.locale == target.code]
            parts.append(self.section(target, rows))
        body = "\n".join(parts)
        return f'<div class="kp-progress">\n{body}\n</div>\n'

    def word(self, name: str, **values: str) -> str:
        """A string of ours as HTML."""
        return tagged(fill(self.words(name), **values), self.locale)

    def legend(self) -> str:
        """What the colours of the bars mean; the tables say the same in numbers."""
        items = "".join(
            f'<li><span class="kp-swatch kp-state-{state}"></span>{self.word(f"state.{state}")}</li>' for state in SHOWN
        )
        return f'<ul class="kp-legend">{items}</ul>'

    def section(self, target: SiteLocale, rows: Sequence[Progress]) -> str:
        """One language."""
        total = add(item.words for item in rows)
        heads = [self.word("status-page.article"), self.word("status-page.done"), self.word("status-page.words")]
        heads += [self.word(f"state.{state}") for state in SHOWN]
        head = "".join(f'<th scope="col">{text}</th>' for text in heads)
        body = "\n".join(self.row(self.article(item), item.words) for item in rows)
        foot = self.row(self.word("status-page.total"), total)
        name = escape(target.name)
        return (
            "<section>"
            f'<h2 id="locale-{target.code}" lang="{target.code}" dir="{target.direction}">{name}</h2>'
            f'<div class="kp-total">{self.bar(total)}<p>{self.sentence(total)}</p></div>'
            f'<div class="kp-scroll" role="region" tabindex="0" aria-labelledby="locale-{target.code}">'
            f'<table class="kp-table kp-status-table"><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>'
            f"<tfoot>{foot}</tfoot></table></div></section>"
        )

    def article(self, item: Progress) -> str:
        """The title of an article, linked where it has a page."""
        title = escape(item.title)
        return f'<a href="{escape(item.url)}">{title}</a>' if item.url else title

    def row(self, head: str, words: Mapping[State, int]) -> str:
        """An article, or all of them."""
        cells = [f"{self.bar(words)} {percent(share(words), self.locale)}", self.count(sum(words.values()))]
        cells += [self.count(words.get(state, 0)) for state in SHOWN]
        others = "".join(f"<td>{cell}</td>" for cell in cells)
        return f'<tr><th scope="row">{head}</th>{others}</tr>'

    def count(self, value: int) -> str:
        """A number; nothing to see where there is nothing."""
        shown = local_number(value, self.locale)
        return shown if value else f'<span class="kp-zero">{shown}</span>'

    def sentence(self, words: Mapping[State, int]) -> str:
        """The bar in words."""
        return self.word(
            "status-page.progress",
            percent=percent(share(words), self.locale),
            words=local_number(sum(words.values()), self.locale),
        )

    def bar(self, words: Mapping[State, int]) -> str:
        """A bar of the states; a reader that does not see it gets the sentence."""
        total = sum(words.values())
        x = 0.0
        parts = []
        for state in SHOWN:
            width = 100 * words.get(state, 0) / total if total else 0.0
            if width:
                parts.append(f'<rect class="kp-state-{state}" x="{x:.2f}" width="{width:.2f}" height="8"></rect>')
            x += width
        plain = fill(
            self.words("status-page.progress"),
            percent=percent(share(words), self.locale),
            words=local_number(total, self.locale),
        )
        return (
            f'<svg class="kp-bar" role="img" aria-label="{escape(plain.value)}" viewBox="0 0 100 8" '
            f'preserveAspectRatio="none">{"".join(parts)}</svg>'
        )
