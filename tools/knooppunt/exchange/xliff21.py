"""XLIFF 2.1: <https://docs.oasis-open.org/xliff/xliff-core/v2.1/xliff-core-v2.1.html>; 2.0 and 2.2 are read too.

A catalog is a `file`, an entry a `unit` with one `segment`, an entry with plurals a `group` with one `unit` per form.
Codes of Markdown are `ph` and `pc`, whose content stands in `originalData`. The stamp is metadata of the module `mda`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import is_suggestion
from knooppunt.exchange.codes import Code, Form, split_codes, split_target
from knooppunt.exchange.tags import Tag, as_written, restored
from knooppunt.exchange.units import Returned, ReturnedFile
from knooppunt.exchange.xliff import by_catalog, comments_of, has_notes, least, whole, without_comments
from knooppunt.exchange.xmltext import attributes, element, escape, parse_xml, unmark
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knooppunt.exchange.codes import Part
    from knooppunt.exchange.tags import Piece
    from knooppunt.exchange.units import Outgoing, Unit
    from knooppunt.exchange.xmltext import Node

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:2.0"
METADATA: Final = "urn:oasis:names:tc:xliff:metadata:2.0"

TITLE: Final = "XLIFF 2.1"
ENDING: Final = ".xlf"
ROOTS: Final = ((NAMESPACE, "xliff"), ("urn:oasis:names:tc:xliff:document:2.2", "xliff"))

_SUB: Final = "knooppunt:"
"""Start of our own values of `subState`, `subType` and `type`."""
_TYPES: Final = {"link": "link", "label": "link", "image": "image"}
_STATES: Final = {
    "initial": State.UNTRANSLATED,
    "translated": State.TRANSLATED,
    "reviewed": State.APPROVED,
    "final": State.APPROVED,
}
_SUBSTATES: Final = {
    f"{_SUB}machine": State.MACHINE,
    f"{_SUB}stale": State.STALE,
    f"{_SUB}suggestion": State.UNTRANSLATED,
}


def render(outgoing: Outgoing) -> str:
    """The units as an XLIFF document, valid against the schema of the core, without dates."""
    head = {"version": "2.1", "srcLang": outgoing.source_locale, "trgLang": outgoing.locale}
    spaces = f'xmlns="{NAMESPACE}" xmlns:mda="{METADATA}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<xliff {spaces}{attributes(head)}>"]
    for number, (name, units) in enumerate(by_catalog(outgoing.units), start=1):
        lines.append(f"  <file{attributes({'id': f'f{number}', 'original': name, 'canResegment': 'no'})}>")
        for unit in units:
            lines += _unit(unit)
        lines.append("  </file>")
    if not outgoing.units:  # the standard asks for one file at least, and for one group in it
        lines.append('  <file id="f0"><group id="none"/></file>')
    return "\n".join([*lines, "</xliff>", ""])


def _unit(unit: Unit) -> Iterator[str]:
    entry = unit.entry
    if entry.msgid_plural is None:
        yield from _form(unit, unit.id, entry.msgid, entry.msgstr, name=entry.context, first=True, stamped=True)
        return
    yield f"    <group{attributes({'id': unit.id, 'name': entry.context, 'type': f'{_SUB}plural'})}>"
    yield f"      {_metadata(unit.stamp)}"
    for form, text in enumerate(unit.targets):
        source = entry.msgid_plural if form else entry.msgid
        yield from _form(unit, f"{unit.id}-{form}", source, text, first=not form)
    yield "    </group>"


def _form(
    unit: Unit,
    identity: str,
    source: str,
    target: str,
    *,
    name: str | None = None,
    first: bool = False,
    stamped: bool = False,
) -> Iterator[str]:
    translate = "no" if unit.entry.obsolete else None
    yield f"    <unit{attributes({'id': identity, 'name': name, 'translate': translate, 'xml:space': 'preserve'})}>"
    if stamped:
        yield f"      {_metadata(unit.stamp)}"
    notes = list(_notes(unit)) if first else []
    if notes:
        yield "      <notes>"
        for category, text in notes:
            yield f"        {element('note', {'category': category}, text)}"
        yield "      </notes>"
    parts = split_codes(source)
    translated = split_target(target, parts) if target else ()
    held = _held((*parts, *translated))
    if held:
        yield "      <originalData>"
        for data, reference in held.items():
            yield f"        {element('data', {'id': reference}, data)}"
        yield "      </originalData>"
    yield f"      <segment{attributes(_state(unit, target))}>"
    yield f"        <source>{_inline(parts, held)}</source>"
    if target:
        yield f"        <target>{_inline(translated, held)}</target>"
    yield "      </segment>"
    yield "    </unit>"


def _metadata(stamp: str) -> str:
    meta = element("mda:meta", {"type": "stamp"}, stamp)
    return f'<mda:metadata><mda:metaGroup category="knooppunt">{meta}</mda:metaGroup></mda:metadata>'


def _notes(unit: Unit) -> Iterator[tuple[str, str]]:
    entry = unit.entry
    for path in entry.references:
        yield "location", path
    for line in entry.extracted:
        yield "developer", line
    for line in entry.comments:
        yield "translator", line
    if entry.previous_msgid is not None:
        yield "previous-source", entry.previous_msgid


def _state(unit: Unit, target: str) -> dict[str, str | None]:
    state = unit.state
    if not target or state is State.UNTRANSLATED:
        sub = f"{_SUB}suggestion" if target and is_suggestion(unit.entry) else None
        return {"state": "initial", "subState": sub}
    if state is State.MACHINE:
        return {"state": "initial", "subState": f"{_SUB}machine"}
    if state is State.STALE:
        return {"state": "translated", "subState": f"{_SUB}stale"}
    return {"state": "final" if state is State.APPROVED else "translated", "subState": None}


def _held(parts: Iterable[Part]) -> dict[str, str]:
    """The data of all codes, with the id that each has in `originalData`."""
    held: dict[str, str] = {}
    for part in parts:
        if isinstance(part, Code):
            held.setdefault(part.data, f"d{len(held) + 1}")
    return held


def _inline(parts: Sequence[Part], held: Mapping[str, str]) -> str:
    """Texts and codes as content of a source or target; pairs are nested by the law of `split_codes`."""
    closes = {part.number: part for part in parts if isinstance(part, Code) and part.form is Form.CLOSE}
    shown = []
    for part in parts:
        if isinstance(part, str):
            shown.append(escape(part))
        elif part.form is Form.CLOSE:
            shown.append("</pc>")
        elif part.form is Form.OPEN:
            close = closes[part.number]
            kind = _kind(part)
            pair = {"dataRefStart": held[part.data], "dataRefEnd": held[close.data]}
            show = {"dispStart": part.data, "dispEnd": close.data}
            shown.append(f"<pc{attributes({'id': str(part.number), **pair, **kind, **show})}>")
        else:
            values = {"id": str(part.number), "dataRef": held[part.data], **_kind(part)}
            shown.append(element("ph", {**values, "equiv": part.shown, "disp": part.data}))
    return "".join(shown)


def _kind(code: Code) -> dict[str, str | None]:
    return {"type": _TYPES.get(code.kind, "other"), "subType": f"{_SUB}{code.kind}"}


# Reading -------------------------------------------------------------------------------------------------------------


def parse(data: bytes, path: str) -> ReturnedFile:
    """The units of an XLIFF 2 file. Raises DataError for what is not XML."""
    root = parse_xml(data, path)
    found: list[Returned] = []
    for file in root.all("file"):
        _read_group(file, file.get("original"), found)
    units = tuple(found) if has_notes(root) else without_comments(found)
    return ReturnedFile(path, "xliff21", root.get("trgLang"), units)


def _read_group(group: Node, catalog: str, found: list[Returned]) -> None:
    """The units of a file or group, groups in groups too."""
    for node in group.elements:
        if node.name == "unit":
            found.append(_read_unit(node, catalog))
        elif node.name == "group" and node.get("type") == f"{_SUB}plural":
            forms = [_read_unit(item, catalog) for item in node.all("unit")]
            unit = whole(node.get("id"), _stamp(node), node.line, forms)
            if unit is not None:
                found.append(unit)
        elif node.name == "group":
            _read_group(node, catalog, found)


def _read_unit(node: Node, catalog: str) -> Returned:
    original = node.first("originalData")
    held = {item.get("id"): _literal(item) for item in original.all("data")} if original is not None else {}
    source: list[Piece] = []
    targets: list[tuple[int, list[Piece]]] = []
    states: list[State | None] = []
    missing = 0
    parts = [item for item in node.elements if item.name in {"segment", "ignorable"}]
    for place, part in enumerate(parts, start=1):
        here, there = part.first("source"), part.first("target")
        pieces = _pieces(here, held) if here is not None else []
        source += pieces
        if there is not None:
            order = there.get("order")
            chosen = int(order) if re.fullmatch("[0-9]{1,6}", order) else place
            targets.append((chosen, _pieces(there, held)))
        elif part.name == "segment":
            missing += 1
        else:  # space between segments, which is the same in every language unless the file says otherwise
            targets.append((place, pieces))
        if part.name == "segment":
            states.append(read_state(part, there))
    text = as_written(source)
    segments = len(states)
    targets.sort(key=lambda item: item[0])
    translated = [piece for _, pieces in targets for piece in pieces] if missing < segments else []
    back, fault = restored(translated, text)
    notes = node.first("notes")
    lines = [(item.get("category"), unmark(item.text)) for item in notes.all("note")] if notes is not None else []
    return Returned(
        catalog,
        node.get("id"),
        text,
        back,
        node.line,
        state=least(states) if back else State.UNTRANSLATED,
        stamp=_stamp(node),
        comments=comments_of(line for category, line in lines if category not in _OURS),
        fault=fault or ("is translated in some of its segments only" if 0 < missing < segments else ""),
    )


_OURS: Final = frozenset({"location", "developer", "previous-source"})
"""Categories of notes that are not the translator's."""


def _stamp(node: Node) -> str:
    for metadata in node.elements:
        if metadata.tag == f"{{{METADATA}}}metadata":
            for group in metadata.all("metaGroup"):
                for meta in group.all("meta"):
                    if group.get("category") == "knooppunt" and meta.get("type") == "stamp":
                        return meta.text
    return ""


def read_state(segment: Node, target: Node | None) -> State | None:
    """What the file says of a translation."""
    if target is None or not (target.text or target.elements):
        return State.UNTRANSLATED
    return _SUBSTATES.get(segment.get("subState")) or _STATES.get(segment.get("state", "initial"))


def _literal(node: Node) -> str:
    """Text with code points (`cp`) as characters."""
    parts = [unmark(child) if isinstance(child, str) else _code_point(child) for child in node.children]
    return "".join(parts)


def _code_point(node: Node) -> str:
    """The character of a `cp`; nothing for what is none."""
    value = node.get("hex")
    try:
        return chr(int(value, 16)) if node.name == "cp" else ""
    except (ValueError, OverflowError):
        return ""


def _pieces(node: Node, held: Mapping[str, str]) -> list[Piece]:
    """The content of a source or target: texts and tags in order."""
    pieces: list[Piece] = []
    for child in node.children:
        if isinstance(child, str):
            pieces.append(unmark(child))
        elif child.name == "cp":
            pieces.append(_code_point(child))
        elif child.name == "pc":
            opening = _tag(child, Form.OPEN, held.get(child.get("dataRefStart")))
            closing = _tag(child, Form.CLOSE, held.get(child.get("dataRefEnd")))
            pieces += [opening, *_pieces(child, held), closing]
        elif child.name in {"ph", "sc", "ec"}:
            form = {"sc": Form.OPEN, "ec": Form.CLOSE}.get(child.name, Form.ALONE)
            pieces.append(_tag(child, form, held.get(child.get("dataRef"))))
        elif child.name == "mrk":
            pieces += _pieces(child, held)
    return pieces


def _tag(node: Node, form: Form, data: str | None) -> Tag:
    number = node.get("copyOf") or node.get("startRef") or node.get("id")
    return Tag(f'<{node.name} id="{node.get("id")}">', number, form, data)
