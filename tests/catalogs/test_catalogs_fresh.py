"""A first catalog, and lines of ASCII, are written on a shorter way than others; the result is the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpora import corpus_files
from knooppunt.catalogs import Question, Suggestion, update_po
from knooppunt.catalogs.wrapping import wrap
from knooppunt.model import Origin, Segment
from knooppunt.pages import parse_page

_TEXTS = st.text(st.sampled_from("ab  -,./:;()[]{}\"'\\$%09|`*<>=&@\t\n\u00e9\u2014\u65e5"), max_size=120)
_SEGMENTS = st.lists(
    st.builds(
        Segment,
        _TEXTS,
        st.builds(Origin, st.sampled_from(["", "docs/a.md", "docs/a page.md"]), st.just(1)),
        st.sampled_from(["paragraph", "record"]),
        st.none() | st.sampled_from(["a:title", "b"]),
        comment=st.sampled_from(["", "A note.", "Two\nlines."]),
        revision=st.none() | st.integers(1, 3),
    ),
    max_size=8,
)


def nothing(_: Question) -> Suggestion | None:
    """A memory that knows nothing: asking it is what makes an update go the long way."""
    return None


@given(_SEGMENTS)
def test_a_first_catalog_is_what_the_long_way_gives(segments: list[Segment]) -> None:
    assert update_po(None, segments, locale="nl", project="X") == update_po(
        None, segments, locale="nl", project="X", suggest=nothing
    )


@pytest.mark.corpus
def test_first_catalogs_of_a_corpus_are_what_the_long_way_gives() -> None:
    for path in corpus_files("aks-docs", "*.md")[::10]:
        segments = parse_page(path.read_bytes().decode(), path=path.name).segments
        assert update_po(None, segments, locale="nl") == update_po(None, segments, locale="nl", suggest=nothing)


@example(" <!|", 3)
@given(st.text(st.sampled_from("aab -,./:;!?()[]{}\"'$+%019|`*_~<>=&@#^\t"), max_size=80), st.integers(3, 30))
def test_ascii_is_broken_where_other_texts_are(text: str, width: int) -> None:
    """A combining character behind the text, which takes no column, makes it go the long way."""
    short = text
    while "  " in short:
        short = short.replace("  ", " ")
    lines = wrap(short, width)
    assert "".join(lines) == short
    longer = wrap(f"{short}\u0301", width) if short and short[-1] not in " \t" else None
    if longer is not None:
        assert [*longer[:-1], longer[-1].removesuffix("\u0301")] == lines
