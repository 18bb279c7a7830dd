"""What the preview shows: the page with the segment marked, and nothing that acts."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.reviewing import Ref, Session, open_session
from knooppunt.reviewing.model import entry_id
from knooppunt.reviewing.preview import Previews, Reader, extensions
from knooppunt.reviewing.sanitize import MARK, sanitized
from review_scratch import project

PAGE = """\
---
title: A page
---

# Nodes

!!! note

    A note.

- An item

| Head | Other |
| --- | --- |
| A cell | Another |

!!! tip "A title"

    Text.

<p><img src="a.png" alt="A picture"></p>
"""
HOSTILE = [
    "<script>x</script>",
    "<SCRIPT/x>x</SCRIPT>",
    "<img src=x onerror=x>",
    "<svg><script>x</script></svg>",
    "<a href=javascript:x>a</a>",
    "<a href='data:text/html,x'>a</a>",
    "<iframe srcdoc='<script>x</script>'></iframe>",
    "<style>@import 'x'</style>",
    "<div style='background:url(x)'>",
    "<form action=x><input name=a><button>b</button></form>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<math><mtext><script>x</script></mtext></math>",
    "<noscript><p title='</noscript><img src=x onerror=x>'>",
    "<!--><script>x</script>-->",
    "<p id='a' onclick='x' class='b' \" onmouseover=x>",
    "<img src='https://evil.example/a.png'>",
    "<link rel=stylesheet href=x>",
    "<textarea><script>x</script></textarea>",
]
BANNED = frozenset(["script", "style", "svg", "iframe", "form", "base", "meta", "link", "object", "embed", "math"])


class Look(HTMLParser):
    """Gathers all tags and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [(tag, name, value or "") for name, value in attrs] or [(tag, "", "")]


def harmless(html: str) -> None:
    for tag, name, value in Look(html).seen:
        assert tag not in BANNED
        assert not name.startswith("on")
        assert name not in {"style", "srcdoc", "action", "formaction"}
        if name == "href":
            assert value.startswith("#")
        if name == "src":
            assert value.startswith(("/asset?path=", "data:image/"))


@given(st.lists(st.sampled_from(HOSTILE) | st.text(st.sampled_from("<>/='\" abpimg&;!-\n"), max_size=20), max_size=6))
def test_whatever_comes_in_nothing_comes_out_that_acts(parts: list[str]) -> None:
    harmless(sanitized("".join(parts))[0])


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_with_raw_html_is_harmless(text: str) -> None:
    reader = Reader({"markdown_extensions": ["md_in_html", "attr_list", "pymdownx.superfences"]})
    harmless(reader.html(f"# A\n\n{text}\n\n[a](javascript:x){{ onclick=x }}\n\n<div markdown>{text}</div>\n")[0])


def test_extensions_are_a_safe_part_of_those_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    settings = {
        "markdown_extensions": [
            "tables",
            {"pymdownx.snippets": {"base_path": [str(tmp_path)]}},
            {"pymdownx.superfences": {"custom_fences": [{"name": "x", "format": "!!python/name:os.system"}]}},
            {"toc": {"permalink": True, "slugify": "!!python/object/apply:os.system"}},
            "os.path",
            {"pymdownx.b64": {"base_path": "/"}},
        ]
    }
    names, configs = extensions(settings)
    assert {"tables", "pymdownx.superfences", "toc"} <= set(names)
    assert not {"pymdownx.snippets", "os.path", "pymdownx.b64"}.intersection(names)
    assert "slugify" not in configs["toc"]
    html, _ = Reader(settings).html('--8<-- "secret.txt"\n\n| a |\n| - |\n| b |\n')
    assert "secret<" not in html
    assert "<table>" in html
    assert Reader({"markdown_extensions": [{"toc": {"no_such": True}}]}).html("*a*")[0] == "<p><em>a</em></p>"


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    root = project(tmp_path)
    (root / "docs/guide.md").write_text(PAGE, "utf-8")
    texts = ["Nodes", "A note.", "An item", "A cell", "A title", "A picture", "Note"]
    po = "\n".join(f'msgid "{text}"\nmsgstr "NL {text}"\n' for text in texts)
    (root / "locales/nl/LC_MESSAGES/guide.po").write_text(po, "utf-8")
    return open_session(root)


@pytest.mark.parametrize(
    ("msgid", "tag"),
    [("Nodes", "h1"), ("A note.", "p"), ("An item", "li"), ("A cell", "td"), ("A title", "p"), ("A picture", "img")],
)
def test_the_block_of_the_segment_is_marked_on_both_sides(session: Session, msgid: str, tag: str) -> None:
    ref = Ref("nl", "guide", entry_id(None, msgid))
    previews = Previews(session.project)
    for side, text in (("target", f"NL {msgid}"), ("source", msgid)):
        html, code, marked = previews.page(session.row(ref), side)
        assert (marked, code) == (True, "nl" if side == "target" else "en")
        (found,) = re.findall(rf"<(\w+)([^>]*data-knooppunt=\"{ref.id}\"[^>]*)>([^<]*)", html)
        assert found[0] == tag
        assert "knooppunt-here" in found[1]
        assert text in found[1] + found[2]
        assert MARK not in html
    session.close()


def test_fragments_know_the_definitions_of_their_page(session: Session) -> None:
    ref = Ref("nl", "guide", entry_id(None, "An item"))
    (session.project.settings.docs_path / "guide.md").write_text(PAGE + "\n[x]: other.md\n", "utf-8")
    session.refresh_sources()
    html = Previews(session.project).fragments(session.row(ref), "Een [ding][x].")
    assert html["target"] == '<p>Een <a data-href="other.md">ding</a>.</p>'
    session.close()
