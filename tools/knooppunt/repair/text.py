"""Which characters of a Markdown text are words, and which belong to the machine.

One scanner from left to right, linear in the length of the text: every look ahead is bounded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.pages import code_spans, front_matter_end

if TYPE_CHECKING:
    from collections.abc import Sequence

BOUND: Final = 4000
"""Longest tag, macro or link target that the scanner looks for."""

PLACEHOLDERS: Final = frozenset({"code", "macro", "target", "label", "tag", "url", "shortcode", "footnote"})
"""Kinds of spans that a translation must hold as often as its source."""

_SIGN = re.compile(r"[\\`<\[\]{&:]")
_SIGN_OR_HOST = re.compile(r"[\\`<\[\]{&:]|(?<![\w/.@])www\.", re.IGNORECASE)
"""The same for a text that has `www.`, which is looked for more slowly."""
_SCHEME = re.compile(r"(?<![\w/.])(?:https?|ftp)\Z", re.IGNORECASE)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*|[\w.+-]+@[\w.-]+)>")
_VERBATIM = re.compile(r"<(code|kbd|pre|samp|script|style|textarea|var)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][\w:-]*(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>|<[!?][^<>]*>")
_URL = re.compile(r"[^\s<>\[\]`\"]+")
_TARGET = re.compile(
    r"\(\s*+(?P<url><[^<>\n]*>|(?:[^\s()\\<]|\\.|\((?:[^\s()\\]|\\.)*+\))*+)"
    r"(?:\s+(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|\((?:[^()\\]|\\.)*+\)))?\s*\)",
    re.DOTALL,
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*+)\]", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^[^\[\]\s]+\]")
_CLOSINGS: Final = {"{": "}}", "%": "%}", "# ": "#}"}
_BRACES = re.compile(r"\{[^{}\n]*\}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SHORTCODE = re.compile(r":[a-z0-9_+-]{1,64}:(?!\w)")
_ESCAPABLE: Final = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_MATTER_KEY = re.compile(r"^(?:---|\.\.\.)[ \t]*$|^[ \t]*(?:- )?[\w.-]+:(?=\s)", re.MULTILINE)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A protected range of a text."""

    start: int
    end: int
    kind: str
    """`code`, `macro`, `target`, `label`, `tag`, `comment`, `url`, `shortcode`, `footnote`, `attributes`,
    `entity`, `escape` or `front-matter`."""
    value: str
    """What must be the same in a translation: the URL of a target, the label, else the characters themselves."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A link or image, or what looks like one."""

    start: int
    """Of the opening bracket."""
    text_end: int
    """Of the closing bracket of its text."""
    end: int
    form: str
    """`inline` (a target in parentheses), `full` (`[text][label]`), `collapsed` (`[label][]`) or `shortcut`."""
    target: str
    """URL or label."""
    image: bool = False


class Mask:
    """The protected ranges of one text."""

    def __init__(self, text: str, spans: Sequence[Span], links: Sequence[Link]) -> None:
        self.text = text
        self.spans = tuple(sorted(spans))
        self.links = tuple(sorted(links))
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in self.spans:
            if self._ends and span.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], span.end)
            else:
                self._starts.append(span.start)
                self._ends.append(span.end)

    def free(self, start: int, end: int) -> bool:
        """Whether [start, end) touches no protected character; an empty range must not be inside one."""
        if start == end:
            at = bisect_right(self._starts, start - 1) - 1
            return at < 0 or self._ends[at] <= start
        at = bisect_right(self._starts, end - 1) - 1
        return at < 0 or self._ends[at] <= start

    def placeholders(self) -> list[str]:
        """What a translation must keep, in the order of the text: code, macros, URLs, labels, tags and the like."""
        return [span.value for span in self.spans if span.kind in PLACEHOLDERS]

    def prose(self) -> str:
        """The text with every protected character but line breaks replaced by U+FFFC; positions stay."""
        parts = []
        at = 0
        for start, end in zip(self._starts, self._ends, strict=True):
            parts.append(self.text[at:start])
            parts.append("".join("\n" if sign == "\n" else "\ufffc" for sign in self.text[start:end]))
            at = end
        return "".join([*parts, self.text[at:]])


def mask(text: str) -> Mask:
    """Find the protected ranges of an inline Markdown text, or of a page's front matter and text."""
    if _SIGN.search(text) is None and "www." not in text.lower() and not text.startswith("---"):
        return Mask(text, (), ())
    return _Scanner(text).scan()


class _Scanner:
    """State of one pass: position, spans, links and the brackets that are open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] = []
        self.links: list[Link] = []
        self.code = dict(code_spans(text))
        self.open: list[int] = []
        self.closings: dict[str, int] = {}

    def scan(self) -> Mask:
        text = self.text
        at = 0
        if text.startswith("---"):
            end = front_matter_end(text)
            for key in _MATTER_KEY.finditer(text, 0, end):
                self._add(key.start(), key.end(), "front-matter")
        search = (_SIGN_OR_HOST if "www." in text.lower() else _SIGN).search
        while (found := search(text, at)) is not None:
            start = found.start()
            if text[start] == ":" and text.startswith("//", start + 1):
                scheme = _SCHEME.search(text, max(at, start - 5), start)
                start = scheme.start() if scheme is not None else start
            at = max(self._take(text[start], start), start + 1)
        return Mask(text, self.spans, self.links)

    def _take(self, sign: str, at: int) -> int:
        """Handle the special character at a position; where to go on."""
        if sign == "`":
            end = self.code.get(at)
            return self._add(at, end, "code") if end else at + 1
        if sign == "\\":
            escaped = self.text[at + 1 : at + 2] in _ESCAPABLE and at + 1 < len(self.text)
            return self._add(at, at + 2, "escape") if escaped else at + 1
        if sign == "<":
            return self._angle(at)
        if sign == "[":
            return self._opening(at)
        if sign == "]":
            return self._closing(at)
        if sign == "{":
            return self._braces(at)
        if sign == "&":
            return self._match(_ENTITY, at, "entity")
        if sign == ":":
            before = self.text[at - 1 : at] if at else ""
            return at + 1 if before == ":" or before.isalnum() else self._match(_SHORTCODE, at, "shortcode")
        url = _URL.match(self.text, at, at + BOUND)
        end = at + len(url[0].rstrip(".,;:!?'*_)")) if url else at + 1
        return self._add(at, end, "url")

    def _angle(self, at: int) -> int:
        autolink = _AUTOLINK.match(self.text, at, at + BOUND)
        if autolink:
            return self._add(at, autolink.end(), "url", autolink[1])
        if self.text.startswith("<!--", at):
            end = self._next("-->", at + 4)
            if end < len(self.text):
                return self._add(at, end + 3, "comment")
        end = self._match(_TAG, at, "tag")
        verbatim = _VERBATIM.match(self.text, at, end)
        if verbatim and end > at + 1:
            closing = self._next(f"</{verbatim[1].lower()}>", end)
            if 0 < closing - end < BOUND:
                return self._add(end, closing, "code")
        return end

    def _opening(self, at: int) -> int:
        footnote = _FOOTNOTE.match(self.text, at, at + BOUND)
        if footnote:
            return self._add(at, footnote.end(), "footnote")
        self.open.append(at)
        return at + 1

    def _closing(self, at: int) -> int:
        if not self.open:
            return at + 1
        start = self.open.pop()
        image = self.text[start - 1 : start] == "!" if start else False
        following = self.text[at + 1 : at + 2]
        if following == "(":
            target = _TARGET.match(self.text, at + 1, at + 1 + BOUND)
            if target:
                url = target["url"].removeprefix("<").removesuffix(">")
                self.links.append(Link(start, at, target.end(), "inline", url, image))
                return self._add(at + 1, target.end(), "target", url)
        elif following == "[":
            label = _LABEL.match(self.text, at + 1, at + 1 + BOUND)
            if label and not label[1].startswith("^"):
                return self._label(start, at, label, image)
        inner = self.text[start + 1 : at] if at - start < BOUND else ""
        if inner.strip() and not any(link.start > start for link in self.links[-1:]):
            self.links.append(Link(start, at, at + 1, "shortcut", inner, image))
            self._add(start, at + 1, "shortcut")
        return at + 1

    def _label(self, start: int, at: int, label: re.Match[str], image: bool) -> int:
        name = label[1]
        if name.strip():
            self.links.append(Link(start, at, label.end(), "full", name, image))
            return self._add(at + 1, label.end(), "label", name)
        inner = self.text[start + 1 : at]
        self.links.append(Link(start, at, label.end(), "collapsed", inner, image))
        return self._add(start, label.end(), "label", inner)

    def _braces(self, at: int) -> int:
        closing = _CLOSINGS.get(self.text[at + 1 : at + 3].ljust(2)[: 2 if self.text.startswith("#", at + 1) else 1])
        if closing:
            end = self._next(closing, at + 2)
            if end - at < BOUND:
                return self._add(at, end + 2, "macro")
        return self._match(_BRACES, at, "attributes")

    def _next(self, closing: str, at: int) -> int:
        """Where the next closing sign stands, remembered so that many openings share one search."""
        if self.closings.get(closing, -1) < at:
            found = self.text.find(closing, at)
            self.closings[closing] = found if found >= 0 else len(self.text) + BOUND
        return self.closings[closing]

    def _match(self, pattern: re.Pattern[str], at: int, kind: str) -> int:
        found = pattern.match(self.text, at, at + BOUND)
        return self._add(at, found.end(), kind) if found else at + 1

    def _add(self, start: int, end: int, kind: str, value: str | None = None) -> int:
        self.spans.append(Span(start, end, kind, self.text[start:end] if value is None else value))
        return end
