"""The two sides of a comparison, from wherever they are: a feed, a revision of the project, or its working files."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import DataError, UsageError
from knooppunt.feed.comparing import Snapshot
from knooppunt.feed.fetching import FOLDER, INDEX, LIMIT, TIMEOUT, FeedError, File, document, items_of, place_of
from knooppunt.feed.of_project import project_feed
from knooppunt.feed.typed import record_of
from knooppunt.files import inside
from knooppunt.git import GitError, git
from knooppunt.project import Project

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from knooppunt.feed.fetching import Place
    from knooppunt.feed.texts import Json

SITE_URL: Final = "https://site.invalid/"
"""Stands for the address of the site, which is no part of a comparison."""
_KINDS: Final = (".yml", ".yaml", ".po", ".toml", ".md", ".jsonl")
"""Endings of the files that a feed is made from."""


def snapshot(side: str | None, root: Callable[[], Path]) -> Snapshot:
    """One side: an address, a file, a folder with a feed, or a revision of the project; its working files for None.

    `root` finds the folder of the project and is called only where one is needed. Raises FeedError, UsageError for
    what is none of these, and DataError where the project's files were not right at that revision.
    """
    if side is None:
        return _of_project(root(), "the working files")
    path = Path(side)
    if "://" in side or path.is_file() or _is_feed(path):
        return _of_feed(side)
    try:
        commit = git(root(), "rev-parse", "--verify", "--quiet", "--end-of-options", f"{side}^{{commit}}")
    except GitError:
        what = "a folder without a feed" if path.is_dir() else "neither a feed nor a revision of the project"
        raise UsageError(f"'{side}' is {what}; name a file, a folder, an address or a git revision") from None
    return _of_revision(root(), commit.decode("ascii").strip(), side)


def _is_feed(path: Path) -> bool:
    return any((path / place / INDEX).is_file() for place in (FOLDER, "."))


def _of_feed(side: str) -> Snapshot:
    place = place_of(side, cache=None, timeout=TIMEOUT, limit=LIMIT)

    def read(path: str) -> Json | None:
        return document(place, path)

    if isinstance(place, File) or side.endswith(".json"):
        found = read("limitations.json")
        if found is None:
            raise FeedError(f"'{side}' is not there")
        return Snapshot(side, _by_id(found, side), alone=True)
    return _snapshot(side, read, _schema(place))


def _schema(place: Place) -> Json | None:
    """The schema of a feed's records; None where it has none. Raises FeedError for one that is no JSON object."""
    data = place.read("schemas/limitations.schema.json")
    if data is None:
        return None
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise FeedError(f"{place.name}: schemas/limitations.schema.json is not a JSON object")
    return found


def _of_project(root: Path, name: str) -> Snapshot:
    files = project_feed(Project.load(root), SITE_URL)

    def read(path: str) -> Json | None:
        data = files.get(f"{FOLDER}/{path}")
        return json.loads(data) if data else None

    return _snapshot(name, read, json.loads(files[f"{FOLDER}/schemas/limitations.schema.json"]))


def _of_revision(root: Path, commit: str, name: str) -> Snapshot:
    archive = git(root, "archive", "--format=tar", commit)
    with tempfile.TemporaryDirectory(prefix="knooppunt-") as folder:
        _unpack(archive, Path(folder))
        try:
            return _of_project(Path(folder), name)
        except DataError as error:
            raise DataError(
                type(problem)(f"{name}:{problem.path}", problem.line, problem.pointer, problem.message, problem.hint)
                for problem in error.problems
            ) from None
        except UsageError as error:
            raise UsageError(f"at {name}: {str(error).replace(folder, '.')}") from None


def _unpack(archive: bytes, folder: Path) -> None:
    """Write the files that a feed is made from; no link and no device is made."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            if member.isfile() and member.name.endswith(_KINDS) and (stream := tar.extractfile(member)):
                target = inside(folder, member.name, "file of the archive")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(stream.read())


def _snapshot(name: str, read: Callable[[str], Json | None], schema: Json | None) -> Snapshot:
    index = read(INDEX) or {}
    source = index.get("source_locale")

    def file(path: str) -> Json:
        found = read(path)
        if found is None:
            raise FeedError(f"{name}: there is no {path}")
        return found

    translations = {
        str(locale): _by_id(file(f"limitations.{locale}.json"), name)
        for locale in index.get("locales", ())
        if locale != source
    }
    paths = (str(item["path"]) for item in index.get("files", ()))
    return Snapshot(
        name,
        _by_id(file("limitations.json"), name),
        translations,
        {item["id"]: item for item in items_of(file("redirects.json"), "redirects", f"{name}: redirects.json")},
        frozenset(path for path in paths if not path.startswith(f"{FOLDER}/records/")),
        schema,
    )


def _by_id(found: Mapping[str, Any], name: str) -> dict[str, Json]:
    records = items_of(found, "records", name)
    for number, record in enumerate(records):
        record_of(record, f"{name}: records[{number}]")  # says what is wrong with it
    return {record["id"]: record for record in records}
