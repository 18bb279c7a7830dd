"""The cache of updates: it saves work, and it is never wrong (law 6)."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from small_project import make_project, snapshot

from knooppunt.cli import main
from knooppunt.config import load_settings
from knooppunt.loading import load_project
from knooppunt.update_report import UpdateReport, quick_report
from knooppunt.updating import update_catalogs

CACHE = ".knooppunt/cache/update.json"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose catalogs are up to date, with a cache that knows it."""
    return make_project(tmp_path / "project")


def quick(root: Path) -> bool:
    """Whether the cache alone answers an update."""
    return quick_report(load_settings(root), ["nl"]) is not None


def said(report: UpdateReport) -> set[tuple[str, str, str, bool, bool, int]]:
    """What a report says of each catalog."""
    return {
        (change.locale, change.name, change.path, change.changed, change.created, change.counts["unchanged"])
        for change in report.changes
        if {name for name, count in change.counts.items() if count} <= {"unchanged"}
    }


def test_an_update_with_nothing_changed_reads_no_page(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick answer is the report of the whole update."""
    whole = update_catalogs(load_project(root), cached=False)
    answer = quick_report(load_settings(root), ["nl"])
    assert answer is not None
    assert said(answer) == said(whole)
    assert len(said(whole)) == len(whole.changes)
    assert answer.orphans == whole.orphans == ()

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("a page was read")

    monkeypatch.setattr("knooppunt.project.parse_page", forbidden)
    monkeypatch.setattr("knooppunt.project.parse_po", forbidden)
    assert main(["update", "--project", str(root), "--quiet"]) == 0


CHANGES = {
    "docs/index.md": "# Home\n\nPods run elsewhere.\n",
    "docs/new/index.md": "# New\n",
    "docs/limits/limits.yml": None,
    "mkdocs.yml": "site_name: Small\nnav:\n  - Start: index.md\n",
    "knooppunt.yml": "docs: docs\nlayers: {provider: The provider}\nvariants: {v1: Version 1}\n",
    "locales/nl/locale.yml": "name: Nederlands!\n",
    "locales/nl/LC_MESSAGES/index.po": None,
    "locales/nl/reviews.jsonl": "\n",
    "locales/nl/LC_MESSAGES/gone.po": 'msgid ""\nmsgstr "Language: nl\\n"\n\nmsgid "Gone"\nmsgstr "Weg"\n',
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_any_file_is_seen(root: Path, tmp_path: Path, name: str) -> None:
    """With a cache and without one an update ends in the same files."""
    assert quick(root)
    path = root / name
    content = CHANGES[name]
    if name == "docs/limits/limits.yml":
        path.write_text(path.read_text(encoding="utf-8").replace("No IPv6", "IPv6 is missing"), encoding="utf-8")
    elif content is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    assert not quick(root)
    other = tmp_path / "other"
    shutil.copytree(root, other)
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    assert main(["update", "--project", str(other), "--quiet", "--no-cache"]) == 0
    assert snapshot(root) == snapshot(other)
    assert quick(root)
    before = snapshot(root)
    assert main(["update", "--project", str(root), "--quiet", "--no-cache"]) == 0
    assert snapshot(root) == before


def test_a_file_with_new_bytes_and_old_times_is_seen(root: Path) -> None:
    """The cache looks at bytes; a checkout or an unpacked archive may set any time."""
    path = root / "docs/index.md"
    stat = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("Pods", "Pads"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert main(["update", "--project", str(root), "--quiet", "--check"]) == 1


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '{"format": 1}', '{"format": 2, "fingerprint": "", "locales": {}}', "[" * 100_000, "\x00"],
)
def test_a_damaged_cache_counts_as_none(root: Path, text: str) -> None:
    """It may be deleted or damaged at any time."""
    before = snapshot(root)
    (root / CACHE).write_text(text, encoding="utf-8")
    assert not quick(root)
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    assert snapshot(root) == before
    assert quick(root)


@pytest.mark.parametrize("number", ["Infinity", "1e999", "NaN", "null", '"x"'])
def test_a_number_that_is_none_counts_as_no_cache(root: Path, number: str) -> None:
    """What JSON can say is more than a number of messages can be."""
    path = root / CACHE
    value = json.loads(path.read_text(encoding="utf-8"))
    value["locales"]["nl"]["articles"]["index"][1] = "HERE"
    path.write_text(json.dumps(value).replace('"HERE"', number), encoding="utf-8")
    assert not quick(root)
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    assert quick(root)


def test_hidden_files_beside_catalogs_are_no_catalogs(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """macOS puts `._index.po` with bytes of its own there, and Emacs a link that leads nowhere."""
    folder = root / "locales/nl/LC_MESSAGES"
    (folder / "._index.po").write_bytes(b"\x00\x05\x16\x07\xff")
    (folder / ".#index.po").symlink_to("ada@example.org.1")
    assert main(["update", "--project", str(root), "--no-cache"]) == 0
    assert "its article is gone" not in capsys.readouterr().out


def test_settings_that_change_while_an_update_waits_are_seen(root: Path) -> None:
    """It works with what it has read; what it finds up to date is so by those settings only."""
    page = root / "docs/index.md"
    page.write_text(f"---\nsubtitle: Below\n---\n{page.read_text(encoding='utf-8')}", encoding="utf-8")
    project = load_project(root)
    own = root / "knooppunt.yml"
    old = own.read_text(encoding="utf-8") if own.is_file() else ""
    own.write_text(f"{old}\nfront-matter: [title, subtitle]\n", encoding="utf-8")
    update_catalogs(project)
    assert not quick(root)
    assert [change.name for change in update_catalogs(load_project(root)).behind] == ["index"]


def test_another_version_of_knooppunt_trusts_nothing(root: Path) -> None:
    """The code that made the catalogs is one of their inputs."""
    path = root / CACHE
    value = json.loads(path.read_text(encoding="utf-8"))
    value["fingerprint"] = "0" * 64
    path.write_text(json.dumps(value), encoding="utf-8")
    assert not quick(root)


def test_bad_input_is_reported_each_time(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An update that failed is never remembered as one that found nothing to do."""
    path = root / "locales/nl/LC_MESSAGES/index.po"
    path.write_text(path.read_text(encoding="utf-8") + "msgid broken\n", encoding="utf-8")
    for _ in range(2):
        assert main(["update", "--project", str(root)]) == 2
        assert "index.po" in capsys.readouterr().err


def test_a_part_of_the_project_is_updated_alone(root: Path) -> None:
    """The rest is not taken for current."""
    for name in ("docs/index.md", "docs/limits/index.md"):
        path = root / name
        path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    assert main(["update", "--project", str(root), "--quiet", "index"]) == 0
    assert not quick(root)
    assert main(["update", "--project", str(root), "--quiet", "--check"]) == 1
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    assert quick(root)


def test_check_writes_no_cache(root: Path) -> None:
    """`--check` writes nothing at all."""
    (root / CACHE).unlink()
    assert main(["update", "--project", str(root), "--quiet", "--check"]) == 0
    assert not (root / CACHE).exists()


def test_pages_are_forgotten_when_there_are_many(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With room for one page only the result is the same: nothing depends on what is in memory."""
    (root / "docs/moved").mkdir()
    (root / "docs/index.md").rename(root / "docs/moved/index.md")
    other = root.parent / "other"
    shutil.copytree(root, other)
    assert main(["update", "--project", str(root), "--quiet"]) == 0
    monkeypatch.setattr("knooppunt.recent.LIMIT", 1)
    monkeypatch.setattr("knooppunt.recent.Recent.__init__.__defaults__", (1,))
    assert main(["update", "--project", str(other), "--quiet"]) == 0
    assert snapshot(root) == snapshot(other)
