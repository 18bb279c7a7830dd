"""OmegaT: how it shows the inline codes of an XLIFF file, and memories that match what it shows.

OmegaT writes a code as `<b0>`, `</b0>` or `<b0/>`: the first letter of what the code holds (`f` where it has none) and
its place among the codes of the text, from 0. In its memories these are plain text, and the numbers are those of the
source, so codes that a translation has moved are told apart. Seen in OmegaT 3.6.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt import __version__
from knooppunt.exchange.codes import Code, Form, split_codes, split_target
from knooppunt.exchange.units import Returned, unit_id
from knooppunt.exchange.xmltext import attributes, element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knooppunt.catalogs import Catalog
    from knooppunt.exchange.codes import Part
    from knooppunt.exchange.units import Outgoing, ReturnedFile

TOOL: Final = "OmegaT"
"""`creationtool` of the memories that it writes."""
_TAG: Final = re.compile(r"<(/?)([^\W\d_])([0-9]{1,4})(/?)>")


def tagged(source: str, target: str | None = None) -> str | None:
    """A source text, or its translation, as OmegaT shows it; None for a translation with codes of its own."""
    parts = split_codes(source)
    known = {part.number for part in parts if isinstance(part, Code)}
    wanted = parts if target is None else split_target(target, parts)
    if any(isinstance(part, Code) and part.number not in known for part in wanted):
        return None
    letters = _letters(source)
    return "".join(part if isinstance(part, str) else _shown(part, letters) for part in wanted)


def untagged(source: str, text: str) -> str:
    """A text with OmegaT's tags as one with the codes of its source; what is no tag of the source stays."""
    letters = _letters(source)
    codes = {_shown(code, letters): code.data for code in _codes(source)}
    return _TAG.sub(lambda found: codes.get(found[0], found[0]), text)


def render_memory(outgoing: Outgoing) -> str:
    """The units as a TMX document for `tm/auto` of an OmegaT project whose source is our XLIFF; without dates.

    It is a memory only: a translation that OmegaT has used comes back in the XLIFF file.
    """
    header = {
        "creationtool": "knooppunt",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": outgoing.source_locale,
        "datatype": "plaintext",
    }
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<!DOCTYPE tmx SYSTEM "tmx14.dtd">', '<tmx version="1.4">']
    lines += [f"  <header{attributes(header)}/>", "  <body>"]
    seen: dict[str, str] = {}
    for source, target in _pairs(outgoing):
        shown, translated = tagged(source), tagged(source, target)
        if shown and translated and shown not in seen:
            seen[shown] = translated
    for shown, translated in seen.items():
        variants = ((outgoing.source_locale, shown), (outgoing.locale, translated))
        inner = "".join(
            f"<tuv{attributes({'xml:lang': code})}>{element('seg', {}, text)}</tuv>" for code, text in variants
        )
        lines.append(f"    <tu>{inner}</tu>")
    return "\n".join([*lines, "  </body>", "</tmx>", ""])


def _pairs(outgoing: Outgoing) -> Iterator[tuple[str, str]]:
    for unit in outgoing.units:
        for form, target in enumerate(unit.targets):
            source = unit.entry.msgid_plural if form else unit.entry.msgid
            if source and target:
                yield source, target


def identified(file: ReturnedFile, catalogs: Mapping[str, Catalog]) -> ReturnedFile:
    """A memory of OmegaT as units of the catalogs: each entry that has the source text of one of its units.

    OmegaT gives the same translation to every text that is the same, and so does this. What no catalog has is left
    out, since a memory holds texts of other days too. Entries with plurals are left out: memories know none.
    """
    found: dict[str, Returned] = {unit.source: unit for unit in file.units if not unit.id and unit.target}
    units = []
    for name, catalog in catalogs.items():
        for entry in catalog.active:
            if entry.msgid_plural is not None:
                continue
            unit = found.get(tagged(entry.msgid) or "") or found.get(entry.msgid)
            if unit is not None:
                target = untagged(entry.msgid, unit.target)
                units.append(Returned(name, unit_id(entry), entry.msgid, target, unit.line))
    return replace(file, units=tuple(units))


def _codes(text: str) -> Iterable[Code]:
    return (part for part in split_codes(text) if isinstance(part, Code))


def _letters(text: str) -> dict[int, str]:
    return {code.number: _letter(code) for code in _codes(text) if code.form is not Form.CLOSE}


def _letter(code: Code) -> str:
    return next((sign.lower() for sign in code.data if sign.isalpha()), "f")


def _shown(part: Part, letters: Mapping[int, str]) -> str:
    if isinstance(part, str):
        return part
    name = f"{letters[part.number]}{part.number - 1}"
    return {Form.OPEN: f"<{name}>", Form.CLOSE: f"</{name}>", Form.ALONE: f"<{name}/>"}[part.form]
