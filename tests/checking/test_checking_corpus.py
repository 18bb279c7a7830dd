"""A vendor's machine-translated pages, mended where they lie: beside their source and without, and never harmed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from checking_cases import checked, read

from corpora import ROOT, corpus_files
from knooppunt.checking import load_language
from knooppunt.pages import parse_page
from knooppunt.repair import mask
from knooppunt.repair.proof import skeleton

if TYPE_CHECKING:
    from pathlib import Path

EMPHASIS = {"text", "<strong>", "</strong>", "<em>", "</em>"}
STEP = 24
"""Every so many pages, so that the test is quick."""

pytestmark = pytest.mark.corpus


def copied(folder: str, part: str, to: Path, step: int = STEP) -> dict[str, bytes]:
    """Some pages of a corpus, below `to/part`."""
    for path in corpus_files(folder, "*.md")[::step]:
        place = to / part / path.relative_to(ROOT / folder)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    return read(to)


def bones(data: bytes) -> list[str]:
    return [part for part in skeleton(data.decode("utf-8")) if part not in EMPHASIS]


@pytest.mark.parametrize("source", [None, "en"])
def test_pages_are_mended_without_harm_and_once(tmp_path: Path, source: str | None) -> None:
    copied("parallel/mim-nl/en", "en", tmp_path, step=1)
    before = copied("parallel/mim-nl/nl", "nl", tmp_path)
    results, _ = checked(tmp_path, load_language(None, "nl"), folder="nl", source=source, fix=True)
    after = read(tmp_path)
    assert sum(len(result.made) for result in results) > 100
    for name, data in after.items():
        assert bones(data) == bones(before[name]), name
        assert name.startswith("nl/") or data == before[name]
    _, checking = checked(tmp_path, load_language(None, "nl"), folder="nl", source=source, fix=True)
    assert checking.changed == 0
    assert read(tmp_path) == after


@pytest.mark.parametrize(("folder", "step"), [("parallel/mim-de/de", STEP), ("aks-docs", 5 * STEP)])
def test_pages_in_another_language_come_to_no_harm(tmp_path: Path, folder: str, step: int) -> None:
    """Checked as Dutch, which they are not: whatever is found there changes words of the text and nothing else."""
    before = copied(folder, "pages", tmp_path, step)
    checked(tmp_path, load_language(None, "nl"), fix=True)
    for name, data in read(tmp_path).items():
        old, new = before[name].decode("utf-8"), data.decode("utf-8")
        assert bones(data) == bones(before[name]), name
        assert mask(old).placeholders() == mask(new).placeholders(), name
        blocks = [[(block.kind, len(block.segments)) for block in parse_page(text).blocks] for text in (old, new)]
        assert blocks[0] == blocks[1], name
