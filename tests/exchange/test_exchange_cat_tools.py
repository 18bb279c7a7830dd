"""What the handbook says of PO tools, as far as gettext's own programs can show it."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from exchange_cases import approved_in, catalog, small

from knooppunt.catalogs import Catalog, entry_state, parse_po
from knooppunt.model import Entry, Origin, State


def gettext(*command: str, text: str = "") -> str:
    """What a program of gettext makes of a catalog; a machine without it fails, as `make test` installs it."""
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout.decode()


def bare(read: Catalog) -> list[Entry]:
    """Entries without their places."""
    return [replace(entry, origin=Origin("", 1)) for entry in read.entries]


@pytest.mark.parametrize("options", [(), ("--no-wrap",), ("--width=60",)])
def test_poedit_saves_through_msgcat_which_keeps_all_we_read(options: tuple[str, ...]) -> None:
    """Texts, contexts, plural forms, flags, previous texts, comments and states; wrapping is no change."""
    read = small()
    saved = parse_po(gettext("msgcat", "--force-po", *options, "-", text=read.text), "x.po")
    assert sorted(bare(saved), key=lambda entry: entry.msgid) == sorted(bare(read), key=lambda entry: entry.msgid)
    approved = approved_in(read)
    states = {entry.key: entry_state(entry, approved) for entry in read.entries}
    assert {entry.key: entry_state(entry, approved) for entry in saved.entries} == states
    assert set(states.values()) == set(State)


def test_an_approval_ends_with_the_text_whatever_tool_changed_it(tmp_path: Path) -> None:
    """msgmerge carries comments and translations over to a changed source; the approval stays behind."""
    old, new = tmp_path / "old.po", tmp_path / "new.pot"
    read = catalog(Entry("Pods wait for a node.", "Pods wachten.", comments=("Approved by Ada.",)))
    approved = approved_in(read)
    assert [entry_state(entry, approved) for entry in read.entries] == [State.APPROVED]
    old.write_text(read.text, encoding="utf-8")
    new.write_text(catalog(Entry("Pods wait for a new node.", "")).text, encoding="utf-8")
    merged = parse_po(gettext("msgmerge", "--previous", "--quiet", str(old), str(new)), "x.po")
    (entry,) = merged.active
    assert (entry.msgstr, entry.comments, entry.previous_msgid) == (
        "Pods wachten.",
        ("Approved by Ada.",),
        "Pods wait for a node.",
    )
    assert entry_state(entry, approved) is State.STALE
    assert entry_state(replace(entry, flags=(), previous_msgid=None), approved) is State.TRANSLATED
