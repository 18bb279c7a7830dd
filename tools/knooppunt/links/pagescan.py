"""The links and ids of a page of HTML, read fast: pages of one site share most of their tags.

A page is cut before each link. A part that was seen before, on whatever page, is known; a new one is cut at `<`, and a
piece that was not seen before is read by the tokenizer of `htmltext`. Where a page has what cannot be read in parts (a
`<` in an attribute, a tag that is never closed, a template), all of it goes through the tokenizer. Both ways give the
same, which a test holds for any text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knooppunt.links.htmltext import addresses, css_urls, tags
from knooppunt.links.model import SitePage

if TYPE_CHECKING:
    from knooppunt.links.htmltext import Tag

MOST_HELD: Final = 48_000_000
"""Bytes of parts that are remembered; beyond that all are forgotten and learnt anew."""

MOST_SLICES: Final = 50
"""Links in one comment or script beyond which the page is read from its beginning to its end."""

_PLAIN = re.compile(
    rb"(?:/[^>]*|(?!(?:script|style|textarea|title|base|html|meta|link|form|xmp|iframe|noembed|noframes|plaintext|template)[\s>/])[a-zA-Z][a-zA-Z0-9-]*"
    rb"(?: (?:class|title|alt|role|type|width|height|for|rel|target|tabindex|loading|start|scope|hidden|dir|lang"
    rb"|data-[a-z-]+|aria-[a-z-]+)=\"[^\">]*\")*\s*/?)>"
)
"""A piece that certainly holds neither a link nor an id."""
_WHOLE = re.compile(rb"(?:xmp|iframe|noembed|noframes|plaintext|template)[\s/>]|!\[CDATA\[", re.IGNORECASE)
"""A piece with which a page cannot be read in parts."""
_UNSCRIPTED = re.compile(rb"<noscript[\s>](?=[^<]{0,99}<(?:meta|link|style))", re.IGNORECASE)
_NOSCRIPT = re.compile(r"<noscript[\s>](?:(?!</noscript).)*+", re.IGNORECASE | re.DOTALL)
"""What only readers without scripts see: a refresh in it sends nobody on."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_TEMPLATE = re.compile(r"<(/?)template(?=[\s>/])[^>]*>", re.IGNORECASE)
_RAW_NAMES: Final = {"script": b"/script", "style": b"/style", "textarea": b"/textarea", "title": b"/title"}


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one tag says."""

    urls: tuple[tuple[str, str], ...] = ()
    own: tuple[str, ...] = ()
    id: str = ""
    anchor: str = ""
    """The name of an `<a name>`, which a fragment can lead to and which may be the id too."""
    base: str = ""
    refresh: str = ""
    lang: str = ""
    canonical: str = ""
    quiet: bool = False
    alternate: tuple[str, str] | None = None
    raw: bytes = b""
    """The beginning of the piece that ends an element whose content holds no tags."""
    comment: bool = False
    odd: bool = False
    """Whether the piece is no whole tag, or one with which a page cannot be read in parts."""

    @property
    def more(self) -> bool:
        """Whether it says more than links and an id."""
        return bool(
            self.anchor or self.base or self.refresh or self.lang or self.canonical or self.quiet or self.alternate
        )


_ODD: Final = _Facts(odd=True)
_OPEN_COMMENT: Final = _Facts(comment=True)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """What the tags between two links say, the first link included."""

    urls: tuple[tuple[str, str], ...]
    own: tuple[str, ...]
    ids: tuple[str, ...]
    rest: tuple[_Facts, ...]
    """Facts that say more than that."""


class Scanner:
    """Reads pages, and remembers their parts."""

    def __init__(self) -> None:
        self._parts: dict[bytes, _Part | None] = {}
        """Part of a page from one `<a ` to the next -> what it says; None for one that ends inside a tag or comment."""
        self._held = 0
        self._known: dict[bytes, _Facts | None] = {}
        self._styles: dict[bytes, tuple[tuple[str, str], ...]] = {}
        self._odd = False
        """Whether the part that was read last has what cannot be read in parts, whatever follows."""

    def scan(self, data: bytes) -> SitePage:
        """What a page says of links."""
        charset = _CHARSET.search(data, 0, 1024)
        codec = charset[1].decode("ascii", "replace").lower() if charset else "utf-8"
        if codec not in {"utf-8", "utf8"} or data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return scan_whole(decoded(data))
        parts = None if b"<noscript" in data.lower() and _UNSCRIPTED.search(data) else self._in_parts(data)
        return scan_whole(decoded(data)) if parts is None else _joined(parts)

    def _in_parts(self, data: bytes) -> list[_Part] | None:
        """What the parts of a page say; None where it cannot be read in parts."""
        if self._held > MOST_HELD:
            self._parts.clear()
            self._known.clear()
            self._styles.clear()
            self._held = 0
        written = data.split(b"<a ")
        known = self._parts
        found: list[_Part] = []
        at = 0
        for part in map(known.get, written):
            if part is None:
                break
            found.append(part)
            at += 1
        while at < len(written):
            part = known.get(written[at])
            end = at + 1
            if part is None:
                lead = b"<a " if at else b""
                part = self._remember(written[at], lead)
                while part is None and end < len(written):  # a comment or script that has a link
                    if self._odd or end - at > MOST_SLICES:
                        return None
                    end += 1
                    part = self._read(lead + b"<a ".join(written[at:end]))
                if part is None:
                    return None
            found.append(part)
            at = end
        return found

    def _remember(self, written: bytes, lead: bytes) -> _Part | None:
        part = self._read(lead + written)
        if lead and part is not None:
            self._parts[written] = part
            self._held += len(written)
        return part

    def _read(self, data: bytes) -> _Part | None:
        """What a part says; None where it does not end where it could be followed by any text."""
        self._odd = False
        pieces = data.split(b"<")
        pieces[0] = b"/>"  # text before the first tag
        known = self._known
        facts_of = []
        skip = 0
        styles: tuple[tuple[str, str], ...]
        for at, piece in enumerate(pieces):
            if at < skip:
                continue
            if piece in known:
                facts = known[piece]
            else:
                facts = known[piece] = _read_piece(piece)
                self._held += len(piece)
            if facts is None:
                continue
            if facts.odd:
                self._odd = True
                return None
            if facts.comment:
                skip = _comment_end(pieces, at)
                if skip < 0:
                    return None
                continue
            # The content of a style sheet is read by `_raw`, as far as it goes.
            facts_of.append(replace(facts, urls=()) if facts.raw == b"/style" else facts)
            if facts.raw:
                skip, styles = self._raw(pieces, at, facts.raw)
                if skip < 0:
                    return None
                if styles:
                    facts_of.append(_Facts(urls=styles))
        return _Part(
            tuple(url for facts in facts_of for url in facts.urls),
            tuple(url for facts in facts_of for url in facts.own),
            tuple(facts.id for facts in facts_of if facts.id),
            tuple(facts for facts in facts_of if facts.more),
        )

    def _raw(self, pieces: list[bytes], at: int, closing: bytes) -> tuple[int, tuple[tuple[str, str], ...]]:
        """Number of the piece behind the content of an element without tags, and the addresses in it if it is CSS.

        -1 where it is never closed.
        """
        end = at + 1
        size = len(closing)
        while end < len(pieces):
            if pieces[end][:size].lower() == closing and pieces[end][size : size + 1] in b" \t\n\f\r/>":
                break
            end += 1
        else:
            return -1, ()
        if closing != b"/style":
            return end, ()
        content = b"<".join(pieces[at:end])
        if content not in self._styles:
            whole = "<" + content.decode("utf-8", "surrogateescape")
            tag = next(tags(whole), None)
            inner = whole[tag.content[0] :] if tag else ""
            self._styles[content] = tuple(("css", url) for url, _ in css_urls(inner))
        return end, self._styles[content]


def _comment_end(pieces: list[bytes], at: int) -> int:
    """Number of the piece in which a comment has ended, or the one behind it; -1 where it goes on."""
    first = pieces[at]
    if first.startswith((b"!-->", b"!--->")):
        return at
    if b"-->" in first[3:] or b"--!>" in first[3:]:
        return at
    for end in range(at + 1, len(pieces)):
        if b"-->" in pieces[end] or b"--!>" in pieces[end]:
            return end + 1
    return -1


def _read_piece(piece: bytes) -> _Facts | None:
    """What the tag at the head of a piece says; None where it says nothing of links."""
    if _PLAIN.match(piece):
        return None
    if piece.startswith(b"!--"):
        return _OPEN_COMMENT
    if _WHOLE.match(piece):
        return _ODD
    first = piece[:1]
    if not first.isalpha():
        if first in {b"/", b"!", b"?"}:
            return None if b">" in piece else _ODD
        return None
    text = "<" + piece.decode("utf-8", "surrogateescape")
    tag = next(tags(text), None)
    if tag is None:
        return _ODD
    facts = _facts(tag, text)
    return None if facts == _Facts() else facts


def scan_whole(text: str) -> SitePage:
    """What a page says of links, read by the tokenizer from its beginning to its end."""
    found = []
    templates = _template_ranges(text)
    unscripted = [found.span() for found in _NOSCRIPT.finditer(text)] if "noscript" in text.lower() else []
    for tag in tags(text):
        facts = _facts(tag, text)
        if facts.refresh and any(start < tag.start < end for start, end in unscripted):
            facts = replace(facts, refresh="")
        if any(start < tag.start < end for start, end in templates):
            facts = _Facts(urls=facts.urls, own=facts.own)
        found.append(facts)
    return _joined(
        [
            _Part(facts.urls, facts.own, (facts.id,) if facts.id else (), (facts,) if facts.more else ())
            for facts in found
        ]
    )


def decoded(data: bytes) -> str:
    """The text of a page in the charset that it says, UTF-8 where it says none or one that nobody knows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    found = _CHARSET.search(data, 0, 1024)
    try:
        return data.decode(found[1].decode("ascii", "replace") if found else "utf-8", "surrogateescape")
    except (LookupError, UnicodeError):
        return data.decode("utf-8", "surrogateescape")


def _template_ranges(text: str) -> list[tuple[int, int]]:
    """Ranges of templates, whose elements are not part of the page."""
    found, depth, start = [], 0, 0
    for tag in _TEMPLATE.finditer(text) if "<template" in text.lower() else ():
        if tag[1]:
            depth = max(depth - 1, 0)
            if not depth:
                found.append((start, tag.start()))
        else:
            start = tag.start() if not depth else start
            depth += 1
    return found


def _facts(tag: Tag, text: str) -> _Facts:
    urls, own, refresh = [], [], ""
    for address in addresses(tag, text):
        if address.kind == "refresh":
            refresh = refresh or address.url
        if address.url.startswith(("#", "?")) and address.kind != "refresh":
            own.append(address.url)
        else:
            urls.append((address.kind, address.url))
    relations = tag.get("rel").lower().split() if tag.name == "link" else []
    alternate = None
    if "alternate" in relations and tag.get("hreflang"):
        alternate = (tag.get("hreflang"), tag.get("href").strip())
    return _Facts(
        tuple(urls),
        tuple(own),
        tag.get("id"),
        tag.get("name") if tag.name in {"a", "map"} else "",
        tag.get("href").strip() if tag.name == "base" else "",
        refresh,
        tag.get("lang") if tag.name == "html" else "",
        tag.get("href").strip() if "canonical" in relations else "",
        tag.name == "meta" and tag.get("name").lower() == "robots" and "noindex" in tag.get("content").lower(),
        alternate,
        _RAW_NAMES.get(tag.name, b""),
    )


def _joined(parts: list[_Part]) -> SitePage:
    """What the parts of a page say together."""
    urls: list[tuple[str, str]] = []
    own: list[str] = []
    ids: list[str] = []
    rest: list[_Facts] = []
    for part in parts:
        urls += part.urls
        if part.own:
            own += part.own
        if part.ids:
            ids += part.ids
        if part.rest:
            rest += part.rest
    all_ids = frozenset(ids)
    doubles = [name for name, number in Counter(ids).items() if number > 1] if len(all_ids) != len(ids) else []
    anchors = [facts.anchor for facts in rest if facts.anchor]
    return SitePage(
        tuple(dict.fromkeys(urls)),
        tuple(dict.fromkeys(own)),
        len(urls) + len(own),
        all_ids.union(anchors) if anchors else all_ids,
        tuple(doubles),
        next((facts.base for facts in rest if facts.base), ""),
        next((facts.refresh for facts in rest if facts.refresh), ""),
        next((facts.lang for facts in rest if facts.lang), ""),
        next((facts.canonical for facts in rest if facts.canonical), ""),
        any(facts.quiet for facts in rest),
        tuple(facts.alternate for facts in rest if facts.alternate),
    )
