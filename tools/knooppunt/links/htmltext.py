"""Tags of an HTML text and the addresses in their attributes, with the place of each.

A tokenizer after the HTML standard, section 13.2.5, as far as tags, attributes, comments and raw text go: what stands
in a comment, a script or a quoted attribute is no tag. Linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

RAW: Final = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose content holds no tags."""

_OPENING = re.compile(r"<(?:(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)|(?P<comment>!--)|[!?/])")
_ATTRIBUTE = re.compile(
    r"[\s/]*+(?:(?P<name>[^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'"
    r"|(?P<bare>(?![\"'])[^\s>]++))?)?|(?P<end>>))"
)
_COMMENT_END = re.compile(r"--!?>|\Z")
_CLOSED_AT_ONCE = re.compile(r"-?>")
_REFERENCE = re.compile(
    r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;|[A-Za-z][A-Za-z0-9]*(?![A-Za-z0-9=]))"
)
_SPACE: Final = " \t\n\f\r"
_CSS_URL = re.compile(
    r"/\*.*?(?:\*/|\Z)|(?:\burl\(\s*|@import\s+)(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'"
    r"|(?P<data>data:(?:[^()\\]|\([^()]*\))*+\))"
    r"|(?P<bare>(?<=\()[^\s\"'()]+|(?<=\s)(?<!@import )[^\s\"'()]+(?=\s*\))))",
    re.DOTALL | re.IGNORECASE,
)
_REFRESH = re.compile(
    r"\s*(?P<seconds>[0-9]+)?[0-9.]*\s*[;,]?\s*(?:url\s*=\s*)?(?P<quote>[\"']?)(?P<url>.*)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of a tag."""

    name: str
    """In small letters."""
    value: str
    """With its character references resolved."""
    start: int
    """Of the value as it is written, without quotes; behind the name where there is none."""
    end: int


@dataclass(frozen=True, slots=True)
class Tag:
    """One start tag."""

    name: str
    """In small letters."""
    start: int
    end: int
    attributes: tuple[Attribute, ...]
    """The first of each name."""
    content: tuple[int, int] = (0, 0)
    """Range of the text of an element whose content holds no tags."""

    def get(self, name: str) -> str:
        """Value of an attribute; empty where it has none."""
        return next((item.value for item in self.attributes if item.name == name), "")


def resolved(value: str) -> str:
    """An attribute's value with its character references resolved.

    A name without a semicolon before `=` or a letter is text, as the standard says of attributes: `?a=1&copy=2`.
    """
    return value if "&" not in value else _REFERENCE.sub(lambda found: unescape(found[0]), value)


def tags(text: str, start: int = 0, end: int | None = None) -> Iterator[Tag]:
    """The start tags of a range of a text, in order. A tag that is never closed is none."""
    at, stop = start, len(text) if end is None else end
    while (found := _OPENING.search(text, at, stop)) is not None:
        at = found.end()
        if found["comment"]:
            once = _CLOSED_AT_ONCE.match(text, at, stop)
            closing = once or _COMMENT_END.search(text, at, stop)
            at = closing.end() if closing else stop
        elif found["name"]:
            name = found["name"].lower()
            attributes, at = _attributes(text, at, stop)
            if attributes is None:
                return
            if not found["close"]:
                content = (0, 0)
                if name in RAW:
                    content = (at, _raw_end(text, at, stop, name))
                yield Tag(name, found.start(), at, attributes, content)
                at = max(at, content[1])
        else:
            closing_at = text.find(">", at, stop)
            at = closing_at + 1 if closing_at >= 0 else stop


def _attributes(text: str, at: int, stop: int) -> tuple[tuple[Attribute, ...] | None, int]:
    found: dict[str, Attribute] = {}
    while (item := _ATTRIBUTE.match(text, at, stop)) is not None:
        at = item.end()
        if item["end"]:
            return tuple(found.values()), at
        name = item["name"].lower()
        group = next((group for group in ("double", "single", "bare") if item[group] is not None), "")
        start, end = item.span(group) if group else (at, at)
        found.setdefault(name, Attribute(name, resolved(text[start:end]), start, end))
    return None, stop


def _raw_end(text: str, at: int, stop: int, name: str) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at, stop)
    return found.start() if found else stop


# Addresses in attributes ---------------------------------------------------------------------------------------------

_ANYWHERE: Final = frozenset({"href", "src", "poster", "cite", "longdesc", "background", "xlink:href"})
_OF: Final = {
    "action": frozenset({"form"}),
    "formaction": frozenset({"button", "input"}),
    "data": frozenset({"object"}),
    "manifest": frozenset({"html"}),
    "content": frozenset({"meta"}),
    "code": frozenset({"applet"}),
}
_SETS: Final = frozenset({"srcset", "imagesrcset"})
_NO_PAGE: Final = frozenset({"preconnect", "dns-prefetch", "profile", "pingback", "edituri", "search"})
"""Relations of `<link>` that name a host or a service and load nothing."""
_META: Final = frozenset(
    {
        "og:image",
        "og:url",
        "og:video",
        "og:audio",
        "twitter:image",
        "twitter:player",
        "og:image:url",
        "msapplication-config",
    }
    | {"msapplication-tileimage", "thumbnail", "thumbnailurl", "image"}
)


@dataclass(frozen=True, slots=True)
class Address:
    """One address in a tag."""

    kind: str
    """`a[href]`, `img[srcset]`, `css`, `refresh`; `switch` for a link that says in which language its target is."""
    url: str
    start: int
    end: int


def addresses(tag: Tag, text: str) -> Iterator[Address]:
    """The addresses in the attributes of a tag, and in its content where that is CSS.

    `<base href>` is none; neither are the hosts of `preconnect`, and the targets of forms that send data.
    """
    if tag.name == "base":
        return
    for item in tag.attributes:
        name = item.name
        if name in _SETS:
            for url, offset in candidates(item.value):
                yield _placed(tag, item, url, offset, text)
        elif name == "style":
            for url, offset in css_urls(item.value):
                placed = _placed(tag, item, url, offset, text)
                yield Address("css", url, placed.start, placed.end)
        elif name == "content":
            yield from _meta(tag, item, text)
        elif name == "ping":
            continue
        elif name in _ANYWHERE or tag.name in _OF.get(name, frozenset()):
            if not _is_service(tag, name):
                kind = "switch" if name == "href" and tag.name == "a" and tag.get("hreflang") else f"{tag.name}[{name}]"
                yield Address(kind, item.value.strip(_SPACE), item.start, item.end)
        elif name == "usemap" and item.value.strip(_SPACE).startswith("#"):
            yield Address(f"{tag.name}[{name}]", item.value.strip(_SPACE), item.start, item.end)
    if tag.name == "style":
        for url, offset in css_urls(text[slice(*tag.content)]):
            start = tag.content[0] + offset
            yield Address("css", url, start, start + len(url))


def _is_service(tag: Tag, name: str) -> bool:
    if tag.name == "link":
        relations = set(tag.get("rel").lower().split())
        return bool(relations) and relations <= _NO_PAGE
    if name == "action":
        return tag.get("method").lower() in {"post", "dialog"}
    return name == "formaction"


def _placed(tag: Tag, item: Attribute, url: str, offset: int, text: str) -> Address:
    """An address inside of a value: its own place where the value is written as it is meant, else the value's."""
    start, end = item.start, item.end
    if text[start:end] == item.value:
        start, end = start + offset, start + offset + len(url)
    return Address(f"{tag.name}[{item.name}]", url, start, end)


def _meta(tag: Tag, item: Attribute, text: str) -> Iterator[Address]:
    if tag.name != "meta":
        return
    if tag.get("http-equiv").lower() == "refresh":
        target = refresh_target(item.value)
        if target is not None:
            placed = _placed(tag, item, target[0], target[1], text)
            yield Address("refresh", target[0], placed.start, placed.end)
    elif (tag.get("property") or tag.get("name") or tag.get("itemprop")).lower() in _META and item.value.strip():
        yield Address("meta[content]", item.value.strip(_SPACE), item.start, item.end)


def refresh_target(value: str) -> tuple[str, int] | None:
    """Address in the content of a meta refresh and its offset; None where it only says when."""
    found = _REFRESH.match(value)
    if found is None:
        return None
    url = found["url"]
    if found["quote"]:
        url = url.partition(found["quote"])[0]
    url = url.rstrip(_SPACE)
    return (url, found.start("url")) if url else None


def candidates(value: str) -> Iterator[tuple[str, int]]:
    """Addresses of a srcset with their offsets (HTML standard, "parse a srcset attribute").

    >>> [url for url, _ in candidates("a.png, b,c.png 2x,d.png 100w")]
    ['a.png', 'b,c.png', 'd.png']
    """
    at = 0
    while at < len(value):
        while at < len(value) and (value[at] in _SPACE or value[at] == ","):
            at += 1
        start = at
        while at < len(value) and value[at] not in _SPACE:
            at += 1
        url = value[start:at]
        if not url:
            return
        if url.endswith(","):
            yield url.rstrip(","), start
            continue
        yield url, start
        depth = 0
        while at < len(value) and (depth or value[at] != ","):
            depth += (value[at] == "(") - (value[at] == ")")
            at += 1


def css_urls(text: str) -> Iterator[tuple[str, int]]:
    """Addresses in CSS with their offsets: `url()` and `@import`, none in comments.

    >>> [url for url, _ in css_urls("@import 'a.css'; p { background: url(b.png) } /* url(c.png) */")]
    ['a.css', 'b.png']
    """
    if "url(" not in text and "@import" not in text and "URL(" not in text:
        return
    for found in _CSS_URL.finditer(text):
        for group in ("double", "single", "bare"):
            if found[group]:
                yield found[group].strip(), found.start(group)
