"""The verb `terms learn`, with real git: what corrections teach, with the evidence, and what a person takes of it."""

from __future__ import annotations

import json
import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from small_project import make_project, snapshot

from knooppunt.catalogs import entry_hash, parse_po, render_decision
from knooppunt.cli import main
from knooppunt.githistory import GitHistory, open_blobs, open_history, parse_changes
from knooppunt.repair import parse_terms

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SOURCES = {
    "one": "Pods run on a node.",
    "two": "A pod has an address.",
    "three": "Delete the pods first.",
    "four": "The load balancer is ready.",
    "five": "Node pools grow.",
    "six": "Read more.",
}
BROKEN = {
    "one": "Peulen draaien op een knoop punt.",
    "two": "Een peul heeft een adres.",
    "three": "Verwijder eerst de peulen.",
    "four": "De loadbalancer is gereed.",
    "five": "Knooppunt groepen groeien.",
    "six": "Lees meer.",
}
MENDED = {
    "one": "Pods draaien op een knooppunt.",
    "two": "Een pod heeft een adres.",
    "three": "Verwijder eerst de pods.",
    "four": "De load balancer is gereed.",
    "five": "Knooppuntgroepen groeien.",
    "six": "Lees verder.",
}
HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
CATALOG = "locales/nl/LC_MESSAGES/index.po"


def catalog(texts: Mapping[str, str], flags: str = "", comment: str = "") -> str:
    return HEADER + "".join(
        f'\n{comment}{flags}msgid "{SOURCES[name]}"\nmsgstr "{text}"\n' for name, text in texts.items()
    )


class Repository:
    """A repository with a project in a folder of it."""

    def __init__(self, top: Path, folder: str = "") -> None:
        self.top = top
        self.top.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        body = "\n\n".join(SOURCES.values())
        self.root = self._project(top / folder if folder else top, body)

    def _project(self, root: Path, body: str) -> Path:
        make_project(root)
        (root / "docs/index.md").write_text(f"# Home\n\n{body}\n", encoding="utf-8")
        (root / "locales/nl/terms.yml").write_text("# Terms of ours\n", encoding="utf-8")
        return root

    def git(self, *arguments: str) -> str:
        settings = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_CONFIG_SYSTEM": "/dev/null",
            "GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z",
            "GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z",
        }
        done = subprocess.run(
            ["git", *settings, *arguments], cwd=self.top, capture_output=True, text=True, check=True, env=environment
        )
        return done.stdout.strip()

    def commit(self, texts: Mapping[str, str] | str, name: str = CATALOG) -> str:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts if isinstance(texts, str) else catalog(texts), encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-qm", "a commit")
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "top", "project")


def learn(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["terms", "learn", "--locale", "nl", "--format", "json", "--project", str(root), *arguments]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def seen(document: Mapping[str, Any]) -> set[tuple[str, str, str, int]]:
    return {(item["kind"], item["before"], item["after"], item["count"]) for item in document["proposals"]}


EVERYTHING = {
    ("word", "knoop punt", "knooppunt", 1),
    ("word", "knooppunt groepen", "knooppuntgroepen", 1),
    ("keep", "loadbalancer", "load balancer", 1),
    ("term", "peul", "pod", 3),
}


def test_corrections_teach_words_pairs_and_terms(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(BROKEN)
    commit = repository.commit(MENDED)
    found = learn(repository.root, capsys)
    assert seen(found) == EVERYTHING
    assert (found["history"], found["commits"], found["corrections"]) == (True, 1, 6)
    term = next(item for item in found["proposals"] if item["kind"] == "term")
    assert (term["source"], term["plural"], term["against"], term["taken"]) == ("pod", "pods", None, False)
    assert {
        "file": CATALOG,
        "commit": commit,
        "date": "2026-03-01",
        "source": "A pod has an address.",
        "before": "Een peul heeft een adres.",
        "after": "Een pod heeft een adres.",
        "approved_by": None,
    } in term["evidence"]
    assert learn(repository.root, capsys) == found


def test_the_list_for_people(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(BROKEN)
    commit = repository.commit(MENDED)
    before = snapshot(repository.root)
    assert main(["terms", "learn", "--locale", "nl", "--project", str(repository.root)]) == 0
    out = capsys.readouterr().out
    assert "term  pod: 'pod', not 'peul'  (3 texts)" in out
    assert f"    {CATALOG} {commit[:8]} 2026-03-01\n      - Peulen draaien op" in out
    assert "4 proposals from 6 corrected texts in 1 commit." in out
    assert snapshot(repository.root) == before


def test_a_person_takes_them(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(BROKEN)
    repository.commit(MENDED)
    root = repository.root
    by_kind = {item["after"]: item["id"] for item in learn(root, capsys)["proposals"]}
    done = learn(root, capsys, "--accept", by_kind["knooppunt"], "--accept", by_kind["load balancer"])
    assert [item["after"] for item in done["proposals"] if item["taken"]] == ["load balancer", "knooppunt"]
    assert done["changed"] == ["locales/nl/words.txt", "locales/nl/keep.txt"]
    assert (root / "locales/nl/words.txt").read_text(encoding="utf-8") == "knooppunt\n"
    assert (root / "locales/nl/keep.txt").read_text(encoding="utf-8") == "load balancer\n"
    assert learn(root, capsys, "--accept-all-over", "2")["changed"] == ["locales/nl/terms.yml"]
    text = (root / "locales/nl/terms.yml").read_text(encoding="utf-8")
    assert text == "# Terms of ours\n\npod:\n  source: pod\n  use: pod\n  plural: pods\n  avoid: [peul]\n"
    assert seen(learn(root, capsys)) == {("word", "knooppunt groepen", "knooppuntgroepen", 1)}


def test_a_concept_that_is_there_gets_one_word_more(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    terms = repository.root / "locales/nl/terms.yml"
    terms.write_text("pod:  # ours\n  source: pod\n  use: pod\n  plural: pods\n  avoid: [kuip]\n", encoding="utf-8")
    repository.commit(BROKEN)
    repository.commit(MENDED)
    assert learn(repository.root, capsys, "--accept-all-over", "1")["changed"] == ["locales/nl/terms.yml"]
    assert terms.read_text(encoding="utf-8") == (
        "pod:  # ours\n  source: pod\n  use: pod\n  plural: pods\n  avoid: [kuip, peul]\n"
    )
    (term,) = parse_terms(terms.read_text(encoding="utf-8"), "t").terms
    assert term.avoid == ("kuip", "peul")


def test_what_the_termbase_contradicts_is_not_taken(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    terms = repository.root / "locales/nl/terms.yml"
    terms.write_text("pod: {source: pod, use: peul, plural: peulen}\n", encoding="utf-8")
    repository.commit(BROKEN)
    repository.commit(MENDED)
    before = snapshot(repository.root)
    found = learn(repository.root, capsys, "--accept-all-over", "2")
    term = next(item for item in found["proposals"] if item["kind"] == "term")
    assert (term["against"], term["taken"], found["changed"]) == ("the termbase says 'peul'", False, [])
    assert main(["terms", "learn", "-l", "nl", "--accept", term["id"], "--project", str(repository.root)]) == 2
    assert "the termbase says 'peul' for 'pod'; change locales/nl/terms.yml by hand" in capsys.readouterr().err
    assert snapshot(repository.root) == before


def test_joined_and_taken_apart_again_is_for_a_person(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit({"four": "De load balancer is gereed."})
    repository.commit({"four": "De loadbalancer is gereed."})
    repository.commit({"four": "De load balancer is gereed."})
    found = learn(repository.root, capsys, "--accept-all-over", "0")
    assert {(item["kind"], item["against"]) for item in found["proposals"]} == {
        ("word", "taken apart in 1 text"),
        ("keep", "joined in 1 text"),
    }
    assert found["changed"] == []


def test_only_what_came_after_a_revision(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(BROKEN)
    middle = repository.commit({**BROKEN, "five": MENDED["five"]})
    repository.git("tag", "v1")
    repository.commit({**BROKEN, "five": MENDED["five"], "four": MENDED["four"]})
    expected = {("keep", "loadbalancer", "load balancer", 1)}
    assert seen(learn(repository.root, capsys, "--since", "v1")) == expected
    assert seen(learn(repository.root, capsys, "--since", middle)) == expected
    assert seen(learn(repository.root, capsys, "--commits", "1")) == expected
    assert learn(repository.root, capsys, "--since", "HEAD")["proposals"] == []


def test_a_renamed_catalog_is_followed(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(BROKEN)
    repository.git("mv", f"project/{CATALOG}", "project/locales/nl/LC_MESSAGES/start.po")
    commit = repository.commit({**BROKEN, "four": MENDED["four"]}, "locales/nl/LC_MESSAGES/start.po")
    found = learn(repository.root, capsys)
    assert seen(found) == {("keep", "loadbalancer", "load balancer", 1)}
    (evidence,) = found["proposals"][0]["evidence"]
    assert (evidence["file"], evidence["commit"]) == ("locales/nl/LC_MESSAGES/start.po", commit)


def test_a_correction_on_a_branch_counts_once(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(BROKEN)
    repository.git("checkout", "-qb", "theirs")
    repository.commit({**BROKEN, "five": MENDED["five"], "one": MENDED["one"]})
    repository.git("checkout", "-q", "main")
    repository.commit({**BROKEN, "five": MENDED["five"], "six": MENDED["six"]})
    repository.git("merge", "-q", "--no-edit", "theirs")
    assert repository.git("rev-list", "--merges", "--count", "HEAD") == "1"
    found = learn(repository.root, capsys)
    assert seen(found) == {
        ("word", "knooppunt groepen", "knooppuntgroepen", 1),
        ("word", "knoop punt", "knooppunt", 1),
    }
    assert (found["commits"], found["corrections"]) == (2, 4)


def test_what_a_source_or_a_draft_changed_is_no_correction(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """A stale text follows its source; a fuzzy one is not done; an empty one was never there."""
    stale = catalog(BROKEN, '#, fuzzy\n#| msgid "Other."\n')
    repository.commit(stale)
    repository.commit(MENDED)
    assert learn(repository.root, capsys)["corrections"] == 0
    repository.commit(catalog(BROKEN, "#, fuzzy\n", "# mt: engine: x\n"))
    assert learn(repository.root, capsys)["corrections"] == 0
    repository.commit(dict.fromkeys(SOURCES, ""))
    repository.commit(MENDED)
    assert learn(repository.root, capsys)["corrections"] == 0
    repository.commit(catalog(BROKEN, "#, fuzzy\n", "# mt: engine: x\n"))
    repository.commit(MENDED)
    assert seen(learn(repository.root, capsys)) == EVERYTHING


def test_pages_are_read_where_they_are_named(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    old = "# Kop\n\nDe knoop punten van een cluster.\n\nEen `knoop punt` en meer.\n\nDit blijft zo.\n"
    repository.commit(old, "old/nl/page.md")
    repository.commit(old.replace("knoop punten", "knooppunten"), "old/nl/page.md")
    assert learn(repository.root, capsys)["proposals"] == []
    found = learn(repository.root, capsys, "old/nl")
    assert seen(found) == {("word", "knoop punten", "knooppunten", 1)}
    assert found["proposals"][0]["evidence"][0]["source"] is None


def test_approved_drafts_teach_without_git(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The comment of an entry has the draft, and the ledger says who approved what became of it."""
    root = make_project(tmp_path / "alone")
    drafted = catalog({"four": "De load balancer is gereed."}, "", "# mt: engine: De loadbalancer is gereed.\n")
    (root / CATALOG).write_text(drafted, encoding="utf-8")
    found = learn(root, capsys)
    assert (found["history"], found["proposals"]) == (False, [])
    (entry,) = parse_po(drafted, "x").active
    line = render_decision(None, entry_hash(entry), "reject", by="Ada", at="2026-05-05T07:08:09Z")
    (root / "locales/nl/reviews.jsonl").write_text(line, encoding="utf-8")
    assert learn(root, capsys)["proposals"] == []
    line = render_decision(None, entry_hash(entry), "approve", by="Ada <a@example.org>", at="2026-05-06T07:08:09Z")
    (root / "locales/nl/reviews.jsonl").write_text(line, encoding="utf-8")
    found = learn(root, capsys)
    assert seen(found) == {("keep", "loadbalancer", "load balancer", 1)}
    assert found["proposals"][0]["evidence"] == [
        {
            "file": CATALOG,
            "commit": None,
            "date": "2026-05-06",
            "source": SOURCES["four"],
            "before": "De loadbalancer is gereed.",
            "after": "De load balancer is gereed.",
            "approved_by": "Ada <a@example.org>",
        }
    ]
    assert main(["terms", "learn", "--locale", "nl", "--project", str(root)]) == 0
    assert "There is no git history here: only drafts" in capsys.readouterr().out


def test_an_approval_is_shown_with_the_commit(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    repository.commit(BROKEN)
    repository.commit(MENDED)
    entry = next(entry for entry in parse_po(catalog(MENDED), "x").active if "balancer" in entry.msgstr)
    line = render_decision(None, entry_hash(entry), "approve", by="Ada", at="2026-05-06T07:08:09Z")
    (repository.root / "locales/nl/reviews.jsonl").write_text(line, encoding="utf-8")
    keep = next(item for item in learn(repository.root, capsys)["proposals"] if item["kind"] == "keep")
    assert keep["evidence"][0]["approved_by"] == "Ada"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--since", "nothing"), "git knows no revision 'nothing'; give a commit, a tag or a branch"),
        (("--since=--output=x",), "git knows no revision '--output=x'"),
        (("--accept", "12345678"), "there is no proposal '12345678'; run 'terms learn' without --accept"),
        (("../elsewhere",), "path '../elsewhere' leads out of"),
        (("--commits", "0"), "--commits must be 1 or more"),
        (("--accept-all-over", "-1"), "--accept-all-over must be 0 or more"),
    ],
)
def test_what_cannot_be(
    repository: Repository, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    repository.commit(BROKEN)
    before = snapshot(repository.top)
    assert main(["terms", "learn", "--locale", "nl", "--project", str(repository.root), *arguments]) == 2
    assert message in capsys.readouterr().err
    assert snapshot(repository.top) == before


def test_no_history_and_a_revision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = make_project(tmp_path / "alone")
    assert main(["terms", "learn", "--locale", "nl", "--since", "HEAD", "--project", str(root)]) == 2
    assert "there is no git history in" in capsys.readouterr().err


def test_a_version_that_is_no_catalog_is_named_and_passed_over(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    repository.commit(BROKEN)
    repository.commit("<<<<<<< ours\nmsgid\n")
    repository.commit(BROKEN)
    repository.commit(MENDED)
    found = learn(repository.root, capsys)
    assert seen(found) == EVERYTHING
    assert found["unread"]
    assert found["unread"][0].startswith(CATALOG)


def test_the_settings_of_a_repository_run_nothing(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A repository of somebody else may name programs in its settings; none of them is started."""
    mark = repository.top / "started"
    script = repository.top / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch '{mark}'\ncat\n", encoding="utf-8")
    script.chmod(0o755)
    repository.commit("*.po diff=evil filter=evil\n", ".gitattributes")
    repository.commit(BROKEN)
    repository.commit(MENDED)
    for name in ("diff.evil.textconv", "diff.evil.command", "diff.external", "core.pager", "filter.evil.smudge"):
        repository.git("config", name, str(script))
    repository.git("config", "core.fsmonitor", str(script))
    repository.git("config", "log.showSignature", "true")
    repository.git("config", "gpg.program", str(script))
    mark.unlink(missing_ok=True)
    assert seen(learn(repository.root, capsys)) == EVERYTHING
    assert not mark.exists()


def test_names_that_look_like_options_or_patterns(repository: Repository) -> None:
    repository.commit("a\n", "x/--output=y.md")
    repository.commit("b\n", "x/--output=y.md")
    repository.commit("a\n", "x/[a]*.md")
    repository.commit("b\n", "x/[a]*.md")
    history = open_history(repository.root)
    assert history is not None
    assert [change.path for change in history.changes(["x/[a]*.md"])] == ["x/[a]*.md"]
    assert list(history.changes(["x/*.md"])) == []
    assert [change.path for change in history.changes(["x"])] == ["x/[a]*.md", "x/--output=y.md"]
    with open_blobs(repository.root) as blobs:
        change = next(history.changes(["x/[a]*.md"]))
        assert [blobs.read(blob) for blob in (change.before, "0" * 40, change.after)] == [b"a\n", None, b"b\n"]


def test_a_blob_that_is_too_large_is_passed_over(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.commit("a" * 100, "x.md")
    repository.commit("b\n", "x.md")
    monkeypatch.setattr("knooppunt.githistory.MOST_BLOB", 50)
    change = next(GitHistory(repository.root).changes(["x.md"]))
    with open_blobs(repository.root) as blobs:
        assert [blobs.read(change.before), blobs.read(change.after)] == [None, b"b\n"]


def test_a_list_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    parts = ["\x01abc\x022026-01-02T03:04:05Z", "\n:100644 100644 a b M", "one.po", ":100644 100644 c d R090", "old.po"]
    assert [(item.path, item.before, item.date) for item in parse_changes(iter(parts))] == [
        ("one.po", "a", "2026-01-02")
    ]


def test_without_git_or_commits_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_history(tmp_path) is None
    empty = Repository(tmp_path / "empty")
    assert open_history(empty.top) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert open_history(tmp_path) is None
