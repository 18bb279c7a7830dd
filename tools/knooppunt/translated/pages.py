"""Page and catalog -> translated page.

Laws: with a catalog that translates nothing the page comes out as it went in, byte for byte; with one that
translates each text by itself too. Only the ranges of segments are replaced, so everything else has the skeleton
of the source by construction.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from knooppunt.model import State
from knooppunt.pages import heading_ids, parse_front_matter
from knooppunt.pages.front_matter import with_member
from knooppunt.pages.headings import explicit_id, heading_attributes
from knooppunt.pages.inline import trailing_attributes
from knooppunt.translated.choice import FALLBACK
from knooppunt.translated.fitting import fit, labels, quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from knooppunt.model import Block, Page, Segment, Text
    from knooppunt.translated.choice import Policy

Replacement = tuple[int, int, str]
Inserts = Callable[[bool], "Sequence[Insert]"]
"""Whether texts in another language are to be marked -> what stands in place of each directive."""

_UNTITLED = re.compile(r"(?:!!!|\?\?\?\+?|///)[ \t]{1,9}\Z")
_SIGN = 20
"""How far back the sign of an admonition is, in front of its class."""
_BEFORE = 2000
"""How far back it is looked for what a quoted text stands in."""
_WORD = re.compile(r"\w+")
_UNMARKED = frozenset(["front-matter", "alt", "abbreviation"])
"""Kinds that end up in an attribute or in the head of the page, where no tag can stand."""


def translate_page(page: Page, translate: Callable[[Segment], str | None]) -> str:
    """The text of a page with each segment replaced by what `translate` gives; None keeps the source.

    Headings get the ids of their source as soon as one segment is translated.

    >>> from knooppunt.pages import parse_page
    >>> words = {"Limits": "Grenzen", "Pods *wait*.": "Pods *wachten*."}
    >>> page = parse_page("# Limits\\n\\nPods *wait*.\\n")
    >>> print(translate_page(page, lambda segment: words.get(segment.msgid)), end="")
    # Grenzen {#limits}
    <BLANKLINE>
    Pods *wachten*.
    """
    changes = []
    known = labels(page)
    newline = "\r\n" if "\r\n" in page.text else "\n"
    for segment in page.segments:
        text = translate(segment)
        if text and text != segment.msgid:
            start, end = segment.origin.start, segment.origin.end
            changes.append((start, end, _fitted(page, segment, text, known, newline)))
    if changes:
        changes += fixed_ids(page)
    return replace_ranges(page.text, changes)


def _fitted(page: Page, segment: Segment, text: str, known: Collection[str], newline: str) -> str:
    start, end = segment.origin.start, segment.origin.end
    written = page.text[start:end]
    fitted = fit(segment, text, written, known, newline)
    if segment.kind not in {"title", "alt"}:
        return fitted
    if _is_implied(page, segment):
        if page.text[max(start - _SIGN, 0) : start].rstrip().endswith("/"):
            return f"{written} | {fitted}"
        title = quoted(fitted, '"')
        return f'{written} "{title}"'
    if '"' in segment.msgid:  # the source itself has quotes in quotes, so they end nothing
        return fitted
    return quoted(fitted, page.text[max(start - _BEFORE, 0) : start])


def _is_implied(page: Page, segment: Segment) -> bool:
    """Whether readers see a title that the source does not write: `Note` for `!!! note`."""
    start = segment.origin.start
    return segment.kind == "title" and _UNTITLED.search(page.text, max(start - _SIGN, 0), start) is not None


def replace_ranges(text: str, changes: Iterable[Replacement]) -> str:
    """The text with each [start, end) replaced; ranges do not overlap."""
    parts = []
    at = 0
    for start, end, new in sorted(changes):
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def fixed_ids(page: Page) -> list[Replacement]:
    """Insertions that write each heading's id as an attribute, so that a translated heading keeps its anchor."""
    changes = []
    for number, name in heading_ids(page).items():
        block = page.blocks[number]
        attributes = heading_attributes(page, block)
        if attributes and explicit_id(attributes):
            continue
        line = page.text[block.start : block.end].split("\n")[0].rstrip("\r\n \t")
        if attributes:
            at = block.start + trailing_attributes(line)
            at = page.text.index("{", at) + (2 if attributes.startswith("{:") else 1)
            changes.append((at, at, f" #{name} " if page.text[at] != " " else f" #{name}"))
        else:
            at = block.start + len(line)
            changes.append((at, at, f" {{#{name}}}"))
    return changes


@dataclass(frozen=True, slots=True)
class Insert:
    """What takes the place of a directive, the range [start, end) of a page."""

    start: int
    end: int
    markdown: str
    texts: tuple[Text, ...] = ()
    """The texts in it that were translated, or were not."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page of one locale, ready for any site generator."""

    markdown: str
    locale: str
    title: str
    states: Mapping[str, int] = field(default_factory=dict)
    """Number of texts by state: `translated`, `approved`, `machine`, `stale`, `fallback`, or `source`."""
    share: float = 1.0
    """Share of the source's words whose translation is published, 0 to 1."""
    fallback: bool = False
    """Whether no text of the page is in the locale's language: the page is the source."""
    provenance: Mapping[str, Any] = field(default_factory=dict)
    """What stands under `knooppunt:` in the front matter."""


def publish_page(
    page: Page,
    policy: Policy,
    choose: Callable[[Segment], Text],
    *,
    stale_note: str,
    catalog_text: str | None,
    inserts: Inserts,
) -> RenderedPage:
    """The page as readers of one locale get it.

    `choose` gives the text of each segment; `inserts(marked)` what directives are replaced with.
    A passage in the source's language is marked with `lang`; a stale one carries `stale_note`. Provenance goes into the
    front matter: hash of the source, hash of the catalog, share and states.
    """
    known = labels(page)
    newline = "\r\n" if "\r\n" in page.text else "\n"
    chosen = [(segment, choose(segment)) for segment in page.segments]
    inserted = inserts(True)
    texts = [text for _, text in chosen] + [text for insert in inserted for text in insert.texts]
    fallback = bool(texts) and all(text.state == FALLBACK for text in texts)
    changes: list[Replacement] = []
    if fallback:
        inserted = inserts(False)
    for segment, text in chosen:
        start, end = segment.origin.start, segment.origin.end
        written = page.text[start:end]
        if text.state == FALLBACK:
            if not fallback:
                changes.append((start, end, _marked(page, segment, written, text, stale_note)))
            continue
        fitted = _fitted(page, segment, text.value, known, newline) if text.value != segment.msgid else written
        changes.append((start, end, _marked(page, segment, fitted, text, stale_note)))
    if not fallback:
        changes += fixed_ids(page)
    changes += [(insert.start, insert.end, insert.markdown) for insert in inserted]
    states = Counter(text.state for text in texts)
    share = 1.0 if FALLBACK not in states else _share(chosen, inserted)
    provenance = {
        "locale": policy.locale.code,
        "source_locale": policy.source_locale,
        "source_hash": content_hash(page.text),
        "catalog_hash": content_hash(catalog_text) if catalog_text is not None else None,
        "share": round(share, 4),
        "states": {state: states[state] for state in sorted(states)},
        "fallback": fallback,
    }
    translated = replace_ranges(page.text, changes)
    body = with_member(translated, "knooppunt", provenance)
    front = parse_front_matter(translated, page.path) if page.blocks and page.blocks[0].kind == "front-matter" else {}
    title = str(front.get("title") or first_heading(page, dict_of(chosen)))
    return RenderedPage(body, policy.locale.code, title, dict(states), share, fallback, provenance)


def _share(chosen: Sequence[tuple[Segment, Text]], inserted: Sequence[Insert]) -> float:
    """Share of the words of texts, at least one each, whose translation is published."""
    weights = [(max(len(_WORD.findall(segment.msgid)), 1), text) for segment, text in chosen]
    weights += [(max(len(_WORD.findall(text.value)), 1), text) for insert in inserted for text in insert.texts]
    total = sum(weight for weight, _ in weights)
    return sum(weight for weight, text in weights if text.state != FALLBACK) / total


def source_page(page: Page, locale: str, inserts: Inserts) -> RenderedPage:
    """The page as readers of the source's own locale get it: the page, directives replaced, provenance added."""
    changes = [(insert.start, insert.end, insert.markdown) for insert in inserts(False)]
    states = {"source": len(page.segments)}
    provenance = {
        "locale": locale,
        "source_locale": locale,
        "source_hash": content_hash(page.text),
        "catalog_hash": None,
        "share": 1.0,
        "states": states,
        "fallback": False,
    }
    body = with_member(replace_ranges(page.text, changes), "knooppunt", provenance)
    title = str(parse_front_matter(page.text, page.path).get("title") or first_heading(page, {}))
    return RenderedPage(body, locale, title, states, 1.0, fallback=False, provenance=provenance)


def dict_of(chosen: Iterable[tuple[Segment, Text]]) -> dict[str, str]:
    """msgid -> text given to the reader."""
    return {segment.msgid: text.value for segment, text in chosen}


def first_heading(page: Page, texts: Mapping[str, str]) -> str:
    """The first heading in the reader's language; empty where the page has none."""
    block = _first(block for block in page.blocks if block.kind in {"heading", "setext"} and block.segments)
    return texts.get(block.segments[0].msgid, block.segments[0].msgid) if block else ""


def _first(blocks: Iterable[Block]) -> Block | None:
    return next(iter(blocks), None)


def _marked(page: Page, segment: Segment, written: str, text: Text, stale_note: str) -> str:
    """The text wrapped so that readers and screen readers know a passage in another language, or an old one."""
    if segment.kind in _UNMARKED or text.state not in {FALLBACK, State.STALE.value} or _is_implied(page, segment):
        return written
    if text.state == FALLBACK:
        return f"<span class='kp-fallback' lang='{escape(text.lang)}'>{written}</span>"
    note = f"<span class='kp-stale-note' role='note'>{escape(stale_note, quote=False)}</span>"
    gap = "" if segment.kind in {"heading", "title", "cell", "term"} else f" {note}"
    return f"<span class='kp-stale' title='{escape(stale_note)}'>{written}</span>{gap}"


def content_hash(text: str) -> str:
    """SHA-256 of a text, as `sha256:` and 64 digits."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()
