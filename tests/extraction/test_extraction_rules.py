"""What passages a page has, what each is taken for, and what the drafts of them look like."""

from __future__ import annotations

import time
from datetime import date

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from knooppunt.errors import DataError
from knooppunt.extraction import Source, drafts_yaml, known_of, parse_drafts, propose, with_drafts
from knooppunt.extraction.classify import classify
from knooppunt.extraction.passages import passages
from knooppunt.knowledge.matching import match_pattern
from knooppunt.model import Evidence
from knooppunt.pages import parse_page
from knooppunt.yamltext import load

ARTICLE = """\
---
title: Ships
---
# Limits of ships

Ships sail. Barges aren't supported.

## Prerequisites

- A harbour. If you have none, [build one](build.md).
- The helm, `helm --version` **3.2** or later.
1. Open the gate.

## Known limitations

These do not work:

- Sails of
  two colours
- With engines:
    - `steam`
    - coal, unless permitted

Every ship must have a name. Most have two.

| Cargo | Inland | Sea |
| --- | --- | --- |
| Sand | Supported | Not supported |

### Details

- Fog slows ships down.

## Speed

> [!NOTE]
> Racing doesn't work with cargo, and isn't allowed at night.

If the tide isn't supported, wait.

The following flags aren't allowed:

- red
- [blue](blue.md)

| Flag | Allowed |
| --- | --- |
| green | Yes |
| pink | Unsupported ❌ |

```text
Code isn't supported.
```

Barges aren't **supported**!
"""


def drafts(text: str) -> list[str]:
    """`line kind confidence reason: statement` of each draft."""
    made = propose(parse_page(text, path="a.md"), Source("x/a.md"), known_of([], [], []))
    return [
        f"{draft.passage.origin.line} {draft.kind.value} {draft.confidence} {draft.reason}: {draft.statement}"
        for draft in made.drafts
    ]


def test_the_drafts_of_an_article() -> None:
    assert drafts(ARTICLE) == [
        "6 limitation likely not supported: Barges aren't supported.",
        "10 requirement likely prerequisites item: A harbour. If you have none, [build one](build.md).",
        "11 requirement likely prerequisites item: The helm, `helm --version` **3.2** or later.",
        "12 requirement possible prerequisites item: Open the gate.",
        "18 limitation likely limitations item: Sails of two colours",
        "21 limitation likely limitations item: `steam`",
        "22 limitation likely limitations item: coal, unless permitted",
        "24 requirement likely must: Every ship must have a name.",
        "28 limitation likely limitations row: Cargo: Sand; Inland: Supported; Sea: Not supported",
        "32 limitation likely limitations item: Fog slows ships down.",
        "37 limitation likely not supported: Racing doesn't work with cargo, and isn't allowed at night.",
        "39 limitation possible not supported: If the tide isn't supported, wait.",
        "43 limitation likely listed: red",
        "44 limitation likely listed: [blue](blue.md)",
        "49 limitation likely not supported: Flag: pink; Allowed: Unsupported ❌",
    ]


def test_what_introduces_an_item_is_kept_with_it_and_what_is_said_twice_is_one_draft() -> None:
    made = propose(parse_page(ARTICLE, path="a.md"), Source("x/a.md"), known_of([], [], []))
    under = {draft.statement: (draft.passage.under, draft.passage.led_from) for draft in made.drafts}
    assert under["`steam`"] == ("With engines:", 20)
    assert under["Sails of two colours"] == ("These do not work:", 16)
    assert under["red"] == ("The following flags aren't allowed:", 41)
    assert under["Fog slows ships down."] == ("", 0)
    assert [[place.line for place in draft.also] for draft in made.drafts][:2] == [[55], []]
    assert (made.bullets, made.known, made.stated) == (8, 0, 0)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Names can't be changed here.", None),
        ("Nothing is wrong with version control.", None),
        ("Sails were never implemented.", "limitation likely not supported"),
        ("Sails aren’t available.", "limitation likely not supported"),
        ("You shouldn't be allowed near it.", None),
        ("Learn which sails aren't supported.", "limitation possible not supported"),
        ("Are sails not supported?", "limitation possible not supported"),
        ("It fails with `sails are not supported`.", None),
        ("Steam is incompatible with sails.", "incompatibility likely incompatible"),
        ("Steam isn't fully compatible with sails.", "incompatibility likely incompatible"),
        ("The lock requires gate version 2.1 or later.", "requirement likely version"),
        ("You need the gate version `2.1` or later.", "requirement likely version"),
        ("Gate CLI version 2.1 or newer", "requirement likely version"),
        ("From 2.1 or later the gate is green by default.", "requirement possible versions"),
        ("The boat doesn't currently support sails.", "limitation likely does not support"),
        ("Because the boat doesn't support sails, row.", "limitation possible does not support"),
        ("Boats that don't support sails are rowed.", "limitation possible does not support"),
        ("It can land in unsupported harbours.", "limitation possible unsupported"),
        ("A boat holds at most 60 people.", None),
    ],
)
def test_a_sentence_outside_of_such_sections(text: str, wanted: str | None) -> None:
    found = [line.split(" ", 1)[1].partition(":")[0] for line in drafts(f"# X\n\n{text}\n")]
    assert found == ([] if wanted is None else [wanted])


@pytest.mark.parametrize(
    ("heading", "text", "wanted"),
    [
        ("Limitations", "A boat holds at most 60 people.", "quota likely limit"),
        ("Limitations", "Only Dutch boats: it is only available in Delft.", "limitation likely only"),
        ("Limitations", "Boats can't turn.", "limitation likely cannot"),
        ("Limitations", "Boats are fine.", None),
        ("Limitations", "- See [the list](a.md).", "limitation possible limitations item"),
        ("Limitations", "- [The list](a.md)", "limitation possible limitations item"),
        ("Limitations", "- A maximum of 60 people.", "quota likely limitations item"),
        ("Requests and limits", "- A boat floats.", "limitation possible limitations item"),
        ("Requests and limits", "- A boat can't fly.", "limitation likely limitations item"),
        ("Requirements", "- A boat.", "requirement likely requirements item"),
        ("Requirements", "- Install the boat.", "requirement possible requirements item"),
        ("Requirements", "- If you have none, build a boat.", "requirement possible requirements item"),
        ("Requirements", "- Install boat version 2.0 or later.", "requirement likely requirements item"),
        ("Before you begin", "- A horn (optional)", "requirement possible prerequisites item"),
        ("Requirement 10.1: log access", "- A boat.", None),
        ("Names", "- A boat.", None),
    ],
)
def test_a_passage_of_a_section(heading: str, text: str, wanted: str | None) -> None:
    found = [line.split(" ", 1)[1].partition(":")[0] for line in drafts(f"# X\n\n## {heading}\n\n{text}\n")]
    assert found == ([] if wanted is None else [wanted])


def test_a_section_ends_with_its_level_and_a_title_opens_none() -> None:
    text = "# Limitations\n\n- a\n\n## Limitations\n\n- b\n\n### More\n\n- c\n\n"
    text += "## Rest\n\n- d\n\nRequirements\n----\n\n- e\n"
    found = [(passage.text, passage.section) for passage in passages(parse_page(text, path="a.md"))]
    assert found == [("a", ""), ("b", "limitations"), ("c", "limitations"), ("d", ""), ("e", "requirements")]


def test_a_draft_is_found_again_by_its_fingerprint_wherever_it_moves() -> None:
    page = parse_page(ARTICLE, path="a.md")
    known = known_of([], [], [])
    first = propose(page, Source("x/a.md"), known)
    again = propose(page, Source("x/a.md"), known)
    assert again.drafts == ()
    assert again.known == len(first.drafts) + 1  # one that the page says twice
    moved = "# Ships\n\nNew words.\n\n" + ARTICLE.partition("# Limits of ships")[2].replace(
        "Barges aren't", "**Barges** aren’t"
    )
    assert propose(parse_page(moved, path="a.md"), Source("x/a.md"), known).drafts == ()
    assert len(propose(page, Source("y/a.md"), known).drafts) == len(first.drafts)


def test_what_evidence_of_a_record_quotes_is_not_proposed() -> None:
    evidence = [Evidence("x/a.md", match="barges aren't"), Evidence("x/a.md"), Evidence("y/a.md", match="/.*/")]
    made = propose(parse_page(ARTICLE, path="a.md"), Source("x/a.md"), known_of(evidence, [], []))
    assert "Barges aren't supported." not in [draft.statement for draft in made.drafts]
    assert made.stated == 2


def test_ids_are_never_taken_twice() -> None:
    text = "## Limits\n\n- Sails: red.\n\n### B\n\n- Sails: blue.\n- ☃\n"
    known = known_of([], ["boat.a.sails-red"], [])
    made = propose(parse_page(text, path="d/a.md"), Source("d/a/index.md"), known, product="boat")
    assert [draft.id for draft in made.drafts] == ["boat.a.sails-red-2", "boat.a.sails-blue", "boat.a.fact"]


def test_a_draft_as_yaml() -> None:
    page = parse_page(
        '## Limits\n\nNot for:\n\n- Boats: **"red"** ones.\n\nX\n\n## Limits\n\nNot for:\n\n- boats: "red" ones\n',
        path="a.md",
    )
    source = Source("x/a.md", "0123456789abcdef", date(2026, 1, 2))
    made = propose(page, source, known_of([], [], [])).drafts
    text = drafts_yaml(made, head=False)
    assert yaml.safe_load(text) == {
        "draft.a.boats-red-ones": {
            "draft": {
                "fingerprint": made[0].fingerprint,
                "status": "proposed",
                "confidence": "likely",
                "reason": "limitations item",
                "origin": "a.md:5",
                "also": [13],
                "heading": "Limits",
                "under": "Not for:",
            },
            "kind": "limitation",
            "title": 'Boats: "red" ones',
            "statement": 'Boats: **"red"** ones.',
            "evidence": [
                {
                    "source": "x/a.md",
                    "commit": "0123456789ab",
                    "date": date(2026, 1, 2),
                    "match": 'Boats: "red" ones',
                }
            ],
        }
    }
    assert load(text, "d.yml")[0] == yaml.safe_load(text)


# Laws -------------------------------------------------------------------------------------------------------------

_SAMPLE = """\
## Limitations
## Requirements
# X
- No hosts `a` aren't supported.
    - deeper [x](y(z).md) thing
> - in a quote
| a | b |
|---|---|
| `x|y` | not supported |
1. Not:
Text isn't supported: yes,
no \x85 \ufeff\x0c line
```
* *
- [ ] \u2028 \\* true
Not allowed:
- no

<b>x</b> &amp; is not possible"""
_LINES = st.sampled_from(_SAMPLE.split("\n"))


@given(st.lists(_LINES, max_size=25).map("\n".join), st.sampled_from(["\n", "\r\n"]))
@example("## Limits\n\n- *\n- \x00\n- 12\n- - -\n", "\n")
def test_any_page_makes_drafts_that_can_be_read_found_and_added(text: str, newline: str) -> None:
    page = parse_page(text.replace("\n", newline), path="a.md")
    made = propose(page, Source("x/a.md"), known_of([], [], [])).drafts
    whole = with_drafts("", "d.yml", made)
    there = parse_drafts(whole, "d.yml")
    assert there.ids == {draft.id for draft in made}
    assert set(there.fingerprints) == {draft.fingerprint for draft in made}
    for draft in made:
        assert draft.title
        if draft.match is not None:
            origin = draft.passage.origin
            assert match_pattern(draft.match).search(page.text[origin.start : origin.end])
    for number in range(len(made)):  # in two runs it is what it would be in one
        assert with_drafts(with_drafts("", "d", made[:number]), "d", made[number:]) == whole or number == 0


@given(st.text(alphabet="no t'supredvilaw`*[](){}<>|:-#\n .,1if", max_size=300))
def test_any_text_is_read(text: str) -> None:
    for passage in passages(parse_page(text, path="a.md")):
        classify(passage)


@pytest.mark.parametrize(
    "text",
    ["not " * 30000, "if " * 30000 + "not supported", "](" * 40000, "requires " * 20000, "version 1." * 20000,
     "- [" * 30000, "**a" * 30000, "isn't a b " * 20000, "| not " * 30000, "<" * 60000, "&a" * 40000, "{" * 60000],
)  # fmt: skip
def test_no_text_takes_long(text: str) -> None:
    """Not a measure of speed: what is quadratic takes minutes here."""
    start = time.process_time()
    propose(parse_page(f"## Limits\n\n{text}\n", path="a.md"), Source("a"), known_of([], [], []))
    assert time.process_time() - start < 20


# Files of drafts ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a\n", "d.yml:1: must be a mapping of ids to drafts, not a list; name another file"),
        ("a.b.c:\n", "d.yml:1: a.b.c: must be a mapping, not nothing; write its fields below it, or delete the line"),
        ("a.b.c:\n  kind: quota\n", "d.yml:1: a.b.c: has no 'draft'; move a record to a file below your docs folder"),
        ("a.b.c:\n  draft:\n    fingerprint: 12\n", "d.yml:2: a.b.c.draft: has no fingerprint in quotes; leave"),
        (
            'a.b.c:\n  draft:\n    fingerprint: "12"\n    status: done\n',
            "d.yml:4: a.b.c.draft.status: 'done' is no status of a draft; write proposed or rejected",
        ),
        ("a.b.c: {draft: {fingerprint: '1'}}\na.b.c: {draft: {fingerprint: '2'}}\n", "d.yml:2: a.b.c: "),
    ],
)
def test_a_file_that_is_no_file_of_drafts(text: str, message: str) -> None:
    with pytest.raises(DataError) as caught:
        parse_drafts(text, "d.yml")
    assert str(caught.value).startswith(message)


def test_entries_read_one_by_one_are_those_of_the_whole_file() -> None:
    entry = 'a.b.{0}:\n  draft:\n    fingerprint: "{0}"\n    status: {1}\n  title: "- *x* & y"\n'
    plain = "# head\n" + entry.format("c", "proposed") + "# more\n" + entry.format("d", "rejected")
    assert parse_drafts(plain, "d").fingerprints == {"c": "proposed", "d": "rejected"}
    for odd in ("---\n" + plain, plain.replace("a.b.d", '"a.b.d"'), plain.replace("    status: proposed\n", "")):
        assert parse_drafts(odd, "d").fingerprints.keys() == {"c", "d"}


def test_nothing_is_added_where_it_would_be_lost() -> None:
    made = propose(parse_page("## Limits\n\n- a boat\n", path="a.md"), Source("a.md"), known_of([], [], [])).drafts
    for text in ("{}\n", "a: {}\n...\n", 'a.b.c: {draft: {fingerprint: "1"}}\n---\n'):
        with pytest.raises(DataError, match="nothing can be added at the end of this file"):
            with_drafts(text, "d.yml", made)
    mine = 'a.b.c: {draft: {fingerprint: "1"}} # mine\r\n# no newline'
    added = with_drafts(mine, "d.yml", made)
    assert added.startswith(mine + "\r\n")
    assert "\n" not in added.replace("\r\n", "")
