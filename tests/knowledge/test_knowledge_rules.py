"""Rules of records: the subset of CEL, what it refuses, and where the record is said to be wrong."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.config import Settings
from knooppunt.errors import DataError
from knooppunt.knowledge import parse_records
from knooppunt.knowledge.cel import CelError, Node, children, parse_cel, walk
from knooppunt.knowledge.cel_lint import check_cel
from knooppunt.model import Rule, Target

HINT = "write {target: manifest, cel: ...}, or leave it out"
RECORD = """\
aks.virtual-nodes.host-aliases:
  kind: limitation
  title: Host aliases have no effect
  statement: The provider never reads them.
  layer: provider
  effect: ignored
  variants: {v1: {status: active}}
  evidence: [{source: azure-aci/README.md}]
"""


@pytest.mark.parametrize(
    "rule",
    [
        "has(podSpec.hostAliases)",
        "!has(podSpec.os) || !has(podSpec.os.name) || podSpec.os.name == 'linux'",
        'has(metadata.labels) && "a/b" in metadata.labels && metadata.labels["a/b"] in ["x", "y"]',
        "allContainers.exists(c, has(c.env) && c.env.all(e, has(e.value) && e.value.startsWith('a')))",
        "totals.cpu + 1000 * totals.withoutCpu > 4000 && sizes.exists(s, s.cpu % 10 != 0)",
        "(kind == 'Job') == true && variant != 'v1'",
        "object.kind == 'Service' && has(object.spec) && has(object.spec.ports) && size(object.spec.ports) >= -1",
        (
            "sizes.all(s, s.memory < 1) || podSpec.containers.exists(c, has(c.resources) && has(c.resources.limits) "
            "&& c.resources.limits.exists(r, r.contains('gpu')))"
        ),
    ],
)
def test_sound_rules(rule: str) -> None:
    check_cel(rule, Target.MANIFEST)


@pytest.mark.parametrize(
    ("rule", "message", "at"),
    [
        ("", "the end where a value was expected", 0),
        ("has(podSpec.os) &&", "the end where a value was expected", 18),
        ("has(podSpec.os) has(podSpec.os)", "'has' where nothing more was expected", 16),
        ("has(podSpec)", "'has()' needs a field", 4),
        ("has(podSpec.os", "the end where ')' was expected", 14),
        ("podSpec.os.name", "'podSpec.os' may be absent", 0),
        ("has(podSpec.os.name)", "'podSpec.os' may be absent", 4),
        ("has(podSpec.os) || podSpec.hostNetwork", "'podSpec.hostNetwork' may be absent", 19),
        ("!has(podSpec.hostNetwork) && podSpec.hostNetwork", "'podSpec.hostNetwork' may be absent", 29),
        ("has(podSpec.hostAlias)", "'podSpec' has no field 'hostAlias'", 12),
        ("has(podspec.hostAliases)", "unknown variable 'podspec'", 4),
        ("podSpec.containers.exists(c, has(d.args))", "unknown variable 'd'", 33),
        ("podSpec.containers.exists(kind, has(kind.args))", "'kind' has a meaning already", 0),
        ("podSpec.containers.map(c, c.name)", "'map()' is not in the subset", 19),
        ("kind.matches('a')", "'matches()' is not in the subset", 5),
        ("dyn(kind) == 'a'", "'dyn()' is not in the subset", 0),
        ("kind == 'a' ? true : false", "'?' is not in the subset", 12),
        ("totals.cpu / 2 > 1", "'/' is not in the subset", 11),
        ("totals.cpu > 1.5", "only whole numbers are in the subset", 13),
        ("totals.cpu > 0x10", "only whole numbers are in the subset", 13),
        ("kind == null", "'null' is not in the subset", 8),
        ("kind == 'a\\n'", "a text with a backslash, or without its closing quote", 8),
        ("kind == 'a", "a text with a backslash, or without its closing quote", 8),
        ("kind == {'a': 1}", "'{' is not in the subset", 8),
        ("kind & 'a'", "'&' is not in the subset", 5),
        ("kind == 3", "compares a text with a number", 0),
        ("kind < 'a'", "the value before '<' is a text, not a number", 0),
        ("size(podSpec.containers)", "the rule is a number, not true or false", 0),
        ("kind && true", "the value before '&&' is a text, not true or false", 0),
        ("size(totals.cpu) > 1", "size() of a value that has none", 5),
        ("kind in 'abc'", "'in' needs a list or a map after it", 8),
        ("podSpec.containers[0].name == 'a'", "an item of a list by its number may be absent", 0),
        ("has(metadata.labels) && metadata.labels['a'] == 'b'", "'metadata.labels['a']' may be absent", 24),
        ("kind.exists(x, true)", "the value before '.exists' is a text, not a list", 0),
        ("podSpec.containers.exists(c, size(c.name) > 0)", "'c.name' may be absent", 34),
        ("true", "reads nothing", 0),
        ("has(podSpec.os) && object.kind == 'Service'", "reads both 'object' and a workload", 19),
        ("a" * 5000, "is longer than 4000 characters", 4000),
        ("(" * 900 + "true" + ")" * 900, "is nested deeper than 40 levels", None),
        ("!" * 900 + "true", "is nested deeper than 40 levels", 0),
        ("true" + " || true" * 400, "joins more than 100 parts in a row", None),
        ("a" + ".a" * 200, "has a path of more than 40 steps", None),
    ],
)
def test_unsound_rules(rule: str, message: str, at: int | None) -> None:
    with pytest.raises(CelError) as caught:
        check_cel(rule, Target.MANIFEST)
    assert caught.value.message == message
    assert at is None or caught.value.offset == at
    assert caught.value.hint


def test_each_target_knows_its_own_variables() -> None:
    check_cel("tool.name == 'azure-cli' && tool.version[0] < 2", Target.TOOL)
    check_cel("has(cluster.diskEncryptionSetId)", Target.CLUSTER)
    for rule, target in (("has(podSpec.os)", Target.CLUSTER), ("kind == 'a'", Target.TOOL)):
        with pytest.raises(CelError, match="unknown variable"):
            check_cel(rule, target)


def test_a_record_keeps_its_rule(tmp_path: Path) -> None:
    text = RECORD + "  rule:\n    target: manifest\n    cel: >-\n      has(podSpec.hostAliases)\n      && true\n"
    ((record,), _) = parse_records(text, "a.yml", article="a", settings=Settings(root=tmp_path))
    assert record.rule == Rule(Target.MANIFEST, "has(podSpec.hostAliases) && true")


@pytest.mark.parametrize(
    ("rule", "line", "problem"),
    [
        ("rule: yes", 9, f": must be a mapping with a target and an expression, not 'yes'; {HINT}"),
        ("rule:", 9, f": must be a mapping with a target and an expression, not nothing; {HINT}"),
        ("rule: {cel: 'kind == \"Pod\"'}", 9, ".target: 'target' is missing; one of manifest, cluster, tool"),
        (
            "rule: {target: manifest}",
            9,
            ".cel: 'cel' is missing; write a condition that is true where the record applies",
        ),
        ("rule: {target: node, cel: x}", 9, ".target: unknown target 'node'; one of manifest, cluster, tool"),
        (
            "rule: {target: manifest, cel: has(podSpec.hostAliases), message: no}",
            9,
            ".message: unknown field 'message'; known here: target, cel",
        ),
        (
            "rule:\n    target: manifest\n    cel: has(podSpec.hostAlias)",
            11,
            ".cel: 'podSpec' has no field 'hostAlias', at 'hostAlias)'; did you mean 'hostAliases'?",
        ),
        (
            "rule:\n    target: manifest\n    cel: kind ==",
            11,
            ".cel: the end where a value was expected, at its end; mend the expression",
        ),
    ],
)
def test_a_faulty_rule_is_a_problem_of_its_record(rule: str, line: int, problem: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        parse_records(f"{RECORD}  {rule}\n", "a.yml", article="a", settings=Settings(root=tmp_path))
    assert str(caught.value) == f"a.yml:{line}: aks.virtual-nodes.host-aliases.rule{problem}"


LETTERS = st.text(alphabet=string.printable, max_size=60)
PIECES = st.lists(
    st.sampled_from(
        [
            *"()[].,!-+*%<>=&|'\"?",
            " ",
            "&&",
            "||",
            "has(",
            "size(",
            ".exists(c, ",
            "podSpec",
            "containers",
            "in",
            "true",
            "7",
        ]
    ),
    max_size=30,
).map("".join)


@given(LETTERS | PIECES)
def test_any_text_is_a_rule_or_a_clear_error(text: str) -> None:
    try:
        node = check_cel(text, Target.MANIFEST)
    except CelError as error:
        good = bool(error.message) and 0 <= error.offset <= len(text)
    else:
        good = all(text[part.start : part.end] for part in walk(node))
    assert good


@st.composite
def rules(draw: st.DrawFn, depth: int = 3) -> str:
    """A rule that parses."""
    if depth == 0:
        return draw(
            st.sampled_from(["true", "1 < 2", "has(podSpec.os)", "kind == 'a'", '"x" in ["x"]', "size('ab') > 1"])
        )
    left, right = draw(rules(depth - 1)), draw(rules(depth - 1))
    shape = draw(st.sampled_from(["{0} && {1}", "({0}) || {1}", "!({0})", "podSpec.containers.exists(c{2}, {0})"]))
    return str(shape.format(left, right, depth))


@given(rules())
def test_a_part_of_a_rule_is_a_rule(text: str) -> None:
    """What a node says it covers parses to the same shape again: the assessment evaluates parts by their text."""

    def shape(node: Node) -> object:
        return type(node).__name__, [shape(child) for child in children(node)]

    for part in walk(parse_cel(text)):
        assert shape(parse_cel(text[part.start : part.end])) == shape(part)
