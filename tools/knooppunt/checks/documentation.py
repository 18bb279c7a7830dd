"""Reading the documentation of a check: the docstring of its module.

The first paragraph says what the check finds. Sections follow, each with an indented body: `Why:`, `Bad:`, `Good:`,
`Fix:` and `Leave alone:`. Examples are apart by blank lines, the first bad one heals to the first good one, and so on;
an item of `Leave alone:` begins with `- ` and has a `reason:`.

Fields of an example: `source`, `target`, `locale`, `register`, `kind`, `context`, `state`, `ignore`, or `page`. A value
that is `|`, or that of `page`, is the deeper indented text below. A repeated `source` begins the next entry of the
catalog.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

SECTIONS: Final = ("Why", "Bad", "Good", "Fix", "Leave alone")
FIELDS: Final = (
    *("source", "target", "locale", "kind", "context", "state", "forms", "nplurals", "ignore", "page"),
    *("register", "reason", "suggestions"),
)

_SECTION = re.compile(rf"^({'|'.join(SECTIONS)}):[ \t]*$")
_FIELD = re.compile(r"(?P<key>[a-z]+):(?:[ ](?P<value>.*))?$")


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a check."""

    text: str
    """As it is shown to readers."""
    entries: tuple[dict[str, str], ...]
    """The fields of each entry; those of a page are one entry."""
    reason: str = ""
    """Why it is left alone."""
    suggestions: bool = False
    """Whether suggestions, which no fix applies, may be shown for it all the same."""

    @property
    def locale(self) -> str:
        """Locale of the example, Dutch where it does not say."""
        return next((entry["locale"] for entry in self.entries if "locale" in entry), "nl")

    @property
    def register(self) -> str:
        """How the locale of the example addresses readers, `neutral` where it does not say."""
        return next((entry["register"] for entry in self.entries if "register" in entry), "neutral")


@dataclass(frozen=True, slots=True)
class Documentation:
    """The parts of a check's documentation."""

    what: str
    why: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    fix: str
    leave_alone: tuple[Example, ...]


def parse_documentation(text: str) -> Documentation:
    """Read the docstring of a check. Raises ValueError where a section is missing, unknown or has nothing in it."""
    bodies = sections(text.expandtabs(), _SECTION, SECTIONS)
    return Documentation(
        what=bodies[""].strip(),
        why=bodies["Why"],
        bad=_examples(bodies["Bad"]),
        good=_examples(bodies["Good"]),
        fix=bodies["Fix"],
        leave_alone=_items(bodies["Leave alone"]),
    )


def sections(text: str, heading: re.Pattern[str], names: Iterable[str]) -> dict[str, str]:
    """The body of each section of a docstring by its name, `` for what stands before the first.

    Group 1 of `heading` is the name of a section that a line begins. Raises ValueError where one of `names` is missing,
    there twice, or has nothing in it.
    """
    found: dict[str, list[str]] = {"": []}
    section = ""
    for line in text.strip("\n").splitlines():
        begun = heading.match(line)
        if begun:
            section = begun[1]
            if section in found:
                raise ValueError(f"section '{section}' is there twice")
            found[section] = []
        else:
            found[section].append(line)
    bodies = {name: dedent("\n".join(body)).strip("\n") for name, body in found.items()}
    for name in ("", *names):
        if not bodies.get(name, "").strip():
            raise ValueError(f"section '{name}' is missing or empty" if name else "it does not say what it finds")
    return bodies


def _examples(body: str) -> tuple[Example, ...]:
    groups: list[list[str]] = [[]]
    for line in body.splitlines():
        if line and not line.startswith(" ") and groups[-1] and not groups[-1][-1]:
            groups.append([])
        groups[-1].append(line)
    return tuple(_example("\n".join(group).strip("\n")) for group in groups)


def _items(body: str) -> tuple[Example, ...]:
    groups: list[list[str]] = []
    for line in body.splitlines():
        if line.startswith("- "):
            groups.append([])
        elif not groups:
            raise ValueError(f"'{line}' does not begin with '- '")
        groups[-1].append(line[2:])
    return tuple(_example("\n".join(group).strip("\n")) for group in groups)


def _example(text: str) -> Example:
    entries: list[dict[str, str]] = [{}]
    shown: list[str] = []
    key = ""
    blocks: dict[tuple[int, str], list[str]] = {}
    for line in text.splitlines():
        field = None if line.startswith(" ") else _FIELD.match(line)
        if field is None:
            if line.strip() and (len(entries) - 1, key) not in blocks:
                raise ValueError(f"'{line}' is not a field of an example")
            if key:
                blocks.setdefault((len(entries) - 1, key), []).append(line)
            shown.append(line)
            continue
        key, value = field["key"], (field["value"] or "").strip()
        if key not in FIELDS:
            raise ValueError(f"'{key}' is not a field of an example")
        if key in entries[-1] and key in {"source", "ignore"}:
            entries.append({})
        if value == "|" or key == "page":
            blocks[(len(entries) - 1, key)] = []
        entries[-1][key] = value[1:-1] if len(value) > 1 and value[0] == value[-1] == '"' else value
        if key not in {"reason", "suggestions"}:
            shown.append(line)
    for (number, name), lines in blocks.items():
        entries[number][name] = dedent("\n".join(lines)).strip("\n")
    reason = entries[-1].pop("reason", "")
    suggestions = entries[-1].pop("suggestions", "") == "true"
    return Example("\n".join(shown).strip("\n"), tuple(entries), reason, suggestions)
