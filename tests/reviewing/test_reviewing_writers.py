"""Two servers and an editor on one catalog, and servers that are killed: nothing that was said to be saved is lost.

The workers are processes of their own. The editor knows no locks: it reads the whole file, changes one entry, looks
whether the file is still as it was, and puts its own in its place.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from knooppunt.catalogs import new_catalog, parse_ledger, parse_po, render_entry
from knooppunt.files import TEMPORARY_SUFFIX
from knooppunt.model import Entry
from knooppunt.reviewing import Ref, ReviewError, Submission, open_session
from knooppunt.reviewing.model import entry_id
from review_scratch import catalog_path, po, project

TOOLS = Path(__file__).parents[2] / "tools"
MESSAGES = 60
SAVES = int(os.environ.get("KNOOPPUNT_REVIEW_SAVES", "12"))
"""Of each writer; 170 make the 500 that were promised, and take a minute."""
KILLS = 6

WORKER = """
import json, os, random, sys, time
from pathlib import Path
from knooppunt.catalogs import edit_po, parse_po
from knooppunt.reviewing import Ref, ReviewError, Submission, open_session
from knooppunt.reviewing.model import entry_id
from dataclasses import replace

def say(*value):
    os.write(1, (json.dumps(value) + "\\n").encode())  # whole, also where a kill comes next

def serve(root, name, count, seed):
    chance = random.Random(seed)
    session = open_session(Path(root))
    say("ready")
    number = 0
    while count < 0 or number < count:
        msgid = f"Text {chance.randrange(%d)}"
        ref = Ref("nl", "guide", entry_id(None, msgid))
        segment = session.segment(ref)
        text = f"{name} {number:05}"
        number += 1
        try:
            session.save(Submission(ref, segment["etag"], (text,)))
        except ReviewError as error:
            say("refused", msgid, text, error.code)
        else:
            say("saved", msgid, text)
    found = [item for desk in [session.desk("nl", fresh=True)] for item in desk.overwritten]
    say("done", [[item.ref.id, list(item.targets)] for item in found])

def edit(root, name, count, seed):
    chance = random.Random(seed)
    path = Path(root) / "locales/nl/LC_MESSAGES/guide.po"
    say("ready")
    for number in range(count):
        while True:
            before = path.read_bytes()
            catalog = parse_po(before.decode(), "guide.po")
            msgid = f"Text {chance.randrange(%d)}"
            entry = catalog.get(None, msgid)
            text = f"{name} {number}"
            after = edit_po(catalog, {entry.key: replace(entry, msgstr=text)}).encode()
            beside = path.with_name(f".editor-{os.getpid()}")
            beside.write_bytes(after)
            if path.read_bytes() == before:
                beside.replace(path)
                say("saved", msgid, text)
                break
        time.sleep(0.002)
    say("done", [])

def nursery(root, name, count, seed):
    for number in range(count):
        sys.stdin.readline()
        child = os.fork()
        if not child:
            serve(root, f"{number:03}", -1, number)
        say("child", child)
        os.waitpid(child, 0)
        say("dead")

globals()[sys.argv[1]](sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]))
""".replace("%d", str(MESSAGES))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    made = project(tmp_path)
    entries = [render_entry(Entry(f"Text {number}", "-begin"), "\n") for number in range(MESSAGES)]
    catalog_path(made).write_text(new_catalog("nl").rstrip("\n") + "\n\n" + "\n\n".join(entries) + "\n", "utf-8")
    return made


def worker(root: Path, kind: str, name: str, count: int, seed: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WORKER, kind, str(root), name, str(count), str(seed)]
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def told(process: subprocess.Popen[str]) -> list[list[Any]]:
    """All that a worker says until it ends."""
    with process:
        output, _ = process.communicate()
    assert process.returncode == 0
    return [json.loads(line) for line in output.splitlines()]


def test_three_writers_lose_nothing(root: Path) -> None:
    workers = [
        worker(root, "serve", "one", SAVES, 1),
        worker(root, "serve", "two", SAVES, 2),
        worker(root, "edit", "editor", SAVES, 3),
    ]
    said = {name: told(process) for name, process in zip(("one", "two", "editor"), workers, strict=True)}
    answers = [item for items in said.values() for item in items]
    saved = [item for item in answers if item[0] == "saved"]
    refused = [item for item in answers if item[0] == "refused"]
    assert len(saved) + len(refused) == 3 * SAVES
    assert all(item[3] in {"conflict", "changed"} for item in refused)
    lost = {(item[0], text) for done in answers if done[0] == "done" for item in done[1] for text in item[1]}
    final = {entry.msgid: entry.msgstr for entry in parse_po(po(root), "guide.po").active}
    assert len(final) == MESSAGES
    # Of each text, the last save of some writer stands there; an earlier one of it was seen before it was replaced.
    last: dict[str, set[str]] = {}
    for items in said.values():
        latest = {str(item[1]): item[2] for item in items if item[0] == "saved"}
        for msgid, text in latest.items():
            last.setdefault(msgid, set()).add(text)
    for msgid, texts in last.items():
        left = {text for text in texts if (entry_id(None, msgid), text) not in lost}
        assert not left or final[msgid] in texts, (msgid, texts, final[msgid])
    ledger = parse_ledger((root / "locales/nl/reviews.jsonl").read_text("utf-8"), "reviews.jsonl")
    assert len(ledger.decisions) == sum(
        len([item for item in said[name] if item[0] == "saved"]) for name in ("one", "two")
    )
    assert not list((root / "locales").rglob(f"*{TEMPORARY_SUFFIX}"))


def test_two_servers_keep_every_save_of_different_segments(root: Path) -> None:
    first, second = open_session(root), open_session(root)
    for number in range(0, 20, 2):
        for session, msgid in ((first, f"Text {number}"), (second, f"Text {number + 1}")):
            ref = Ref("nl", "guide", entry_id(None, msgid))
            session.save(Submission(ref, session.segment(ref)["etag"], (f"saved {msgid}",)))
    assert [entry.msgstr for entry in parse_po(po(root), "guide.po").active[:20]] == [
        f"saved Text {n}" for n in range(20)
    ]
    first.close()
    second.close()


def test_a_server_that_is_killed_loses_nothing_that_it_said_was_saved(root: Path) -> None:
    """Each server is killed while it saves; what it may have saved without saying so is newer than all it has said."""
    chance = random.Random(5)  # noqa: S311 # moments of a test
    known: dict[str, str] = {}
    with worker(root, "nursery", "", KILLS, 0) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(KILLS):
            process.stdin.write("go\n")
            process.stdin.flush()
            child, left, killed = 0, chance.randrange(1, 8), False
            while (answer := json.loads(process.stdout.readline())) != ["dead"]:
                if answer[0] == "child":
                    child = answer[1]
                elif answer[0] == "saved":
                    known[answer[1]] = answer[2]
                    left -= 1
                if child and left <= 0 and not killed:
                    time.sleep(chance.random() * 0.02)
                    os.kill(child, signal.SIGKILL)
                    killed = True
            final = {entry.msgid: entry.msgstr for entry in parse_po(po(root), "guide.po").active}
            assert len(final) == MESSAGES
            assert all(final[msgid] >= text for msgid, text in known.items())
            parse_ledger((root / "locales/nl/reviews.jsonl").read_text("utf-8"), "reviews.jsonl")
    assert len(known) >= KILLS


def test_a_save_that_another_program_wrote_over_is_told_of(root: Path) -> None:
    """An editor that had loaded the file before puts its own in its place."""
    old = po(root)
    session = open_session(root)
    ref = Ref("nl", "guide", entry_id(None, "Text 7"))
    session.save(Submission(ref, session.segment(ref)["etag"], ("mine",)))
    catalog_path(root).write_text(old, "utf-8")
    segment = session.segment(ref)
    assert segment["targets"] == ["-begin"]
    assert segment["overwritten"] == {"targets": ["mine"]}
    assert any("Text 7" in warning for warning in session.overview()["warnings"])
    with pytest.raises(ReviewError) as error:
        session.save(Submission(ref, "old etag", ("mine",)))
    assert error.value.code == "conflict"
    session.save(Submission(ref, segment["etag"], ("mine",)))
    assert session.segment(ref)["overwritten"] is None
    session.close()
