"""Inline codes: what a translator must not touch in a text, apart from what is theirs.

A translation tool shows a code as a tag that can be moved and not be edited: code spans, targets of links and images,
labels, autolinks, tags of HTML, attribute lists, macros, footnote marks, shortcodes, entities. Words between the two
halves of a link or an element stay text, and so do titles and alternative texts.

Law: the data and texts of `split_codes(text)`, joined, are the text, for any text at all. A pair of codes encloses
whole pairs only; halves that cross are codes of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from html import unescape
from typing import TYPE_CHECKING, Final

from knooppunt.pages import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LAST: Final = frozenset({"attributes", "footnote"})
"""Kinds of codes that a text ends with in every language."""
MAX_DEPTH: Final = 12
"""Pairs inside one another; halves of deeper ones are codes of their own."""


class Form(StrEnum):
    """Whether a code stands alone or is one half of a pair."""

    ALONE = "alone"
    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Code:
    """A part of a text that a translator may move, but not change."""

    number: int
    """From 1 in the order of the source; the halves of a pair have the same. A translation uses those of its source."""
    form: Form
    data: str
    """What stands in the text."""
    kind: str = "other"
    """`code`, `link`, `image`, `address`, `label`, `footnote`, `html`, `attributes`, `macro`, `shortcode`, `entity`."""

    @property
    def shown(self) -> str:
        """What a reader of the page sees of it, for the translator; empty for pure markup."""
        if self.kind == "code":
            return self.data.strip("`").strip()
        if self.kind == "entity":
            return unescape(self.data)
        return self.data.strip("<>") if self.kind == "address" else ""


Part = str | Code


def split_codes(text: str, more: Iterable[Found] = ()) -> tuple[Part, ...]:
    """A source text as texts and codes, in order; codes are numbered as they come.

    `more` are codes that only the caller knows of, apart from all others; their pairs have numbers below 1.
    """
    found = _paired(sorted([*_Scan(text).codes(), *more]))
    numbers: dict[int, int] = {}
    return _parts(
        text, [(at, form, kind, numbers.setdefault(pair, len(numbers) + 1)) for at, form, kind, pair in found]
    )


def split_target(target: str, source: Sequence[Part]) -> tuple[Part, ...]:
    """A translation as texts and codes, which have the numbers of the same codes in the source.

    A code that the source has fewer times than the translation has a number that the source does not use.
    """
    parts = split_codes(target)
    free: dict[tuple[str, str], list[int]] = {}
    for key, number in reversed(_units(source)):
        free.setdefault(key, []).append(number)
    following = max((part.number for part in source if isinstance(part, Code)), default=0) + 1
    numbers: dict[int, int] = {}
    for key, number in _units(parts):
        taken = free.get(key)
        if taken:
            numbers[number] = taken.pop()
        else:
            numbers[number] = following
            following += 1
    return tuple(part if isinstance(part, str) else replace(part, number=numbers[part.number]) for part in parts)


def join_parts(parts: Iterable[Part]) -> str:
    """The text of parts."""
    return "".join(part if isinstance(part, str) else part.data for part in parts)


def damage(source: str, target: str, known: str = "") -> str:
    """What a translation has lost of the codes of its source, in words; empty where nothing.

    Codes may be moved and repeated. What `known`, an earlier translation, lacks as well is no news.
    """
    if target == source:
        return ""
    lost = _counted(source) - _counted(target)
    if known:
        lost -= _counted(source) - _counted(known)
    telling = [data for data in lost if any(sign.isalnum() for sign in data)] or list(lost)
    missing = [f"'{_short(data)}'" for data in telling]
    if not missing:
        return ""
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    return f"has lost {', '.join(missing[:3])}{more}, which the source has"


def completed(source: str, target: str) -> str:
    """The translation with the attribute list or footnote mark that its source ends with, where that alone is lost.

    It has no other place in any language. Whatever else is lost, only a person can put back.
    """
    *before, last = split_codes(source) or ("",)
    if not target.strip() or not isinstance(last, Code) or last.kind not in _LAST or last.data in target:
        return target
    space = before[-1] if before and isinstance(before[-1], str) else ""
    whole = target.rstrip(" ") + space[len(space.rstrip(" ")) :] + last.data
    return target if damage(source, whole) else whole


def _counted(text: str) -> Counter[str]:
    """The codes of a text by what they do: repeats count once, for a translation may say a name less often."""
    return Counter({part.data: 1 for part in split_codes(text) if isinstance(part, Code) and part.kind != "entity"})


def _short(data: str) -> str:
    shown = " ".join(data.split())
    return shown if len(shown) <= 40 else shown[:40] + "…"


def _units(parts: Iterable[Part]) -> list[tuple[tuple[str, str], int]]:
    """Each lone code and each pair, as (what it opens with, what it closes with), with its number, in order."""
    opened: dict[int, str] = {}
    closed: dict[int, str] = {}
    for part in parts:
        if isinstance(part, Code):
            (closed if part.form is Form.CLOSE else opened)[part.number] = f"{part.form} {part.data}"
    return [((data, closed.get(number, "")), number) for number, data in opened.items()]


Found = tuple[tuple[int, int], Form, str, int]
"""Range, form, kind, and the number of the pair or of the code itself."""


def _parts(text: str, codes: Iterable[Found]) -> tuple[Part, ...]:
    parts: list[Part] = []
    at = 0
    for (start, end), form, kind, number in codes:
        if start > at:
            parts.append(text[at:start])
        parts.append(Code(number, form, text[start:end], kind))
        at = end
    if at < len(text):
        parts.append(text[at:])
    return tuple(parts)


def _paired(codes: list[Found]) -> list[Found]:
    """The codes with the halves of pairs that cross, lack their partner or are nested too deep made lone codes."""
    halves = Counter(pair for _, form, _, pair in codes if form is not Form.ALONE)
    apart = {pair for pair, count in halves.items() if count != 2}
    stack: list[int] = []
    for _, form, _, pair in codes:
        if form is Form.OPEN and pair not in apart:
            if len(stack) >= MAX_DEPTH:
                apart.add(pair)
            else:
                stack.append(pair)
        elif form is Form.CLOSE and pair not in apart:
            if stack[-1] == pair:
                stack.pop()
            else:
                apart.add(pair)
                stack.remove(pair)
    fresh = max((pair for *_, pair in codes), default=0)
    result: list[Found] = []
    for place, form, kind, pair in codes:
        if pair in apart:
            fresh += 1
            result.append((place, Form.ALONE, kind, fresh))
        else:
            result.append((place, form, kind, pair))
    return result


_STARTS = re.compile(r"[\\`<{&:\[\]]|(?<!\w)(?:https?|ftp)://", re.IGNORECASE)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_AUTOLINK = re.compile(r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*+|[^<>\s@]++@[^<>\s@]++)>")
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*+)"
    r"(?:\s++[A-Za-z_:@][\w:.-]*+(?:\s*+=\s*+(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'=<>`/]++))?+)*+\s*+(?P<void>/?)>"
)
_WORDS = re.compile(r"\s(?:alt|title|aria-label)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:?[ \t]*+(?:[.#][^{}\n]*+|[\w-]++=[^{}\n]*+)\}|\{:[^{}\n]*+\}")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SHORTCODE = re.compile(r":[a-z0-9_+-]++:(?!\w)")
_DOCFX = re.compile(r":::[^\s:][^\n]*?:::")
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]++\]")
_MARKER = re.compile(r"\[![A-Za-z]++[^\[\]\n]*+(?:\[[^\[\]\n]*+\]\([^()\n]*+\)[^\[\]\n]*+)?\]")
_URL = re.compile(r"[a-z]++://[^\s<>()\[\]\"'`|]++(?:\([^\s<>()\[\]\"'`|]*+\)[^\s<>()\[\]\"'`|]*+)*+", re.IGNORECASE)
_TARGET = re.compile(
    r"\]\(\s*+(?:<[^<>\n]*+>|(?:[^\s()<>]|\([^\s()<>]*+\))*+)"
    r"(?:\s++(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'))?+\s*+\)"
)
_LABEL = re.compile(r"\]\[[^\[\]\n]*+\]")
_CLOSINGS: Final = {"{{": "}}", "{%": "%}", "{*": "*}", "{#": "#}"}
_VOID: Final = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])


class _Scan:
    """One walk over a text, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = dict(code_spans(text))
        self.found: list[Found] = []
        self.pairs = 0
        self.brackets: list[tuple[int, int]] = []
        """Opening brackets: start (with the `!` of an image) and end."""
        self.tags: dict[str, list[int]] = {}
        """Places in `found` of opening tags without a closing one yet, by name."""
        self.next: dict[str, int] = {}

    def codes(self) -> list[Found]:
        """All codes in the order of the text."""
        at = 0
        while (start := _STARTS.search(self.text, at)) is not None:
            at = self.step(start.start(), start[0])
        return sorted(self.found)

    def step(self, at: int, sign: str) -> int:
        """What begins at a special character; the place to go on from."""
        text = self.text
        if sign == "\\":
            return at + 2 if _ESCAPED.match(text, at) else at + 1
        if sign == "`":
            end = self.spans.get(at)
            if end is not None:
                return self.alone(at, end, "code")
            return at + 1
        if sign == "[":
            return self.bracket(at)
        if sign == "]":
            return self.closing(at)
        if sign == "<":
            return self.angle(at)
        if sign == "{":
            return self.brace(at)
        patterns = {"&": ((_ENTITY, "entity"),), ":": ((_DOCFX, "macro"), (_SHORTCODE, "shortcode"))}
        for pattern, kind in patterns.get(sign, ()):
            found = pattern.match(text, at)
            if found is not None and (sign != ":" or at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "_:")):
                return self.alone(at, found.end(), kind)
        if len(sign) > 1:
            found = _URL.match(text, at)
            end = at + len(found[0].rstrip(".,;:!?*_~")) if found else 0
            if end > at + len(sign):
                return self.alone(at, end, "address")
        return at + len(sign)

    def alone(self, start: int, end: int, kind: str) -> int:
        """A code of its own."""
        self.pairs += 1
        self.found.append(((start, end), Form.ALONE, kind, self.pairs))
        return end

    def pair(self, opening: tuple[int, int], closing: tuple[int, int], kind: str) -> None:
        """Two codes with text between them."""
        self.pairs += 1
        self.found.append((opening, Form.OPEN, kind, self.pairs))
        self.found.append((closing, Form.CLOSE, kind, self.pairs))

    def find(self, sign: str, at: int) -> int:
        """Where a sign comes next, -1 where it does not; asked from left to right, so one search in all."""
        known = self.next.get(sign, -2)
        if known != -1 and known < at:
            known = self.next[sign] = self.text.find(sign, at)
        return known

    def bracket(self, at: int) -> int:
        for pattern, kind in ((_FOOTNOTE, "footnote"), (_MARKER, "macro")):
            found = pattern.match(self.text, at)
            if found is not None:
                return self.alone(at, found.end(), kind)
        image = at > 0 and self.text[at - 1] == "!" and not (at > 1 and self.text[at - 2] == "\\")
        self.brackets.append((at - 1 if image else at, at + 1))
        return at + 1

    def closing(self, at: int) -> int:
        if not self.brackets:
            return at + 1
        start, end = self.brackets.pop()
        target = _TARGET.match(self.text, at) or _LABEL.match(self.text, at)
        if target is None or end == at:  # no link, or one without a word
            return at + 1 if target is None else self.alone(start, target.end(), "link")
        kind = "image" if self.text[start] == "!" else "link" if self.text[at + 1] == "(" else "label"
        title = next((group for group in (1, 2) if kind != "label" and target.groups() and target[group]), 0)
        if not title:
            self.pair((start, end), (at, target.end()), kind)
            return target.end()
        self.pair((start, end), (at, target.start(title)), kind)
        return self.alone(target.end(title), target.end(), kind)

    def brace(self, at: int) -> int:
        attributes = _ATTRIBUTES.match(self.text, at)
        closing = _CLOSINGS.get(self.text[at : at + 2])
        if closing is not None and not (closing == "#}" and attributes is not None):
            end = self.find(closing, at + 2)
            if end >= 0:
                return self.alone(at, end + 2, "macro")
        return self.alone(at, attributes.end(), "attributes") if attributes is not None else at + 1

    def angle(self, at: int) -> int:
        if self.text.startswith("<!--", at):
            end = self.find("-->", at + 4)
            return self.alone(at, end + 3, "html") if end >= 0 else at + 4
        autolink = _AUTOLINK.match(self.text, at)
        if autolink is not None:
            return self.alone(at, autolink.end(), "address")
        tag = _TAG.match(self.text, at)
        return at + 1 if tag is None else self.tag(tag)

    def tag(self, tag: re.Match[str]) -> int:
        """A tag, whose texts for people are left out of the code."""
        name = tag["name"].lower()
        if tag["close"]:
            opened = self.tags.get(name)
            if not opened:
                return self.alone(tag.start(), tag.end(), "html")
            place, _, kind, number = self.found[opened[-1]]
            self.found[opened.pop()] = (place, Form.OPEN, kind, number)
            self.found.append((tag.span(), Form.CLOSE, "html", number))
            return tag.end()
        if not tag["void"] and name not in _VOID:
            self.tags.setdefault(name, []).append(len(self.found))
        start = tag.start()
        for words in _WORDS.finditer(tag[0]):
            group = 1 if words[1] is not None else 2
            if words[group].strip():
                self.alone(start, tag.start() + words.start(group), "html")
                start = tag.start() + words.end(group)
        return self.alone(start, tag.end(), "html")
