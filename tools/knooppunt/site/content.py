"""Repairs of rendered pages that MkDocs and mkdocs-static-i18n leave to us."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

ADMONITIONS = (
    "note", "abstract", "info", "tip", "success", "question", "warning", "failure", "danger", "bug", "example", "quote",
)  # fmt: skip
"""Types of admonitions that the theme knows."""

_ADMONITION = re.compile(
    r'(<div class="admonition (?P<type>[\w-]+)[^"]*">\s*<p class="admonition-title">'
    r'|<details class="(?P<details>[\w-]+)[^"]*"[^>]*>\s*<summary>)'
    r"(?P<title>[^<]*)(?=</p>|</summary>)"
)
_MEDIA = re.compile(r"<(?:img|source|video|audio|embed|iframe|object|track|a)\b[^>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"""(?P<name>\b(?:src|poster|data|href))=(?P<quote>["'])(?P<url>[^"'<>]*)(?P=quote)""")


def admonition_titles(html: str, title: Callable[[str], str]) -> str:
    """Give admonitions without a title of their own the title of their type in a language.

    mkdocs-static-i18n does this on the Markdown, and so changes examples of Markdown inside code too.
    """

    def replace(found: re.Match[str]) -> str:
        kind = (found["type"] or found["details"]).lower()
        if kind not in ADMONITIONS or found["title"] != kind.capitalize():
            return found[0]
        return found[1] + title(kind)

    return _ADMONITION.sub(replace, html)


def shared_assets(html: str, page_url: str, prefix: str, files: Collection[str]) -> str:
    """Lead addresses in raw HTML of a translated page to the files of the source, which are not copied per language.

    `page_url` and `files` (addresses of all files that are not pages) are relative to the root of the site, and
    `prefix` is that of the language: `nl/`. Markdown links are resolved by MkDocs; raw HTML is not.
    """
    if not prefix or not page_url.startswith(prefix):
        return html
    folder = posixpath.dirname(page_url)

    def address(found: re.Match[str]) -> str:
        parts = urlsplit(found["url"])
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return found[0]
        target = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
        shared = target.removeprefix(prefix)
        if target in files or shared == target or shared not in files:
            return found[0]
        url = parts._replace(path=posixpath.relpath(shared, folder)).geturl()
        return f"{found['name']}={found['quote']}{url}{found['quote']}"

    return _MEDIA.sub(lambda tag: _ADDRESS.sub(address, tag[0]), html)


def client_config(html: str, change: Callable[[str], str]) -> str:
    """Replace the JSON that the theme's script reads at start: `change` gets and returns its text."""
    start = html.find('<script id="__config"')
    if start < 0:
        return html
    begin = html.index(">", start) + 1
    end = html.index("</script>", begin)
    return html[:begin] + change(html[begin:end]) + html[end:]


_DIALOG = re.compile(r'(<div class="md-search"[^>]*role="dialog")>')
_SEARCH_LABEL = re.compile(r'class="md-search__input"[^>]*aria-label="([^"]*)"')
_SECTION = re.compile(
    r'(?P<nav><nav class="md-nav"[^>]*?) aria-labelledby="[^"]*"(?P<rest>[^>]*>\s*<label class="md-nav__title"[^>]*>'
    r"\s*<span[^>]*></span>\s*(?P<title>[^<]*?)\s*</label>)"
)


def named_parts(html: str) -> str:
    """Give names to what the theme leaves without: the search dialog that of its field, a section's nav its title."""
    label = _SEARCH_LABEL.search(html)
    if label:
        html = _DIALOG.sub(rf'\1 aria-label="{label[1]}">', html, count=1)
    return _SECTION.sub(_named_section, html)


def _named_section(found: re.Match[str]) -> str:
    title = found["title"].replace('"', "&quot;")
    return f'{found["nav"]} aria-label="{title}"{found["rest"]}' if title else found[0]
