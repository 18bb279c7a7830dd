"""Where a sentence ends, and the many full stops that end none."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.catalogs.sentences import split_sentences

MARKED = [
    "Pods wait. |They wait long! |Why? |Nobody knows.",
    "Version 1.2 is old, 1.30.4 is not. |Use 2.0.",
    "Write e.g. `kubectl`, i.e. The Tool, or cf. Helm. |Then stop.",
    "See Fig. 3 and No. 7, etc. |Then go on.",
    "The U.S. Government and J. R. Smith agree. |We do not.",
    "Run `a. B! c? D` first. |Then ``x ` y. Z`` too.",
    "Go to https://example.org/a.b?c=d.e. |Then wait.",
    "Read [this. Or that](https://example.org/a_(b).html). |It helps.",
    'Look at <img alt="One. Two." src="a.png"> now. |And <https://a.b/c. D> then.',
    "Say {{ name. Other }} aloud. |Twice.",
    '"Is it so?" they ask. |(It is.) |*Really.* |**Yes.** |Good.',
    "First line.\\\n|Second line\n|Third. fourth",
    "Wait... they said. |Use .NET. iPhone users too. |End",
    "1. Open it. |Close it on the **2. Model** page.",
    "Tested with 5. |Then with 6.",
    "最初の文です。|次の文です！|本当ですか？|「はい。」|終わり",
    "Hier geht es z. B. Montag weiter, d. h. gar nicht. |Ende.",
    "Dat is bijv. Azure, d.w.z. De wolk. |Klaar.",
    "هل هذا صحيح؟ |نعم.",
    "No mark at its end",
    "",
]


@pytest.mark.parametrize("marked", MARKED)
def test_sentences(marked: str) -> None:
    assert "|".join(split_sentences(marked.replace("|", ""))) == marked


@pytest.mark.parametrize(("language", "count"), [("de", 2), ("da-DK", 2), ("en", 3), ("", 3)])
def test_a_number_with_a_full_stop(language: str, count: int) -> None:
    assert len(split_sentences("Das war am 3. Oktober. Dann nicht mehr.", language)) == count


@given(st.text("aB1 .!?…\n\\`()[]<>{}\"'。！」é", max_size=60), st.sampled_from(["", "de", "ja"]))
def test_joined_they_are_the_text(text: str, language: str) -> None:
    sentences = split_sentences(text, language)
    assert "".join(sentences) == text
    assert all(sentences)


@pytest.mark.parametrize(
    "piece", [".", " ", "`", "](", '](a "', "<a", "{{", ".)", "a. ", "。", "\\\n", "` ``", "(" * 9]
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    started = time.process_time()
    assert "".join(split_sentences(text)) == text
    assert time.process_time() - started < 5
