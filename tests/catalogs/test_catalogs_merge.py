"""Two people translate one catalog on two branches; git merges them."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from catalogs_cases import HEADER, PATH, catalog, segment

from knooppunt.catalogs import Catalog, edit_po, parse_po, update_po
from knooppunt.model import Entry

FILE = "network.po"
COUNT = 40


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    settings = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", *settings, "-c", "core.autocrlf=false", *arguments]
    environment = {"PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=environment)


def commit(folder: Path, text: str, message: str) -> None:
    (folder / FILE).write_bytes(text.encode())
    done = git(folder, "commit", "-qam", message)
    assert done.returncode == 0, done.stderr


def merged(folder: Path, base: str, ours: str, theirs: str) -> str | None:
    """What git makes of two texts that go back to one; None where it sees a conflict."""
    git(folder, "init", "-q", "-b", "main")
    (folder / FILE).write_bytes(base.encode())
    git(folder, "add", FILE)
    commit(folder, base, "base")
    git(folder, "checkout", "-qb", "theirs")
    commit(folder, theirs, "theirs")
    git(folder, "checkout", "-q", "main")
    commit(folder, ours, "ours")
    done = git(folder, "merge", "-q", "theirs")
    return (folder / FILE).read_bytes().decode() if done.returncode == 0 else None


def base(*, fuzzy: bool = False) -> Catalog:
    entry = Entry("", "concept" if fuzzy else "", flags=("fuzzy",) if fuzzy else (), references=("docs/n.md",))
    return catalog(*(replace(entry, msgid=f"Text {index}") for index in range(COUNT)))


def translate(read: Catalog, *places: int) -> str:
    """The text with these entries translated, as a reviewer leaves them."""
    chosen = [read.entries[place] for place in places]
    return edit_po(read, {entry.key: replace(entry, msgstr=f"Tekst {entry.msgid[5:]}", flags=()) for entry in chosen})


@pytest.mark.parametrize("fuzzy", [False, True], ids=["untranslated", "fuzzy"])
@pytest.mark.parametrize("round_", range(10))
def test_different_entries_merge(tmp_path: Path, round_: int, *, fuzzy: bool) -> None:
    """Twenty merges without a conflict: entries apart and entries side by side, whose lines git keeps apart."""
    read = base(fuzzy=fuzzy)
    ours = [(round_ * 3 + step * 2) % COUNT for step in range(12)]
    theirs = [(place + 1) % COUNT for place in ours]
    assert not set(ours) & set(theirs)
    result = merged(tmp_path, read.text, translate(read, *ours), translate(read, *theirs))
    assert result == translate(read, *ours, *theirs)


def test_the_same_entry_is_a_conflict_that_is_refused(tmp_path: Path) -> None:
    read = base()
    one = translate(read, 3)
    assert merged(tmp_path, read.text, one, one.replace("Tekst 3", "Tekst drie")) is None
    with pytest.raises(Exception, match="conflict marker of git"):
        parse_po((tmp_path / FILE).read_text(), PATH)


def test_an_update_and_a_translation_merge(tmp_path: Path) -> None:
    """The source changes on one branch and a translator works on the other: no dates, no lines, no conflict."""
    read = base()
    segments = [segment(f"Text {index}") for index in range(COUNT)]
    changed = [*segments[:10], segment("New one"), *segments[10:20], *segments[22:], segment("New at the end")]
    update = update_po(read, changed, locale="nl")
    result = merged(tmp_path, read.text, translate(read, 2, 5, 15, 30), update.text)
    assert result is not None
    entries = parse_po(result, PATH).active
    assert [entry.msgid for entry in entries] == [item.msgid for item in changed]
    assert sum(bool(entry.msgstr) for entry in entries) == 4
    assert result.startswith(HEADER)


def test_two_updates_with_new_texts_in_different_places_merge(tmp_path: Path) -> None:
    read = base()
    segments = [segment(f"Text {index}") for index in range(COUNT)]
    ours = update_po(read, [*segments[:10], segment("Ours"), *segments[10:]], locale="nl")
    theirs = update_po(read, [*segments[:20], segment("Theirs"), *segments[20:]], locale="nl")
    result = merged(tmp_path, read.text, ours.text, theirs.text)
    assert result is not None
    assert [entry.msgid for entry in parse_po(result, PATH).entries][10:22:11] == ["Ours", "Theirs"]
