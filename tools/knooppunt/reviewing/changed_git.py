"""The catalogs and ledgers of a project as they were at a revision, beside those that are there now.

Compared is with the newest commit that the revision and the work at hand have in common, as pull requests do: what
happened on the other branch meanwhile is not a change of this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.catalogs import parse_ledger, parse_po
from knooppunt.errors import DataError, UsageError
from knooppunt.files import decode
from knooppunt.git import GitError, git, is_shallow
from knooppunt.githistory import open_blobs, open_history
from knooppunt.remembering import catalog_names
from knooppunt.reviewing.changed import CatalogChange, compare_catalogs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from knooppunt.catalogs import Catalog
    from knooppunt.githistory import BlobReader
    from knooppunt.project import Project

_CATALOGS = "LC_MESSAGES/"


@dataclass(frozen=True, slots=True)
class Base:
    """What is compared with."""

    name: str
    """The revision as it was given."""
    commit: str
    """Full hash of the commit that both sides have in common."""


def find_base(root: Path, revision: str | None) -> Base:
    """The commit to compare with; the last one where no revision is given.

    Raises UsageError where there is no history, git does not know the revision, or a shallow clone does not reach back
    to what both sides have in common.
    """
    history = open_history(root)
    if history is None:
        raise UsageError(f"there is no git history in {root}; a report compares with a commit")
    if revision is None:
        return Base("HEAD", history.commit("HEAD"))
    way_out = "fetch more of it: git fetch --unshallow, or fetch-depth: 0 in GitHub's checkout action"
    try:
        commit = history.commit(revision)
    except UsageError as error:
        if is_shallow(root):
            raise UsageError(f"{error}; this is a shallow clone, {way_out}") from None
        raise
    try:
        common = git(root, "merge-base", "--end-of-options", commit, "HEAD").decode("ascii").strip()
    except GitError:
        what = "this is a shallow clone that does not reach back to a commit that"
        reason = f"{what} '{revision}' and HEAD have in common; {way_out}"
        if not is_shallow(root):
            reason = f"'{revision}' and HEAD have no commit in common; give a revision of this history"
        raise UsageError(reason) from None
    return Base(revision, common)


def changed_catalogs(project: Project, code: str, base: Base) -> Iterator[CatalogChange]:
    """The catalogs of a locale in which something has changed, sorted by name.

    Raises DataError for a catalog or ledger that is not valid, on either side, and UsageError where git lacks one.
    """
    folder = f"{project.settings.locales}/{code}"
    root = project.settings.root
    approved = project.ledger(code).approved
    blobs_of = _blobs(root, base.commit, folder)
    with open_blobs(root) as blobs:
        ledger = _read(blobs, blobs_of, f"{folder}/reviews.jsonl", base)
        before = (
            parse_ledger(ledger, f"{base.name}:{folder}/reviews.jsonl").approved if ledger is not None else frozenset()
        )
        start = f"{folder}/{_CATALOGS}"
        names = {path.removeprefix(start).removesuffix(".po") for path in blobs_of if _is_catalog(path, start)}
        for name in sorted(names | set(catalog_names(project, code))):
            text = _read(blobs, blobs_of, f"{start}{name}.po", base)
            new = project.catalog(code, name)
            if new is not None and text == new.text and approved == before:
                continue
            old = _parsed(text, f"{base.name}:{start}{name}.po")
            change = compare_catalogs(name, old, new, before, approved)
            if not change.empty:
                yield change


def _is_catalog(path: str, start: str) -> bool:
    return path.startswith(start) and path.endswith(".po")


def _parsed(text: str | None, shown: str) -> Catalog | None:
    return None if text is None else parse_po(text, shown)


def _blobs(root: Path, commit: str, folder: str) -> Mapping[str, str]:
    """Ids of all files below a folder at a commit, by their paths from the root of the project."""
    try:
        listed = git(root, "ls-tree", "-r", "-z", "--end-of-options", commit, "--", folder)
    except GitError as error:
        raise UsageError(f"git cannot list {folder} at {commit[:10]}: {error}") from None
    found = {}
    for item in listed.decode("utf-8", "surrogateescape").split("\0"):
        facts, _, path = item.partition("\t")
        fields = facts.split(" ")
        if path and fields[1] == "blob" and not fields[0].startswith("12"):
            found[path] = fields[2]
    return found


def _read(blobs: BlobReader, blobs_of: Mapping[str, str], path: str, base: Base) -> str | None:
    """A file as it was; None where there was none."""
    blob = blobs_of.get(path)
    if blob is None:
        return None
    data = blobs.read(blob)
    if data is None:
        hint = "this may be a partial clone: fetch all of it, or give a newer revision"
        raise DataError.single(
            f"{base.name}:{path}", 0, "git does not have this version, or it is too large", hint=hint
        )
    return decode(data, f"{base.name}:{path}")
