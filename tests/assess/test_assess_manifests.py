"""Manifests: what is read, as Kubernetes reads it; what is refused, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest
import yaml
from assess_cases import POD
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.assess import parse_manifests, subjects
from knooppunt.assess.documents import MAX_DEPTH, MAX_VALUES
from knooppunt.assess.quantities import QuantityError, measure, parse_quantity
from knooppunt.assess.subjects import version_numbers
from knooppunt.errors import DataError


def values(text: str) -> list[Any]:
    """The values of all documents."""
    return [document.value for document in parse_manifests(text, "m.yaml")]


def titles(text: str) -> list[tuple[str, int, bool]]:
    """Title, line and whether it is a workload, of all that a text holds."""
    return [
        (subject.title, subject.line, subject.pod is not None)
        for document in parse_manifests(text, "m.yaml")
        for subject in subjects(document)
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: yes\nb: No\nc: on\nd: true\n", {"a": True, "b": False, "c": True, "d": True}),
        ('a: "yes"\nb: \'1\'\n', {"a": "yes", "b": "1"}),
        ("a: 2019-01-15\nb: 12:30:45\nc: 1.2.3\n", {"a": "2019-01-15", "b": "12:30:45", "c": "1.2.3"}),
        ("a: 0777\nb: 0o17\nc: 0x1F\nd: -5\ne: +5\nf: 1_000\ng: 08\n", {"a": 511, "b": 15, "c": 31, "d": -5, "e": 5, "f": 1000, "g": "08"}),
        ("a: 1.5\nb: .5\nc: 1e3\nd: 1.\ne: 1e\nf: .\n", {"a": 1.5, "b": 0.5, "c": 1000.0, "d": 1.0, "e": "1e", "f": "."}),
        ("a: null\nb: ~\nc:\nd: Null\ne: [null, 1]\n", {"e": [1]}),
        ("base: &b {x: 1, y: 2}\na: {<<: *b, y: 3}\nc: {y: 4, <<: *b}\n", {"base": {"x": 1, "y": 2}, "a": {"x": 1, "y": 3}, "c": {"x": 1, "y": 4}}),
        ("a: &x [1]\nb: *x\n", {"a": [1], "b": [1]}),
        ("a: !!str 1\nb: !!int '7'\n", {"a": "1", "b": 7}),
        ("1: a\ntrue: b\n", {"1": "a", "true": "b"}),
        ("a: |\n  x\n  y\n", {"a": "x\ny\n"}),
    ],
)  # fmt: skip
def test_values_are_those_of_kubernetes(text: str, value: object) -> None:
    assert values(text) == [value]


def test_documents_are_read_one_by_one_and_empty_ones_left_out() -> None:
    text = "# only a comment\n---\na: 1\n---\n---\n{}\n---\nb: 2\n...\n"
    assert [(document.line, document.value) for document in parse_manifests(text, "m")] == [
        (3, {"a": 1}),
        (8, {"b": 2}),
    ]
    assert values("") == []
    assert values("\ufeffa: 1\r\nb: 2\r\n") == [{"a": 1, "b": 2}]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a: 1\nb: [\n", "m.yaml:3: not valid YAML: did not find expected node content; mend the line; 'kubectl apply' would refuse it too"),
        ("a: {{ .Values.x }}\n", "m.yaml:1: a key must be a plain word; write the key as a text"),
        ("a: 1\n{{- if .Values.x }}\nb: 2\n", "it looks like a chart that is not rendered yet: helm template CHART | knooppunt assess -"),
        ("a: 1\nb: 2\na: 3\n", "m.yaml:3: duplicate key 'a', first on line 1; remove one of the two"),
        ("a:\na:\n", "m.yaml:2: duplicate key 'a', first on line 1"),
        ("a: *x\n", "m.yaml:1: '*x' names no anchor of this document"),
        ("a: &x [*x]\n", "m.yaml:1: '*x' names no anchor of this document"),
        ("a: !Ref b\n", "m.yaml:1: tag '!Ref'; write a plain value"),
        ("a: {<<: {b: 1}}\n", "m.yaml:1: a merge key '<<' without an alias"),
        ("? [a]\n: b\n", "m.yaml:1: a key must be a plain word"),
        ("a: '\x07'\n", "m.yaml:1: not valid YAML: "),
        ("[" * 100 + "]" * 100, f"nested deeper than {MAX_DEPTH} levels"),
        ("{\t\"a\": " * 100 + "1" + "}" * 100, f"nested deeper than {MAX_DEPTH} levels"),
    ],
)  # fmt: skip
def test_bad_manifests_have_one_clear_problem(text: str, problem: str) -> None:
    with pytest.raises(DataError) as caught:
        values(text)
    assert problem in str(caught.value)
    assert len(caught.value.problems) == 1


def test_a_few_lines_of_aliases_do_not_grow_without_bound() -> None:
    lines = ["a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(DataError, match=f"holds more than {MAX_VALUES} values with its aliases written out"):
        values("\n".join(lines))


def test_what_stands_before_a_fault_has_been_read() -> None:
    reader = parse_manifests("a: 1\n---\nb: [\n", "m")
    assert next(reader).value == {"a": 1}
    with pytest.raises(DataError):
        next(reader)


def test_json_with_tabs_is_read_too() -> None:
    assert values('{\n\t"kind":\t"List",\n\t"items":\t[null, {"a": null}]\n}\n') == [{"kind": "List", "items": [{}]}]


JSON = st.recursive(
    st.booleans() | st.integers(-(2**60), 2**60) | st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(alphabet="abcyn<~019", min_size=1, max_size=3).filter(lambda key: key != "<<"), inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from("abc"), JSON, min_size=1))
def test_whatever_is_written_as_json_or_yaml_is_read_back(value: dict[str, Any]) -> None:
    assert values(json.dumps(value)) == [value]
    assert values(yaml.safe_dump(value)) == [value]


def test_workloads_of_every_kind() -> None:
    pod = "spec: {containers: [{name: c, image: i}]}"
    held = f"metadata: {{name: a}}\nspec: {{template: {{{pod}}}}}\n"
    parts = [
        f"apiVersion: apps/v1\nkind: {kind}\n{held}"
        for kind in ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet")
    ]
    parts += [
        f"apiVersion: batch/v1\nkind: Job\n{held}",
        f"apiVersion: batch/v1\nkind: CronJob\nmetadata: {{name: a}}\nspec: {{jobTemplate: {{spec: {{template: {{{pod}}}}}}}}}\n",
        f"apiVersion: v1\nkind: ReplicationController\n{held}",
        f"apiVersion: v1\nkind: PodTemplate\nmetadata: {{name: a}}\ntemplate: {{{pod}}}\n",
        POD,
    ]
    found = titles("---\n".join(parts))
    assert [title.split("/")[0] for title, _, _ in found] == [
        *("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "ReplicationController"),
        *("PodTemplate", "Pod"),
    ]
    assert all(workload for _, _, workload in found)


def test_lists_within_lists_keep_their_order_and_lines() -> None:
    text = """\
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: PodList
  items:
  - apiVersion: v1
    kind: Pod
    metadata: {generateName: one-, namespace: shop}
    spec: {containers: []}
- apiVersion: v1
  kind: Service
  metadata: {name: two}
"""
    assert titles(text) == [("Pod/shop/one-", 7, True), ("Service/two", 11, False)]


def test_custom_resources_with_pods() -> None:
    text = """\
apiVersion: example.org/v1
kind: TrainingJob
metadata: {name: train}
spec:
  replicas:
    leader:
      template:
        spec: {containers: [{name: c, image: i}]}
    worker:
      template:
        spec: {containers: [{name: c, image: i}]}
---
apiVersion: example.org/v1
kind: Rollout
metadata: {name: web}
spec:
  template:
    spec: {containers: [{name: c, image: i}]}
---
apiVersion: example.org/v1
kind: Catalogue
metadata: {name: books}
spec: {containers: [shelf]}
"""
    assert titles(text) == [
        ("TrainingJob/train/replicas/leader", 7, True),
        ("TrainingJob/train/replicas/worker", 10, True),
        ("Rollout/web", 17, True),
        ("Catalogue/books", 20, False),
    ]


def test_a_job_of_another_group_is_looked_into() -> None:
    text = "apiVersion: batch.example.org/v1\nkind: Job\nmetadata: {name: j}\nspec: {tasks: [{template: {spec: {containers: [{image: i}]}}}]}\n"
    assert titles(text) == [("Job/j", 4, True)]


@pytest.mark.parametrize(
    "text", ["replicaCount: 2\n", "just a text\n", "- a\n- b\n", "kind: Pod\n", "apiVersion: v1\n"]
)
def test_what_is_no_object_is_passed_over(text: str) -> None:
    assert titles(text) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\n",
            "m.yaml:1: Deployment/a has no 'spec.template.spec'",
        ),
        ("\napiVersion: v1\nkind: Pod\nspec: []\n", "m.yaml:2: Pod/unnamed has no 'spec'"),
    ],
)
def test_a_workload_without_a_pod_is_a_problem(text: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        titles(text)


@pytest.mark.parametrize(
    ("value", "scale", "expected"),
    [
        ("100m", 1000, 100), ("0.1", 1000, 100), (2, 1000, 2000), (1.5, 1000, 1500), ("1500u", 1000, 2), ("1n", 1, 1),
        ("128Mi", 1, 134217728), ("1G", 1, 10**9), ("1e3", 1, 1000), ("2E3", 1, 2000), ("1E", 1, 10**18), (".5Gi", 1, 2**29),
        ("+5", 1, 5), ("-5", 1, 0), ("0", 1, 0), ("9" * 30, 1, 2**62),
    ],
)  # fmt: skip
def test_quantities(value: object, scale: int, expected: int) -> None:
    assert parse_quantity(value, scale) == expected


@pytest.mark.parametrize("value", ["", "a", "1x", "1 Gi", "1e", True, None, [], "1.2.3", "١"])
def test_what_is_no_quantity(value: object) -> None:
    with pytest.raises(QuantityError):
        parse_quantity(value)


def test_sums_over_a_pod() -> None:
    spec = {
        "containers": [
            {"name": "a", "resources": {"requests": {"cpu": "250m"}, "limits": {"cpu": 2, "memory": "1G"}}},
            {"name": "b", "ports": [{"containerPort": 80}, {"containerPort": 81}]},
            "nonsense",
        ]
    }
    totals, sizes = measure(spec)
    assert totals == {
        "cpu": 250,
        "memory": 10**9,
        "withoutCpu": 1,
        "withoutMemory": 1,
        "cpuLimit": 2000,
        "memoryLimit": 10**9,
        "ports": 2,
    }
    assert sizes == [{"name": "a", "cpu": 250, "memory": 10**9}, {"name": "b", "cpu": 0, "memory": 0}]
    with pytest.raises(QuantityError, match=r"spec.containers\[0\].resources.limits.cpu: '{}' is no quantity"):
        measure({"containers": [{"resources": {"limits": {"cpu": {}}}}]})


def test_versions() -> None:
    assert version_numbers("2.61.0") == [2, 61, 0]
    assert version_numbers("v3") == [3, 0, 0]
