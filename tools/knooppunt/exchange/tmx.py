"""TMX 1.4b, the format of translation memories: <https://www.gala-global.org/tmx-14b>.

Each form of a text is a translation unit. Its properties `x-knooppunt:…` say which entry it is and all that TMX has
no word for; segments hold the text as it is, Markdown included, which is level 1 of the specification.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt import __version__
from knooppunt.errors import DataError
from knooppunt.exchange.languages import normal
from knooppunt.exchange.memories import NAMESPACE, PREFIX, parse_tmx
from knooppunt.exchange.omegat import render_memory
from knooppunt.exchange.units import Returned, ReturnedFile
from knooppunt.exchange.xmltext import attributes, element
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.exchange.memories import Memory, MemoryUnit, Variant
    from knooppunt.exchange.units import Outgoing, Unit

TITLE: Final = "TMX 1.4b"
ENDING: Final = ".tmx"
ROOTS: Final = (("", "tmx"), (NAMESPACE, "tmx"))
STATES: Final = (State.TRANSLATED, State.APPROVED)
"""A memory offers what is done; more is exported on request."""


def render(outgoing: Outgoing) -> str:
    """The units as a TMX document, without dates."""
    header = {
        "creationtool": "knooppunt",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": outgoing.source_locale,
        "datatype": "plaintext",
    }
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
        '<tmx version="1.4">',
        f"  <header{attributes(header)}>",
        f"    {_prop('locale', outgoing.locale)}",
        f"    {_prop('project', outgoing.project)}",
        "  </header>",
        "  <body>",
    ]
    for unit in outgoing.units:
        for form in range(len(unit.targets)):
            lines += _unit(unit, form, outgoing)
    return "\n".join([*lines, "  </body>", "</tmx>", ""])


def render_omegat(outgoing: Outgoing) -> str:
    """The units as a memory for a project of OmegaT, which cannot be imported again; see `render_memory`."""
    return render_memory(outgoing)


def _unit(unit: Unit, form: int, outgoing: Outgoing) -> Iterator[str]:
    entry = unit.entry
    plural = entry.msgid_plural
    yield f"    <tu{attributes({'tuid': f'{unit.catalog}#{unit.id}' + ('' if plural is None else f'[{form}]')})}>"
    if not form:
        for line in entry.extracted:
            yield f"      {element('note', {}, line)}"
    for name, value in _props(unit, form):
        yield f"      {_prop(name, value)}"
    source = entry.msgid if plural is None or not form else plural
    yield f"      {_variant(outgoing.source_locale, source)}"
    if unit.targets[form]:
        yield f"      {_variant(outgoing.locale, unit.targets[form])}"
    yield "    </tu>"


def _props(unit: Unit, form: int) -> Iterator[tuple[str, str]]:
    entry = unit.entry
    yield "catalog", unit.catalog
    yield "id", unit.id
    if entry.msgid_plural is not None:
        yield "form", str(form)
    if form:
        return
    yield "stamp", unit.stamp
    yield "state", unit.state.value
    if entry.context is not None:
        yield "context", entry.context
    if entry.msgid_plural is not None:
        yield "plural", entry.msgid_plural
    if entry.obsolete:
        yield "obsolete", "yes"
    if entry.previous_context is not None:
        yield "previous-context", entry.previous_context
    if entry.previous_msgid is not None:
        yield "previous", entry.previous_msgid
    if unit.before is not None and unit.after is not None:
        yield "before", unit.before
        yield "after", unit.after
    for name, values in (("flag", entry.flags), ("reference", entry.references), ("comment", entry.comments)):
        for value in values:
            yield name, value


def _prop(name: str, value: str) -> str:
    return element("prop", {"type": f"{PREFIX}{name}"}, value)


def _variant(locale: str, text: str) -> str:
    return f"<tuv{attributes({'xml:lang': locale})}>{element('seg', {}, text)}</tuv>"


def parse(data: bytes, path: str) -> ReturnedFile:
    """The units of a TMX file that Knooppunt has exported. Raises DataError.

    Units without an id of Knooppunt come back without one, and an import refuses them; `parse_tmx` reads any TMX file
    as a memory.
    """
    memory = parse_tmx(data, path)
    locale = memory.props.get(f"{PREFIX}locale", "") or _target_locale(memory)
    forms: dict[tuple[str, str], dict[int, tuple[MemoryUnit, str, str]]] = {}
    lone: list[tuple[MemoryUnit, str, str]] = []
    for unit in memory.units:
        source, target = _pair(unit, memory.source_locale, locale)
        item = (unit, source.text if source else "", target.text if target else "")
        identity = unit.props.get(f"{PREFIX}id", "")
        if not identity:
            lone.append(item)
            continue
        form = _form(unit, path)
        group = forms.setdefault((unit.props.get(f"{PREFIX}catalog", ""), identity), {})
        first = group.setdefault(form, item)
        if first is not item and first[2] != item[2]:
            message = f"the unit is in line {first[0].line} already, with another translation"
            raise DataError.single(path, unit.line, message, hint="remove one of the two")
    units = [_returned(catalog, identity, group) for (catalog, identity), group in forms.items()]
    units += [Returned("", "", source, target, unit.line) for unit, source, target in lone]
    return ReturnedFile(path, "tmx", locale, tuple(sorted(units, key=lambda item: item.line)), memory.tool)


def _returned(catalog: str, identity: str, group: dict[int, tuple[MemoryUnit, str, str]]) -> Returned:
    ordered = [group[form] for form in sorted(group)]
    unit, source, target = ordered[0]
    stamp = unit.props.get(f"{PREFIX}stamp", "")
    state = unit.props.get(f"{PREFIX}state", "")
    plural = f"{PREFIX}form" in unit.props
    return Returned(
        catalog,
        identity,
        source,
        target,
        unit.line,
        tuple(item[2] for item in ordered) if plural else (),
        State(state) if state in list(State) else None,
        stamp,
        tuple(value for name, value in unit.properties if name == f"{PREFIX}comment") if stamp else None,
        context=unit.props.get(f"{PREFIX}context"),
        plural=unit.props.get(f"{PREFIX}plural"),
    )


def _form(unit: MemoryUnit, path: str) -> int:
    text = unit.props.get(f"{PREFIX}form", "0")
    if not text.isascii() or not text.isdigit() or len(text) > 2:
        raise DataError.single(path, unit.line, f"'{text}' is not the number of a plural form")
    return int(text)


def _pair(unit: MemoryUnit, source_locale: str, locale: str) -> tuple[Variant | None, Variant | None]:
    source = unit.variant(source_locale) or next(iter(unit.variants), None)
    return source, unit.variant(locale, without=source)


def _target_locale(memory: Memory) -> str:
    """The first language of the file that is not the source's."""
    source = normal(memory.source_locale)
    tags = (variant.locale for unit in memory.units for variant in unit.variants)
    return next((tag for tag in tags if normal(tag) != source), "")
