"""Law 8: no interrupted or concurrent run leaves a damaged or half-written file.

Processes are killed with SIGKILL at random moments, which no code of theirs can notice. They are forked from one that
has imported everything, so that a kill costs milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from knooppunt.catalogs import edit_po, entry_hash, parse_ledger, parse_po, render_decision
from knooppunt.cli import main
from knooppunt.files import LEFT_BEHIND, TEMPORARY_SUFFIX

TOOLS = Path(__file__).parents[1] / "tools"
KILLS = 100
SIZE = 2_000_000
NURSERY = """
import json, os, signal, sys
from pathlib import Path
from knooppunt.catalogs import parse_po
from knooppunt.cli import main
from knooppunt.files import write_atomic

def write(path, size):
    while True:
        for letter in (b"a", b"b"):
            write_atomic(Path(path), letter * size)

def update(root):
    main(["update", "--quiet", "--project", root])
    signal.pause()

def together(*runs):
    children = []
    for run in runs:
        children.append(os.fork())
        if not children[-1]:
            os._exit(main(run))
    print([os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children], flush=True)

for line in sys.stdin:
    work, *arguments = json.loads(line)
    if work == "together":
        together(*arguments)
        continue
    child = os.fork()
    if not child:
        globals()[work](*arguments)
    print(child, flush=True)
    os.waitpid(child, 0)
    print("dead", flush=True)
"""

PAGES = 5
"""Articles of the project that is updated."""
WORDS = ["pod", "node", "subnet", "region", "quota", "volume", "secret", "image", "probe", "label", "taint", "kernel"]
AT = "2026-01-31T12:00:00Z"


@contextmanager
def nursery() -> Iterator[subprocess.Popen[str]]:
    """A process that forks workers."""
    command = [sys.executable, "-c", NURSERY]
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdin is not None
        try:
            yield process
        finally:
            process.stdin.close()


def ask(process: subprocess.Popen[str], *work: object) -> str:
    """Have the nursery do something; its answer: the process id of a worker, or exit codes."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(work) + "\n")
    process.stdin.flush()
    return process.stdout.readline().strip()


def kill(process: subprocess.Popen[str], worker: str, after: float) -> None:
    """Kill a worker after some seconds, and wait until it is gone."""
    assert process.stdout is not None
    time.sleep(after)
    os.kill(int(worker), signal.SIGKILL)
    assert process.stdout.readline() == "dead\n"


def until_it_writes(folder: Path, known: set[Path]) -> None:
    """Wait until a file that was not known is being written below a folder, for some seconds at most."""
    end = time.monotonic() + 5
    while known.issuperset(temporary(folder)) and time.monotonic() < end:
        time.sleep(0.003)


def temporary(folder: Path) -> list[Path]:
    return sorted(folder.rglob(f"*{TEMPORARY_SUFFIX}"))


def test_a_killed_writer_leaves_the_old_bytes_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "catalog.po"
    target.write_bytes(b"a" * SIZE)
    moments = random.Random(8)  # noqa: S311 # moments to kill at, no secrets
    interrupted = 0
    with nursery() as process:
        for turn in range(KILLS):
            worker = ask(process, "write", str(target), SIZE)
            if turn % 2:  # half of the kills come at any moment, half shortly after the first byte
                until_it_writes(tmp_path, set())
            kill(process, worker, moments.uniform(0, 0.02))
            data = target.read_bytes()
            assert data in {b"a" * SIZE, b"b" * SIZE}, f"turn {turn}: {len(data)} bytes"
            rest = [path for path in tmp_path.iterdir() if path != target]
            assert rest == temporary(tmp_path)
            assert all(path.name.startswith(".catalog.po.") for path in rest)
            interrupted += len(rest)
            for path in rest:
                path.unlink()
    print(f"{interrupted} of {KILLS} kills hit while a temporary file was there")
    assert interrupted > KILLS // 10, "hardly a writer was killed in the midst of a file: this has tested nothing"


def sources(*, later: bool) -> dict[str, str]:
    """The pages of the project; later ones have another link target and one paragraph more."""
    pages = {}
    for number in range(PAGES):
        order = random.Random(number)  # noqa: S311 # different words on each page
        texts = [" ".join(order.choices(WORDS, k=9)).capitalize() + "." for _ in range(6)]
        guide = "new-guide" if later else "guide"
        texts.insert(3, f"Read [page {number} of the {WORDS[number]} guide]({guide}.md) before anything else.")
        if later:
            texts.insert(5, " ".join(f"{word}s{number}" for word in reversed(WORDS)))
        pages[f"docs/p{number}.md"] = f"# Page {number} {WORDS[number]}\n\n" + "\n\n".join(texts) + "\n"
    return pages


def make_project(root: Path) -> None:
    """A project in which every text is translated, and those with a link are approved."""
    for name, text in {
        "mkdocs.yml": "site_name: Small\ntheme:\n  name: material\nplugins:\n  - knooppunt\n",
        "knooppunt.yml": "docs: docs\n",
        "locales/nl/locale.yml": "name: Nederlands\npublish: translated\n",
        **sources(later=False),
    }.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert main(["update", "--quiet", "--project", str(root)]) == 0
    lines = []
    for path in sorted((root / "locales" / "nl").rglob("p*.po")):
        read = parse_po(path.read_text(encoding="utf-8"), path.name)
        done = {entry.key: replace(entry, msgstr=f"nl {entry.msgid}") for entry in read.entries}
        path.write_text(edit_po(read, done), encoding="utf-8")
        chosen = [entry for entry in done.values() if "guide" in entry.msgid]
        lines += [render_decision(None, entry_hash(entry), "approve", by="Ada", at=AT) for entry in chosen]
    (root / "locales" / "nl" / "reviews.jsonl").write_text("".join(lines), encoding="utf-8")


def written(root: Path) -> dict[str, bytes]:
    """Catalogs and ledgers, by path."""
    paths = [path for path in (root / "locales").rglob("*") if path.suffix in {".po", ".jsonl"}]
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(paths)}


def approvals(root: Path) -> int:
    """Entries that are approved, in all catalogs."""
    count = 0
    ledger = parse_ledger((root / "locales" / "nl" / "reviews.jsonl").read_text(encoding="utf-8"), "reviews.jsonl")
    for path in (root / "locales" / "nl").rglob("p*.po"):
        entries = parse_po(path.read_text(encoding="utf-8"), path.name).active
        count += sum(entry_hash(entry) in ledger.approved for entry in entries)
    return count


def update_with(root: Path, pages: dict[str, str]) -> dict[str, bytes]:
    """What an update makes of these pages."""
    for name, text in pages.items():
        (root / name).write_text(text, encoding="utf-8")
    assert main(["update", "--quiet", "--project", str(root)]) == 0
    return written(root)


def restore(root: Path, state: dict[str, bytes]) -> None:
    """Put files back as they were."""
    for name, data in state.items():
        if (root / name).read_bytes() != data:
            (root / name).write_bytes(data)


def test_a_killed_update_leaves_whole_catalogs_and_loses_no_approval(tmp_path: Path) -> None:
    """Each catalog and ledger is what it was before or what it was to be, at whatever moment the update dies."""
    make_project(tmp_path)
    old = written(tmp_path)
    begin = time.monotonic()
    new = update_with(tmp_path, sources(later=True))
    cycle = time.monotonic() - begin
    changed = {name for name in new if new[name] != old.get(name)}
    assert len(changed) == PAGES + 1
    assert approvals(tmp_path) == PAGES
    moments = random.Random(9)  # noqa: S311 # moments to kill at, no secrets
    interrupted = mixed = 0
    with nursery() as process:
        for turn in range(KILLS):
            restore(tmp_path, old)
            known = set(temporary(tmp_path / "locales"))
            worker = ask(process, "update", str(tmp_path))
            if turn % 2:  # as above
                until_it_writes(tmp_path / "locales", known)
            kill(process, worker, moments.uniform(0, cycle / 3 if turn % 2 else cycle))
            now = written(tmp_path)
            assert now.keys() == old.keys()
            for name, data in now.items():
                assert data in {old[name], new[name]}, f"turn {turn}: {name} is neither what it was nor as it was to be"
            assert approvals(tmp_path) == PAGES, f"turn {turn}: an approval is lost"
            mixed += 0 < sum(now[name] == new[name] for name in changed) < len(changed)
            interrupted += not known.issuperset(temporary(tmp_path / "locales"))
    print(f"{interrupted} of {KILLS} kills hit while temporary files were there, {mixed} between two files")
    assert interrupted > KILLS // 10, "hardly an update was killed while it wrote: this has tested nothing"
    left = temporary(tmp_path / "locales")
    hours_ago = time.time() - 2 * LEFT_BEHIND
    for path in left:
        os.utime(path, (hours_ago, hours_ago))
    restore(tmp_path, old)
    assert update_with(tmp_path, {}) == new
    assert main(["update", "--check", "--quiet", "--project", str(tmp_path)]) == 0
    assert left
    assert temporary(tmp_path / "locales") == []


def test_updates_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    """Four runs at once, each for some of the articles: all of them end well, and every carried approval is there."""
    once, root = tmp_path / "once", tmp_path / "root"
    for folder in (once, root):
        make_project(folder)
    old = written(root)
    expected = update_with(once, sources(later=True))
    ledger = "locales/nl/reviews.jsonl"
    names = [f"p{number}" for number in range(PAGES)]
    for name, text in sources(later=True).items():
        (root / name).write_text(text, encoding="utf-8")
    commands = [["update", "--quiet", "--project", str(root), *names[part::4]] for part in range(4)]
    with nursery() as process:
        for _ in range(5):
            restore(root, old)
            assert ask(process, "together", *commands) == "[0, 0, 0, 0]"
            now = written(root)
            assert sorted(now[ledger].splitlines()) == sorted(expected[ledger].splitlines())
            assert {**now, ledger: b""} == {**expected, ledger: b""}
            assert approvals(root) == PAGES
            assert temporary(root) == []
    assert main(["update", "--check", "--quiet", "--project", str(root)]) == 0
