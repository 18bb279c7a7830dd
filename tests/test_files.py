"""Files are whole or not there, whatever interrupts; and no path leads out of its root."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from knooppunt.errors import DataError, UsageError
from knooppunt.files import TEMPORARY_SUFFIX, Writes, decode, inside, listed, read_text, write_atomic

TOOLS = Path(__file__).parents[1] / "tools"
SIZE = 4_000_000
WRITER = f"""
import sys
from pathlib import Path
from knooppunt.files import Writes, write_atomic
print("ready", flush=True)
while True:
    for letter in (b"a", b"b"):
        write_atomic(Path(sys.argv[1]), letter * {SIZE})
"""


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_killed_writer_leaves_the_old_bytes_or_the_new(tmp_path: Path) -> None:
    target = tmp_path / "catalog.po"
    target.write_bytes(b"a" * SIZE)
    interrupted = 0
    for turn in range(30):
        command = [sys.executable, "-c", WRITER, str(target)]
        with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(TOOLS)}, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(turn * 37 % 30 / 1000)
            writer.send_signal(signal.SIGKILL)
        assert writer.returncode == -signal.SIGKILL
        data = target.read_bytes()
        assert data in {b"a" * SIZE, b"b" * SIZE}, f"turn {turn}: {len(data)} bytes"
        rest = [path for path in tmp_path.iterdir() if path != target]
        assert all(path.name.endswith(TEMPORARY_SUFFIX) for path in rest)
        interrupted += len(rest)
        for path in rest:
            path.unlink()
    assert interrupted, "no writer was killed in the midst of a file, so this test has tested nothing"


def test_write_tells_whether_anything_changed(tmp_path: Path) -> None:
    target = tmp_path / "new/folder/a.txt"
    assert write_atomic(target, "één\r\n")
    assert target.read_bytes() == b"\xc3\xa9\xc3\xa9n\r\n"
    before = target.stat()
    assert not write_atomic(target, "één\r\n")
    assert (target.stat().st_ino, target.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert write_atomic(target, b"other")
    assert [path.name for path in target.parent.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("bits", [0o600, 0o644, 0o755, 0o664])
def test_mode_of_a_file_is_kept(tmp_path: Path, bits: int) -> None:
    target = tmp_path / "a.sh"
    target.write_text("old")
    target.chmod(bits)
    write_atomic(target, "new")
    assert (target.read_text(), mode(target)) == ("new", bits)


def test_a_new_file_has_the_mode_that_the_user_wants(tmp_path: Path) -> None:
    mask = os.umask(0o027)
    try:
        write_atomic(tmp_path / "a", "x")
    finally:
        os.umask(mask)
    assert mode(tmp_path / "a") == 0o640


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomic(tmp_path / "folder", "x")
    with pytest.raises(UnicodeEncodeError):
        write_atomic(tmp_path / "half", "\ud83d")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize("path", ["a", "a/b.po", ".", "", "./a", "a//b", "..a/b..", "~/x", "link-in/x"])
def test_inside(tmp_path: Path, path: str) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link-in").symlink_to(tmp_path / "real")
    assert inside(tmp_path, path, "docs") == tmp_path / path


@pytest.mark.parametrize("path", ["..", "../x", "a/../../x", "a/..", "/etc/passwd", "link-out", "link-out/x"])
def test_a_path_that_leads_out_is_refused(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "link-out").symlink_to(tmp_path)
    with pytest.raises(UsageError) as raised:
        inside(root, path, "docs")
    assert str(raised.value) == f"docs '{path}' leads out of {root}; give a path inside it"


@pytest.mark.parametrize("path", ["a\0b", "\ud800", "circle", "circle/x"])
def test_what_is_no_path_is_refused(tmp_path: Path, path: str) -> None:
    (tmp_path / "circle").symlink_to("circle")
    with pytest.raises(UsageError, match=r"^docs '.*' is not a path: "):
        inside(tmp_path, path, "docs")


def test_text_keeps_its_newlines_and_its_byte_order_mark(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(tmp_path / "a") == "\ufeffa\r\nb\rc\n"


@pytest.mark.parametrize(
    ("data", "line", "byte"),
    [(b"\xff", 1, "ff"), (b"a\nb\n\xc3(", 3, "c3"), (b"a\r\n\xed\xa0\x80", 2, "ed"), (b"caf\xe9", 1, "e9")],
)
def test_bytes_that_are_no_utf8(data: bytes, line: int, byte: str) -> None:
    with pytest.raises(DataError) as raised:
        decode(data, "a.md")
    assert str(raised.value) == f"a.md:{line}: byte 0x{byte} is not UTF-8; save the file as UTF-8"


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path, message in ((tmp_path / "gone", "there is no such file"), (tmp_path, "cannot be read: Is a directory")):
        with pytest.raises(DataError) as raised:
            read_text(path, "docs/a.md")
        assert str(raised.value) == f"docs/a.md: {message}"


def test_a_folder_that_is_a_link_is_refused_by_name(tmp_path: Path) -> None:
    """MkDocs follows it and we do not, so its pages would be left out without a word; hidden and ignored ones are."""
    pages = tmp_path / "pages"
    (tmp_path / "docs/real").mkdir(parents=True)
    pages.mkdir()
    for path in (pages / "b.md", tmp_path / "docs/real/a.md", tmp_path / "docs/real/a.txt"):
        path.write_text("# A\n", encoding="utf-8")
    (tmp_path / "docs/.hidden").symlink_to(pages)
    (tmp_path / "docs/vendor").symlink_to(pages)
    (tmp_path / "docs/page.md").symlink_to(pages / "b.md")
    assert listed(tmp_path / "docs", "docs", [".md"], ["vendor/*"]) == ["page.md", "real/a.md"]
    (tmp_path / "docs/real/more").symlink_to(pages)
    with pytest.raises(DataError, match="docs/real/more: is a link to a folder"):
        listed(tmp_path / "docs", "docs", [".md"], ["vendor/*"])


def test_files_written_together_stay_old_until_the_commit(tmp_path: Path) -> None:
    """An error between two files leaves both as they were, and no temporary file."""
    first, second = tmp_path / "a.po", tmp_path / "deep" / "b.po"
    first.write_text("old", encoding="utf-8")

    def interrupted() -> None:
        with Writes() as writes:
            assert writes.add(first, "new")
            assert writes.add(second, "new")
            assert first.read_text(encoding="utf-8") == "old"
            raise ValueError("between the two")

    with pytest.raises(ValueError, match="between"):
        interrupted()
    assert first.read_text(encoding="utf-8") == "old"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [first]
    with Writes() as writes:
        assert writes.add(first, "new")
        assert not writes.add(first, "old")
        assert writes.add(second, "new")
        writes.commit()
    assert [path.read_text(encoding="utf-8") for path in (first, second)] == ["new", "new"]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2
