"""What the checks are given: one text with its source, or one page with the site around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import entry_state, is_suggestion
from knooppunt.model import Edit, Finding, Locale, Origin, State
from knooppunt.repair import Mask, mask
from knooppunt.repair.markup import elements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Page
    from knooppunt.repair.markup import Element

_NO_LOCALE: Final = Locale("")
_NPLURALS: Final = re.compile(r"\bnplurals[ \t]*=[ \t]*([0-9]{1,3})\b")
_IGNORE: Final = re.compile(r"knooppunt:[ \t]*ignore\b[ \t]*(?P<check>[\w-]*)[ \t]*(?P<reason>.*)")


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment that silences one check for one entry."""

    check: str
    reason: str


@dataclass(frozen=True)
class Unit:
    """One text in a language, of a catalog entry or of a page that has no source."""

    target: str
    source: str | None = None
    """The text that it translates; None where there is none to compare with."""
    kind: str = "paragraph"
    context: str | None = None
    """msgctxt of a catalog entry."""
    origin: Origin = field(default_factory=lambda: Origin("", 1))
    """Of the entry as a whole, or of the text in its page."""
    state: State | None = None
    locale: Locale = _NO_LOCALE
    base: int | None = None
    """Offset of the text in its page, by which edits are shifted; None for an entry, whose edits are in `target`."""
    ignores: tuple[Ignore, ...] = ()
    forms: int = 1
    """Plural forms that a catalog entry has; 1 for one without plurals."""
    wanted_forms: int = 1
    """Plural forms that it should have by the header of its catalog."""

    @cached_property
    def mask(self) -> Mask:
        """Protected ranges of the target."""
        return mask(self.target)

    @cached_property
    def source_mask(self) -> Mask | None:
        """Protected ranges of the source."""
        return None if self.source is None else mask(self.source)

    @cached_property
    def prose(self) -> str:
        """The target with U+FFFC for every protected character; positions stay."""
        return self.mask.prose()

    @cached_property
    def source_prose(self) -> str:
        """The source likewise; empty where there is none."""
        return self.source_mask.prose() if self.source_mask is not None else ""

    @cached_property
    def words(self) -> list[str]:
        """The target cut at white space: words with the punctuation and markup that touches them."""
        return self.target.split()

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """Links, code and emphasis of the target."""
        return elements(self.mask)

    @cached_property
    def source_elements(self) -> tuple[Element, ...]:
        """Links, code and emphasis of the source; empty where there is none."""
        return elements(self.source_mask) if self.source_mask is not None else ()

    def finding(
        self,
        start: int,
        end: int,
        message: str,
        new: str | None = None,
        *,
        safe: bool = True,
        confidence: float = 1.0,
    ) -> Finding:
        """A finding at [start, end) of the target, mended by `new` where that is given.

        The runner adds the id of the check, and its severity where the check leaves that as it is.
        """
        edits = () if new is None else (Edit(start, end, new),)
        return self.finding_with(start, message, edits, safe=safe, confidence=confidence)

    def finding_with(
        self, start: int, message: str, edits: tuple[Edit, ...], *, safe: bool = True, confidence: float = 1.0
    ) -> Finding:
        """A finding with any number of edits of the target."""
        shift = self.base or 0
        moved = tuple(Edit(edit.start + shift, edit.end + shift, edit.new) for edit in edits)
        return Finding(
            "",
            message,
            self.place(start),
            locale=self.locale or None,
            edits=moved,
            safe=safe,
            confidence=confidence,
        )

    def place(self, at: int) -> Origin:
        """Origin of a position of the target; the whole entry for one in a catalog."""
        if self.base is None:
            return self.origin
        line, column = position(self.target, at, self.origin.line, self.origin.column)
        return Origin(self.origin.path, line, column, self.base + at, self.base + at, self.origin.pointer)


def position(text: str, at: int, line: int = 1, column: int = 1) -> tuple[int, int]:
    """Line and column of an offset of a text that begins at a line and column."""
    breaks = text.count("\n", 0, at)
    if not breaks:
        return line, column + at
    return line + breaks, at - text.rindex("\n", 0, at)


def page_finding(page: Page, start: int, end: int, message: str, edits: tuple[Edit, ...] = ()) -> Finding:
    """A finding at [start, end) of a page; what it proposes is for a person to decide."""
    line, column = position(page.text, start)
    return Finding("", message, Origin(page.path, line, column, start, end), edits=edits, safe=False)


def parse_ignores(comments: tuple[str, ...]) -> tuple[Ignore, ...]:
    """The `knooppunt: ignore CHECK reason` lines of translator comments."""
    found = (_IGNORE.match(line.strip()) for line in comments)
    return tuple(Ignore(match["check"], match["reason"].strip()) for match in found if match)


def nplurals(header: Mapping[str, str]) -> int | None:
    """How many plural forms a catalog asks for; None where its header does not say."""
    found = _NPLURALS.search(header.get("Plural-Forms", ""))
    return int(found[1]) if found else None


def catalog_units(catalog: Catalog, locale: Locale, approved: Collection[str] = frozenset()) -> Iterator[Unit]:
    """One unit for each entry in use; `approved` holds the hashes of approved entries.

    The texts of plural forms beyond the first are not looked at, but counted. A mere suggestion is no translation yet.
    """
    forms = nplurals(catalog.header)
    for entry in catalog.active:
        yield Unit(
            target="" if is_suggestion(entry) else entry.msgstr,
            source=entry.msgid,
            context=entry.context,
            origin=entry.origin,
            state=entry_state(entry, approved),
            locale=locale,
            ignores=parse_ignores(entry.comments),
            forms=len(entry.plurals) or 1,
            wanted_forms=forms if forms is not None and entry.plurals else len(entry.plurals) or 1,
        )


def page_units(page: Page, locale: Locale) -> Iterator[Unit]:
    """One unit for each text of a page that has no source, as it stands in the page."""
    for segment in page.segments:
        origin = segment.origin
        yield Unit(
            target=page.text[origin.start : origin.end],
            kind=segment.kind,
            context=segment.context,
            origin=origin,
            locale=locale,
            base=origin.start,
        )
