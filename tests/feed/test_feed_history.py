"""Facts dated from git: a small repository, made here of the dates and facts that are known of one article."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.cli import main
from knooppunt.feed.gitlog import text_at, versions
from knooppunt.feed.revision import source_revision
from knooppunt.feed.timeline import Version, events, matching
from knooppunt.git import GitError, git
from knooppunt.knowledge.matching import match_pattern

ARTICLE = "articles/virtual-nodes.md"

# What the facts of the article were, and since when: words of our own, each under the day on which it came, changed or
# went. The first day is that of the file itself, which was made with what three older files had said.
FACTS: dict[str, dict[str, str | None]] = {
    "2020-11-04": {
        "principal": "Images of a registry need a secret, not a principal.",
        "peering": "Peered networks are not there.",
        "policies": "Network policies are not there.",
        "groups": "Security groups for what goes out are not there.",
        "init": "Containers that run first are not there.",
        "hosts": "Host aliases are not there.",
        "daemons": "Daemon sets are not there.",
        "cni": "A cluster needs Azure CNI.",
        "quotas": "Quotas of container instances hold.",
        "regions": "It is there in each region that has container groups in a network.",
        "subnet": "A subnet is handed over.",
        "reachable": "Pods reach the API server.",
        "ranges": "Authorized IP ranges are not there.",
        "private": "Private clusters are not there.",
        "files": "Azure Files takes GPv1 accounts.",
    },
    "2021-01-18": {"ipv6": "IPv6 is not there."},
    "2021-02-17": {"private": None},
    "2022-09-06": {"hooks": "Container hooks are not there."},
    "2022-10-05": {"files": "Azure Files takes GPv1 and GPv2 accounts."},
    "2023-03-15": {"volumes": "Persistent volumes are not there."},
    "2023-11-06": {"windows": "Windows needs another node pool."},
    "2025-04-21": {"registries": "Private registries are not there."},
    "2025-04-22": {"registries": None, "format": "A secret needs the format of its server."},
    "2025-10-22": {"identity": "Managed identity is not there."},
}
DATED = {
    "secret, not a principal": ["2020-11-04 appeared"],
    "peered networks": ["2020-11-04 appeared"],
    "network policies": ["2020-11-04 appeared"],
    "security groups": ["2020-11-04 appeared"],
    "run first": ["2020-11-04 appeared"],
    "host aliases": ["2020-11-04 appeared"],
    "daemon sets": ["2020-11-04 appeared"],
    "azure cni": ["2020-11-04 appeared"],
    "quotas of": ["2020-11-04 appeared"],
    "each region": ["2020-11-04 appeared"],
    "a subnet": ["2020-11-04 appeared"],
    "api server": ["2020-11-04 appeared"],
    "authorized ip ranges": ["2020-11-04 appeared"],
    "private clusters": ["2020-11-04 appeared", "2021-02-17 disappeared"],
    "azure files": ["2020-11-04 appeared", "2022-10-05 changed"],
    "/ipv ?6/": ["2021-01-18 appeared"],
    "container hooks": ["2022-09-06 appeared"],
    "persistent volumes": ["2023-03-15 appeared"],
    "windows": ["2023-11-06 appeared"],
    "private registries": ["2025-04-21 appeared", "2025-04-22 disappeared"],
    "format of its server": ["2025-04-22 appeared"],
    "managed identity": ["2025-10-22 appeared"],
    "host networking": [],
}
EDITS = (
    lambda line: line.rstrip("."),
    lambda line: line.replace("is not", "**is not**").replace("are not", "**are not**"),
    lambda line: line.replace("Azure Files", "[Azure Files](https://example.org/a)"),
    lambda line: line.replace(" takes", "\n  takes").replace(" needs", "\n  needs"),
    lambda line: line.upper(),
    lambda line: line.replace("Azure Files", "[Azure Files](https://example.org/b)"),
    lambda line: line.replace(".", "!"),
)
"""Edits that move no fact: full stops, emphasis, links and their targets, line breaks, case."""


class Repository:
    """A repository whose commits have days."""

    def __init__(self, root: Path, *, there: bool = False) -> None:
        self.root = root
        if not there:
            root.mkdir(parents=True)
            self.call("init", "-q", "-b", "main")

    def call(self, *arguments: str, day: str = "2020-01-01") -> str:
        who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
        when = f"{day}T12:00:00Z"
        return subprocess.run(
            ["git", "-C", str(self.root), *who, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env={"PATH": "/usr/bin:/bin", "HOME": str(self.root), "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when},
        ).stdout

    def write(self, path: str, text: str, day: str) -> str:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
        self.call("add", "-A", day=day)
        self.call("commit", "-q", "--allow-empty", "-m", "x", day=day)
        return self.call("rev-parse", "HEAD").strip()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """A clone of a bundle: 26 commits touch the article, of which the first makes it and 9 move a fact."""
    root = tmp_path_factory.mktemp("sources")
    repository = Repository(root / "docs")
    state: dict[str, str] = {}
    commits = 0

    def article(edit: int | None) -> str:
        lines = [EDITS[edit](line) if edit is not None else line for line in state.values()]
        return "# Limitations\n\n" + "".join(f"- {line}\n" for line in lines) + f"\nRead {commits} pages more.\n"

    for number, (day, facts) in enumerate(FACTS.items()):
        for name, line in facts.items():
            if line is None:
                del state[name]
            else:
                state[name] = line
        commits += 1
        repository.write(ARTICLE, article(None), day)
        for edit in range(2 if number < 6 else 1):
            commits += 1
            later = date.fromisoformat(day).replace(day=28).isoformat() if day != "2025-04-21" else day
            repository.write(ARTICLE, article((number + edit) % len(EDITS)), later)
    assert commits == 26
    repository.call("bundle", "create", "-q", str(root / "docs.bundle"), "HEAD", "main")
    repository.call("clone", "-q", str(root / "docs.bundle"), str(root / "clone"))
    return Repository(root / "clone", there=True)


def dated(repository: Repository, words: str, path: str = ARTICLE) -> list[str]:
    return [f"{event.day} {event.kind}" for event in events(versions(repository.root, path), match_pattern(words))]


@pytest.mark.parametrize("words", DATED)
def test_each_fact_is_dated_and_no_edit_is_an_event(clone: Repository, words: str) -> None:
    assert dated(clone, words) == DATED[words]


def test_nine_of_the_commits_move_a_fact(clone: Repository) -> None:
    """Those of the facts, to the day; the commit that made the file with its first facts moves none of it."""
    found = versions(clone.root, ARTICLE)
    moved = {event.commit: event.day for words in DATED for event in events(found, match_pattern(words))}
    assert moved.pop(found[0].commit).isoformat() == next(iter(FACTS))
    assert (len(found), len(moved)) == (26, 9)
    assert sorted(day.isoformat() for day in moved.values()) == list(FACTS)[1:]


def test_a_file_is_followed_through_its_names(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "a")
    text = "".join(f"- Line {number} of a page that is long enough.\n" for number in range(9))
    repository.write("old.md", text + "- No hosts.\n", "2020-01-01")
    repository.call("mv", "old.md", "new name.md")
    repository.write("other.md", "x", "2020-02-01")
    repository.write("new name.md", text + "- No hosts or names.\n", "2020-03-01")
    (repository.root / "new name.md").unlink()
    repository.write("other.md", "y", "2020-04-01")
    assert dated(repository, "no hosts", "new name.md") == [
        "2020-01-01 appeared",
        "2020-03-01 changed",
        "2020-04-01 disappeared",
    ]
    assert [version.path for version in versions(repository.root, "new name.md")] == ["old.md", *["new name.md"] * 3]
    assert dated(repository, "x", "none.md") == []


def test_a_merge_dates_what_it_brings(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "a")
    repository.write("a.md", "- One.\n\n\n\n- Two.\n", "2020-01-01")
    repository.call("checkout", "-q", "-b", "side")
    repository.write("a.md", "- One.\n\n\n\n- Two.\n- Three.\n", "2020-02-01")
    repository.call("checkout", "-q", "main")
    repository.write("a.md", "- One more.\n\n\n\n- Two.\n", "2020-03-01")
    repository.call("merge", "-q", "--no-ff", "-m", "merge", "side", day="2020-04-01")
    assert dated(repository, "three", "a.md") == ["2020-04-01 appeared"]
    assert dated(repository, "two", "a.md") == ["2020-01-01 appeared"]


def test_a_file_at_a_commit(clone: Repository) -> None:
    first = versions(clone.root, ARTICLE)[0].commit
    assert "GPv1 accounts" in (text_at(clone.root, first[:9], ARTICLE) or "")
    for commit, path in (
        (first, "none.md"),
        ("0" * 40, ARTICLE),
        ("HEAD", ARTICLE),
        ("--help", ARTICLE),
        (first, "articles"),
    ):
        assert text_at(clone.root, commit, path) is None


def test_git_is_bounded_and_says_what_it_says(
    tmp_path: Path, clone: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(GitError, match=r"there is no folder"):
        versions(tmp_path / "none", "a.md")
    with pytest.raises(GitError, match=r"git rev-parse in .*: fatal: not a git repository"):
        versions(tmp_path, "a.md")
    monkeypatch.setattr("knooppunt.git.MOST", 9)
    with pytest.raises(GitError, match=r"git log in .*: the answer is larger than 0 MB"):
        git(clone.root, "log")
    monkeypatch.setattr("knooppunt.git.TIMEOUT", 0)
    with pytest.raises(GitError, match=r"git log took longer than 0 s"):
        git(clone.root, "log")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match=r"git is not installed; install it, or give files and folders"):
        git(clone.root, "log")


def test_the_revision_of_sources(tmp_path: Path) -> None:
    assert source_revision(tmp_path) is None
    repository = Repository(tmp_path / "a")
    commit = repository.write("a.md", "x", "2020-01-01")
    (repository.root / "new.md").write_text("not known to git")
    assert source_revision(repository.root) == commit
    (repository.root / "a.md").write_text("y")
    assert source_revision(repository.root) == f"{commit}-dirty"


# Blocks -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("- One.\n- No hosts\n  at all.\n- Two.", ["- No hosts at all."]),
        ("Some words,\nno hosts,\nmore words.\n\nElse.", ["Some words, no hosts, more words."]),
        ("| a |\n| no hosts |\n| b |", ["| no hosts |"]),
        ("// no hosts\n// more", ["// no hosts"]),
        ("no hosts and no hosts\n\nNO HOSTS", ["no hosts and no hosts", "NO HOSTS"]),
        ("No\nhosts.", ["No hosts."]),
        ("nothing", []),
        ("", []),
    ],
)
def test_the_block_around_a_match(text: str, blocks: list[str]) -> None:
    assert list(matching(text, match_pattern("no hosts"))) == blocks


@given(st.text(alphabet="no hsts\n-|*.", max_size=80), st.sampled_from(["no hosts", "/h/", "/o*/", "/(?=h)/"]))
def test_blocks_hold_matches_whatever_the_text(text: str, words: str) -> None:
    pattern = match_pattern(words)
    for block in matching(text, pattern):
        assert re.search(pattern, block) or re.search(pattern, text)


@given(
    st.lists(
        st.sampled_from(["- No hosts.", "- No hosts", "- no **hosts**", "- No hosts or names.", "", None]), max_size=9
    )
)
def test_events_tell_the_last_state(texts: list[str | None]) -> None:
    found = events((Version("c", date(2020, 1, 1), "a.md", text) for text in texts), match_pattern("no hosts"))
    there = bool(texts) and "hosts" in (texts[-1] or "")
    assert (bool(found) and found[-1].kind != "disappeared") == there
    assert all(one.kind != two.kind or one.kind == "changed" for one, two in pairwise(found))


# The command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    record = "  kind: requirement\n  title: T\n  statement: S.\n  layer: x\n  variants: {v1: {status: active}}\n"
    source = f"source: azure-docs/{ARTICLE}"
    evidence = {
        "good": f"{{{source}, date: 2022-10-05, match: azure files}}, {{source: other/x.md, match: x}}, {{source: y}}",
        "gone": f"{{{source}, date: 2020-11-04, match: private clusters}}",
        "early": f"{{{source}, date: 2020-11-03, match: authorized ip ranges}}",
        "changed": f"{{{source}, date: 2020-11-04, match: azure files}}",
        "commit": f'{{{source}, commit: "0000000", match: managed identity}}',
        "never": f"{{{source}, match: host networking}}",
        "file": "{source: azure-docs/none.md, match: x}",
    }
    records = "".join(f"a.b.{name}:\n{record}  evidence: [{text}]\n" for name, text in evidence.items())
    for path, text in {"mkdocs.yml": "site_name: X\n", "docs/index.md": "# X\n", "docs/r.yml": records}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def run(project: Path, clone: Repository, *arguments: str) -> int:
    return main(["history", "--project", str(project), "--source", f"azure-docs={clone.root}", *arguments])


def test_evidence_that_holds(project: Path, clone: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, clone, "a.b.good") == 0
    commits = [event.commit[:9] for event in events(versions(clone.root, ARTICLE), match_pattern("azure files"))]
    assert capsys.readouterr().out == (
        "a.b.good: T\n"
        "  azure-docs/articles/virtual-nodes.md: azure files\n"
        f"    2020-11-04  {commits[0]}  appeared\n"
        f"    2022-10-05  {commits[1]}  changed\n"
        "1 fact dated; 1 of 3 pieces of evidence without 'match', 1 in sources that were not named\n"
    )


def test_evidence_that_does_not_hold(project: Path, clone: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, clone, "--format", "json") == 1
    facts = {fact["id"][4:]: fact for fact in json.loads(capsys.readouterr().out)["facts"]}
    said = {name: re.sub(r"\([0-9a-f]{9}\)", "(C)", "; ".join(fact["problems"])) for name, fact in facts.items()}
    assert said == {
        "good": "",
        "gone": "the words are gone since 2021-02-17 (C); see whether the record still holds",
        "early": "it is dated 2020-11-03, and the words appeared on 2020-11-04 (C); "
        "the words changed on 2020-11-04 (C), after the newest evidence of 2020-11-03",
        "changed": "the words changed on 2022-10-05 (C), after the newest evidence of 2020-11-04",
        "commit": "the repository has no such file at commit 0000000",
        "never": "no version of the file has these words",
        "file": "the file was never in this repository",
    }
    assert facts["gone"]["events"][1]["event"] == "disappeared"
    assert facts["gone"]["events"][1]["text"] == "- Private clusters are not there."
    assert facts["good"]["events"][0]["path"] == ARTICLE


def test_any_words_of_any_file(clone: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--source", f"x={clone.root}", "--file", ARTICLE, "--match", "/gpv[12] accounts/"]
    assert main(["history", *words]) == 0
    assert capsys.readouterr().out.endswith("changed\n2 events in 26 versions of articles/virtual-nodes.md\n")
    assert main(["history", *words, "--format", "json"]) == 0
    assert [event["date"] for event in json.loads(capsys.readouterr().out)["events"]] == ["2020-11-04", "2022-10-05"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "name a clone of a source: --source azure-aks-docs=../azure-aks-docs"),
        (["--source", "docs"], "'docs' is not NAME=DIR"),
        (["--source", "x=CLONE", "--file", "a.md"], "--file and --match go together"),
        (["--source", "x=CLONE", "--file", "a.md", "--match", "/(/"], "--match: '(' is not a regular expression"),
        (["--source", "x=CLONE", "--file", "a.md", "--match", " "], "--match: there is nothing to look for"),
        (["--source", "x=CLONE", "--file", "--upload-pack=x", "--match", "x"], "CLONE never had a file '--upload"),
        (["--source", "x=CLONE", "--file", ":(top)", "--match", "x"], "CLONE never had a file ':(top)'"),
        (["--source", "x=CLONE", "a.b.none"], "there is no record 'a.b.none'"),
        (["--source", "azure-docs=/nowhere"], "there is no folder '/nowhere'"),
    ],
)  # fmt: skip
def test_what_cannot_be_dated(
    project: Path, clone: Repository, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [text.replace("CLONE", str(clone.root)) for text in arguments]
    given = [f"--file={given.pop(index + 1)}" if text == "--file" else text for index, text in enumerate(given)]
    assert main(["history", "--project", str(project), *given]) == 2
    assert capsys.readouterr().err.startswith(f"error: {message.replace('CLONE', str(clone.root))}")


def test_signatures_of_commits_are_no_paths(tmp_path: Path) -> None:
    """Though the user has git show them."""
    repository = Repository(tmp_path / "a")
    signer = tmp_path / "signer"
    signer.write_text("#!/bin/sh\necho '[GNUPG:] SIG_CREATED D' >&2\necho '-----BEGIN PGP SIGNATURE-----'\necho\n"
                      "echo x\necho '-----END PGP SIGNATURE-----'\n", "utf-8")  # fmt: skip
    signer.chmod(0o755)
    repository.call("config", "gpg.program", str(signer))
    repository.call("config", "log.showSignature", "true")
    for day, text in (("2020-01-01", "- No hosts.\n"), ("2020-02-01", "- No hosts at all.\n")):
        (repository.root / "a.md").write_text(text, "utf-8")
        repository.call("add", "-A", day=day)
        repository.call("commit", "-q", "-S", "-m", "x", day=day)
    assert [version.path for version in versions(repository.root, "a.md")] == ["a.md", "a.md"]
