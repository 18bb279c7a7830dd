"""A reviewer and a bot work on one catalog for a while, on two branches; real git merges them."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from catalogs_cases import PATH, segment
from test_catalogs_merge import git

from knooppunt.catalogs import (
    Catalog,
    Key,
    edit_po,
    entry_hash,
    entry_state,
    machine_comment,
    parse_ledger,
    parse_po,
    render_decision,
    update_po,
)
from knooppunt.errors import DataError
from knooppunt.model import Entry, Segment, State

ROOT = Path(__file__).parents[2]
CATALOG, LEDGER = "locales/nl/LC_MESSAGES/network.po", "locales/nl/reviews.jsonl"
COUNT = 60
WORDS = ["pod", "node", "subnet", "region", "quota", "volume", "secret", "image", "probe", "label", "taint", "kernel"]


def texts(count: int, seed: int) -> list[Segment]:
    """Sentences that are not alike."""
    order = random.Random(seed)  # noqa: S311 # words, no secrets
    return [segment(f"{' '.join(order.choices(WORDS, k=7)).capitalize()} {seed}-{number}.") for number in range(count)]


def start(folder: Path, segments: list[Segment]) -> None:
    """A repository with a catalog of which a third is translated, a third is a machine's, and a third empty."""
    git(folder, "init", "-q", "-b", "main")
    (folder / CATALOG).parent.mkdir(parents=True)
    (folder / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    read = parse_po(update_po(None, segments, locale="nl").text, PATH)
    changes: dict[Key, Entry | None] = {}
    for number, entry in enumerate(read.entries):
        if number % 3 == 0:
            changes[entry.key] = replace(entry, msgstr=f"NL {entry.msgid}")
        elif number % 3 == 1:
            changes[entry.key] = drafted(entry)
    write(folder, edit_po(read, changes), "")
    git(folder, "add", ".")
    assert git(folder, "commit", "-qm", "start").returncode == 0


def drafted(entry: Entry) -> Entry:
    """An entry as an engine fills it."""
    text = f"Machine {entry.msgid}"
    return replace(entry, msgstr=text, flags=("fuzzy",), comments=(machine_comment("engine", text),))


def write(folder: Path, catalog: str, ledger: str) -> None:
    (folder / CATALOG).write_text(catalog, encoding="utf-8", newline="")
    (folder / LEDGER).write_text(ledger, encoding="utf-8", newline="")


def read(folder: Path) -> tuple[Catalog, str]:
    return parse_po((folder / CATALOG).read_text("utf-8"), PATH), (folder / LEDGER).read_text("utf-8")


def bot(folder: Path, segments: list[Segment], pick: random.Random) -> list[Segment]:
    """New texts come in, one changes its link, some go; the catalog is updated and what is empty is drafted."""
    catalog, ledger = read(folder)
    later = list(segments)
    for new in texts(4, pick.randrange(10**6)):
        later.insert(pick.randint(0, len(later) - 1), new)
    for _ in range(3):
        translated = {entry.msgid for entry in catalog.active if not entry.fuzzy and entry.msgstr}
        gone = pick.choice([item for item in segments[:-1] if item in later and item.msgid in translated])
        later.remove(gone)
    update = update_po(catalog, later, locale="nl", ledger=parse_ledger(ledger, "reviews.jsonl"))
    fresh = parse_po(update.text, PATH)
    known = {entry.key for entry in catalog.entries}
    drafts: dict[Key, Entry | None] = {
        entry.key: drafted(entry) for entry in fresh.active if not entry.msgstr and entry.key not in known
    }
    write(folder, edit_po(fresh, drafts), ledger + "".join(update.ledger_lines))
    return later


def reviewer(folder: Path, mine: set[str], pick: random.Random) -> dict[str, str]:
    """Machine texts and empty ones are edited, the flag goes, and each is approved; what was written by msgid."""
    catalog, ledger = read(folder)
    open_ = [entry for entry in catalog.active if (entry.fuzzy or not entry.msgstr) and entry.msgid in mine]
    chosen = pick.sample(open_, min(15, len(open_)))
    changes: dict[Key, Entry | None] = {}
    for entry in chosen:
        new = replace(entry, msgstr=f"Goed {entry.msgid}", flags=())
        changes[entry.key] = new
        ledger += render_decision(None, entry_hash(new), "approve", by="Ada <a@b.c>", at="2026-01-31T12:00:00Z")
    write(folder, edit_po(catalog, changes), ledger)
    return {entry.msgid: f"Goed {entry.msgid}" for entry in chosen}


@pytest.mark.parametrize("seed", range(20))
def test_twenty_merges_without_a_conflict(tmp_path: Path, seed: int) -> None:
    """Neighbouring entries, new ones between edited ones, obsolete ones, and both add lines to the ledger."""
    pick = random.Random(seed)  # noqa: S311 # choices, no secrets
    segments = texts(COUNT, seed)
    start(tmp_path, segments)
    git(tmp_path, "checkout", "-qb", "review")
    done = reviewer(tmp_path, {item.msgid for item in segments}, pick)
    assert git(tmp_path, "commit", "-qam", "review").returncode == 0
    git(tmp_path, "checkout", "-q", "main")
    later = bot(tmp_path, segments, pick)
    catalog, ledger = read(tmp_path)
    first = catalog.active[0]
    line = render_decision(None, entry_hash(first), "reject", by="Bot <b@b.c>", at="2026-01-31T12:00:00Z")
    write(tmp_path, catalog.text, ledger + line)
    assert git(tmp_path, "commit", "-qam", "bot").returncode == 0
    merge = git(tmp_path, "merge", "-q", "review")
    assert not merge.returncode, merge.stdout + merge.stderr

    merged, ledger = read(tmp_path)
    decisions = parse_ledger(ledger, "reviews.jsonl")
    assert [entry.msgid for entry in merged.active] == [item.msgid for item in later]
    assert len(decisions.decisions) == len(done) + 1
    for msgid, msgstr in done.items():
        entry = merged.by_key[None, msgid]
        assert entry.msgstr == msgstr
        if not entry.obsolete:
            assert entry_state(entry, decisions.approved) is State.APPROVED
    again = update_po(merged, later, locale="nl", ledger=decisions)
    assert not again.changed


def test_the_last_text_and_one_behind_it(tmp_path: Path) -> None:
    """Git itself sees a conflict where a line is changed and others are added right behind it, at the end of a file.

    It is refused until somebody has kept both, which is all there is to do.
    """
    segments = texts(6, 1)
    start(tmp_path, segments)
    git(tmp_path, "checkout", "-qb", "review")
    catalog, ledger = read(tmp_path)
    last = catalog.entries[-1]
    write(tmp_path, edit_po(catalog, {last.key: replace(last, msgstr="Goed")}), ledger)
    git(tmp_path, "commit", "-qam", "review")
    git(tmp_path, "checkout", "-q", "main")
    update = update_po(catalog, [*segments, segment("At the end")], locale="nl")
    write(tmp_path, update.text, ledger)
    git(tmp_path, "commit", "-qam", "bot")
    merge = git(tmp_path, "merge", "-q", "review")
    text = (tmp_path / CATALOG).read_text("utf-8")
    assert merge.returncode
    with pytest.raises(DataError, match="conflict marker of git") as raised:
        parse_po(text, PATH)
    assert [problem.line for problem in raised.value.problems] == [text[: text.index("<<<<<<<")].count("\n") + 1]
    both = re.sub(r"<<<<<<< .*\n(?s:.*?)=======\n((?s:.*?))>>>>>>> .*\n", r"\1", text)
    assert parse_po(both, PATH).by_key[last.key].msgstr == "Goed"


def test_a_renamed_article_on_one_side(tmp_path: Path) -> None:
    """The bot's update makes the new catalog out of the old, which stays; the reviewer's edits of the old one merge."""
    segments = texts(12, 2)
    start(tmp_path, segments)
    catalog, _ = read(tmp_path)
    git(tmp_path, "checkout", "-qb", "review")
    done = reviewer(tmp_path, {item.msgid for item in segments}, random.Random(1))  # noqa: S311 # choices, no secrets
    git(tmp_path, "commit", "-qam", "review")
    git(tmp_path, "checkout", "-q", "main")
    donors = [entry for entry in catalog.active if entry.msgstr]
    moved = [replace(item, origin=replace(item.origin, path="docs/other.md")) for item in segments]
    new = update_po(None, moved, locale="nl", donors=donors)
    (tmp_path / "locales/nl/LC_MESSAGES/other.po").write_text(new.text, encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "renamed")
    assert not git(tmp_path, "merge", "-q", "review").returncode
    merged, _ = read(tmp_path)
    assert all(merged.by_key[None, msgid].msgstr == msgstr for msgid, msgstr in done.items())
    other = parse_po((tmp_path / "locales/nl/LC_MESSAGES/other.po").read_text("utf-8"), PATH)
    assert [entry.msgid for entry in other.active] == [item.msgid for item in segments]
