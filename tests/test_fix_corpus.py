"""Old machine-translated pages of a vendor, healed: no crash, the same skeleton, and a second run changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corpora import ROOT
from knooppunt.repair import Language
from knooppunt.repair.proof import skeleton
from test_fix import heal, shipped

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = ROOT / "parallel" / "mim-nl" / "nl"
PAGES = sorted(FOLDER.rglob("*.md"))
EMPHASIS = {"text", "<strong>", "</strong>", "<em>", "</em>"}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not PAGES, reason=f"no corpus at {FOLDER}; set KNOOPPUNT_CORPORA to the folder of the corpora"),
]


@pytest.fixture(scope="module")
def dutch() -> Language:
    return shipped("nl")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_healed_without_harm(path: Path, dutch: Language) -> None:
    text = path.read_bytes().decode("utf-8")
    result = heal(text, dutch)
    assert heal(result.text, dutch).text == result.text
    before = [part for part in skeleton(text) if part not in EMPHASIS]
    assert [part for part in skeleton(result.text) if part not in EMPHASIS] == before


def test_the_corpus_is_whole(dutch: Language) -> None:
    assert len(PAGES) == 142
    applied = sum(len(heal(path.read_bytes().decode("utf-8"), dutch).applied) for path in PAGES[:10])
    assert applied > 50
