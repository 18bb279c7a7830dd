from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_cases import BROKEN, ID, PATH, SETTINGS, WHOLE, Broken

from knooppunt.config import Settings
from knooppunt.errors import DataError, Problem
from knooppunt.knowledge import parse_records
from knooppunt.knowledge.values import fold
from knooppunt.model import Amount, Effect, Evidence, Kind, Record, Redirect, Status, Variant


def parse(text: str, settings: Settings = SETTINGS) -> tuple[tuple[Record, ...], tuple[Redirect, ...]]:
    return parse_records(text, PATH, article="virtual-nodes/network", settings=settings)


def problems(text: str, settings: Settings = SETTINGS) -> list[str]:
    with pytest.raises(DataError) as raised:
        parse(text, settings)
    return [str(problem) for problem in raised.value.problems]


def test_whole_record() -> None:
    (record,), redirects = parse(WHOLE)
    assert redirects == ()
    assert (record.id, record.kind, record.effect) == (ID, Kind.LIMITATION, Effect.IGNORED)
    assert record.title == "Host aliases have no effect"
    assert record.workaround == "Add a record to your DNS zone."
    assert (record.layer, record.subject, record.fields) == ("provider", "spec.hostAliases", ("spec.hostAliases",))
    assert record.variants == (
        Variant("v1", Status.ACTIVE, since=date(2019, 1, 15)),
        Variant("v2", Status.LIFTED, until=date(2024, 9, 20), note="A kubelet writes them, at last."),
    )
    assert record.amounts == (Amount(60.0, "entries", "pod", adjustable=False),)
    assert record.evidence == (
        Evidence("azure-aci/README.md", "https://example.org/a", "d16bd42", "1.4", date(2019, 1, 15)),
    )
    assert [claim.evidence.source for claim in record.disputed] == ["one", "two"]
    assert record.references[0].url == "https://example.org/"
    assert (record.revision, record.article) == (2, "virtual-nodes/network")
    assert (record.origin.line, record.origin.pointer) == (1, ID)


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_broken_record_has_one_clear_problem(case: Broken) -> None:
    assert problems(case.text) == [case.problem]


@pytest.mark.parametrize(
    "text",
    [
        "Since the year\n2019. No *hosts*\nat all.",
        "--flag\n-1 and #5 are kept",
        "`a` | `b`\nhold.  \n***All*** of it.",
        "<b>One</b>\n2.5 = 5",
    ],
)
def test_one_paragraph_may_hold_signs(text: str) -> None:
    """What begins a block only elsewhere is text."""
    lines = "".join(f"    {line}\n" for line in text.split("\n"))
    (record,), _ = parse(WHOLE.replace("The provider never reads them.\n", f"|\n{lines}"))
    assert record.statement == fold(text)


def test_broken_records_are_named_once() -> None:
    assert len({case.name for case in BROKEN}) == len(BROKEN) >= 25


def test_all_problems_of_a_file_at_once() -> None:
    text = """\
aks.virtual-nodes.a:
  kind: limit
  title: ""
  statement: A statement.
  layer: aci
  variants: {v1: {status: active, since: 2024-02-30}, v2: {status: lifted, until: 2024-13-01}}
  evidence: [{source: one, date: 2023-02-29T10:00:00Z}]
aks.virtual-nodes.b: {moved: aks.virtual-nodes.b}
c: {split: []}
"""
    assert [line.split("; ")[0].removeprefix(f"{PATH}:") for line in problems(text)] == [
        "2: aks.virtual-nodes.a.kind: unknown kind 'limit'",
        "3: aks.virtual-nodes.a.title: 'title' is empty",
        "6: aks.virtual-nodes.a.variants.v1.since: '2024-02-30' is not a date",
        "6: aks.virtual-nodes.a.variants.v2.until: '2024-13-01' is not a date",
        "7: aks.virtual-nodes.a.evidence[0].date: '2023-02-29T10:00:00Z' is not a date",
        "8: aks.virtual-nodes.b.moved: 'aks.virtual-nodes.b' is moved to itself",
        "9: c: 'c' is not an id",
        "9: c.split: must name two different ids or more",
    ]


def test_every_problem_offers_a_way_out() -> None:
    for case in BROKEN:
        if "duplicate key" not in case.message:
            assert "; " in case.message, case.name


@pytest.mark.parametrize(("text", "message"), [("- a\n", "a list"), ("word\n", "'word'"), ("3\n", "the number 3")])
def test_file_that_is_no_mapping(text: str, message: str) -> None:
    assert problems(text) == [
        f"{PATH}:1: must be a mapping of ids to records, not {message}; write 'product.area.slug:' before each record"
    ]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "{}\n"])
def test_file_without_records(text: str) -> None:
    assert parse(text) == ((), ())


def test_retired_ids() -> None:
    _, redirects = parse("aks.nodes.a: {moved: aks.nodes.b}\naks.nodes.c: {split: [aks.nodes.a, aks.nodes.b]}\n")
    assert [(each.id, each.kind, each.to, each.origin.line) for each in redirects] == [
        ("aks.nodes.a", "moved", ("aks.nodes.b",), 1),
        ("aks.nodes.c", "split", ("aks.nodes.a", "aks.nodes.b"), 2),
    ]


def test_variants_have_the_order_of_the_settings() -> None:
    lines = WHOLE.splitlines(keepends=True)
    lines[10], lines[11] = lines[11], lines[10]
    assert [variant.name for variant in parse("".join(lines))[0][0].variants] == ["v1", "v2"]
    free = parse("".join(lines), Settings(Path()))[0][0]
    assert [variant.name for variant in free.variants] == ["v2", "v1"]


def test_settings_without_layers_and_variants_take_any_word() -> None:
    free = WHOLE.replace("layer: provider", "layer: moon").replace("v1:", "beta-2:")
    record = parse(free, Settings(Path()))[0][0]
    assert record.layer == "moon"
    assert record.variants[0].name == "beta-2"
    assert problems(free.replace("moon", "The moon").replace("beta-2", "v 2"), Settings(Path())) == [
        f"{PATH}:6: {ID}.layer: 'The moon' is not a word; write it with a-z, 0-9 and hyphens",
        f"{PATH}:11: {ID}.variants.v 2: 'v 2' is not a word; write it with a-z, 0-9 and hyphens",
    ]

    assert problems(free.replace("  layer: moon\n", ""), Settings(Path())) == [
        f"{PATH}:1: {ID}.layer: 'layer' is missing; say which layer imposes it"
    ]


def test_a_date_may_stand_in_quotes() -> None:
    record = parse(WHOLE.replace("since: 2019-01-15", 'since: "2019-01-15"'))[0][0]
    assert record.variants[0].since == date(2019, 1, 15)


def test_what_lasted_a_day_began_and_ended_on_it() -> None:
    record = parse(WHOLE.replace("until: 2024-09-20", "since: 2024-09-20, until: 2024-09-20"))[0][0]
    assert record.variants[1].since == record.variants[1].until == date(2024, 9, 20)


def test_an_impossible_date_in_prose_is_prose() -> None:
    record = parse(WHOLE.replace("It works.", "On 2019-02-30 it works."))[0][0]
    assert record.disputed[1].text == "On 2019-02-30 it works."


def test_syntax_error_beside_an_impossible_date_keeps_its_line() -> None:
    assert problems("aks.a.b:\n  date: 2024-02-30\n  x: [\n")[0].startswith(f"{PATH}:4: not valid YAML")


@settings(deadline=None)  # a busy machine is no fault
@given(
    st.sampled_from(WHOLE.splitlines(keepends=True)), st.text(alphabet="{}[]:,-&*!|>'\"#%@ \n\tab0._~=<", max_size=6)
)
def test_any_damage_is_a_data_error_or_none(line: str, noise: str) -> None:
    for text in (WHOLE.replace(line, noise + line, 1), WHOLE.replace(line, line[: len(line) // 2] + noise, 1)):
        found: tuple[Problem, ...] = ()
        records: tuple[Record, ...] = ()
        try:
            records, _ = parse(text)
        except DataError as error:
            found = error.problems
        assert all(problem.path == PATH and problem.line >= 1 for problem in found)
        assert all(record.title and record.evidence for record in records)
