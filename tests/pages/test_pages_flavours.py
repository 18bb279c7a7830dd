"""Laws 1, 2 and 3 on pages that are built out of the constructs of every flavour, one inside the other."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from fidelity.pseudo import accented, plain
from knooppunt.pages import code_spans, heading_ids, parse_page
from knooppunt.translated import translate_page

WORDS = st.lists(
    st.sampled_from(["node", "pod", "Each", "naïve", "的", "can't", "3", "a-b", "v1.2", "e.g."]), min_size=1, max_size=4
).map(" ".join)
SIGNS = [
    "{{ macro }}", "{% if a %}", '{{< ref "a" >}}', "{props.x}", "{/* c */}", ":smile:", "++ctrl+a++", "$x^2$",
    "https://a.b/c", "<https://a.b>", "<xref:a.b>", "&amp;", "\\*", "[^1]", '<a name="x"></a>', "==mark==", "<Tag>",
]  # fmt: skip
LINES = [
    "---", "***", "[TOC]", "<!-- c -->", "{.lead}", "{: .cls }", "{{ macro }}", '--8<-- "a.md"', "$$\nx\n$$", "///",
    "[!INCLUDE [a](b.md)]", "[!VIDEO https://a.b]", "{/* c\nd */}", "::: mod.name\n    options:\n      a: b",
    '<a name="x"></a>', "{% raw %}\nx\n{% endraw %}", "{{< highlight go >}}\nx\n\ny\n{{< /highlight >}}",
]  # fmt: skip
INLINE = st.one_of(
    WORDS,
    WORDS.map(lambda text: f"*{text}*"),
    WORDS.map(lambda text: f"**{text}**"),
    WORDS.map(lambda text: f"`{text}`"),
    WORDS.map(lambda text: f"``a ` {text}``"),
    WORDS.map(lambda text: f"[{text}](page.md#here)"),
    WORDS.map(lambda text: f'[{text}](https://a.b/c_(d) "In {text}")'),
    WORDS.map(lambda text: f"![{text}](a.png)"),
    WORDS.map(lambda text: f"[{text}][label]"),
    WORDS.map(lambda text: f"<kbd>{text}</kbd>"),
    WORDS.map(lambda text: f'<abbr title="{text}">A</abbr>'),
    st.sampled_from(SIGNS),
)
LINE = st.lists(INLINE, min_size=1, max_size=4).map(" ".join)
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3).map("\n".join) | LINE.map(lambda text: f"{text}  \nnext\\\nlast")
LEAVES = st.one_of(
    PARAGRAPH,
    st.tuples(st.integers(1, 6), LINE, st.sampled_from(["", " {#own}", " { .cls #id }", " {/* #mdx */}", " ##"])).map(
        lambda parts: f"{'#' * parts[0]} {parts[1]}{parts[2]}"
    ),
    WORDS.map(lambda text: f"{text}\n{'=' * 5}"),
    WORDS.map(lambda text: f'```` py title="{text}" hl_lines="1"\n``` x\n    y = 1\n```\n````'),
    st.tuples(LINE, LINE).map(
        lambda cells: "| {} | b |\n| --- | :-: |\n| {} | `c|d` |".format(*(cell.replace("|", "") for cell in cells))
    ),
    WORDS.map(lambda text: f':::image type="content" source="a.png" alt-text="{text}":::'),
    WORDS.map(lambda text: f'{{{{< figure src="a.png" caption="{text}" >}}}}'),
    WORDS.map(lambda text: f'<Card title="{text}" icon={{<I a="}}" />}} />'),
    WORDS.map(lambda text: f'<p class="x">{text}</p>\n<img src="a.png" alt="{text}">'),
    WORDS.map(lambda text: f'[label]: a.md "{text}"'),
    WORDS.map(lambda text: f"*[HTML]: {text}"),
    WORDS.map(lambda text: f"{{{{< tip >}}}}{text}{{{{< /tip >}}}}"),
    st.sampled_from(LINES),
)


def indented(text: str, first: str, further: str) -> str:
    """The text in a container: `first` before its first line, `further` before all others that are not blank."""
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(further + line if line else "" for line in lines[1:])])


def contained(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Blocks inside each kind of container."""
    inner = st.lists(blocks, min_size=1, max_size=3).map("\n\n".join)
    titled = st.tuples(WORDS, inner)
    return st.one_of(
        inner.map(lambda text: indented(text, "-   ", "    ")),
        inner.map(lambda text: indented(text, "1.  ", "    ")),
        inner.map(lambda text: indented(text, "- [ ] ", "    ")),
        inner.map(lambda text: indented(text, "> ", "> ").replace("\n\n", "\n>\n")),
        inner.map(lambda text: indented(text, "> [!NOTE]\n> ", "> ").replace("\n\n", "\n>\n")),
        inner.map(lambda text: "!!! note\n\n" + indented(text, "    ", "    ")),
        titled.map(lambda parts: f'??? tip "{parts[0]}"\n\n' + indented(parts[1], "    ", "    ")),
        titled.map(lambda parts: f'=== "{parts[0]}"\n\n' + indented(parts[1], "    ", "    ")),
        titled.map(lambda parts: f"/// tip | {parts[0]}\n\n{parts[1]}\n\n///"),
        titled.map(lambda parts: f":::note[{parts[0]}]\n\n{parts[1]}\n\n:::"),
        inner.map(lambda text: f'::: zone pivot="a"\n\n{text}\n\n::: zone-end'),
        titled.map(lambda parts: f'<TabItem value="a" label="{parts[0]}">\n\n{parts[1]}\n\n</TabItem>'),
        titled.map(lambda parts: f'{{{{% alert title="{parts[0]}" %}}}}\n{parts[1]}\n{{{{% /alert %}}}}'),
        titled.map(lambda parts: f"{parts[0]}\n:   " + indented(parts[1], "", "    ")),
        inner.map(lambda text: "[^1]: " + indented(text, "", "    ")),
        inner.map(lambda text: f'<div class="x" markdown>\n\n{text}\n\n</div>'),
    )


BLOCKS = st.recursive(LEAVES, contained, max_leaves=8)
HEADS = st.one_of(
    st.just(""),
    WORDS.map(lambda text: f"---\ntitle: {text}\ndescription: '{text.replace(chr(39), '')}'\ntags: [a]\n---\n\n"),
    WORDS.map(lambda text: f'+++\ndate = 2020-01-01\ntitle = "{text}"\n[params]\ntitle = "x"\n+++\n\n'),
    WORDS.map(lambda text: f'{{\n  "a": {{"title": "x"}},\n  "title": "{text}"\n}}\n\n'),
)
PAGES = st.tuples(HEADS, st.lists(BLOCKS, max_size=5).map("\n\n".join), st.sampled_from(["\n", ""])).map("".join)
NEWLINES = st.sampled_from(["\n", "\n", "\r\n"])
TARGET = re.compile(r"\]\(([^()\s]*(?:\([^()\s]*\))?)")


def translated(text: str) -> str:
    return translate_page(parse_page(text), lambda segment: accented(segment.msgid))


@given(PAGES, NEWLINES)
@settings(max_examples=120, deadline=None)
def test_laws_1_and_2(page: str, newline: str) -> None:
    """Blocks join to the page; a catalog that translates nothing, or each text by itself, gives the page."""
    text = page.replace("\n", newline)
    parsed = parse_page(text)
    assert "".join(text[block.start : block.end] for block in parsed.blocks) == text
    assert translate_page(parsed, lambda _: None) == text
    assert translate_page(parsed, lambda segment: segment.msgid) == text


@given(PAGES, NEWLINES)
@settings(max_examples=120, deadline=None)
def test_law_3(page: str, newline: str) -> None:
    """A translated page has the skeleton of its source: blocks, containers, code, targets, ids, and its words."""
    text = page.replace("\n", newline)
    before = parse_page(text)
    made = translated(text)
    after = parse_page(made)
    assert [block.kind for block in after.blocks] == [block.kind for block in before.blocks]
    assert [block.container for block in after.blocks] == [block.container for block in before.blocks]
    assert [segment.kind for segment in after.segments] == [segment.kind for segment in before.segments]
    assert heading_ids(after) == heading_ids(before)
    for one, other in zip(before.segments, after.segments, strict=True):
        assert plain(other.msgid).replace("&quot;", '"') == one.msgid.replace("&quot;", '"')
        assert TARGET.findall(other.msgid) == TARGET.findall(one.msgid)
        assert [other.msgid[slice(*span)] for span in code_spans(other.msgid)] == [
            one.msgid[slice(*span)] for span in code_spans(one.msgid)
        ]


@given(PAGES)
@settings(max_examples=60, deadline=None)
def test_no_segment_is_syntax(page: str) -> None:
    """What is extracted has prose, and starts and ends at it."""
    for segment in parse_page(page).segments:
        assert segment.msgid == segment.msgid.strip(" \t\r\n") or segment.kind == "front-matter"
        assert any(letter.isalpha() for letter in segment.msgid)
        assert not segment.msgid.startswith((":::", "///", "!!!", "[!NOTE]", "```", "+++ ", "<TabItem", "{{% alert"))
