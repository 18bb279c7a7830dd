"""Histories of articles, played through an update beside plain gettext: what each revision asks of translators."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from benchmarks.replay import TOOLS, Revision, Step, history, main, replay, table
from knooppunt.model import Origin, Segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pytest

BEFORE = {
    "registry": "Pods cannot pull images with the identity of the cluster",
    "peering": "Subnets that are peered, [network rules](net.md) and outgoing traffic are not handled.",
    "init": "Containers that run first",
    "aliases": "[Names for hosts](https://k8s.example/hosts)",
    "exec": "[Arguments](exec.md) of a command that is run in a pod",
    "daemonsets": "[DaemonSets](sets.md) will not start a pod here",
    "windows": "Only Linux pods are scheduled. You can set up the provider by hand to run Windows.",
    "network": "The cluster needs its own network plug-in.",
    "ranges": "Using address ranges for the api server.",
    "files": "A share can be mounted from an account of the [first kind](kinds.md).",
    "ipv6": "IPv6 is not supported.",
}
"""Eleven limitations as they were first written, by the slug of their record."""

AFTER = {
    "registry": "Pods can't pull images with the identity of the cluster.",
    "peering": "Subnets that are peered, [network rules](/azure/net) and outgoing traffic are not handled.",
    "init": "Containers that run first.",
    "aliases": "[Names for hosts](https://k8s.example/hosts).",
    "exec": "[Arguments](/azure/exec#limits) of a command that is run in a pod.",
    "daemonsets": "[DaemonSets](sets.md) won't start a pod here.",
    "windows": "To run Windows, you need to set up the provider by hand.",
    "network": "The cluster needs its own network plug-in.",
    "ranges": "Using address ranges for the API server.",
    "files": "A share can be mounted from an account of the first or the second kind, but no claim can be used.",
    "ipv6": "IPv6 isn't supported.",
    "identity": "A pod cannot have an identity of its own.",
    "hooks": "Hooks that run when a container starts or stops are ignored.",
}
"""The same years later: one as it was, nine in other words, one with another meaning (`files`), two new ones."""

NOTE = "The secret must name the server in full."
"""A sentence that explains a limitation of the first version, and was put below it."""


def records(texts: Mapping[str, str], revisions: Mapping[str, int], note: str = "") -> Iterator[Segment]:
    for slug, statement in texts.items():
        fields = {"title": f"Limitation of {slug}", "statement": statement}
        if slug == "registry" and note:
            fields["workaround"] = note
        for name, text in fields.items():
            revision = revisions.get(slug, 1)
            context = f"pods.limits.{slug}:{name}"
            yield Segment(text, Origin("docs/l.yml", 1), kind="record", context=context, revision=revision)


def bare(step: Step, tool: str) -> set[str]:
    return {name.rpartition(".")[2] for name in step.reopened[tool].records}


def test_ten_texts_of_eleven_change_and_one_meaning() -> None:
    """Known from a public article between 2021 and 2026: its texts know nothing of what has changed, records do."""
    first = Revision("2021-02-17", "a" * 40, tuple(records(BEFORE, {})))
    last = Revision("2026-07-01", "b" * 40, tuple(records(AFTER, {"files": 2}, NOTE)))
    assert sum(BEFORE[slug] != AFTER[slug] for slug in BEFORE) == 10
    [step] = replay([first, last])
    for line in table([step]):
        print(line)
    assert {tool: len(step.reopened[tool].records) for tool in TOOLS} == {
        "Knooppunt": 4, "msgmerge": 12, "msgmerge -N": 12,
    }  # fmt: skip
    assert bare(step, "Knooppunt") == {"files", "identity", "hooks", "registry"}
    # The texts: one of another meaning, the note, and title and statement of two new records.
    assert {tool: step.reopened[tool].entries for tool in TOOLS} == {
        "Knooppunt": 6, "msgmerge": 15, "msgmerge -N": 15,
    }  # fmt: skip
    assert step.counts["carried"] == 9
    assert step.reopened["Knooppunt"].helped == 1


def test_without_the_revision_the_meaning_is_not_known() -> None:
    """It is the author who says that a change is more than words; numbers and negations apart."""
    first = Revision("2021-02-17", "a" * 40, tuple(records(BEFORE, {})))
    last = Revision("2026-07-01", "b" * 40, tuple(records(AFTER, {}, NOTE)))
    [step] = replay([first, last])
    assert bare(step, "Knooppunt") == {"files", "identity", "hooks", "registry"}  # it says 'no' now
    calm = {**AFTER, "files": "A share can be mounted from an account of the first or the second kind."}
    [step] = replay([first, Revision("2026-07-01", "b" * 40, tuple(records(calm, {}, NOTE)))])
    assert bare(step, "Knooppunt") == {"identity", "hooks", "registry"}


# A history in git ---------------------------------------------------------------------------------------------------

PAGE = """\
# Storage

A pod can mount a share. The share lives as long as its account.

See [the kinds](kinds.md) of shares.
"""
RECORD = """\
pods.storage.claims:
  kind: limitation
  title: Claims have no effect
  statement: {statement}
  layer: provider
  effect: ignored
  variants: {{v1: {{status: active}}}}
  evidence: [{{source: docs/a.md, date: 2021-01-18}}]
  revision: {revision}
"""


def commit(repo: Path, day: str, **files: str | None) -> None:
    """Write files, or remove them, and commit; a name has `__` for `/`."""
    for name, text in files.items():
        path = repo / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is None:
            path.unlink()
        else:
            path.write_text(text, encoding="utf-8")
    when = f"{day}T12:00:00+00:00"
    environment = {**os.environ, "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    identity = ("-c", "user.name=Noor", "-c", "user.email=noor@example.org")
    for arguments in (("add", "-A"), (*identity, "commit", "-q", "-m", day)):
        subprocess.run(["git", "-C", repo, *arguments], check=True, env=environment)


def made(repo: Path) -> Path:
    subprocess.run(["git", "init", "-q", repo], check=True)
    article = "docs__storage__index.md"
    data = "docs__storage__limits.yml"
    commit(repo, "2021-01-01", **{"docs__storage.md": PAGE, "README.md": "Mine\n"})
    commit(repo, "2021-02-01", **{"docs__storage.md": None, article: PAGE})
    linked = PAGE.replace("kinds.md", "/kinds")
    commit(repo, "2021-03-01", **{article: linked, data: RECORD.format(statement="Claims are never read.", revision=1)})
    split = linked.replace("share. The", "share.\n\nThe")
    reworded = RECORD.format(statement="The provider never reads a claim.", revision=1)
    commit(repo, "2021-04-01", **{article: split, data: reworded})
    commit(repo, "2021-05-01", **{"README.md": "Ours\n"})
    commit(repo, "2021-06-01", **{data: RECORD.format(statement="A claim without a class is not read.", revision=2)})
    return repo


def test_a_page_through_a_rename(tmp_path: Path) -> None:
    steps = replay(list(history(made(tmp_path), "docs/storage/index.md", records=False)))
    assert [step.revision.date for step in steps] == ["2021-02-01", "2021-03-01", "2021-04-01"]
    numbers = [{tool: (found.entries, found.helped) for tool, found in step.reopened.items()} for step in steps]
    assert numbers == [
        {"Knooppunt": (0, 0), "msgmerge": (0, 0), "msgmerge -N": (0, 0)},
        {"Knooppunt": (0, 0), "msgmerge": (1, 1), "msgmerge -N": (1, 0)},
        {"Knooppunt": (2, 2), "msgmerge": (2, 1), "msgmerge -N": (2, 0)},
    ]


def test_records_through_their_revisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = made(tmp_path)
    assert main([str(repo), "docs/storage/index.md", "--records", "--locale", "de"]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in shown[2:]] == ["2021-03-01", "2021-04-01", "2021-06-01", "3", "records"]
    assert shown[-2].split()[3:] == ["5", "(3", "with", "help)", "7", "(2", "with", "help)", "7", "(0", "with", "help)"]
    assert shown[-1].split()[3:] == ["2", "3", "3"]


def test_a_revision_that_cannot_be_read_is_passed_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    repo = made(tmp_path)
    commit(repo, "2021-07-01", **{"docs__storage__limits.yml": "pods.storage.claims: {kind: wish}\n"})
    steps = replay(list(history(repo, "docs/storage/index.md", records=True)))
    assert [step.revision.date for step in steps] == ["2021-03-01", "2021-04-01", "2021-06-01"]
    assert "2021-07-01" in capsys.readouterr().err
