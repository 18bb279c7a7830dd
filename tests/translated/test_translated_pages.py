"""Translated pages: what a translation becomes in its place, and what readers of a locale get."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.catalogs import entry_hash, new_catalog, parse_po
from knooppunt.config import LocaleConfig
from knooppunt.model import Locale, Segment, Text
from knooppunt.pages import heading_ids, parse_front_matter, parse_page
from knooppunt.translated import Insert, Policy, publish_page, translate_page


def translated(markdown: str, texts: dict[str, str]) -> str:
    """The page with these translations by msgid."""
    return translate_page(parse_page(markdown), lambda segment: texts.get(segment.msgid))


@pytest.mark.parametrize(
    ("markdown", "msgid", "msgstr", "expected"),
    [
        pytest.param("| a | b |\n|---|---|\n", "a", "x|y", "| x\\|y | b |\n|---|---|\n", id="pipe in a cell"),
        pytest.param("| a | b |\n|---|---|\n", "a", "`x|y`", "| `x|y` | b |\n|---|---|\n", id="pipe in code in a cell"),
        pytest.param("# Node\n", "Node", "Knooppunt", "# Knooppunt {#node}\n", id="id of a heading"),
        pytest.param("## Node {#own}\n", "Node", "Knooppunt", "## Knooppunt {#own}\n", id="own id of a heading"),
        pytest.param("# Node { .big }\n", "Node", "Punt", "# Punt { #node .big }\n", id="class of a heading"),
        pytest.param("Node\n====\n", "Node", "Punt", "Punt {#node}\n====\n", id="underlined heading"),
        pytest.param('!!! note "Mind"\n    x\n', "Mind", 'Let "op"', '!!! note "Let &quot;op&quot;"\n    x\n', id="quotes"),
        pytest.param("one\ntwo\n", "one two", "een\ntwee", "een\ntwee\n", id="line break in a paragraph"),
        pytest.param("> one\n> two\n", "one two", "een\ntwee", "> een\n> twee\n", id="line break in a quote"),
        pytest.param("- one\n", "one", "een\ntwee", "- een\n  twee\n", id="line break in an item"),
        pytest.param("- one\n", "one", "een\n\n- twee", "- een\n  \\- twee\n", id="no new block in an item"),
        pytest.param("text\n", "text", "# tekst", "\\# tekst\n", id="no new heading"),
        pytest.param("text\n", "text", "1. tekst", "1\\. tekst\n", id="no new list"),
        pytest.param("# a\n", "a", "b\nc", "# b c {#a}\n", id="heading stays on one line"),
        pytest.param("---\ntitle: A b\n---\n", "A b", "Een: twee", '---\ntitle: "Een: twee"\n---\n', id="YAML"),
        pytest.param("---\ntitle: 'A b'\n---\n", "A b", 'Zeg "ja"', '---\ntitle: "Zeg \\"ja\\""\n---\n', id="quoted YAML"),
        pytest.param("See [node].\n\n[node]: /n\n", "See [node].", "Zie [knoop].", "Zie [knoop][node].\n\n[node]: /n\n", id="shortcut"),
        pytest.param("See [a][].\n\n[a]: /n\n", "See [a][].", "Zie [b][].", "Zie [b][a].\n\n[a]: /n\n", id="collapsed"),
        pytest.param("See [a].\n\n[a]: /n\n", "See [a].", "Zie [A].", "Zie [A].\n\n[a]: /n\n", id="shortcut in other case"),
        pytest.param("<p>one</p>\n", "one", "een", "<p>een</p>\n", id="HTML"),
        pytest.param("!!! note inline\n    x\n", "Note", 'Let "op"', '!!! note inline "Let &quot;op&quot;"\n    x\n', id="title that is not written"),
        pytest.param("??? tip\n    x\n", "Tip", "Tip", "??? tip\n    x\n", id="title that is not written and stays"),
        pytest.param("/// Note\n\nx\n\n///\n", "Note", "Merk op", "/// Note | Merk op\n\nx\n\n///\n", id="title of a block that is not written"),
        pytest.param('``` py title="Run it"\nx\n```\n', "Run it", 'Doe "het"', "``` py title=\"Doe 'het'\"\nx\n```\n", id="title of code"),
        pytest.param("[a]: b 'Mind'\n", "Mind", "Let 'op'", "[a]: b 'Let &#39;op&#39;'\n", id="title of a link in single quotes"),
        pytest.param("[a]: b (Mind)\n", "Mind", "Let (op)", "[a]: b (Let &#40;op&#41;)\n", id="title of a link in brackets"),
        pytest.param('{{< figure alt="Mind" >}}\n', "Mind", 'Let "op"', '{{< figure alt="Let \\"op\\"" >}}\n', id="text of a shortcode"),
        pytest.param('{{< figure\n  alt="Mind"\n>}}\n', "Mind", 'Let "op"', '{{< figure\n  alt="Let \\"op\\""\n>}}\n', id="text of a shortcode on lines"),
        pytest.param("{{< tip >}}Mind{{< /tip >}}\n", "Mind", "Let op", "{{< tip >}}Let op{{< /tip >}}\n", id="shortcode around a text"),
        pytest.param('<Tab label="Mind">Text</Tab>\n', "Mind", 'Let "op"', '<Tab label="Let &quot;op&quot;">Text</Tab>\n', id="label of a component"),
        pytest.param(":::note[Mind]\n\nx\n\n:::\n", "Mind", "Let [op", ":::note[Let \\[op]\n\nx\n\n:::\n", id="title in brackets"),
        pytest.param('+++\ntitle = "A b"\n+++\n', "A b", 'Zeg "ja"', '+++\ntitle = "Zeg \\"ja\\""\n+++\n', id="TOML"),
        pytest.param("+++\ntitle = 'A b'\n+++\n", "A b", "Een: twee", '+++\ntitle = "Een: twee"\n+++\n', id="literal TOML"),
        pytest.param('{\n"title": "A b"\n}\n', "A b", 'Zeg "ja"', '{\n"title": "Zeg \\"ja\\""\n}\n', id="JSON"),
        pytest.param("See [node]:\n\n[node]: /n\n", "See [node]:", "Zie [knoop]:", "Zie [knoop][node]:\n\n[node]: /n\n", id="shortcut before a colon"),
        pytest.param("[a][^1]\n\n[a]: /n\n", "[a][^1]", "[b][^1]", "[b][a][^1]\n\n[a]: /n\n", id="shortcut before a footnote"),
        pytest.param("[a.Node][]\n", "[a.Node][]", "[knoop][]", "[knoop][a.Node]\n", id="collapsed and defined elsewhere"),
        pytest.param("[a] b [c]\n\n[c]: /n\n", "[a] b [c]", "[x] y [z]", "[x] y [z][c]\n\n[c]: /n\n", id="brackets that are no link"),
        pytest.param("[b][c]\n\n[b]: /n\n", "[b][c]", "[x][c]", "[x][b][c]\n\n[b]: /n\n", id="label that nothing defines"),
        pytest.param("- [ ] one\n\n    !!! tip\n\n        two\n", "two", "a\nb", "- [ ] one\n\n    !!! tip\n\n        a\n        b\n", id="line break in a deep place"),
        pytest.param("Five {.x}\n----\n", "Five", "Vijf", "Vijf { #five .x}\n----\n", id="attributes of an underlined heading"),
        pytest.param("one\r\n\r\ntwo\r\n", "two", "a\nb", "one\r\n\r\na\r\nb\r\n", id="CRLF"),
    ],
)  # fmt: skip
def test_a_translation_fits_its_place(markdown: str, msgid: str, msgstr: str, expected: str) -> None:
    """Escapes, prefixes, ids and labels are what the place needs."""
    assert translated(markdown, {msgid: msgstr}) == expected


def test_two_shortcuts_keep_their_order() -> None:
    """Each translated shortcut finds the definition that its source uses."""
    page = "[one] and [two]\n\n[one]: /1\n[two]: /2\n"
    assert translated(page, {"[one] and [two]": "[een] en [twee]"}).startswith("[een][one] en [twee][two]\n")


def test_equal_headings_keep_their_numbered_ids() -> None:
    """The second of two equal headings has the id that the source page gives it."""
    page = "# A\n\n## Example\n\n## Example\n"
    text = translated(page, {"Example": "Voorbeeld"})
    assert text == "# A {#a}\n\n## Voorbeeld {#example}\n\n## Voorbeeld {#example_1}\n"
    assert list(heading_ids(parse_page(text)).values()) == list(heading_ids(parse_page(page)).values())


PIECES = st.sampled_from(
    ["# Head\n\n", "Some text with `code` and [link](a.md).\n\n", "- item\n- other\n\n", "> quote\n\n", "| a | b |\n|---|---|\n| c | `d` |\n\n",
     "```py\nx = 1\n```\n\n", "!!! note \"T\"\n\n    Body\n\n", "1. one\n\n    two\n\n", "Term\n:   meaning\n\n", "[r]: /x\n\n", "<p>raw</p>\n\n"]
)  # fmt: skip
TARGETS = re.compile(r"\]\(([^)]*)\)|^\[[^\]]*\]:.*$", re.MULTILINE)


@given(st.lists(PIECES, max_size=8).map("".join), st.text(alphabet='ab #->|*1.é\n"', min_size=1, max_size=20))
@settings(max_examples=300, deadline=None)
def test_a_translated_page_has_the_skeleton_of_its_source(markdown: str, noise: str) -> None:
    """Law 3: kinds and order of blocks, link targets, code and ids, whatever a translator writes at the end."""
    page = parse_page(markdown)
    text = translate_page(page, lambda segment: f"{segment.msgid} x{noise}x")
    again = parse_page(text)
    assert [block.kind for block in again.blocks if block.kind != "blank"] == [
        block.kind for block in page.blocks if block.kind != "blank"
    ]
    assert TARGETS.findall(text) == TARGETS.findall(markdown)
    assert re.findall(r"```.*?```", text, re.DOTALL) == re.findall(r"```.*?```", markdown, re.DOTALL)
    assert list(heading_ids(again).values()) == list(heading_ids(page).values())


PAGE = "---\ntitle: Nodes\n---\n\n# Nodes\n\nFirst text.\n\nSecond text.\n"
PO = """
msgid "Nodes"
msgstr "Knooppunten"

#, fuzzy
#| msgid "First text!"
msgid "First text."
msgstr "Oude tekst."

#, fuzzy
# mt: engine: Tweede tekst.
msgid "Second text."
msgstr "Tweede tekst."
"""


def publish(po: str, *, approved: bool = False, **policy: Any) -> tuple[str, dict[str, int]]:
    """Markdown without front matter, and states, of PAGE under a policy."""
    catalog = parse_po(new_catalog("nl") + po, "nl.po")
    hashes = {entry_hash(entry) for entry in catalog.active} if approved else set()
    rules = Policy(LocaleConfig(Locale("nl"), "Nederlands", **policy), "en", hashes)
    page = publish_page(
        parse_page(PAGE),
        rules,
        lambda segment: rules.choose(segment, catalog),
        stale_note="Verouderd",
        catalog_text=catalog.text,
        inserts=lambda _: [],
    )
    return page.markdown.partition("---\n\n")[2], dict(page.states)


def test_what_is_not_published_falls_back_and_says_its_language() -> None:
    """A machine draft under the policy `translated` is replaced by the source, marked with its language."""
    text, states = publish(PO)
    assert "# Knooppunten {#nodes}" in text
    assert "<span class='kp-stale' title='Verouderd'>Oude tekst.</span>" in text
    assert "<span class='kp-fallback' lang='en'>Second text.</span>" in text
    assert states == {"translated": 2, "stale": 1, "fallback": 1}


def test_policies() -> None:
    """Each policy publishes what it says."""
    assert "Tweede tekst." in publish(PO, publish="machine")[0]
    assert "Oude tekst." not in publish(PO, stale="source")[0]
    assert publish(PO, publish="approved")[1] == {"fallback": 4}
    assert publish(PO, publish="approved", approved=True)[1] == {"approved": 2, "fallback": 2}


def test_a_page_without_any_translation_is_the_source() -> None:
    """A fallback page is not littered with marks: it is marked as a whole."""
    text, states = publish("")
    assert text == PAGE.partition("---\n\n")[2]
    assert states == {"fallback": 4}


def test_provenance_says_how_the_page_was_made() -> None:
    """Hashes, share and states are in the front matter, and change with what they describe."""
    policy = Policy(LocaleConfig(Locale("nl"), "Nederlands"), "en")

    def made(source: str, texts: dict[str, str]) -> dict[str, object]:
        def choose(segment: Segment) -> Text:
            text = texts.get(segment.msgid)
            return Text(text, "nl", "translated") if text else Text(segment.msgid, "en", "fallback")

        page = publish_page(
            parse_page(source), policy, choose, stale_note="", catalog_text=str(texts), inserts=lambda _: []
        )
        value: dict[str, object] = parse_front_matter(page.markdown, "p")["knooppunt"]
        return value

    one = made("# A\n\nB c d.\n", {"A": "X"})
    assert one["share"] == 0.25
    assert one["states"] == {"fallback": 1, "translated": 1}
    assert one["fallback"] is False
    assert one == made("# A\n\nB c d.\n", {"A": "X"})
    assert one["source_hash"] != made("# A\n\nB c d!\n", {"A": "X"})["source_hash"]
    assert one["catalog_hash"] != made("# A\n\nB c d.\n", {"A": "Y"})["catalog_hash"]


def test_inserted_records_count() -> None:
    """Texts that a directive brings in count for share and states."""
    policy = Policy(LocaleConfig(Locale("nl"), "Nederlands"), "en")
    page = parse_page("<!-- knooppunt: records -->\n")
    insert = Insert(0, 27, "- een", (Text("een", "nl", "translated"), Text("two", "en", "fallback")))
    result = publish_page(
        page, policy, lambda s: Text(s.msgid, "en", "fallback"), stale_note="", catalog_text=None, inserts=lambda _: [insert]
    )  # fmt: skip
    assert result.share == 0.5
    assert result.markdown.endswith("- een\n")


@pytest.mark.parametrize(
    ("source", "head"),
    [
        ("+++\ntitle = 'A'\n[params]\nx = 1\n+++\n\nText.\n", "+++\nknooppunt = {"),
        ('{\n"title": "A"\n}\n\nText.\n', '{\n"knooppunt": {'),
        ("{}\n\nText.\n", '{\n"knooppunt": {'),
    ],
)
def test_provenance_in_other_front_matter(source: str, head: str) -> None:
    """TOML and JSON take it as YAML does, and stay what they are."""
    page = parse_page(source)
    policy = Policy(LocaleConfig(Locale("nl"), "Nederlands"), "en")
    made = publish_page(
        page,
        policy,
        lambda segment: Text(f"x {segment.msgid}", "nl", "translated"),
        stale_note="",
        catalog_text=None,
        inserts=lambda _: (),
    )
    assert made.markdown.startswith(head)
    values = parse_front_matter(made.markdown, "p")
    assert values["knooppunt"]["locale"] == "nl"
    assert {key: value for key, value in values.items() if key not in {"knooppunt", "title"}} == {
        key: value for key, value in parse_front_matter(source, "p").items() if key != "title"
    }


def test_a_title_that_is_not_written_is_never_marked() -> None:
    """Where the title of a note is not translated, its class stays a class."""
    page = parse_page("!!! note\n    One.\n\nTwo.\n")
    policy = Policy(LocaleConfig(Locale("nl"), "Nederlands"), "en")
    made = publish_page(
        page,
        policy,
        lambda s: Text("Twee.", "nl", "translated") if s.msgid == "Two." else Text(s.msgid, "en", "fallback"),
        stale_note="",
        catalog_text=None,
        inserts=lambda _: (),
    )
    assert "!!! note\n    <span" in made.markdown
