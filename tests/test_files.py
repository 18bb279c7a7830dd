"""Files are whole or not there, whatever interrupts; and no path leads out of its root."""

from __future__ import annotations

import fcntl
import os
import stat
import threading
import time
from pathlib import Path

import pytest

from knooppunt.errors import DataError, UsageError
from knooppunt.files import (
    TEMPORARY_SUFFIX,
    Writes,
    alone,
    decode,
    inside,
    listed,
    read_text,
    sweep,
    write_atomic,
)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


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
    with pytest.raises(IsADirectoryError, match="folder"):
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
    assert list(tmp_path.rglob("*")) == [first]
    with Writes() as writes:
        assert writes.add(first, "new")
        assert not writes.add(first, "old")
        assert writes.add(second, "new")
        writes.commit()
    assert [path.read_text(encoding="utf-8") for path in (first, second)] == ["new", "new"]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_what_others_rely_on_takes_its_name_first(tmp_path: Path) -> None:
    """The ledger before the catalogs: cut short between them, no approval is lost."""
    ledger, catalog = tmp_path / "reviews.jsonl", tmp_path / "a.po"
    with Writes() as writes:
        writes.add(catalog, "catalog")
        writes.add(ledger, "ledger", first=True)
        catalog.mkdir()  # which makes the rename of the catalog fail
        with pytest.raises(OSError, match="directory"):
            writes.commit()
    assert ledger.read_text(encoding="utf-8") == "ledger"


def test_what_another_program_wrote_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    """A translator saves while a run works on what was there before: the run writes nothing at all."""
    first, second = tmp_path / "a.po", tmp_path / "b.po"
    for path in (first, second):
        path.write_text("old", encoding="utf-8")
    with Writes() as writes:
        writes.add(first, "new", before="old")
        writes.add(second, "new", before=b"old")
        second.write_text("by hand", encoding="utf-8")
        with pytest.raises(DataError) as raised:
            writes.commit()
    message = "was changed by another program while this ran; nothing was written; run it again"
    assert str(raised.value) == f"{second}: {message}"
    assert [path.read_text(encoding="utf-8") for path in (first, second)] == ["old", "by hand"]
    assert len(list(tmp_path.iterdir())) == 2
    second.unlink()
    with Writes() as writes:
        writes.add(second, "new", before="by hand")
        with pytest.raises(DataError, match="changed by another program"):
            writes.commit()


def test_a_link_is_replaced_and_its_target_left_alone(tmp_path: Path) -> None:
    """A repository that comes with a link to a file outside of it cannot make a command write there."""
    (tmp_path / "secret").write_text("old", encoding="utf-8")
    (tmp_path / "reviews.jsonl").symlink_to(tmp_path / "secret")
    write_atomic(tmp_path / "reviews.jsonl", "new")
    assert not (tmp_path / "reviews.jsonl").is_symlink()
    assert (tmp_path / "secret").read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("name", ["a" * 255, "é" * 127, "字" * 85])
def test_the_longest_name_that_a_file_can_have(tmp_path: Path, name: str) -> None:
    assert write_atomic(tmp_path / name, "new")
    assert (tmp_path / name).read_text(encoding="utf-8") == "new"


def test_only_old_temporary_files_are_swept(tmp_path: Path) -> None:
    """A young one may belong to a run that is writing it."""
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    old = folder / f".a.po.x1{TEMPORARY_SUFFIX}"
    young = folder / f".a.po.x2{TEMPORARY_SUFFIX}"
    other = folder / "a.po"
    for path in (old, young, other):
        path.write_text("half", encoding="utf-8")
    hours_ago = time.time() - 2 * 3600
    for path in (old, other):
        os.utime(path, (hours_ago, hours_ago))
    assert sweep(tmp_path) == [old]
    assert sorted(path.name for path in folder.iterdir()) == [young.name, "a.po"]
    assert sweep(tmp_path, older=-1) == [young]
    assert sweep(tmp_path / "gone") == []


def test_a_folder_is_held_by_one_run_at_a_time(tmp_path: Path) -> None:
    """The same thread may ask again; a second one waits, and says so in the end."""
    steps: list[str] = []
    inner = threading.Event()

    def other() -> None:
        with alone(tmp_path):
            steps.append("second")

    thread = threading.Thread(target=other)
    with alone(tmp_path), alone(tmp_path):
        thread.start()
        assert not inner.wait(0.1)
        steps.append("first")
    thread.join()
    assert steps == ["first", "second"]
    with alone(tmp_path):
        pass


def test_a_run_that_waits_too_long_says_so(tmp_path: Path) -> None:
    """The lock is the system's, so another process that ends in any way lets go of it."""
    other = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    message = f"another run of Knooppunt is writing in {tmp_path}; wait until it has ended, and run this again"
    with pytest.raises(UsageError) as raised, alone(tmp_path, wait=0.05):
        pass
    assert str(raised.value) == message
    os.close(other)
    with alone(tmp_path, wait=0.05):
        pass


def test_a_folder_where_a_file_belongs_stops_all_of_it(tmp_path: Path) -> None:
    """Nothing takes its name, and the error names the place, not the temporary file."""
    (tmp_path / "b.po").mkdir()
    with Writes() as writes:
        assert writes.add(tmp_path / "a.po", "new")
        with pytest.raises(IsADirectoryError) as raised:
            writes.add(tmp_path / "b.po", "new")
    assert raised.value.filename == str(tmp_path / "b.po")
    assert [path.name for path in tmp_path.iterdir()] == ["b.po"]
