"""How much of a page each tool offers to translators, and whether the page comes back when nothing is changed.

Speed is worth nothing without that. What readers see is asked of CommonMark, which no tool here is built on alone:
the words of the rendered page outside code, its title and its description.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from babel.messages.pofile import read_po

from benchmarks.tables import Gate, Table
from fidelity.rendering import TEXT_ATTRIBUTES, Renderer, front_matter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from benchmarks.peers import Tool
    from benchmarks.texts import Pages
    from fidelity.rendering import Node

LEAST: Final = 99.9
"""Percent of the text that readers see; the rest are names that only an extension of docfx knows."""
_WORD: Final = re.compile(r"[^\W\d_]+")
_FRONT_MATTER: Final = ("title", "description")
_SYNTAX: Final = re.compile(
    r"\[![\w-]+\s*$|\[![^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]|:{3,}[^\n]*|\{[^{}\n]*\}|:[a-z0-9_+-]+:|\bhttps?://\S+"
)
"""What CommonMark takes for text and its readers do not: docfx, attribute lists, emoji, bare addresses."""
_INCLUDE: Final = re.compile(r"\[![\w-]+\s*$")
_NO_TEXT: Final = re.compile(r"(`+)(?:(?!`).)*?\1|\]\([^()]*(?:\([^()]*\)[^()]*)*\)|<[^<>]*>", re.DOTALL)
"""Code, targets of links and tags in a msgid: no words that readers see."""


def faithful(tools: Iterable[Tool], pages: Pages, same: Callable[..., None], say: Callable[[str], None]) -> Table:
    """The shares of each tool. `same` fills the catalogs of a folder with their own msgids."""
    renderer = Renderer()
    texts = {name: (pages.folder / name).read_bytes().decode("utf-8-sig") for name in pages.names}
    seen = {name: words_seen(text, renderer) for name, text in texts.items()}
    total = sum(words.total() for words in seen.values())
    rows = []
    for tool in tools:
        say(f"{tool.name}: words and pages")
        tool.run("extract")
        offered = 0
        for name, words in seen.items():
            known = words_offered(tool.catalogs / catalog_of(tool, name))
            offered += sum(count for pair, count in words.items() if pair in known)
        same(tool.catalogs)
        tool.run("generate")
        equal = alike = 0
        for name, text in texts.items():
            made = _made(tool, name)
            if made is not None:
                equal += made == text
                alike += made == text or _shown(made, renderer) == _shown(text, renderer)
        count = len(texts)
        rows.append((tool.name, tool.version, 100 * offered / total, 100 * equal / count, 100 * alike / count))
    return Table(("tool", "version", "% of text offered", "% of pages equal", "% of pages that render equal"), (*rows,))


def gates(table: Table) -> list[Gate]:
    """What we promise of the library, which is the first: nothing is left out, every page comes back."""
    _, _, offered, equal, _ = table.rows[0]
    return [
        Gate("text offered to translators, in percent", LEAST, float(offered or 0), least=True),
        Gate("pages that come back byte for byte, in percent", 100, float(equal or 0), least=True),
    ]


def catalog_of(tool: Tool, name: str) -> str:
    """Path of the catalog of a page below the folder of a tool's catalogs."""
    for path in (f"{name}.po", f"{name.removesuffix('.md')}.po"):
        if (tool.catalogs / path).is_file():
            return path
    return f"{name}.po"


def words_seen(text: str, renderer: Renderer) -> Counter[tuple[str, ...]]:
    """The text that readers of a page see or hear, as pairs of neighbouring words in lower case.

    A word that stands alone, as in a cell, counts as it is.
    """
    body, values = front_matter(text)
    found: Counter[tuple[str, ...]] = Counter()
    for value in (values.get(key) for key in _FRONT_MATTER):
        found.update(_pairs(_words(value)) if isinstance(value, str) else ())
    before = ""
    for node in renderer.commonmark(body):
        if not (node.parent == "a" and _INCLUDE.search(before)):  # the name of what docfx includes
            for part in _SYNTAX.split(_text(node)):
                found.update(_pairs(_words(part)))
        before = node.value if node.kind == "text" and not node.verbatim else before
    return found


def words_offered(catalog: Path) -> set[tuple[str, ...]]:
    """Pairs of neighbouring words, and words, in the msgids of a catalog, in lower case; none without a file.

    A set, since tools that give no places merge equal texts of a page into one entry.
    """
    if not catalog.is_file():
        return set()
    found: set[tuple[str, ...]] = set()
    with catalog.open("rb") as stream:
        for message in read_po(stream):
            if message.id:
                text = message.id if isinstance(message.id, str) else message.id[0]
                words = _words(_NO_TEXT.sub(" ", text))
                found.update(_pairs(words), ((word,) for word in words))
    return found


def _pairs(words: list[str]) -> list[tuple[str, ...]]:
    return [(words[0],)] if len(words) == 1 else list(pairwise(words))


def _text(node: Node) -> str:
    if node.verbatim:
        return ""
    if node.kind == "start":
        return " ".join(value for key, value in node.attributes if key in TEXT_ATTRIBUTES)
    return node.value if node.kind == "text" else ""


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _made(tool: Tool, name: str) -> str | None:
    for path in (tool.out / name, tool.out / "nl" / name):
        if path.is_file():
            return path.read_bytes().decode("utf-8-sig")
    return None


def _shown(text: str, renderer: Renderer) -> list[tuple[str, ...]]:
    body, values = front_matter(text)
    found = [("front matter", *(f"{key}: {values[key]}" for key in sorted(values) if key != "knooppunt"))]
    for node in renderer.commonmark(body):
        value = node.value if node.verbatim else " ".join(node.value.split())
        if value or node.kind != "text":
            found.append((node.kind, value, *(f"{key}={value}" for key, value in node.attributes)))
    return found
