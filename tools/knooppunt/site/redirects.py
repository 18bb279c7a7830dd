"""Addresses that pages had once: a stub in every language that leads to the page of that language.

mkdocs-redirects writes addresses that do not exist where a site has several languages, so its map is ours to take.
"""

from __future__ import annotations

import posixpath
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from knooppunt.errors import Problem
from knooppunt.site.addresses import absolute, page_url
from knooppunt.site.navigation import escapes, is_link
from knooppunt.site.preflight import CONFIG, line_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from knooppunt.site.languages import SiteLocale

OTHER_PLUGIN = "redirects"
"""Name of mkdocs-redirects in a list of plugins."""

_STUB = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>{target}</title>
<meta name="robots" content="noindex">
{canonical}<meta http-equiv="refresh" content="0; url={target}">
</head>
<body><p><a href="{target}">{target}</a></p></body>
</html>
"""


def redirect_problems(redirects: Mapping[str, object], pages: Collection[str], config_text: str) -> list[Problem]:
    """Old paths that are no Markdown path or are a page today, and targets that are no page."""
    problems = []
    for old, new in redirects.items():
        line = line_of(config_text, old)
        pointer = f"redirects.{old}"
        if not old.endswith(".md") or escapes(old):
            problems.append(Problem(CONFIG, line, pointer, f"'{old}' is no path of a page", "write old/page.md"))
        elif old in pages:
            problems.append(Problem(CONFIG, line, pointer, f"'{old}' is a page", "remove the page or the redirect"))
        if not isinstance(new, str) or not (is_link(new) or new.partition("#")[0] in pages):
            hint = "name a page under the docs folder, or a full address"
            problems.append(Problem(CONFIG, line, pointer, f"the target '{new}' is no page", hint))
    return problems


def redirect_stubs(
    redirects: Mapping[str, str], locales: Sequence[SiteLocale], site_url: str | None, *, directories: bool = True
) -> Iterator[tuple[str, str]]:
    """Path in the site and HTML of a stub for each old page in each language."""
    for old, new in redirects.items():
        path, _, anchor = new.partition("#")
        for locale in locales:
            at = page_url(old, locale.prefix, directories=directories)
            file = unquote(f"{at}index.html" if at.endswith("/") or not at else at)
            target, full = new, None
            if not is_link(new):
                url = page_url(path, locale.prefix, directories=directories)
                target = posixpath.relpath(url or ".", posixpath.dirname(at) or ".")
                target += ("/" if url.endswith("/") or not url else "") + (f"#{anchor}" if anchor else "")
                full = absolute(site_url, url)
            canonical = f'<link rel="canonical" href="{escape(full)}">\n' if full else ""
            yield file, _STUB.format(lang=escape(locale.code), target=escape(target), canonical=canonical)
