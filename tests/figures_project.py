"""A small project with the traces of a review in it: drafts of a machine, what people made of them, and a ledger.

All of it is written for the tests; nothing in it is random, so that each figure can be worked out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from knooppunt.catalogs import entry_hash, machine_comment, render_decision, render_entry
from knooppunt.model import Entry
from knooppunt.reviewing.model import entry_id

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
PEOPLE = ("Mara Vos <mara@docs.example>", "Jan Smit <jan@docs.example>")
ARTICLES = {"ferries": "Ferries", "locks": "Locks and bridges", "timetable": "The timetable"}
TEXTS = (
    ("The {name} pod carries cars.", "De peul van {name} brengt auto's mee.", "De pod van {name} brengt auto's mee."),
    ("A pod of {name} waits.", "Een peul van {name} wacht even.", "Een pod van {name} wacht even."),
    (
        "Buy a ticket for {name}.",
        "Koop een kaartje voor {name} als u wilt.",
        "Koop een kaartje voor {name} als je wilt.",
    ),
    ("In winter {name} leaves late.", "In de winter is {name} laat.", "In de winter is {name} laat."),
    ("Leave no luggage at {name}.", "Laat geen bagage bij {name}.", "Laat geen bagage bij {name}."),
    ("Call {name} if you are late.", "Bel {name} als u te laat bent.", ""),
)
"""Source, draft, and what a person made of it; nothing where nobody has looked at it."""


def write_figures_project(root: Path) -> Path:
    """The project: three articles, 36 texts each, edited and approved by two people on several days."""
    (root / "docs").mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Ferry docs\ntheme: material\n", "utf-8")
    (root / "knooppunt.yml").write_text("docs: docs\n", "utf-8")
    locale = root / "locales" / "nl"
    (locale / "LC_MESSAGES").mkdir(parents=True)
    (locale / "locale.yml").write_text("name: Nederlands\npublish: machine\n", "utf-8")
    ledger: list[str] = []
    for number, (name, title) in enumerate(ARTICLES.items()):
        entries = [_entry(text, f"{title} {place}") for place in range(6) for text in TEXTS]
        lines = [f"# {title}\n", *(f"{entry.msgid}\n" for entry in entries)]
        (root / "docs" / f"{name}.md").write_text("\n".join(lines), "utf-8")
        catalog = HEADER + "\n".join(f"{render_entry(entry)}\n" for entry in (Entry(title, ""), *entries))
        (locale / "LC_MESSAGES" / f"{name}.po").write_text(catalog, "utf-8")
        for place, entry in enumerate(entries):
            ledger += _lines(name, entry, place + 36 * number)
    (locale / "reviews.jsonl").write_text("".join(ledger), "utf-8")
    return root


def _entry(text: tuple[str, str, str], name: str) -> Entry:
    source, draft, final = (part.format(name=name) for part in text)
    flags = () if final else ("fuzzy",)
    return Entry(source, final or draft, flags=flags, comments=(machine_comment("engine", draft),))


def _lines(catalog: str, entry: Entry, place: int) -> list[str]:
    """What the ledger says of the text at a place among all: who saved it when, with which errors of the draft."""
    if entry.fuzzy:
        return []
    at = f"2026-10-{5 + place // 9:02d}T09:{place % 60:02d}:00Z"
    draft = entry.comments[0].removeprefix("mt: engine: ")
    edited = draft != entry.msgstr
    facts = {
        "catalog": catalog,
        "entry": entry_id(entry.context, entry.msgid),
        "words": len(entry.msgid.split()),
        "engine": "engine",
        "seconds": 15.0 + place % 7 * 6,
    }
    errors = [{"category": "terminology", "severity": "major"}] if "peul" in draft and place % 4 == 0 else []
    errors += [{"category": "style", "severity": "minor"}] if edited and place % 5 == 0 else []
    first = {**facts, "mqm": errors} if errors else facts
    verdict = {key: value for key, value in facts.items() if key != "seconds"}
    return [
        _line(entry, "edit" if edited else "accept", PEOPLE[place % 3 == 1], at, first),
        *([_line(entry, "approve", PEOPLE[place % 2], at, verdict)] if place % 3 else []),
    ]


def _line(entry: Entry, action: str, by: str, at: str, extra: dict[str, object]) -> str:
    return render_decision(None, entry_hash(entry), action, by=by, at=at, extra=json.loads(json.dumps(extra)))
