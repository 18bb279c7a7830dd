"""Small pieces of HTML that the made pages share."""

from __future__ import annotations

import posixpath
import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import markdown as python_markdown

from knooppunt.site.addresses import relative_url
from knooppunt.translated import local_date

if TYPE_CHECKING:
    from datetime import date

    from knooppunt.model import Text

_BETWEEN_PARAGRAPHS = re.compile(r"</p>\s*<p>")
_HREF = re.compile(r'href="([^"]*)"')


def attributes(**values: str | None) -> str:
    """Attributes of a tag, each with a space before it; those without a value are left out.

    A closing underscore is dropped and others become hyphens: `class_`, `data_kind`.
    """
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for name, value in values.items()
        if value is not None
    )


def tagged(text: Text, locale: str, tag: str = "span", *, inline: bool = False, class_: str | None = None) -> str:
    """A text in a tag that says what language it is in, where that is not the language of the page.

    `inline` renders its inline Markdown. A text whose source has changed since, or that is that of the source,
    has a class for it.
    """
    value = inline_markdown(text.value) if inline else escape(text.value, quote=False)
    foreign = text.lang != locale
    state = "kp-fallback" if foreign else "kp-stale" if text.state == "stale" else None
    classes = " ".join(filter(None, (class_, state))) or None
    if not foreign and classes is None and tag == "span":
        return value
    other = {"lang": text.lang, "dir": "auto"} if foreign else {}
    return f"<{tag}{attributes(class_=classes, **other)}>{value}</{tag}>"


def inline_markdown(text: str) -> str:
    """A text with inline Markdown as HTML, without the paragraph around it; further ones begin on a new line.

    A record's text is one paragraph, its translation need not be.
    """
    html = _BETWEEN_PARAGRAPHS.sub("<br>", python_markdown.markdown(text))
    if html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1:
        html = html[3:-4]
    return html.replace("\n", " ")


def from_article(html: str, article: str, page: str, *, directories: bool = True) -> str:
    """Lead links to pages, written relative to an article, from another page: `../network/index.md` to an address."""

    def replace(found: re.Match[str]) -> str:
        parts = urlsplit(found[1])
        if parts.scheme or parts.netloc or not parts.path.endswith(".md"):
            return found[0]
        target = posixpath.normpath(posixpath.join(article, parts.path))
        url = relative_url(target, page, directories=directories)
        return f'href="{escape(parts._replace(path=url).geturl())}"'

    return _HREF.sub(replace, html)


def day(value: date, locale: str) -> str:
    """A day in the way of a locale, readable by machines too."""
    return f'<time datetime="{value.isoformat()}">{escape(local_date(value, locale))}</time>'
