"""The words that the records name, against the article as it is published today."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpora import corpus_files
from knooppunt.feed.history import HOLDS, evidence_of
from knooppunt.feed.timeline import matching
from knooppunt.knowledge.matching import match_pattern
from knooppunt.project import Project

FOLDER = "azure-aks-docs/articles/aks/"


@pytest.mark.corpus
def test_words_stand_in_the_article_exactly_while_the_record_holds_there() -> None:
    texts = {path.name: path.read_text("utf-8") for path in corpus_files("aks-docs", "virtual-nodes*.md")}
    seen = 0
    for record in Project.load(Path(__file__).parents[2]).knowledge.records.values():
        holds = any(variant.name == "v1" and variant.status in HOLDS for variant in record.variants)
        disputed = bool(record.disputed)
        for evidence in evidence_of(record):
            if evidence.match and evidence.source.startswith(FOLDER):
                seen += 1
                there = any(matching(texts[evidence.source.removeprefix(FOLDER)], match_pattern(evidence.match)))
                assert there == (holds or disputed), record.id
    assert seen >= 17
