"""Real sites: enough is taken, and each page made again differs from the translated page as the notes say."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest

from corpora import ROOT, corpus_files
from knooppunt.adopting import Options, adopt
from knooppunt.alignment import THRESHOLD, align, learn_lexicon, page_items
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.alignment import Item

pytestmark = pytest.mark.corpus


class Site(NamedTuple):
    """Two trees of a corpus, and the least share of texts that must be taken."""

    source: str
    translated: str
    locale: str
    share: float
    every: int
    """Every how many-th page is read, so that the test stays short."""


SITES = (
    Site("parallel/mim-nl/en", "parallel/mim-nl/nl", "nl", 0.98, 4),
    Site("parallel/mim-de/en", "parallel/mim-de/de", "de", 0.97, 4),
    Site("fastapi-docs/en/docs", "fastapi-docs/de/docs", "de", 0.95, 4),
    Site("fastapi-docs/en/docs", "fastapi-docs/ja/docs", "ja", 0.97, 4),
    Site("fastapi-docs/en/docs", "fastapi-docs/es/docs", "es", 0.98, 4),
)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.translated.replace("/", "-"))
def test_a_site_is_adopted(site: Site, tmp_path: Path) -> None:
    """A sample of its pages, in folders of their own."""
    pages = [path.relative_to(ROOT / site.translated) for path in corpus_files(site.translated, "*.md")]
    chosen = [page for page in pages if (ROOT / site.source / page).is_file()][:: site.every]
    for page in chosen:
        for side, root in (("source", site.source), ("translated", site.translated)):
            copy = tmp_path / side / page
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes((ROOT / root / page).read_bytes())
    report = adopt(
        tmp_path / "source",
        tmp_path / "translated",
        site.locale,
        out=tmp_path / "out",
        options=Options(verify=True),
        write=False,
    )
    assert len(report.pages) == len(chosen)
    assert sum(page.taken for page in report.pages) >= site.share * sum(page.segments for page in report.pages)
    assert [(page.name, item) for page in report.pages if page.verdict for item in page.verdict.unexplained] == []
    blocks = sum(page.verdict.blocks for page in report.pages if page.verdict)
    assert sum(page.verdict.equal for page in report.pages if page.verdict) >= 0.9 * blocks
    assert not (tmp_path / "out").exists()


def test_who_translated_is_found(tmp_path: Path) -> None:
    """The German pages of one site are partly a machine's and partly people's, as each page says."""
    pages = corpus_files("parallel/mim-de/de", "*.md")
    machine = [path for path in pages if "ms.translationtype: MT" in path.read_text(encoding="utf-8")]
    human = [path for path in pages if "ms.translationtype: HT" in path.read_text(encoding="utf-8")]
    for path, engine in ((machine[0], "microsoft"), (human[0], None)):
        source = ROOT / "parallel/mim-de/en" / path.relative_to(ROOT / "parallel/mim-de/de")
        (page,) = adopt(source, path, "de", out=tmp_path, write=False).pages
        assert page.engine == engine


def items(path: Path) -> list[Item]:
    """The items of a page on disk."""
    return page_items(parse_page(path.read_bytes().decode()))


@pytest.mark.parametrize("site", [SITES[0], SITES[3]], ids=lambda site: site.locale)
def test_pages_that_have_drifted_give_right_pairs(site: Site) -> None:
    """From each translated page one text in ten is taken or replaced, foreign ones are put in, a section is moved."""
    chance = random.Random(2021)  # noqa: S311 # the same drift at every run
    pages = []
    for path in corpus_files(site.translated, "*.md")[:: site.every]:
        source = ROOT / site.source / path.relative_to(ROOT / site.translated)
        if source.is_file():
            pages.append((items(source), items(path)))
    aligned = [align(one, other) for one, other in pages]
    lexicon = learn_lexicon(
        (found.source[match.source].words, found.target[match.target].words)
        for found in aligned
        for match in found.matches
        if match.confidence >= THRESHOLD
    )
    texts = [item for found in aligned for item in found.target if item.segment]
    right = wrong = possible = 0
    for whole in (align(one, other, lexicon=lexicon) for one, other in pages):
        truth = {match.target: match.source for match in whole.matches}
        order: list[tuple[Item, int | None]] = []
        for item in whole.target:
            event = chance.random()
            if event < 0.08:
                order += [(chance.choice(texts), None)] * (event < 0.04)
                continue
            order += [(chance.choice(texts), None)] * (event < 0.12)
            order.append((item, truth.get(item.index)))
        at = len(order) // 3
        order = order[:at] + order[2 * at :] + order[at : 2 * at]
        found = align(
            whole.source, [replace(item, index=place) for place, (item, _) in enumerate(order)], lexicon=lexicon
        )
        possible += sum(place is not None and whole.source[place].segment is not None for _, place in order)
        for match in found.matches:
            item, true = found.source[match.source], order[match.target][1]
            if match.confidence < THRESHOLD or item.segment is None:
                continue
            same = true is not None and whole.source[true].text == item.text
            right, wrong = right + same, wrong + (not same)
    assert wrong <= 0.005 * (right + wrong)
    assert right >= 0.87 * possible
