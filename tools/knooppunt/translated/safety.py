"""What a translation adds to its source that could act in a page.

Sources are the authors' own; translations come from strangers. So a translation may use the tags, links, attribute
lists and macros of its source, in any order, and links to pages of the site. All that it adds beyond them is refused:
the rules ask for what the source has too, not for what is known to do harm.

- A tag, comment or declaration must be in the source, with the same attributes (but the text of `title`, `alt` and
  `aria-label`), and no more often; so must one in a code span, since readers of Markdown differ on where code ends.
- A link, image, autolink or bare URL must lead where one of the source does (the locale in a path may differ), or be
  relative, without a scheme and without a host.
- Attribute lists, macros, snippets, and lines that begin a definition, a fence or a block of a plugin must be in the
  source. Macros and snippets count in code too, for they run before the page is read as Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from typing import TYPE_CHECKING, Final

from knooppunt.pages import code_spans

if TYPE_CHECKING:
    from collections.abc import Container

_ACTS = re.compile(r"[<{`~]|\][(:]|//|\bwww\.|:::|-8<-", re.IGNORECASE)
"""What each of the things below has; a text without it is let through at once."""
_BOUND: Final = 1000
"""Longest link target that is compared with those of the source."""
_SHOWN: Final = 60

_ANGLE = re.compile(r"<(?:[A-Za-z/!?]|[^<> @]++@)")
_AUTOLINK = re.compile(r"<(?P<url>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\s]*)>|<(?P<mail>[^<> !@]++@[^<> @]++)>")
_TAG = re.compile(
    r"<(?P<name>/?[A-Za-z][\w:-]*+)"
    r"(?P<attributes>(?:\s++[A-Za-z_:][\w:.-]*+(?:\s*+=\s*+(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'=<>`/]++))?+)*+)\s*+/?>"
)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]*+)(?:\s*+=\s*+(\"[^\"]*\"|'[^']*'|[^\s\"'=<>`/]++))?+")
_FREE: Final = frozenset({"title", "alt", "aria-label"})
"""Attributes whose value is text for people."""
_VERBATIM: Final = {name: re.compile(rf"</{name}", re.IGNORECASE) for name in ("script", "style")}
"""Elements whose content is not text for people, and how they end."""

_TARGET = re.compile(
    r"\]\(\s*+(?:<(?P<angle>[^<>\n]*)>|(?P<plain>(?:[^\s()<>]|\([^\s()<>]*+\))*+))"
    r"(?:\s++(?:\"[^\"]*\"|'[^']*'))?+\s*+\)"
)
_HEAD = re.compile(rf"\]\((?=\s*+([^)]{{0,{_BOUND}}}))")
_URL = re.compile(r"(?:(?:https?|ftp)://|\bwww\.)[^\s<>()\[\]\"'`]+", re.IGNORECASE)
_LOCALE = re.compile(r"/[a-z]{2}-[a-zA-Z]{2}(?=/|$)")
_NOT_ADDRESS = re.compile(r"[^A-Za-z0-9+.:/?#-]")
_LEADS_AWAY = re.compile(r"[^/?#]*:|//")

_BRACES = re.compile(r"\{(?:\"[^\"\n]*\"|'[^'\n]*'|[^{}\"'\n])*+\}|\{[^\n]{0,200}")
_CLOSINGS: Final = {"{{": "}}", "{%": "%}"}
_SNIPPET = re.compile(r"-8<-.*")
_LINE = re.compile(r"^(?:[ \t>+*:-]|\d{1,9}[.)])*?(\[|/{3}|:{3}|`{3}|~{3})", re.MULTILINE)

Parts = Counter[tuple[str, str]]
"""Kind and value of what can act, counted."""


def added_markup(msgid: str, msgstr: str) -> str | None:
    """What a translation has that its source lacks and that could act in a page, in words; None where nothing.

    >>> print(added_markup("Read it.", "Lees <img src=x onerror=alert(1)>."))
    tag '<img onerror="alert(1)" src="x">'
    >>> added_markup("A [guide](guide.md) of<br>us.", "Onze<br/>[gids](guide.md).") is None
    True
    """
    if msgid == msgstr or _ACTS.search(msgstr) is None:
        return None
    source = _Scan(msgid)
    target = _Scan(msgstr, source.written)
    for (kind, value), count in target.bare.items():
        if count > source.bare[kind, value]:
            return _shown(kind, value)
    for (kind, value), count in (target.bare + target.code).items():
        if count > source.bare[kind, value] + source.code[kind, value]:
            return _shown(kind, value)
    for place in target.places:
        if place not in source.places and _leads_away(place):
            return _shown("link to", place)
    return None


def _shown(kind: str, value: str) -> str:
    value = " ".join(value.split())
    return f"{kind} '{value if len(value) <= _SHOWN else value[:_SHOWN] + '…'}'"


def _leads_away(place: str) -> bool:
    """Whether a browser could read a scheme or a host in this.

    Markdown undoes entities, escapes and code spans in a target, and browsers pass over spaces and control characters.
    """
    plain = unescape(unescape(place))
    if len(plain) >= _BOUND:
        return True
    readings = (plain, plain.replace("\\", "/"))
    return any(_LEADS_AWAY.match(_NOT_ADDRESS.sub("", text)) is not None for text in readings)


class _Scan:
    """Everything in one text that can act."""

    def __init__(self, text: str, known: Container[str] | None = None) -> None:
        self.text = text
        self.next: dict[str, int] = {}
        self.bare: Parts = Counter()
        self.code: Parts = Counter()
        """What is surely in a code span."""
        self.places: dict[str, None] = {}
        """Where links lead; a dict for its order."""
        self.spans = _code_spans(text, strict=known is not None)
        self.written = frozenset(text[start:end] for start, end in self.spans)
        self.known = self.written if known is None else known
        """Code spans of the source: a tag in one of another wording counts as bare."""
        self._angles()
        self._targets()
        self._braces()
        for snippet in _SNIPPET.finditer(text):
            self.bare["snippet", snippet[0].rstrip()] += 1
        self._lines()

    def _code_at(self, at: int) -> str:
        """The code span around a position, or nothing."""
        low, high = 0, len(self.spans)
        while low < high:
            middle = (low + high) // 2
            if self.spans[middle][1] <= at:
                low = middle + 1
            else:
                high = middle
        if low < len(self.spans) and self.spans[low][0] <= at:
            return self.text[slice(*self.spans[low])]
        return ""

    def _inert(self, code: str) -> bool:
        """Whether a code span is one wherever it stands: a bar could end the cell of a table."""
        return bool(code) and ("|" not in code or code in self.known)

    def _place(self, place: str) -> None:
        self.places[_LOCALE.sub("/*", place)] = None

    def _find(self, sign: str, at: int) -> int:
        """Where a sign comes next, its length where it does not; asked from left to right, so one search in all."""
        if self.next.get(sign, -1) < at:
            found = self.text.find(sign, at)
            self.next[sign] = found if found >= 0 else len(self.text)
        return self.next[sign]

    # Tags ------------------------------------------------------------------------------------------------------------

    def _angles(self) -> None:
        text, end = self.text, 0
        for found in _ANGLE.finditer(text):
            at = found.start()
            if at < end:  # in a comment or a script, which is compared as a whole
                continue
            autolink = _AUTOLINK.match(text, at)
            if autolink is not None:
                self._place(autolink["url"] or f"mailto:{autolink['mail']}")
                continue
            tag = _TAG.match(text, at)
            if tag is not None:
                value, end = self._tag(tag)
            elif text.startswith("<!--", at):
                end = self._find("-->", at + 4) + 3
                value = text[at:end]
            else:
                value = text[at : min(self._find("<", at + 1), len(text))]
                if not {"=", '"', "'", ">", "/"}.intersection(value[1:]):  # less than, and words after it
                    value = value.split(maxsplit=1)[0]
            code = self._code_at(at)
            (self.code if code and code in self.known else self.bare)["tag", value] += 1

    def _tag(self, tag: re.Match[str]) -> tuple[str, int]:
        """A tag as it is compared, and where it ends."""
        name = tag["name"].lower()
        shown = []
        for attribute in _ATTRIBUTE.finditer(tag["attributes"]):
            key, value = attribute[1].lower(), attribute[2]
            if value is not None and key not in _FREE:
                plain = value[1:-1] if value[0] in "\"'" else value
                plain = plain.replace('"', "&quot;")
                key += f'="{_LOCALE.sub("/*", plain)}"'
            shown.append(key)
        written = " ".join([name, *sorted(shown)])
        closing = _VERBATIM.get(name)
        if closing is None:
            return f"<{written}>", tag.end()
        found = closing.search(self.text, tag.end())
        end = found.start() if found is not None else len(self.text)
        return f"<{written}>{self.text[tag.end() : end]}", end

    # Links -----------------------------------------------------------------------------------------------------------

    def _targets(self) -> None:
        for head in _HEAD.finditer(self.text):
            target = _TARGET.match(self.text, head.start())
            if target is None:
                self.places[head[1]] = None
            else:
                self._place(target["plain"] if target["angle"] is None else target["angle"])
        for url in _URL.finditer(self.text):
            if not self._inert(self._code_at(url.start())):
                place = url[0].rstrip(".,;:!?*_")
                self._place(f"//{place}" if place.lower().startswith("www.") else place)

    # Braces, snippets, lines -----------------------------------------------------------------------------------------

    def _braces(self) -> None:
        text, at = self.text, 0
        while (at := text.find("{", at)) >= 0:
            closing = _CLOSINGS.get(text[at : at + 2])
            if closing is not None:
                end = self._find(closing, at + 2) + 2
                self.bare["macro", " ".join(text[at:end].split())] += 1
                at = end
                continue
            found = _BRACES.match(text, at)
            end = found.end() if found is not None else len(text)
            if not self._inert(self._code_at(at)):
                self.bare["attribute list", text[at:end]] += 1
            nested = text.find("{", at + 1, end)
            at = nested if nested >= 0 else end

    def _lines(self) -> None:
        for found in _LINE.finditer(self.text):
            mark = found[1]
            if mark != "[":
                self.bare["line that begins with", mark] += 1
                continue
            closing = self._find("]", found.end())
            if self.text.startswith("]:", closing):
                self.bare["definition", "[…]:"] += 1
                words = self.text[closing + 2 : closing + 2 + _BOUND].split(maxsplit=1)
                self._place(words[0] if words else "")


def _code_spans(text: str, *, strict: bool) -> list[tuple[int, int]]:
    """The code spans of a text, in order; none on a strict view of a text whose backticks can be read in two ways.

    Readers of Markdown, and versions of one, differ on a backtick that is left over or escaped, on a run of more
    backticks than close it, and on a span that goes on in the next line.
    """
    spans: list[tuple[int, int]] = []
    if "`" not in text:
        return spans
    start = 0
    for line in text.split("\n"):
        found = code_spans(line)
        if strict and line.count("`") > sum(line.count("`", *span) for span in found):
            return []
        spans += [(start + first, start + last) for first, last in found]
        start += len(line) + 1
    return spans
