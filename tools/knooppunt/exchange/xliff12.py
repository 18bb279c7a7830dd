"""XLIFF 1.2, which most translation tools read: <https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html>.

A catalog is a `file`, an entry a `trans-unit`, an entry with plurals a `group` with one `trans-unit` per form. Codes of
Markdown are inline elements that hold them (`ph`, `bpt` and `ept`), so a translator can move them but not break them.
The id and the attribute `extradata`, which holds the stamp, are part of the standard, and tools keep them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.catalogs import is_suggestion
from knooppunt.exchange.codes import Form, split_codes, split_target
from knooppunt.exchange.tags import Tag, as_written, restored
from knooppunt.exchange.units import Returned, ReturnedFile
from knooppunt.exchange.xliff import by_catalog, comments_of, has_notes, whole, without_comments
from knooppunt.exchange.xmltext import attributes, element, escape, parse_xml, unmark
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.exchange.codes import Part
    from knooppunt.exchange.tags import Piece
    from knooppunt.exchange.units import Outgoing, Unit
    from knooppunt.exchange.xmltext import Node

NAMESPACE: Final = "urn:oasis:names:tc:xliff:document:1.2"

TITLE: Final = "XLIFF 1.2"
ENDING: Final = ".xlf"
ROOTS: Final = ((NAMESPACE, "xliff"), ("", "xliff"), ("urn:oasis:names:tc:xliff:document:1.1", "xliff"))

COPY: Final = "x-source-copy"
"""`state-qualifier` of a target that is only a copy of its source, for tools that show nothing else."""
_MACHINE: Final = frozenset({"leveraged-mt", "mt-suggestion"})
_SUGGESTED: Final = frozenset({"tm-suggestion", "leveraged-tm", "fuzzy-match", "leveraged-repository"})
_CTYPES: Final = {"link": "link", "label": "link"}
"""Kinds that XLIFF has a word for; all others begin with `x-`."""
_TRANSPARENT: Final = frozenset({"mrk", "sub"})


def render(outgoing: Outgoing) -> str:
    """The units as an XLIFF document, valid against the strict schema, without dates."""
    return _render(outgoing, copies=False)


def render_omegat(outgoing: Outgoing) -> str:
    """The same with a copy of its source as each target, for OmegaT shows targets only.

    A copy that comes back untouched is no translation; translations go along as a memory, see `omegat.render_memory`.
    """
    return _render(outgoing, copies=True)


def _render(outgoing: Outgoing, *, copies: bool) -> str:
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<xliff xmlns="{NAMESPACE}" version="1.2">']
    for name, units in by_catalog(outgoing.units):
        head = {
            "original": name,
            "source-language": outgoing.source_locale,
            "target-language": outgoing.locale,
            "datatype": "x-markdown",
            "tool-id": "knooppunt",
        }
        lines.append(f"  <file{attributes(head)}>")
        lines.append('    <header><tool tool-id="knooppunt" tool-name="Knooppunt"/></header>')
        lines.append("    <body>")
        for unit in units:
            lines += _unit(unit, copies=copies)
        lines += ["    </body>", "  </file>"]
    if not outgoing.units:  # the standard asks for one file at least
        head = {"original": "", "source-language": outgoing.source_locale, "datatype": "x-markdown"}
        lines.append(f"  <file{attributes({**head, 'target-language': outgoing.locale})}><body/></file>")
    return "\n".join([*lines, "</xliff>", ""])


def _unit(unit: Unit, *, copies: bool) -> Iterator[str]:
    entry = unit.entry
    if entry.msgid_plural is None:
        head = {"id": unit.id, "resname": entry.context, "extradata": unit.stamp}
        yield from _trans_unit(unit, head, entry.msgid, entry.msgstr, first=True, copies=copies)
        return
    head = {"id": unit.id, "restype": "x-gettext-plurals", "resname": entry.context, "extradata": unit.stamp}
    yield f"      <group{attributes(head)}>"
    for form, text in enumerate(unit.targets):
        source = entry.msgid_plural if form else entry.msgid
        yield from _trans_unit(unit, {"id": f"{unit.id}-{form}"}, source, text, first=not form, copies=copies)
    yield "      </group>"


def _trans_unit(
    unit: Unit, head: dict[str, str | None], source: str, target: str, *, first: bool, copies: bool
) -> Iterator[str]:
    entry = unit.entry
    own = {
        "approved": "yes" if unit.state is State.APPROVED else "no",
        "translate": "no" if entry.obsolete else None,
        "xml:space": "preserve",
    }
    yield f"      <trans-unit{attributes({**head, **own})}>"
    parts = split_codes(source)
    yield f"        <source>{_inline(parts)}</source>"
    if copies and not entry.obsolete:
        marks = {"state": "needs-translation", "state-qualifier": COPY}
        yield f"        <target{attributes(marks)}>{_inline(parts)}</target>"
    elif target:
        yield f"        <target{attributes(_state(unit))}>{_inline(split_target(target, parts))}</target>"
    if first:
        yield from _context(unit)
        if entry.previous_msgid is not None:
            old = f"<source>{_inline(split_codes(entry.previous_msgid))}</source>"
            kept = f"<target>{_inline(split_codes(entry.msgstr))}</target>"
            yield f'        <alt-trans alttranstype="previous-version" origin="previous">{old}{kept}</alt-trans>'
    yield "      </trans-unit>"


def _context(unit: Unit) -> Iterator[str]:
    if unit.entry.references:
        places = "".join(element("context", {"context-type": "sourcefile"}, path) for path in unit.entry.references)
        yield f'        <context-group purpose="location">{places}</context-group>'
    for line in unit.entry.extracted:
        yield f"        {element('note', {'from': 'developer', 'annotates': 'source'}, line)}"
    for line in unit.entry.comments:
        yield f"        {element('note', {'from': 'translator', 'annotates': 'target'}, line)}"


def _state(unit: Unit) -> dict[str, str | None]:
    state = unit.state
    if is_suggestion(unit.entry):
        return {"state": "needs-translation", "state-qualifier": "tm-suggestion"}
    if state is State.MACHINE:
        return {"state": "needs-review-translation", "state-qualifier": "leveraged-mt"}
    if state is State.STALE:
        return {"state": "needs-translation"}
    if state is State.UNTRANSLATED:  # a plural with an empty form
        return {"state": "new"}
    return {"state": "final" if state is State.APPROVED else "translated"}


def _inline(parts: Sequence[Part]) -> str:
    """Texts and codes as content of a source or target."""
    shown = []
    for part in parts:
        if isinstance(part, str):
            shown.append(escape(part))
            continue
        name = {Form.ALONE: "ph", Form.OPEN: "bpt", Form.CLOSE: "ept"}[part.form]
        values: dict[str, str | None] = {"id": str(part.number)}
        if part.form is Form.OPEN:
            values["ctype"] = _CTYPES.get(part.kind, f"x-{part.kind}")
        elif part.form is Form.ALONE:
            values["ctype"] = f"x-{part.kind}"
            values["equiv-text"] = part.shown or None
        shown.append(element(name, values, part.data))
    return "".join(shown)


# Reading -------------------------------------------------------------------------------------------------------------


def parse(data: bytes, path: str) -> ReturnedFile:
    """The units of an XLIFF 1.1 or 1.2 file. Raises DataError for what is not XML."""
    root = parse_xml(data, path)
    found: list[Returned] = []
    locale = ""
    for file in root.all("file"):
        locale = locale or file.get("target-language")
        body = file.first("body")
        if body is not None:
            _read_group(body, file.get("original"), found)
    return ReturnedFile(path, "xliff12", locale, tuple(found) if has_notes(root) else without_comments(found))


def _read_group(group: Node, catalog: str, found: list[Returned]) -> None:
    """The units of a body or group, groups in groups too."""
    for node in group.elements:
        if node.name == "trans-unit":
            unit = _read_unit(node, catalog)
        elif node.name == "group" and node.get("restype") == "x-gettext-plurals":
            forms = [_read_unit(item, catalog) for item in node.all("trans-unit")]
            unit = whole(node.get("id"), node.get("extradata"), node.line, forms)
        else:
            unit = None
            if node.name == "group":
                _read_group(node, catalog, found)
        if unit is not None:
            found.append(unit)


def _read_unit(node: Node, catalog: str) -> Returned | None:
    """A unit; None for one whose target is the copy of its source that went out with it."""
    source = node.first("source")
    target = node.first("target")
    text = as_written(_pieces(source)) if source is not None else ""
    pieces = _pieces(target) if target is not None else []
    back, fault = restored(pieces, text)
    qualifier = target.get("state-qualifier") if target is not None else ""
    state = read_state(node, target, back)
    if qualifier == COPY:
        if back == text:
            return None
        state = State.TRANSLATED
    notes = [(item.get("from"), unmark(item.text)) for item in node.all("note")]
    return Returned(
        catalog,
        node.get("id"),
        text,
        back,
        node.line,
        state=state,
        stamp=node.get("extradata"),
        comments=comments_of(note for sender, note in notes if sender != "developer"),
        fault=fault,
    )


def read_state(unit: Node, target: Node | None, text: str) -> State | None:
    """What the file says of a translation; None where it says nothing."""
    if target is None or not text:
        return State.UNTRANSLATED
    value = target.get("state")
    qualifier = target.get("state-qualifier")
    if unit.get("approved") == "yes" or value in {"final", "signed-off"}:
        return State.APPROVED
    if value == "translated":
        return State.TRANSLATED
    if value == "new" or qualifier in _SUGGESTED:
        return State.UNTRANSLATED
    if qualifier in _MACHINE:
        return State.MACHINE
    return State.STALE if value.startswith("needs-") else None


def _pieces(node: Node) -> list[Piece]:
    """The content of a source or target: texts and tags in order."""
    pieces: list[Piece] = []
    for child in node.children:
        if isinstance(child, str):
            pieces.append(unmark(child))
        elif child.name in {"ph", "it", "bpt", "ept"}:
            form = {"bpt": Form.OPEN, "ept": Form.CLOSE}.get(child.name, Form.ALONE)
            pieces.append(_tag(child, form, unmark(child.text) or None))
        elif child.name in {"x", "bx", "ex"}:
            form = {"bx": Form.OPEN, "ex": Form.CLOSE}.get(child.name, Form.ALONE)
            pieces.append(_tag(child, form, None))
        elif child.name == "g":
            pieces += [_tag(child, Form.OPEN, None), *_pieces(child), _tag(child, Form.CLOSE, None)]
        elif child.name in _TRANSPARENT:
            pieces += _pieces(child)
    return pieces


def _tag(node: Node, form: Form, data: str | None) -> Tag:
    return Tag(f'<{node.name} id="{node.get("id")}">', node.get("id"), form, data)
