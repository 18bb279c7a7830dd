from __future__ import annotations

import pytest
from knowledge_cases import SETTINGS

from knooppunt.errors import DataError
from knooppunt.knowledge import Knowledge, link, parse_records

RECORD = """\
aks.nodes.{slug}:
  kind: {kind}
  title: Title
  statement: {statement}
  layer: {layer}
  effect: {effect}
  variants: {{{variants}}}
  evidence: [{{source: one}}]
"""


def record(
    slug: str,
    *,
    statement: str = "It fails.",
    kind: str = "limitation",
    layer: str = "aci",
    effect: str = "ignored",
    variants: str = "v1: {status: active}",
) -> str:
    return RECORD.format(slug=slug, statement=statement, kind=kind, layer=layer, effect=effect, variants=variants)


def linked(**files: str) -> Knowledge:
    return link(
        parse_records(text, f"{name}.yml", article=name, settings=SETTINGS) for name, text in reversed(files.items())
    )


def problems(**files: str) -> list[str]:
    with pytest.raises(DataError) as raised:
        linked(**files)
    return [str(problem) for problem in raised.value.problems]


def test_id_in_two_files() -> None:
    assert problems(a=record("x"), b=record("y") + record("x")) == [
        "b.yml:9: aks.nodes.x: this id is already given at a.yml:1; remove one of the two"
    ]


def test_record_and_retired_id_with_one_name() -> None:
    assert problems(a=record("x") + record("y"), b="aks.nodes.x: {moved: aks.nodes.y}\n") == [
        "b.yml:1: aks.nodes.x: this id is already given at a.yml:1; remove one of the two"
    ]


def test_retired_id_that_leads_nowhere() -> None:
    assert problems(
        a=record("host-aliases") + "aks.nodes.b: {moved: aks.nodes.host-alias}\n"
        "aks.nodes.c: {split: [aks.nodes.host-aliases, aks.other.thing]}\n"
    ) == [
        (
            "a.yml:9: aks.nodes.b: moved to 'aks.nodes.host-alias', which does not exist; "
            "did you mean 'aks.nodes.host-aliases'?"
        ),
        "a.yml:10: aks.nodes.c: split to 'aks.other.thing', which does not exist; mend the id or add the record",
    ]


def test_circles_of_retired_ids_are_found_once_each() -> None:
    text = """\
aks.nodes.lead: {moved: aks.nodes.a}
aks.nodes.a: {moved: aks.nodes.b}
aks.nodes.b: {moved: aks.nodes.a}
aks.nodes.c: {split: [aks.nodes.x, aks.nodes.d]}
aks.nodes.d: {moved: aks.nodes.c}
"""
    assert problems(a=record("x"), b=text) == [
        (
            "b.yml:2: aks.nodes.a: leads back to itself: aks.nodes.a -> aks.nodes.b -> aks.nodes.a; "
            "let one of them end at a record"
        ),
        (
            "b.yml:4: aks.nodes.c: leads back to itself: aks.nodes.c -> aks.nodes.d -> aks.nodes.c; "
            "let one of them end at a record"
        ),
    ]


def test_two_ways_to_one_record_are_no_circle() -> None:
    text = """\
aks.nodes.a: {split: [aks.nodes.b, aks.nodes.c, aks.nodes.y]}
aks.nodes.b: {moved: aks.nodes.x}
aks.nodes.c: {moved: aks.nodes.b}
"""
    knowledge = linked(a=record("x") + record("y"), b=text)
    assert knowledge.resolve("aks.nodes.a") == ("aks.nodes.x", "aks.nodes.y")
    assert knowledge.resolve("aks.nodes.c") == ("aks.nodes.x",)
    assert knowledge.resolve("aks.nodes.y") == ("aks.nodes.y",)
    with pytest.raises(KeyError):
        knowledge.resolve("aks.nodes.nothing")


def test_a_chain_of_thousands_is_followed() -> None:
    chain = "".join(f"aks.nodes.n{i}: {{moved: aks.nodes.n{i + 1}}}\n" for i in range(3000))
    assert linked(a=record("n3000"), b=chain).resolve("aks.nodes.n0") == ("aks.nodes.n3000",)


@pytest.mark.parametrize("mention", ["`aks.nodes.gone`", "[that](#aks.nodes.gone)", '[that](#aks.nodes.gone "It")'])
def test_dead_mention(mention: str) -> None:
    text = record("x", statement=f"'See {mention}.'")
    assert problems(a=text) == [
        "a.yml:4: aks.nodes.x.statement: names 'aks.nodes.gone', which does not exist; mend the id or add the record"
    ]


def test_dead_mention_in_a_note_has_the_line_of_the_note() -> None:
    note = "{v1: {status: active,\n    note: See `aks.nodes.host-alias`.}}"
    assert problems(a=record("host-aliases").replace("{v1: {status: active}}", note)) == [
        (
            "a.yml:8: aks.nodes.host-aliases.variants.v1.note: names 'aks.nodes.host-alias', which does not exist; "
            "did you mean 'aks.nodes.host-aliases'?"
        )
    ]


@pytest.mark.parametrize(
    "mention",
    [
        "`aks.nodes.x`",
        "`aks.nodes.old`",
        "[that](#aks.nodes.x)",
        "`other.area.thing`",
        "`spec.containers.image`",
        "`aks.nodes.x.title`",
        "aks.nodes.gone",
        "[that](page.md#aks.nodes.gone)",
    ],
)
def test_what_is_no_dead_mention(mention: str) -> None:
    linked(a=record("x", statement=f"'See {mention}.'") + "aks.nodes.old: {moved: aks.nodes.x}\n")


def test_all_problems_between_files_at_once() -> None:
    found = problems(
        a=record("x", statement="See `aks.nodes.gone`."), b=record("x"), c="aks.nodes.old: {moved: aks.nodes.nowhere}\n"
    )
    assert [line.split(":")[0] for line in found] == ["a.yml", "b.yml", "c.yml"]


def slugs(knowledge: Knowledge, **filters: tuple[str, ...]) -> str:
    return " ".join(found.id.removeprefix("aks.nodes.") for found in knowledge.select(**filters))


def test_select() -> None:
    knowledge = linked(
        b=record("z", layer="provider") + record("a", kind="quota", effect="rejected"),
        a=record("m", variants="v1: {status: lifted}, v2: {status: active}")
        + "aks.nodes.old: {split: [aks.nodes.z, aks.nodes.m]}\n",
    )
    assert slugs(knowledge) == "m z a"
    assert slugs(knowledge, kind=("quota",)) == "a"
    assert slugs(knowledge, kind=("quota", "limitation"), layer=("aci",)) == "m a"
    assert slugs(knowledge, effect=("ignored",)) == "m z"
    assert slugs(knowledge, variant=("v2",)) == "m"
    assert slugs(knowledge, status=("active",)) == "m z a"
    assert slugs(knowledge, variant=("v1",), status=("active",)) == "z a"
    assert slugs(knowledge, id=("aks.nodes.a", "aks.nodes.m")) == "m a"
    assert slugs(knowledge, id=("aks.nodes.old",)) == "m z"
    assert slugs(knowledge, id=("aks.nodes.unknown",)) == ""
    assert slugs(knowledge, kind=("nothing",)) == ""


def test_membership() -> None:
    knowledge = linked(a=record("x") + "aks.nodes.old: {moved: aks.nodes.x}\n")
    assert "aks.nodes.x" in knowledge
    assert "aks.nodes.old" in knowledge
    assert "aks.nodes.y" not in knowledge
