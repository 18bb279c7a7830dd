"""Changes to a PO file that leave every other byte alone.

Law 4: parsed and written with no changes a file is byte-equal, and an edit changes only its entry. Within an entry,
the fields that stay the same keep their bytes too: wrapping, comments, lines that Knooppunt does not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.catalogs.render import field_names, field_value, render_entry, render_field, retire, revive

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from knooppunt.catalogs.catalog import Catalog, Key
    from knooppunt.model import Entry

_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[([0-9]+)\])?")
_MARKS = {".": "extracted", ":": "references", ",": "flags", "|": "previous", "=": "kept", "@": "kept"}


def edit_po(
    catalog: Catalog,
    changes: Mapping[Key, Entry | None],
    additions: Iterable[tuple[Key | None, Entry]] = (),
) -> str:
    """The text of a catalog with some entries changed, removed (None) or added.

    Keys are those of the catalog, obsolete entries included; a new Entry may have another key than the one that it
    replaces. Each addition comes after the entry whose key is given, or after the header where that is None, in the
    order given. Raises KeyError for a key that the catalog does not have. That no two entries share a key afterwards
    is up to the caller; parse_po refuses such a file.

    >>> from dataclasses import replace
    >>> from knooppunt.catalogs import parse_po
    >>> catalog = parse_po('# Ask Ada.\\nmsgid "Stop"\\nmsgstr ""\\n', "a.po")
    >>> entry = catalog.by_key[None, "Stop"]
    >>> print(edit_po(catalog, {entry.key: replace(entry, msgstr="Stoppen")}), end="")
    # Ask Ada.
    msgid "Stop"
    msgstr "Stoppen"
    """
    newline = catalog.newline
    added: dict[Key | None, list[str]] = {}
    for after, entry in additions:
        added.setdefault(after, []).append(render_entry(entry, newline))
    edits: list[tuple[int, int, str]] = []
    for key in [*changes, *(key for key in added if key is not None and key not in changes)]:
        old = catalog.by_key[key]
        new = changes.get(key, old)
        raw = catalog.text[old.origin.start : old.origin.end]
        parts = added.get(key, [])
        if new is None and not parts:
            edits.append((*_whole(catalog.text, old.origin.start, old.origin.end), ""))
        else:
            kept = [] if new is None else [raw if new is old else rewrite_entry(raw, old, new, newline)]
            edits.append((old.origin.start, old.origin.end, (newline * 2).join(kept + parts)))
    if None in added:
        edits.append(_first(catalog, added[None], newline))
    return _apply(catalog.text, sorted(edits))


def rewrite_entry(raw: str, old: Entry, new: Entry, newline: str) -> str:
    """The text of an entry, `raw` being that of `old`, with the fields in which `new` differs written anew."""
    lines = [line.removesuffix("\r") for line in raw.split("\n")]
    if old.obsolete:
        lines = [revive(line.lstrip(" \t\f\v")) for line in lines]
    parts = _parts(lines)
    names = field_names(new)
    gone = {name for name, _ in parts if name not in names and name not in {"blank", "kept"}}
    changed = {name for name in names if field_value(old, name) != field_value(new, name)}
    result: list[tuple[str, list[str]]] = []
    written: set[str] = set()
    for name, content in parts:
        if name in changed and name not in written:
            written.add(name)
            result.append((name, render_field(new, name)))
        elif name not in changed and name not in gone:
            result.append((name, content))
    for name in names:
        if name in changed and name not in written:
            place = _place(name, [item for item, _ in result], names)
            result.insert(place, (name, render_field(new, name)))
    flat = [line for _, content in result for line in content]
    return newline.join(retire(line) for line in flat) if new.obsolete else newline.join(flat)


def _parts(lines: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Lines of an entry in use, each run of lines with the name of the field that it belongs to."""
    parts: list[tuple[str, list[str]]] = []
    field = "comments"
    for line in lines:
        content = line.strip()
        keyword = _KEYWORD.match(content)
        if not content:
            name = "blank"
        elif content.startswith("#"):
            name = _MARKS.get(content[1:2], "comments")
        elif keyword is not None:
            name = field = keyword[1] if keyword[2] is None else f"{keyword[1]}[{int(keyword[2])}]"
        else:
            name = field
        if parts and parts[-1][0] == name:
            parts[-1][1].append(line)
        else:
            parts.append((name, [line]))
    return parts


def _place(name: str, present: Sequence[str], names: Sequence[str]) -> int:
    """Where a field that was not there belongs: before the first that comes later in the order of fields."""
    later = set(names[names.index(name) + 1 :])
    return next((index for index, item in enumerate(present) if item in later), len(present))


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of an entry to remove, with its newline and the blank lines after it."""
    after = re.compile(r"(?:[ \t]*\r?\n)+").match(text, end)
    return start, after.end() if after else end


def _apply(text: str, edits: Sequence[tuple[int, int, str]]) -> str:
    """The text with edits, sorted by place, made in it; none of them overlap."""
    parts: list[str] = []
    place = 0
    for start, end, replacement in edits:
        parts += [text[place:start], replacement]
        place = end
    rest = text[place:]
    result = "".join(parts)
    if edits and not rest and not edits[-1][2]:  # the last entry is gone: so are the blank lines before it
        result = re.sub(r"(\r?\n)(?:[ \t]*\r?\n)+\Z", r"\1", result)
    return result + rest


def _first(catalog: Catalog, parts: Sequence[str], newline: str) -> tuple[int, int, str]:
    """The edit that adds entries before all others."""
    blank = newline * 2
    if catalog.header_entry is not None:
        end = catalog.header_entry.origin.end
        return end, end, blank + blank.join(parts)
    rest = bool(catalog.text.strip())
    return 0, 0, blank.join(parts) + (blank if rest else newline)
