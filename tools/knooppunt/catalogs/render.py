"""Entries to PO text, wrapped as GNU gettext wraps, so that other tools change little when they save the file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs.quoting import escape
from knooppunt.catalogs.wrapping import PAGE_WIDTH, columns, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.model import Entry

FIELDS: Final = ("comments", "extracted", "references", "flags", "kept", "previous", "msgctxt", "msgid", "msgid_plural")
"""Parts of an entry in the order of the file; `kept` are lines that we do not read; then come the forms of msgstr."""

_LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")


def render_entry(entry: Entry, newline: str = "\n") -> str:
    """An entry as PO text, from its comments to its last string, without a newline at the end.

    >>> from knooppunt.model import Entry
    >>> print(render_entry(Entry("Stop", "Stoppen", "menu:stop", comments=("Ask Ada.",))))
    # Ask Ada.
    msgctxt "menu:stop"
    msgid "Stop"
    msgstr "Stoppen"
    """
    lines = [line for name in _present(entry) for line in render_field(entry, name)]
    return newline.join(retire(line) for line in lines) if entry.obsolete else newline.join(lines)


def field_names(entry: Entry) -> tuple[str, ...]:
    """Names of the parts that an entry may have, in the order of the file."""
    if entry.msgid_plural is None:
        return (*FIELDS, "msgstr")
    return (*FIELDS, *(f"msgstr[{index}]" for index in range(len(entry.plurals) or 1)))


def _present(entry: Entry) -> Iterable[str]:
    """Names of the parts that an entry has, which of a new one are few."""
    for name in ("comments", "extracted", "references", "flags"):
        if getattr(entry, name):
            yield name
    if entry.previous_msgid is not None or entry.previous_context is not None:
        yield "previous"
    if entry.context is not None:
        yield "msgctxt"
    yield "msgid"
    if entry.msgid_plural is None:
        yield "msgstr"
    else:
        yield from field_names(entry)[FIELDS.index("msgid_plural") :]


def render_field(entry: Entry, name: str) -> list[str]:
    """Lines of one part of an entry, as of one that is in use; none where the entry lacks it."""
    if name == "comments":
        return _comment("#", entry.comments)
    if name == "extracted":
        return _comment("#.", entry.extracted)
    if name == "references":
        return render_references(entry.references)
    if name == "flags":
        return [f"#, {', '.join(entry.flags)}"] if entry.flags else []
    if name == "previous":
        return [
            *render_string("#| msgctxt", entry.previous_context, "#| "),
            *render_string("#| msgid", entry.previous_msgid, "#| "),
        ]
    return render_string(name, field_text(entry, name))


def field_value(entry: Entry, name: str) -> object:
    """What one part of an entry says; two entries for which this is equal have that part in common."""
    if name == "previous":
        return (entry.previous_context, entry.previous_msgid)
    if name == "flags":
        return entry.flags
    if name in {"comments", "extracted", "references"}:
        return getattr(entry, name)
    return field_text(entry, name)


def field_text(entry: Entry, name: str) -> str | None:
    """The text of msgctxt, msgid, msgid_plural, msgstr or msgstr[N]; None where the entry has no such part."""
    if name == "msgctxt":
        return entry.context
    if name == "msgid":
        return entry.msgid
    if name == "msgid_plural":
        return entry.msgid_plural
    if name == "msgstr":
        return entry.msgstr if entry.msgid_plural is None else None
    if name.startswith("msgstr[") and entry.msgid_plural is not None:
        index = int(name[7:-1])
        return entry.plurals[index] if index < len(entry.plurals) else entry.msgstr if index == 0 else None
    return None


def retire(line: str) -> str:
    """A line of an entry in use as that of an obsolete one: `msgid` becomes `#~ msgid`, `#|` becomes `#~|`."""
    if line.startswith("#|"):
        return f"#~{line[1:]}"
    return line if line.startswith("#") or not line.strip() else f"#~ {line}"


def revive(line: str) -> str:
    """The opposite of `retire`."""
    found = re.match(r"#~(?=\|)|#~[ \t]?", line)
    if found is None:
        return line
    return f"#{line[2:]}" if line.startswith("#~|") else line[found.end() :]


def _comment(mark: str, texts: Iterable[str]) -> list[str]:
    r"""Lines of comments; after a `\` at the end comes a space, for gettext joins the next line to it otherwise."""
    lines = (line.rstrip("\r") for text in texts for line in text.split("\n"))
    return [f"{mark} {line} " if line.endswith("\\") else f"{mark} {line}" if line else mark for line in lines]


def render_references(paths: Iterable[str]) -> list[str]:
    """The lines that name the files of an entry."""
    lines: list[str] = []
    for path in paths:
        shown = f" \u2068{path}\u2069" if re.search(r"\s", path) else f" {path}"
        if lines and columns(lines[-1] + shown) <= PAGE_WIDTH:
            lines[-1] += shown
        else:
            lines.append(f"#:{shown}")
    return lines


def render_string(keyword: str, text: str | None, prefix: str = "") -> list[str]:
    """A keyword and its text, on one line where it fits, else after an empty first string."""
    if text is None:
        return []
    pieces = _LINES.findall(text) if "\n" in text else [text]
    if len(pieces) <= 1:
        line = f'{keyword} "{escape(text)}"'
        if columns(line) <= PAGE_WIDTH:
            return [line]
    strings = [string for piece in pieces for string in wrap(escape(piece), PAGE_WIDTH - columns(prefix) - 2)]
    return [f'{keyword} ""', *(f'{prefix}"{string}"' for string in strings)]
