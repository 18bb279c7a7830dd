"""Reading and writing files: the edge of every room that touches the disk."""

from __future__ import annotations

import contextlib
import errno
import fnmatch
import os
import re
import threading
import time
from collections import defaultdict, deque
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from knooppunt.charsets import decode_po, encode_po
from knooppunt.errors import DataError, Problem, UsageError

try:
    import fcntl
except ImportError:  # Windows has none, and runs without the lock
    _CAN_LOCK = False
else:
    _CAN_LOCK = True

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

TEMPORARY_SUFFIX = ".knooppunt-tmp"
"""Ending of a file that is being written; one that stays behind after a crash may be deleted, and `sweep` does so."""

LEFT_BEHIND = 3600.0
"""Seconds after which a temporary file cannot be in use any more."""

_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\\ud800-\udfff]")
"""What no address and no catalog can carry in the name of a file."""


def read_text(path: Path, shown: str | None = None) -> str:
    """The text of a UTF-8 file with its newlines as they are.

    Raises DataError with the line of the first byte that is not UTF-8, and where the file is missing or unreadable.
    """
    name = shown or str(path)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DataError.single(name, 0, "there is no such file") from None
    except OSError as error:
        raise DataError.single(name, 0, f"cannot be read: {error.strerror}") from None
    return decode(data, name)


def decode(data: bytes, name: str) -> str:
    """The text of UTF-8 bytes; a byte order mark stays. Raises DataError at the first bad byte.

    A PO file (`.po`) that says another charset in its header is in that one.
    """
    if name.endswith(".po") and (text := decode_po(data, name)) is not None:
        return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError.single(
            name, line, f"byte 0x{data[error.start]:02x} is not UTF-8", hint="save the file as UTF-8"
        ) from None


def write_atomic(path: Path, data: bytes | str) -> bool:
    """Write a file so that a reader sees the old bytes or the new ones, whatever interrupts; True if it changed.

    The new bytes go to a temporary file in the same folder, are synced, and take the name by a rename;
    the mode of an existing file is kept. A file that already has the bytes is left alone.
    """
    with Writes() as writes:
        changed = writes.add(path, data)
        writes.commit()
    return changed


class Writes:
    """Several files that are written together: each is complete, beside its place, before the first takes its name.

    Left without `commit`, by an error for instance, it leaves every file and folder as it was. What a commit has
    renamed when the machine stops is new and the rest is old, each file whole. Only names are kept in memory.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[Path, Path, bytes | None]] = deque()
        """Temporary file, its place, and the hash of the bytes that must still be there."""
        self._made: list[Path] = []
        """Folders that were not there, the outer ones first."""

    def __enter__(self) -> Writes:
        return self

    def __exit__(self, *_: object) -> None:
        for temporary, _path, _digest in self._waiting:
            with contextlib.suppress(OSError):
                temporary.unlink()
        if self._waiting:
            for folder in reversed(self._made):
                with contextlib.suppress(OSError):  # one that holds something is needed
                    folder.rmdir()
        self._waiting.clear()

    def add(self, path: Path, data: bytes | str, *, before: bytes | str | None = None, first: bool = False) -> bool:
        """Write the bytes beside their place and sync them; False where the file has these very bytes already.

        `before` is what the new bytes were made from; `commit` refuses to write over anything else. `first` gives this
        file its name before the others, which rely on it. A file that is a link is replaced; what it points at stays.
        """
        import tempfile  # noqa: PLC0415 # what only reads, as an update with nothing to do, starts sooner without it

        content = _bytes(data, path)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, "is a folder, and a file is to stand there", str(path))
        with contextlib.suppress(OSError):
            if path.read_bytes() == content:
                return False
        self._made += reversed([folder for folder in path.parents if not folder.exists()])
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            prefix = f".{path.name[:40]}."  # a long name, which may be all that a file system takes, gets no longer
            handle, name = tempfile.mkstemp(prefix=prefix, suffix=TEMPORARY_SUFFIX, dir=path.parent)
        except OSError as error:  # names the temporary file, which nobody knows
            raise OSError(error.errno, error.strerror, str(path)) from None
        temporary = Path(name)
        item = (temporary, path, None if before is None else sha256(_bytes(before, path)).digest())
        if first:
            self._waiting.appendleft(item)
        else:
            self._waiting.append(item)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
        temporary.chmod(mode & 0o7777)
        return True

    def commit(self) -> None:
        """Give every file its name, in the order in which they were added, and sync their folders.

        Raises DataError, and writes nothing, where a file is no longer what its new bytes were made from.
        """
        changed = [path for _, path, digest in self._waiting if digest is not None and not _still(path, digest)]
        if changed:
            message = "was changed by another program while this ran; nothing was written"
            raise DataError(Problem(str(path), 0, "", message, "run it again") for path in changed)
        folders = dict.fromkeys(path.parent for _, path, _ in self._waiting)
        while self._waiting:
            temporary, path, _ = self._waiting[0]
            try:
                temporary.replace(path)
            except OSError as error:  # names the temporary file, which nobody knows
                raise OSError(error.errno, error.strerror, str(path)) from None
            self._waiting.popleft()
        for folder in folders:
            _sync_folder(folder)


_threads: defaultdict[Path, threading.RLock] = defaultdict(threading.RLock)
_depths: defaultdict[Path, int] = defaultdict(int)


@contextlib.contextmanager
def alone(folder: Path, *, wait: float = 60.0) -> Iterator[None]:
    """Hold a folder against every other run that asks for it, from reading to writing; waits `wait` seconds at most.

    The lock is on the folder itself, so there is no file to leave behind, and the system lets go of it when a process
    ends, however that ends. The same thread may ask again. Where the file system knows no locks it does nothing.
    Raises UsageError where another run still holds the folder.
    """
    place = folder.resolve()
    with _threads[place]:
        if _depths[place] or not _CAN_LOCK:
            yield
            return
        descriptor = os.open(place, os.O_RDONLY)
        try:
            _lock(descriptor, folder, wait)
            _depths[place] += 1
            try:
                yield
            finally:
                _depths[place] -= 1
        finally:
            os.close(descriptor)


def _lock(descriptor: int, folder: Path, wait: float) -> None:
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.EACCES}:
                return  # a file system without locks
            if time.monotonic() >= end:
                raise UsageError(
                    f"another run of Knooppunt is writing in {folder}; wait until it has ended, and run this again"
                ) from None
            time.sleep(0.02)
        else:
            return


def sweep(folder: Path, *, older: float = LEFT_BEHIND) -> list[Path]:
    """Delete the temporary files below a folder that an interrupted run left there; their paths.

    Younger ones than `older` seconds stay, since another run may be writing them.
    """
    swept = []
    before = time.time() - older
    for path in sorted(folder.rglob(f".*{TEMPORARY_SUFFIX}")):
        with contextlib.suppress(OSError):
            if path.is_file() and not path.is_symlink() and path.stat().st_mtime <= before:
                path.unlink()
                swept.append(path)
    return swept


def inside(root: Path, relative: str, what: str) -> Path:
    """`root / relative`, refused with UsageError where that leaves the root, by `..`, an absolute path or a link."""
    pure = PurePosixPath(relative)
    target = root / relative
    try:
        within = target.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError) as error:  # links in a circle; a NUL; half a surrogate pair
        raise UsageError(f"{what} {relative!r} is not a path: {error}") from None
    if pure.is_absolute() or ".." in pure.parts or not within:
        raise UsageError(f"{what} '{relative}' leads out of {root}; give a path inside it")
    return target


def listed(folder: Path, shown: str, endings: Sequence[str], ignore: Iterable[str] = ()) -> list[str]:
    """Paths below a folder of the files with one of these endings, sorted; hidden ones are left out.

    `ignore` are patterns of paths to leave out, and `shown` is the folder's name in messages. Raises DataError for a
    name with a control character or a backslash, and for a folder that is a link: MkDocs would follow it, we do not.
    """
    patterns, suffixes = tuple(ignore), tuple(endings)
    root = f"{folder}{os.sep}"
    found: list[str] = []
    problems: list[Problem] = []
    for name, is_folder in sorted(_walked(str(folder)), key=lambda item: item[0].split("/")):
        if not (is_folder or name.endswith(suffixes)):
            continue
        if any(fnmatch.fnmatchcase(f"{name}/" if is_folder else name, pattern) for pattern in patterns):
            continue
        place = f"{shown}/{_UNFIT.sub(lambda sign: ascii(sign[0])[1:-1], name)}"
        if is_folder:
            message = "is a link to a folder, and the pages in it would be left out"
            problems.append(Problem(place, 0, "", message, "put the folder itself here"))
        elif not os.path.isfile(f"{root}{name}"):  # noqa: PTH113 # a Path for each of many files takes far longer
            continue
        elif _UNFIT.search(name):
            message = "has a control character or a backslash in its name"
            problems.append(Problem(place, 0, "", message, "rename it"))
        else:
            found.append(name)
    if problems:
        raise DataError(problems)
    return found


def _walked(folder: str) -> Iterator[tuple[str, bool]]:
    """Relative path of each file, and of each link to a folder (True), without hidden ones; links are not followed."""
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inner = path[len(folder) + 1 :].replace(os.sep, "/")
        lead = f"{inner}/" if inner else ""
        for name in folders:
            if os.path.islink(f"{path}{os.sep}{name}"):  # noqa: PTH114 # as above
                yield lead + name, True
        for name in names:
            if not name.startswith("."):
                yield lead + name, False


def _bytes(data: bytes | str, path: Path) -> bytes:
    if isinstance(data, bytes):
        return data
    return encode_po(data, str(path)) if path.suffix == ".po" else data.encode("utf-8")


def _still(path: Path, digest: bytes) -> bool:
    """Whether a file has the bytes with this hash."""
    try:
        return sha256(path.read_bytes()).digest() == digest
    except OSError:
        return False


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
