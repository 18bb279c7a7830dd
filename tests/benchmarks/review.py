"""The review page with a catalog of 10,000 messages: opening, a segment, checks as one types, saving, all checks.

`rows()` gives everything as (what, figure, unit), `gates(rows)` the promises as (name, limit, figure, least). On its
own: `PYTHONPATH=tests python -m benchmarks.review`. The texts are made up of words at random, with code and links,
always the same; one in three is a machine's draft. Time is CPU time of this process; answers are made as for the page,
with JSON and the guard in front, without a socket.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knooppunt.catalogs import machine_comment, new_catalog, parse_po, render_entry
from knooppunt.checks import load
from knooppunt.model import Entry
from review_client import Client

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

MESSAGES = 10_000
ARTICLE = "guide"
TURNS = 60
"""Segments that are looked at, typed in and saved."""
SOURCE = " ".join(
    [
        "the pod node cluster subnet waits starts needs has a new address for each container before it can",
        "be reached from every region when you create or delete its volume with one command and then label limits",
    ]
).split(" ")
TARGET = " ".join(
    [
        "de pod het knooppunt cluster subnet wacht start heeft een nieuw adres voor elke container nodig voordat die",
        "vanuit iedere regio bereikbaar is als je het volume met een opdracht maakt of wist en daarna label limieten",
    ]
).split(" ")

Row = tuple[str, float, str]


def project(root: Path, messages: int = MESSAGES) -> Path:
    """A project with one article of so many messages, and their catalog in Dutch."""
    chance = random.Random(7)  # noqa: S311 # always the same texts
    docs, folder = root / "docs", root / "locales" / "nl" / "LC_MESSAGES"
    docs.mkdir(parents=True)
    folder.mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: Many\nmarkdown_extensions: [admonition, tables]\n", "utf-8")
    (root / "locales" / "nl" / "locale.yml").write_text("name: Nederlands\nregister: informal\n", "utf-8")
    terms = "node: {source: node, use: knooppunt, plural: knooppunten, never: [knoop]}\n"
    (root / "locales" / "nl" / "terms.yml").write_text(terms, "utf-8")
    entries = [_entry(chance, number) for number in range(messages)]
    (docs / f"{ARTICLE}.md").write_text("# Guide\n\n" + "\n\n".join(entry.msgid for entry in entries) + "\n", "utf-8")
    head = new_catalog("nl")
    text = head.rstrip("\n") + "\n\n" + "\n\n".join(render_entry(entry, "\n") for entry in entries) + "\n"
    assert len(parse_po(text, "guide.po").entries) == messages
    (folder / f"{ARTICLE}.po").write_text(text, "utf-8")
    return root


def _entry(chance: random.Random, number: int) -> Entry:
    length = chance.choice((4, 8, 12, 14, 18, 25, 40, 60))
    extra = chance.choice(("", "", f" `kubectl get {number}`", f" [guide](https://example.org/{number})"))
    source, target = (
        f"{' '.join(chance.choices(words, k=length)).capitalize()} {number}{extra}." for words in (SOURCE, TARGET)
    )
    draft = number % 3 == 0
    comments = (machine_comment("engine", target),) if draft else ()
    return Entry(source, target, flags=("fuzzy",) if draft else (), comments=comments, references=("docs/guide.md",))


def rows(messages: int = MESSAGES, turns: int = TURNS) -> list[Row]:
    """All figures, measured now."""
    with tempfile.TemporaryDirectory(prefix="knooppunt-bench-") as name:
        return _rows(project(Path(name), messages), messages, turns)


def _rows(root: Path, messages: int, turns: int) -> list[Row]:
    found: list[Row] = [("messages", messages, "")]
    load()  # modules of checks, which belong to the start of the program
    started = time.process_time()
    client = Client(root)
    client.get("/api/session")
    queue = client.get(f"/api/queue?locale=nl&article={ARTICLE}&limit=100").json
    found.append(("open: session and queue", time.process_time() - started, "s"))
    chance = random.Random(3)  # noqa: S311 # a sample, no secret
    picked = [item["id"] for item in client.get("/api/queue?locale=nl&limit=500&offset=4000").json["items"]]
    refs = [{"locale": "nl", "catalog": ARTICLE, "id": name} for name in chance.sample(picked, turns)]
    first = time.process_time()
    client.get(_segment(refs[0]))
    found.append(("first segment, with the memory read", time.process_time() - first, "s"))
    client.check(refs[0], ["De pod"])
    times: dict[str, list[float]] = {"queue": [], "segment": [], "check": [], "save": [], "approve": [], "undo": []}
    for ref in refs:
        segment = _timed(times["segment"], lambda ref=ref: client.get(_segment(ref))).json  # type: ignore[misc]
        text = segment["targets"][0].replace("De ", "Die ", 1) + " Ja."
        _timed(times["check"], lambda: client.check(ref, [text]))  # noqa: B023 # called at once
        saved = _timed(times["save"], lambda: client.save(segment, [text]))  # noqa: B023 # as above
        assert saved.status == 200, saved.body
        after = saved.json["segment"]
        approved = _timed(times["approve"], lambda: client.save(after, [text], action="approve"))  # noqa: B023
        _timed(times["undo"], lambda: client.post("/api/undo", {"undo": approved.json["undo"]}))  # noqa: B023
        _timed(times["queue"], lambda: client.get(f"/api/queue?locale=nl&article={ARTICLE}&limit=100"))
    for what, taken in times.items():
        taken.sort()
        found += [
            (f"{what}, median", statistics.median(taken) * 1000, "ms"),
            (f"{what}, 95th percentile", taken[len(taken) * 95 // 100] * 1000, "ms"),
        ]
    assert queue["total"] == messages
    started = time.process_time()
    client.search("(a+)+$", expect=(200, 422))
    found.append(("search by a regular expression", (time.process_time() - started) * 1000, "ms"))
    started = time.process_time()
    while client.session.background.step():
        pass
    found.append(("all checks, in the background", time.process_time() - started, "s"))
    client.close()
    return found


def _segment(ref: dict[str, str]) -> str:
    return f"/api/segment?locale={ref['locale']}&catalog={ref['catalog']}&id={ref['id']}"


def _timed(times: list[float], work: Callable[[], Any]) -> Any:
    started = time.process_time()
    result = work()
    times.append(time.process_time() - started)
    return result


def gates(measured: Sequence[Row]) -> list[tuple[str, float, float, bool]]:
    """The promises: what, its limit, what was measured, and whether the limit is the least that passes."""
    by = {name: value for name, value, _ in measured}
    return [
        ("open a catalog of 10,000 messages, s", 1.0, by["open: session and queue"], False),
        ("save, 95th percentile, ms", 50.0, by["save, 95th percentile"], False),
        ("check as one types, 95th percentile, ms", 100.0, by["check, 95th percentile"], False),
    ]


if __name__ == "__main__":
    measured = rows()
    for what, figure, unit in measured:
        print(f"{what:45} {figure:12,.3f} {unit}")
    promised = gates(measured)
    for what, limit, figure, least in promised:
        kept = figure >= limit if least else figure <= limit
        print(f"{'PASS' if kept else 'FAIL'}  {what}: {figure:.3f} (limit {limit:g})")
    sys.exit(any((figure < limit) if least else (figure > limit) for _, limit, figure, least in promised))
