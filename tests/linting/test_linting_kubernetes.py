"""The fields of Kubernetes' objects, and pairs of texts that are alike."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.linting.kubernetes import Fields, Step, about_kubernetes, parse_path, shown
from knooppunt.linting.near import near_pairs, words_of
from knooppunt.recordlint import kubernetes_fields

DATA = Path(__file__).parents[2] / "tools/knooppunt/linting/kubernetes.json"
ALL = kubernetes_fields().versions


def test_the_data_is_what_its_script_makes(tmp_path: Path) -> None:
    script = runpy.run_path(str(Path(__file__).with_name("make_kubernetes_fields.py")))
    script["write"](tmp_path / "made.json")
    assert (tmp_path / "made.json").read_bytes() == DATA.read_bytes()
    assert DATA.stat().st_size < 100_000


@pytest.mark.parametrize(
    ("path", "first", "last"),
    [
        ("spec.hostAliases", "1.25", "1.37"),
        ("spec.containers[].lifecycle.stopSignal", "1.33", "1.37"),
        ("spec.initContainers[].restartPolicy", "1.28", "1.37"),
        ("spec.template.spec.containers[].env[].valueFrom.fieldRef", "1.25", "1.37"),
        ("spec.jobTemplate.spec.template.spec.hostNetwork", "1.25", "1.37"),
        ("metadata.labels", "1.25", "1.37"),
        ("metadata.labels.app", "1.25", "1.37"),
        ('metadata.annotations["a.b/c"]', "1.25", "1.37"),
        ("spec.volumes[].azureFile", "1.25", "1.37"),
        ("spec.podSelector.matchLabels", "1.25", "1.37"),
        ("status.capacity", "1.25", "1.37"),
        ("stringData", "1.25", "1.37"),
    ],
)
def test_paths_that_exist(path: str, first: str, last: str) -> None:
    versions = kubernetes_fields().versions_of(path)
    assert (versions[0], versions[-1]) == (first, last)


@pytest.mark.parametrize(
    "path",
    [
        "spec.hostAlias",
        "spec.volumes[].azurefile",
        "spec.containers.args",
        "hostAliases",
        "spec.hostNetwork[]",
        "spec[]",
        "spec.containers[].args[].x",
        "spec..a",
        "",
        "spec.metadata.labels.a.b",
    ],
)
def test_paths_that_do_not(path: str) -> None:
    assert kubernetes_fields().versions_of(path) == ()


def test_brackets_are_put_where_they_belong() -> None:
    fields = kubernetes_fields()
    assert fields.misplaced("spec.containers.env.value") == "spec.containers[].env[].value"
    assert fields.misplaced("spec.hostNetwork[]") == "spec.hostNetwork"
    assert fields.misplaced("spec.containers[].args") == ""
    assert fields.misplaced("spec.nothing.args") == ""
    assert Fields().versions_of("spec.hostAliases") == ()


def test_parts_of_paths() -> None:
    assert parse_path("a.b[].c") == (Step("a"), Step("b", item=True), Step("c"))
    assert [parse_path(text) for text in ("a[0]", ".a", "a.", "$.a", "a b", "a/b")] == [None] * 6
    assert about_kubernetes("spec")
    assert not about_kubernetes("networkProfile.networkPlugin")
    assert (shown(ALL), shown(["1.30"]), shown([])) == ("1.25 to 1.37", "1.30", "no version")


SETS = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=10), max_size=12)


@given(SETS, st.sampled_from([0.5, 0.6, 0.75, 0.8, 0.9, 1.0]))
def test_no_pair_is_missed_and_none_invented(texts: list[frozenset[str]], threshold: float) -> None:
    """The quick way finds what comparing every two finds."""
    slow = []
    for second, two in enumerate(texts):
        for first, one in enumerate(texts[:second]):
            if one and two and len(one & two) / len(one | two) >= threshold:
                slow.append((first, second))
    assert sorted((first, second) for first, second, _ in near_pairs(texts, threshold)) == sorted(slow)


def test_words_are_without_markup() -> None:
    assert words_of("The **agent** reads `spec.hostAliases`, it's 1.5 GB.") == frozenset(
        {"the", "agent", "reads", "spec.hostaliases", "it's", "1.5", "gb"}
    )
    assert json.loads(DATA.read_text("utf-8"))["versions"] == list(ALL)
