"""Real sites: enough is taken, and each page made again differs from the translated page as the notes say."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from corpora import ROOT, corpus_files
from knooppunt.adopting import Options, adopt

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
