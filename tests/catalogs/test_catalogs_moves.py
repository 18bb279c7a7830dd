"""Articles that are renamed, moved, split, and records that go elsewhere: their translations go with them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from knooppunt.catalogs import edit_po, entry_hash, entry_state, is_suggestion, parse_ledger, parse_po, render_decision
from knooppunt.loading import load_project
from knooppunt.model import Entry, State
from knooppunt.updating import update_catalogs

if TYPE_CHECKING:
    from pathlib import Path

BY, AT = "Noor <noor@example.org>", "2026-01-31T12:00:00Z"

INTRO = "Pods mount shares. A share outlives its pod.\n\nEach share has an account.\n"
MORE = (
    "## Accounts\n\nAn account is of one kind. The kind never changes.\n\nSee [prices](https://example.org/prices).\n"
)
RECORD = """\
{id}:
  kind: limitation
  title: Claims have no effect
  statement: The provider never reads a claim.
  layer: provider
  effect: ignored
  variants: {{v1: {{status: active}}}}
  evidence: [{{source: docs/a.md, date: 2021-01-18}}]
"""
FILES = {
    "mkdocs.yml": "site_name: Small\nplugins: [knooppunt]\n",
    "knooppunt.yml": "docs: docs\n",
    "docs/index.md": "# Home\n\nRead on.\n",
    "docs/storage/index.md": f"# Storage\n\n{INTRO}\n{MORE}",
    "docs/storage/limits.yml": RECORD.format(id="pods.storage.claims"),
    "locales/nl/locale.yml": "name: Nederlands\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose every text is translated, and those of the article approved."""
    write(tmp_path, FILES)
    update(tmp_path)
    lines = []
    for path in sorted((tmp_path / "locales/nl/LC_MESSAGES").rglob("*.po")):
        catalog = parse_po(path.read_text(encoding="utf-8"), str(path))
        entries = [replace(entry, msgstr=dutch(entry.msgid)) for entry in catalog.active]
        path.write_text(edit_po(catalog, {entry.key: entry for entry in entries}), encoding="utf-8")
        if path.stem == "storage":
            lines += [render_decision(entry.context, entry_hash(entry), "approve", by=BY, at=AT) for entry in entries]
    (tmp_path / "locales/nl/reviews.jsonl").write_text("".join(lines), encoding="utf-8")
    return tmp_path


def dutch(text: str) -> str:
    """A translation that tells which text it was made for, with as many sentences."""
    return f"« {text}"


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def update(root: Path) -> dict[str, int]:
    """What an update does to all catalogs, checked to do nothing more when run again."""
    report = update_catalogs(load_project(root))
    assert update_catalogs(load_project(root)).behind == ()
    assert update_catalogs(load_project(root), cached=False).behind == ()
    total: dict[str, int] = {}
    for change in report.changes:
        for name, number in change.counts.items():
            total[name] = total.get(name, 0) + number
    return {name: number for name, number in total.items() if number and name != "unchanged"}


def entries(root: Path, name: str) -> list[Entry]:
    path = root / f"locales/nl/LC_MESSAGES/{name}.po"
    return list(parse_po(path.read_text(encoding="utf-8"), str(path)).active)


def approved(root: Path) -> frozenset[str]:
    return parse_ledger((root / "locales/nl/reviews.jsonl").read_text(encoding="utf-8"), "l").approved


@pytest.mark.parametrize("target", ["docs/shares/index.md", "docs/guide/deep/storage/index.md"])
def test_an_article_that_is_renamed_or_moved(root: Path, target: str) -> None:
    """With all its texts, those of its records too; approved stays approved."""
    new = root / target
    new.parent.mkdir(parents=True)
    (root / "docs/storage/index.md").rename(new)
    (root / "docs/storage/limits.yml").rename(new.parent / "limits.yml")
    assert update(root) == {"revived": 8}
    name = target.removeprefix("docs/").removesuffix(".md").removesuffix("/index")
    found = entries(root, name)
    assert [entry.msgstr for entry in found] == [dutch(entry.msgid) for entry in found]
    assert {entry_state(entry, approved(root)) for entry in found} == {State.APPROVED}
    assert {path for entry in found for path in entry.references} == {
        target,
        f"{target.rpartition('/')[0]}/limits.yml",
    }


def test_an_article_that_is_moved_and_edited(root: Path) -> None:
    (root / "docs/storage/index.md").rename(root / "docs/shares.md")
    (root / "docs/storage/limits.yml").unlink()
    text = (root / "docs/shares.md").read_text(encoding="utf-8")
    text = (
        text.replace("/prices", "/price-list").replace("pod.\n\nEach", "pod. Each").replace("of one kind", "of a kind")
    )
    (root / "docs/shares.md").write_text(text, encoding="utf-8")
    assert update(root) == {"revived": 2, "carried": 1, "fuzzy": 1, "suggested": 1}
    found = {entry.msgid: entry for entry in entries(root, "shares")}
    states = {msgid: entry_state(entry, approved(root)) for msgid, entry in found.items()}
    joined = "Pods mount shares. A share outlives its pod. Each share has an account."
    assert states == {
        "Storage": State.APPROVED,
        joined: State.UNTRANSLATED,
        "Accounts": State.APPROVED,
        "An account is of a kind. The kind never changes.": State.STALE,
        "See [prices](https://example.org/price-list).": State.APPROVED,
    }
    assert (
        found[joined].msgstr == f"{dutch('Pods mount shares. A share outlives its pod.')} « Each share has an account."
    )
    assert is_suggestion(found[joined])


def test_an_article_that_is_split_in_two(root: Path) -> None:
    """The part that leaves takes its translations along; the rest stays as it was, to the byte."""
    before = (root / "locales/nl/LC_MESSAGES/storage.po").read_text(encoding="utf-8")
    write(root, {"docs/storage/index.md": f"# Storage\n\n{INTRO}", "docs/accounts.md": f"# Accounts{MORE[11:]}"})
    assert update(root) == {"revived": 3, "obsolete": 3}
    found = entries(root, "accounts")
    assert [(entry.msgstr, entry_state(entry, approved(root))) for entry in found] == [
        (dutch(entry.msgid), State.APPROVED) for entry in found
    ]
    kept = entries(root, "storage")
    assert len(kept) == 5
    text = (root / "locales/nl/LC_MESSAGES/storage.po").read_text(encoding="utf-8")
    assert all(text[entry.origin.start : entry.origin.end] in before for entry in kept)


def test_a_record_that_goes_to_another_article_under_another_id(root: Path) -> None:
    """Even in the same update as an editorial change of its letters."""
    (root / "docs/storage/limits.yml").unlink()
    moved = RECORD.format(id="pods.home.volume-claims").replace("Claims have no effect", "Claims have no effect.")
    write(root, {"docs/limits.yml": moved})
    assert update(root) == {"carried": 2, "obsolete": 2}
    title, statement = [entry for entry in entries(root, "index") if entry.context]
    assert (title.context, title.msgstr) == ("pods.home.volume-claims:title", "« Claims have no effect.")
    assert (statement.context, statement.msgstr) == (
        "pods.home.volume-claims:statement",
        "« The provider never reads a claim.",
    )
    assert {entry_state(entry, approved(root)) for entry in (title, statement)} == {State.APPROVED}
