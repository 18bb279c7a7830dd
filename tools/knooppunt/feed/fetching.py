"""Where a feed can be read from: a file, a folder, or an address; only the standard library is needed.

An address is asked with the ETag of the last answer where there is a cache folder, so that a feed that has not
changed costs a short answer without a body (RFC 9110, 304).
"""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import re
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol
from urllib.parse import urlsplit

from knooppunt import __version__
from knooppunt.errors import KnooppuntError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPMessage, HTTPResponse
    from typing import IO

FOLDER: Final = "api/v1"
INDEX: Final = "index.json"
TIMEOUT: Final = 30.0
"""Seconds for one file, from the first try to connect to the last byte."""
LIMIT: Final = 64 * 1024 * 1024
"""Bytes of the largest file that is read."""
_CHUNK: Final = 1 << 16
_PATH: Final = re.compile(r"([a-z]+/)?[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+")


class FeedError(KnooppuntError):
    """A feed that cannot be read: it is not there, too large, too slow, or not a feed of this version."""


class Place(Protocol):
    """Something that has the files of a feed."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file by its path below `api/v1/`; None where there is no such file. Raises FeedError."""

    @property
    def name(self) -> str:
        """What to call it in a message."""


def place_of(location: str | os.PathLike[str], *, cache: Path | None, timeout: float, limit: int) -> Place:
    """A place by its address or path. Raises FeedError where it is neither."""
    text = os.fspath(location)
    if "://" in text:
        return Address(text, cache=cache, timeout=timeout, limit=limit)
    path = Path(text)
    if path.is_file():
        return File(path, limit)
    for folder in (path / FOLDER, path):
        if (folder / INDEX).is_file():
            return Folder(folder, limit)
    what = f"no feed: it has neither {FOLDER}/{INDEX} nor {INDEX}" if path.is_dir() else "neither a file nor a folder"
    raise FeedError(f"'{text}' is {what}")


def document(place: Place, path: str) -> dict[str, Any] | None:
    """A file of JSON as a value; None where there is no such file. Raises FeedError."""
    data = place.read(path)
    if data is None:
        return None
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"{place.name}: {path} is not JSON: {error}") from None
    if not isinstance(value, dict):
        raise FeedError(f"{place.name}: {path} is not a JSON object")
    version = value.get("schema_version")
    if not isinstance(version, str) or version.partition(".")[0] != "1":
        raise FeedError(f"{place.name}: {path} has the schema version {version!r}; this program reads version 1")
    return value


def items_of(found: Mapping[str, Any], key: str, where: str) -> list[dict[str, Any]]:
    """The objects of a list in a document, each with an id that is a text. Raises FeedError."""
    items = found.get(key)
    if not isinstance(items, list):
        raise FeedError(f"{where} has no list of {key}")
    for number, item in enumerate(items):
        if not isinstance(item, dict) or not isinstance(item.get("id"), str):
            raise FeedError(f"{where}: {key}[{number}] is not an object with an id")
    return items


@dataclass(frozen=True, slots=True)
class File:
    """One file of records alone."""

    file: Path
    limit: int = LIMIT

    @property
    def name(self) -> str:
        return str(self.file)

    def read(self, path: str) -> bytes | None:
        """The file itself, whichever of the files with records is asked for."""
        return _read_file(self.file, self.limit) if path.startswith("limitations.") else None


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a feed."""

    folder: Path
    limit: int = LIMIT

    @property
    def name(self) -> str:
        return str(self.folder)

    def read(self, path: str) -> bytes | None:
        file = self.folder / _checked(path)
        return _read_file(file, self.limit) if file.is_file() else None


@dataclass(frozen=True)
class Address:
    """The address of a site with a feed, of the folder `api/v1/`, or of one file with records."""

    address: str
    cache: Path | None = None
    timeout: float = TIMEOUT
    limit: int = LIMIT

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.address)
            fits = parts.scheme in {"http", "https"} and bool(parts.hostname)
        except ValueError:  # a bracket that is not closed
            fits = False
        if not fits:
            raise FeedError(f"'{self.address}' is no address of a feed; write it like https://docs.example.org/")

    @property
    def name(self) -> str:
        return self.address

    def read(self, path: str) -> bytes | None:
        """The file, from the cache where the host says that it has not changed."""
        url = self._url(_checked(path))
        if url is None:
            return None
        kept = self._kept(url)
        headers = {"User-Agent": f"knooppunt/{__version__}", "Accept": "*/*"}
        if kept and kept[0]:
            headers["If-None-Match"] = kept[0]
        request = urllib.request.Request(url, headers=headers)  # noqa: S310 # http and https alone, as checked above
        try:
            with opener().open(request, timeout=self.timeout) as answer:
                data = self._body(answer, url)
                self._keep(url, answer.headers.get("ETag") or "", data)
                return data
        except urllib.error.HTTPError as error:
            with error:
                if error.code == 304 and kept:
                    return kept[1]
                if error.code in {404, 410}:
                    return None
                raise FeedError(f"{url} answered {error.code} {error.reason}") from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = error.reason if isinstance(error, urllib.error.URLError) else error
            raise FeedError(f"{url} could not be read: {reason}") from None

    def _url(self, path: str) -> str | None:
        base = self.address
        if base.endswith(".json"):  # a file of records alone
            return base if path.startswith("limitations.") else None
        base = base.rstrip("/")
        return f"{base}/{path}" if base.endswith(f"/{FOLDER}") else f"{base}/{FOLDER}/{path}"

    def _body(self, answer: HTTPResponse, url: str) -> bytes:
        end = time.monotonic() + self.timeout
        parts: list[bytes] = []
        size = 0
        while part := answer.read(_CHUNK):
            size += len(part)
            if size > self.limit:
                raise FeedError(f"{url} is larger than {self.limit} bytes; allow more with 'limit' if it should be")
            if time.monotonic() > end:
                raise FeedError(f"{url} took longer than {self.timeout:g} s")
            parts.append(part)
        expected = answer.headers.get("Content-Length")
        if expected is not None and expected.isdigit() and int(expected) != size:
            raise FeedError(f"{url} broke off after {size} of {expected} bytes")
        return b"".join(parts)

    # Cache -----------------------------------------------------------------------------------------------------------

    def _kept(self, url: str) -> tuple[str, bytes] | None:
        """ETag and bytes of the last answer; None where there is none, or where the file is damaged."""
        if self.cache is None:
            return None
        try:
            head, _, data = (self.cache / _file_name(url)).read_bytes().partition(b"\n")
            meta = json.loads(head)
            whole = meta["url"] == url and meta["sha256"] == hashlib.sha256(data).hexdigest()
            return (str(meta["etag"]), data) if whole else None
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _keep(self, url: str, etag: str, data: bytes) -> None:
        """Put an answer into the cache; one that cannot be written is done without."""
        if self.cache is None or not etag:
            return
        head = json.dumps({"url": url, "etag": etag, "sha256": hashlib.sha256(data).hexdigest()})
        with contextlib.suppress(OSError):
            self.cache.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=self.cache)
            with os.fdopen(handle, "wb") as stream:
                stream.write(head.encode("utf-8") + b"\n" + data)
            Path(temporary).replace(self.cache / _file_name(url))


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to http and https, and never from https to http."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        scheme = urlsplit(newurl).scheme
        if scheme not in {"http", "https"} or (req.type == "https" and scheme != "https"):
            fp.close()
            raise urllib.error.URLError(f"it leads to {newurl}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def opener(*, follow: bool = True, proxies: bool = True) -> urllib.request.OpenerDirector:
    """One that knows http and https alone: no files, no FTP.

    Without `follow` an answer that leads elsewhere is an error; without `proxies` no proxy of the environment is used.
    """
    made = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(None if proxies else {}),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
        *([_Redirects()] if follow else ()),
    ):
        made.add_handler(handler)
    return made


def _file_name(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8")).hexdigest()


def _checked(path: str) -> str:
    """A path that cannot lead out of a feed. Raises FeedError."""
    if not _PATH.fullmatch(path):
        raise FeedError(f"'{path}' is no path of a feed")
    return path


def _read_file(path: Path, limit: int) -> bytes:
    try:
        if path.stat().st_size > limit:
            raise FeedError(f"{path} is larger than {limit} bytes; allow more with 'limit' if it should be")
        return path.read_bytes()
    except OSError as error:
        raise FeedError(f"{path} could not be read: {error.strerror}") from None
