"""Translation memories of any tool: TMX 1.1 to 1.4b read as pairs of texts with what the tool says about them.

Inline codes become text in one defined way: `hi` is only emphasis and keeps its text; the native code in `bpt`, `ept`,
`it` and `ut` is formatting of another file format and is dropped; `ph` keeps a placeholder such as `%s` or `{name}`,
and is dropped where it holds a tag (`<br/>`) or a control word (`\\tab`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError
from knooppunt.exchange.languages import fits, normal
from knooppunt.exchange.xmltext import XML_LANG, elements, root_of, unmark

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knooppunt.exchange.xmltext import Node

NAMESPACE: Final = "http://www.lisa.org/tmx14"
"""Some tools write one, though the format has none."""
PREFIX: Final = "x-knooppunt:"
"""Start of the types of our own properties."""

_WANTED: Final = frozenset(f"{space}{name}" for space in ("", f"{{{NAMESPACE}}}") for name in ("header", "tu"))
_DROPPED: Final = frozenset({"bpt", "ept", "it", "ut"})


@dataclass(frozen=True, slots=True)
class Variant:
    """A text of a unit in one language."""

    locale: str
    """`xml:lang`, as the file writes it."""
    text: str
    """The segment with its inline codes made text."""
    properties: tuple[tuple[str, str], ...] = ()
    """Types and values of its properties, in their order."""
    notes: tuple[str, ...] = ()
    created: str = ""
    """`creationdate` as the file writes it, `20260131T120000Z`; empty where it says nothing. So with the next three."""
    changed: str = ""
    created_by: str = ""
    changed_by: str = ""


@dataclass(frozen=True)
class MemoryUnit:
    """One text in two languages or more."""

    line: int
    """1-based line in the file."""
    variants: tuple[Variant, ...]
    """In the order of the file; a language may be there twice."""
    tuid: str = ""
    source_locale: str = ""
    """`srclang` of the unit, else of the header; `*all*` where any language may be the source."""
    segmentation: str = ""
    """`block`, `paragraph`, `sentence` or `phrase`; empty where the file does not say."""
    properties: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    created: str = ""
    changed: str = ""
    created_by: str = ""
    changed_by: str = ""

    @cached_property
    def props(self) -> Mapping[str, str]:
        """Values of the properties by type, the last where there are several."""
        return dict(self.properties)

    def variant(self, locale: str, without: Variant | None = None) -> Variant | None:
        """The text in a language: the same tag, else the first that fits (`nl-NL` for `nl`), or None."""
        others = [item for item in self.variants if item is not without]
        same = (item for item in others if normal(item.locale) == normal(locale))
        return next(same, None) or next((item for item in others if fits(item.locale, locale)), None)


@dataclass(frozen=True, slots=True)
class Memory:
    """A TMX file."""

    path: str
    source_locale: str
    """`srclang` of the header; `*all*` where any language may be the source, empty where there is no header."""
    tool: str
    """`creationtool` of the header."""
    props: Mapping[str, str]
    """Properties of the header."""
    units: tuple[MemoryUnit, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A text and its translation, out of a memory."""

    source: str
    target: str
    unit: MemoryUnit
    variant: Variant
    """The translation as the file has it, with its dates and author; those of the unit count where it has none."""


def parse_tmx(data: bytes, path: str) -> Memory:
    """The memory of a TMX file of any tool, in any encoding that XML allows. Raises DataError with the line."""
    root = root_of(data, path)
    if root is None or root[1] != "tmx":
        raise DataError.single(path, 1, "is not a TMX file; its root element must be <tmx>")
    header: Node | None = None
    units: list[MemoryUnit] = []
    for node in elements(data, path, _WANTED):
        if node.name == "header":
            header = node
        else:
            units.append(_unit(node, header, path))
    return Memory(
        path,
        header.get("srclang") if header else "",
        header.get("creationtool") if header else "",
        dict(_properties(header.elements, ours=_ours(header))) if header else {},
        tuple(units),
    )


def pairs(units: Iterable[MemoryUnit], source_locale: str, locale: str) -> Iterator[Pair]:
    """The pairs of two languages, in the order of the file.

    Tags are compared without regard to case; `nl` takes `nl-NL` where there is no `nl`, and the other way round.
    Units that lack one of the languages, or have no text in it, are passed over.
    """
    for unit in units:
        source = unit.variant(source_locale)
        target = unit.variant(locale, without=source)
        if source is not None and target is not None and source.text and target.text:
            yield Pair(source.text, target.text, unit, target)


def _unit(node: Node, header: Node | None, path: str) -> MemoryUnit:
    children = node.elements
    ours = _ours(header) or any(item.name == "prop" and item.get("type").startswith(PREFIX) for item in children)
    tags = header is not None and header.get("creationtool") == "OmegaT"  # what its codes hold is its own tags: <b0>
    return MemoryUnit(
        node.line,
        tuple(_variant(item, path, ours=ours, tags=tags) for item in children if item.name == "tuv"),
        node.get("tuid"),
        node.get("srclang") or (header.get("srclang") if header else ""),
        node.get("segtype") or (header.get("segtype") if header else ""),
        _properties(children, ours=ours),
        _notes(children, ours=ours),
        *_who(node),
    )


def _variant(node: Node, path: str, *, ours: bool, tags: bool) -> Variant:
    children = node.elements
    locale = node.get(XML_LANG) or node.get("lang")
    segment = next((item for item in children if item.name == "seg"), None)
    if not locale or segment is None:
        what = "has no segment" if locale else "does not say its language"
        raise DataError.single(path, node.line, f"<tuv> {what}", hint="write <tuv xml:lang=…><seg>…</seg></tuv>")
    text = _text(segment.text if tags else flatten(segment), ours=ours)
    if len(children) == 1:
        return Variant(locale, text, (), (), *_who(node))
    return Variant(locale, text, _properties(children, ours=ours), _notes(children, ours=ours), *_who(node))


def flatten(segment: Node) -> str:
    """The text of a segment; see the module for what becomes of inline codes."""
    if not segment.elements:
        return segment.text
    parts = []
    for child in segment.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.name == "ph":
            code = "".join(item for item in child.children if isinstance(item, str))
            parts.append("" if code.lstrip().startswith(("<", "\\", "{\\")) else code)
        elif child.name not in _DROPPED:
            parts.append(flatten(child))
    return "".join(parts)


def _ours(header: Node | None) -> bool:
    return header is not None and header.get("creationtool") == "knooppunt"


def _properties(children: Iterable[Node], *, ours: bool) -> tuple[tuple[str, str], ...]:
    return tuple((item.get("type"), _text(item.text, ours=ours)) for item in children if item.name == "prop")


def _notes(children: Iterable[Node], *, ours: bool) -> tuple[str, ...]:
    return tuple(_text(item.text, ours=ours) for item in children if item.name == "note")


def _text(text: str, *, ours: bool) -> str:
    return unmark(text) if ours and "\u27e6" in text else text


def _who(node: Node) -> tuple[str, str, str, str]:
    return node.get("creationdate"), node.get("changedate"), node.get("creationid"), node.get("changeid")
