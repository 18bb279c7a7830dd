"""The files that are checked: which there are, how each is read, and how it is written back."""

from __future__ import annotations

import os
import posixpath
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knooppunt.charsets import encode_po
from knooppunt.errors import DataError, UsageError
from knooppunt.exchange.xmltext import decode_xml, encode_xml
from knooppunt.files import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Kind(StrEnum):
    """What a file holds."""

    MARKDOWN = "Markdown"
    CATALOG = "PO"
    XLIFF = "XLIFF"


ENDINGS: Final = {
    ".md": Kind.MARKDOWN,
    ".markdown": Kind.MARKDOWN,
    ".po": Kind.CATALOG,
    ".xlf": Kind.XLIFF,
    ".xliff": Kind.XLIFF,
    ".mqxliff": Kind.XLIFF,
    ".mxliff": Kind.XLIFF,
    ".sdlxliff": Kind.XLIFF,
}
"""By the ending of the name, in small letters."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to check."""

    path: Path
    shown: str
    kind: Kind
    locale: str = ""
    """Of its texts; empty where only links are looked at."""
    source: tuple[Path, str] | None = None
    """The page that it is a translation of, as path and as shown."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read."""

    text: str
    """Newlines and a byte order mark as they are."""
    codec: str
    digest: bytes
    """SHA-256 of its bytes."""


def kind_of(shown: str) -> Kind | None:
    """What a file of this name holds; None for one that is not checked."""
    return ENDINGS.get(os.path.splitext(shown)[1].lower())  # noqa: PTH122 # a path as it is shown


def read_document(task: Task) -> Document:
    """Read a file. Raises DataError where it is not there, unreadable, or not text in its encoding."""
    try:
        data = task.path.read_bytes()
    except FileNotFoundError:
        raise DataError.single(task.shown, 0, "there is no such file") from None
    except OSError as error:
        raise DataError.single(task.shown, 0, f"cannot be read: {error.strerror}") from None
    return parse_document(task, data)


def parse_document(task: Task, data: bytes) -> Document:
    """The text of a file's bytes. Raises DataError where they are not text in the encoding that they say."""
    digest = sha256(data).digest()
    if task.kind is Kind.XLIFF:
        text, codec = decode_xml(data, task.shown)
        return Document(text, codec, digest)
    return Document(decode(data, task.shown), "", digest)


def current(task: Task, number: int, spool: Path) -> Document:
    """A file as it was mended so far: `spool/7.text` is the mended text of the eighth one.

    Raises DataError where it cannot be read.
    """
    with suppress(FileNotFoundError):
        return parse_document(task, (spool / f"{number}.text").read_bytes())
    return read_document(task)


def document_bytes(task: Task, text: str, codec: str) -> bytes:
    """The bytes of a text of this file. Raises DataError where its charset lacks a letter."""
    if task.kind is Kind.XLIFF:
        return encode_xml(text, codec)
    return encode_po(text, task.shown) if task.kind is Kind.CATALOG else text.encode("utf-8")


def gather_files(paths: Iterable[str], base: Path) -> Iterator[tuple[Path, str]]:
    """The Markdown, PO and XLIFF files that paths name; each with its path as given, sorted by that, none twice.

    Folders are searched, hidden files and folders in them are passed over, and links to folders are not followed.
    Raises UsageError for a path that is not there, and for a file of another kind.
    """
    found: dict[str, tuple[Path, str]] = {}
    for given in paths:
        path = base / given
        if path.is_dir():
            lead = f"{given.rstrip('/')}/" if given.rstrip("/") not in {"", "."} else ""
            for file in _walked(path):
                found.setdefault(posixpath.normpath(f"{lead}{file}"), (path / file, f"{lead}{file}"))
        elif not path.is_file():
            raise UsageError(f"there is no file or folder '{given}'")
        elif kind_of(given) is None:
            kinds = ", ".join(sorted(ENDINGS))
            raise UsageError(f"'{given}' is neither Markdown nor a catalog (.po) nor XLIFF; endings are {kinds}")
        else:
            found.setdefault(posixpath.normpath(given), (path, given))
    yield from sorted(found.values(), key=lambda item: item[1])


def _walked(folder: Path) -> Iterator[str]:
    """Paths below a folder of the files that are checked."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        inner = Path(place).relative_to(folder).as_posix()
        lead = "" if inner == "." else f"{inner}/"
        for name in names:
            if not name.startswith(".") and kind_of(name) is not None and Path(place, name).is_file():
                yield lead + name
