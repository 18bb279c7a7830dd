"""Addresses in what is no page of a site: style sheets, sitemaps, feeds, JSON. Text in, addresses out."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from knooppunt.links.htmltext import addresses, css_urls, tags

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_DEEP: Final = 60
"""Levels of a JSON document that are looked into."""

_LOC = re.compile(r"<(?:[\w-]+:)?loc>\s*(?P<url>[^<]*?)\s*</(?:[\w-]+:)?loc>")
_ALTERNATE = re.compile(r"<(?:xhtml:)?link\b[^>]*\bhref=([\"'])(?P<url>.*?)\1", re.DOTALL)
_ROBOTS = re.compile(r"^[ \t]*sitemap:[ \t]*(?P<url>\S+)", re.MULTILINE | re.IGNORECASE)
_FEED_SIGN = re.compile(r"<(?:rss|feed|rdf:RDF)\b")
_TEXT_URL = re.compile(r"<(?:link|guid|url|icon|logo|comments)\b(?P<attributes>[^>]*)>\s*(?P<url>[^<\s]+)\s*</")
_HREF = re.compile(r"\b(?:href|url|src)=([\"'])(?P<url>.*?)\1", re.DOTALL)
_SCRIPTED: Final = ("${", "{{", "<%")
_KEYS: Final = frozenset(
    {"url", "href", "html_url", "link", "image", "icon", "src", "home_page_url", "feed_url", "next_url", "banner_image"}
    | {"external_url", "canonical", "redirect", "thumbnail"}
)
"""Keys of JSON whose value is an address: JSON Feed 1.1, web app manifests, the feed of Knooppunt."""


def data_addresses(path: str, text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, address and offset of each link in a file that is no page; -1 for one in JSON, see `place_in_json`.

    A file that is broken has none; what is wrong with it is said by others.
    """
    low = path.lower()
    if low.endswith(".css"):
        for url, start in css_urls(text):
            yield "css", url, start
    elif low.endswith(".xml"):
        if "<urlset" in text or "<sitemapindex" in text:
            for found in [*_LOC.finditer(text), *_ALTERNATE.finditer(text)]:
                yield "sitemap", unescape(found["url"].strip()), found.start("url")
        elif _FEED_SIGN.search(text):
            yield from _feed(text)
    elif low.endswith((".rss", ".atom")):
        yield from _feed(text)
    elif low.endswith((".json", ".webmanifest")):
        for kind, url in _json(path, text):
            yield kind, url, -1
    elif low.rpartition("/")[2] == "robots.txt":
        yield from (("sitemap", line["url"], line.start("url")) for line in _ROBOTS.finditer(text))
    elif low.endswith(".svg"):
        yield from ((item.kind, item.url, item.start) for tag in tags(text) for item in addresses(tag, text))


def place_in_json(text: str, url: str) -> int:
    """Where an address is written in JSON; -1 where it is written in a way that `json` would not write it."""
    found = text.find(json.dumps(url, ensure_ascii=False))
    return found + 1 if found >= 0 else text.find(json.dumps(url)) + 1 or -1


def _feed(text: str) -> Iterator[tuple[str, str, int]]:
    for found in _TEXT_URL.finditer(text):
        if 'isPermaLink="false"' not in found["attributes"] and not found["url"].startswith(("urn:", "tag:")):
            yield "feed", unescape(found["url"]), found.start("url")
    for element in re.finditer(r"<(?:link|enclosure|content|media:\w+)\b[^>]*>", text):
        for found in _HREF.finditer(element[0]):
            yield "feed", unescape(found["url"].strip()), element.start() + found.start("url")
    for content in re.finditer(
        r"<(?:content|summary|description|content:encoded)\b[^>]*>(?P<html>.*?)</", text, re.DOTALL
    ):
        html = content["html"].strip().removeprefix("<![CDATA[").removesuffix("]]>")
        plain = unescape(html) if "&lt;" in html else html
        for tag in tags(plain):
            for address in addresses(tag, plain):
                yield "feed", address.url, text.find(address.url, content.start())


def _json(path: str, text: str) -> Iterator[tuple[str, str]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return
    if path.endswith("search/search_index.json") and isinstance(value, dict):
        docs = value.get("docs")
        for item in docs if isinstance(docs, list) else ():
            if isinstance(item, dict) and isinstance(item.get("location"), str):
                yield "search", item["location"]
        return
    schema = isinstance(value, dict) and not {"openapi", "swagger", "$schema", "$defs"}.isdisjoint(value)
    yield from dict.fromkeys(_values(value, value, 0, schema=schema))


def _values(value: Any, root: Any, depth: int, *, schema: bool) -> Iterator[tuple[str, str]]:
    """Addresses in a JSON value; of a schema or a description of an API only the references."""
    if depth > MOST_DEEP:
        return
    if isinstance(value, dict):
        ref = value.get("$ref")
        if isinstance(ref, str) and not (ref.startswith("#") and _points(root, ref)):
            yield "$ref", ref
        for key, item in value.items():
            if isinstance(item, str):
                if not schema and key in _KEYS and _is_address(item):
                    yield "json", item
            else:
                yield from _values(item, root, depth + 1, schema=schema)
    elif isinstance(value, list):
        for item in value:
            yield from _values(item, root, depth + 1, schema=schema)


def _is_address(text: str) -> bool:
    """Whether a value is an address and no pattern or sentence."""
    return (
        bool(text)
        and not any(sign in text for sign in (*_SCRIPTED, " ", "\n", "{", "<"))
        and ("/" in text or "." in text)
    )


def _points(root: Any, ref: str) -> bool:
    """Whether a JSON pointer in a fragment leads to a value (RFC 6901); an anchor's name counts as leading there."""
    if ref in {"#", "#/"}:
        return True
    if not ref.startswith("#/"):
        return f'"{ref[1:]}"' in json.dumps(root, ensure_ascii=False)
    at = root
    for part in ref[2:].split("/"):
        name = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(at, dict) and name in at:
            at = at[name]
        elif isinstance(at, list) and name.isdigit() and int(name) < len(at):
            at = at[int(name)]
        else:
            return False
    return True
