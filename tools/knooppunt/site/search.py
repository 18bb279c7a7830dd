"""One search index per language, so that a reader finds pages in the language that is read."""

from __future__ import annotations

import json
import posixpath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

INDEX = "search/search_index.json"
WRAPPER = "knooppunt-search.js"
"""Our worker around the theme's: it fits a query to the words that the index has."""
FITTED = frozenset({"ja", "nl"})
"""Languages of the theme's index for which our worker fits a query before the search."""


def localized_index(index: str, prefix: str) -> str:
    """A search index with the entries of one language only, their addresses relative to its first page.

    `index` is the JSON that MkDocs Material writes for one build, `prefix` is that of the language (`nl/`), empty
    for the source.
    """
    data = json.loads(index)
    data["docs"] = list(_own(data["docs"], prefix))
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _own(docs: Iterable[Mapping[str, Any]], prefix: str) -> Iterable[dict[str, Any]]:
    seen = set()
    for doc in docs:
        location = str(doc["location"])
        if not location.startswith(prefix):
            continue
        entry = {**doc, "location": location[len(prefix) :]}
        key = json.dumps(entry, sort_keys=True)
        if key not in seen:
            seen.add(key)
            yield entry


def client(config: str, prefix: str, languages: Iterable[str]) -> str:
    """The client's configuration of a page, its search led to the index of the page's language."""
    data = json.loads(config)
    base = str(data["base"])
    if prefix:
        # The bundle uses the base for nothing but the index and the addresses of what it finds.
        data["base"] = posixpath.normpath(posixpath.join(base, prefix)) + "/"
    if FITTED.intersection(languages):
        folder, _, worker = str(data["search"]).rpartition("/")
        data["search"] = f"{folder}/{WRAPPER}?worker={worker}"
    return json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c").replace(">", "\\u003e")
