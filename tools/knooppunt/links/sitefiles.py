"""The files of a built site: read, scanned by one process or several, and remembered from run to run."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from knooppunt.checking.pool import cores, each
from knooppunt.errors import DataError, UsageError
from knooppunt.files import write_atomic
from knooppunt.links.model import SitePage
from knooppunt.links.pagescan import Scanner
from knooppunt.links.walking import walked

if TYPE_CHECKING:
    from collections.abc import Callable

HTML: Final = (".html", ".htm", ".xhtml")
_FORMAT: Final = 1
_ENOUGH: Final = 40_000_000
"""Bytes of HTML for each process, from which on it is worth its start."""


@dataclass
class SiteFiles:
    """A site on disk."""

    root: Path
    files: frozenset[str]
    """Paths of all files below it."""
    pages: dict[str, SitePage] = field(default_factory=dict)
    size: int = 0
    """Bytes of HTML."""

    def text(self, path: str) -> str:
        """A file's text; empty where it is not there."""
        try:
            return (self.root / path).read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            return ""


def read_site(
    root: Path, cache: Path | None = None, jobs: int | None = None, progress: Callable[[str], None] = lambda _: None
) -> SiteFiles:
    """All pages of a site. `cache` is a file of what earlier runs have read, told by the pages' hashes.

    Raises UsageError where there is no such folder or no page in it, DataError for a file that cannot be read.
    """
    if not root.is_dir():
        raise UsageError(f"there is no folder '{root}'; build the site first, or name the folder it is in")
    paths = sorted(walked(root))
    names = [path for path in paths if path.lower().endswith(HTML)]
    if not names:
        raise UsageError(f"{root} holds no HTML; name the folder of a built site")
    site = SiteFiles(root, frozenset(paths))
    known = _load(cache) if cache is not None else {}
    used: dict[str, SitePage] = {}
    sizes = [os.path.getsize(f"{root}{os.sep}{name}") for name in names]  # noqa: PTH202 # a Path for each costs more
    site.size = sum(sizes)
    work = _jobs(site.size, jobs)
    done = 0
    for numbers, results in each(_scan_some, len(names), (str(root), names, known, [Scanner()]), work):
        for number, (digest, page) in zip(numbers, results, strict=True):
            site.pages[names[number]] = used[digest] = known[digest] if page is None else page
            done += 1
        progress(f"{done} of {len(names)} pages")
    if cache is not None and used.keys() != known.keys():
        _save(cache, used)
    return site


def _jobs(size: int, asked: int | None) -> int:
    if asked is not None:
        if asked < 1:
            raise UsageError(f"--jobs {asked} is no number of processes; give 1 or more")
        return asked
    return max(1, min(cores(), size // _ENOUGH))


def _scan_some(
    numbers: range, root: str, names: list[str], known: dict[str, SitePage], scanner: list[Scanner]
) -> list[tuple[str, SitePage | None]]:
    """Hash of each page and what it says; None where that is known."""
    found: list[tuple[str, SitePage | None]] = []
    for number in numbers:
        path = f"{root}{os.sep}{names[number]}"
        try:
            with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 # a Path would cost more
                data = stream.read()
        except OSError as error:
            raise DataError.single(names[number], 0, f"cannot be read: {error.strerror}") from None
        digest = sha256(data).hexdigest()
        found.append((digest, None if digest in known else scanner[0].scan(data)))
    return found


# What earlier runs have read ------------------------------------------------------------------------------------------


def cache_file(folder: Path, site: Path) -> Path:
    """Where it is remembered what the pages of a site say; `folder` is that of a project's cache."""
    return folder / "cache" / f"links-{sha256(str(site.resolve()).encode()).hexdigest()[:16]}.json"


def user_cache() -> Path:
    """The folder for what can be made again of a user who has no project (XDG Base Directory Specification)."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    return Path(base if base.startswith("/") else os.path.expanduser("~/.cache")) / "knooppunt"  # noqa: PTH111


def _reader() -> str:
    """Hash of the code that reads pages: what another one has read is read anew."""
    here = Path(__file__).parent
    return sha256(
        b"".join((here / name).read_bytes() for name in ("htmltext.py", "pagescan.py", "model.py"))
    ).hexdigest()


def _save(path: Path, pages: dict[str, SitePage]) -> None:
    """Write what pages say by their hash; failing to is no error."""
    urls: dict[tuple[str, str], int] = {}
    names: dict[str, int] = {}
    rows = {}
    for digest, page in pages.items():
        rows[digest] = (
            [urls.setdefault(item, len(urls)) for item in page.urls],
            [names.setdefault(item, len(names)) for item in sorted(page.ids)],
            page.own, page.links, page.doubles, page.base, page.refresh, page.lang, page.canonical, page.quiet,
            page.alternates,
        )  # fmt: skip
    value = {"format": _FORMAT, "reader": _reader(), "urls": list(urls), "names": list(names), "pages": rows}
    with contextlib.suppress(OSError, UnicodeError):
        write_atomic(path, json.dumps(value, separators=(",", ":")).encode("ascii"))


def _load(path: Path) -> dict[str, SitePage]:
    """What pages say by their hash; nothing where there is no cache, or one of another version or damaged."""
    try:
        value = json.loads(path.read_bytes())
        if value["format"] != _FORMAT or value["reader"] != _reader():
            return {}
        urls = [(str(kind), str(url)) for kind, url in value["urls"]]
        names = [str(name) for name in value["names"]]
        return {
            str(digest): SitePage(
                tuple([urls[at] for at in row[0]]), tuple(row[2]), int(row[3]), frozenset([names[at] for at in row[1]]),
                tuple(row[4]), row[5], row[6], row[7], row[8], bool(row[9]), tuple((a, b) for a, b in row[10]),
            )
            for digest, row in value["pages"].items()
        }  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return {}
