"""The AKS articles, against a count of lines that shares nothing with the room: bullets, stray lines, what was read.

The count is that of the research on which the feed was planned. Fences and front matter are left out. A section is
opened by a heading of level 2 or below with one of the words of SECTIONS (a PCI `Requirement 10.1` is none) and ends
with the next heading of its level or above. A bullet is a line of a list in such a section; a stray line is one outside
of them that says STRAY. By this rule each of the 29 articles that the research lists, and that are in this corpus, has
the number of bullets that the research gives. It counted 2,429 bullets and 327 stray lines on 646 pages; 613 files of
them are here, with 2,178 bullets and 292 stray lines.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpora import ROOT, corpus_files
from knooppunt.cli import main
from knooppunt.extraction import LIKELY, Draft, Source, known_of, propose
from knooppunt.knowledge.matching import match_pattern
from knooppunt.pages import parse_page

SECTIONS = re.compile(
    r"\b(limitations?|restrictions?|known issues?|unsupported|limits|prerequisites?|before you begin|requirements?)\b",
    re.IGNORECASE,
)
STRAY = re.compile(
    r"not (?:currently )?supported|(?:is|are)n['’]t (?:currently )?supported|unsupported|requires? (?:\w+ ){0,4}version"
    r"|do(?:es)?(?:n['’]t| not) support",
    re.IGNORECASE,
)
FENCE = re.compile(r"\s*(?:>\s*)*(```+|~~~+)")
BULLET = re.compile(r"\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\S")
LISTED = {
    "imds-restriction.md": 24, "http-proxy.md": 15, "support-policies.md": 14, "create-node-pools.md": 20,
    "virtual-nodes.md": 13, "use-trusted-launch.md": 13, "configure-kubenet.md": 17, "istio-about.md": 10,
    "node-auto-repair.md": 8, "app-routing.md": 9, "enable-fips-nodes.md": 16, "private-clusters.md": 16,
}  # fmt: skip
"""Bullets of some of the articles, as the research gives them."""

Place = tuple[str, int]


@dataclass
class Counted:
    bullets: dict[Place, str] = field(default_factory=dict)
    stray: dict[Place, str] = field(default_factory=dict)


def count(name: str, text: str, counted: Counted) -> None:
    """The bullets and stray lines of one article, by line."""
    lines = text.splitlines()
    first = lines.index("---", 1) + 1 if lines[:1] == ["---"] else 0
    fence = ""
    level = 0
    for number, line in enumerate(lines[first:], first + 1):
        if mark := FENCE.match(line):
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1][:3]
        elif fence:
            continue
        elif heading := re.match(r"(#{1,6})\s+(.*)", line):
            depth = len(heading[1])
            if depth > 1 and SECTIONS.search(heading[2]) and not re.search(r"Requirement \d", heading[2]):
                level = depth
            elif depth <= level:
                level = 0
        else:
            if level and BULLET.match(line):
                counted.bullets[name, number] = line
            if not level and STRAY.search(line):
                counted.stray[name, number] = line


@dataclass
class Corpus:
    counted: Counted
    drafts: list[Draft]
    covered: dict[Place, str]
    """Confidence by line that a draft states, repeats, or is introduced by."""
    texts: dict[str, str]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    found = Corpus(Counted(), [], {}, {})
    known = known_of([], [], [])
    for path in corpus_files("aks-docs", "*.md"):
        name = path.relative_to(ROOT / "aks-docs").as_posix()
        text = found.texts[name] = path.read_bytes().decode("utf-8")
        count(name, text.removeprefix("\ufeff"), found.counted)
        found.drafts += propose(parse_page(text, path=name), Source(f"aks-docs/{name}"), known).drafts
    for draft in found.drafts:
        origin = draft.passage.origin
        text = found.texts[origin.path]
        first = text.count("\n", 0, origin.start) + 1
        lines = {
            first + number for number in range(text.count("\n", origin.start, max(origin.start, origin.end - 1)) + 1)
        }
        for line in {*lines, *(place.line for place in draft.also), draft.passage.led_from}:
            if found.covered.get((origin.path, line)) != LIKELY:
                found.covered[origin.path, line] = draft.confidence
    return found


@pytest.mark.corpus
def test_the_count_is_that_of_the_research(corpus: Corpus) -> None:
    assert {name: sum(1 for place in corpus.counted.bullets if place[0] == name) for name in LISTED} == LISTED
    assert (len(corpus.texts), len(corpus.counted.bullets), len(corpus.counted.stray)) == (613, 2178, 292)


@pytest.mark.corpus
def test_every_bullet_is_covered_but_those_whose_text_is_in_another_file(corpus: Corpus) -> None:
    left = [line.strip() for place, line in corpus.counted.bullets.items() if place not in corpus.covered]
    assert len(left) == 16
    assert all(re.fullmatch(r"[-*] \[!INCLUDE .*\]", line) for line in left)


@pytest.mark.corpus
def test_the_recall_on_stray_lines(corpus: Corpus) -> None:
    found = [corpus.covered.get(place) for place in corpus.counted.stray]
    assert len([item for item in found if item]) >= 287
    assert found.count(LIKELY) >= 247


@pytest.mark.corpus
def test_what_was_read_is_as_likely_as_it_says(corpus: Corpus) -> None:
    """200 drafts, drawn at random and read one by one by a person: is it a limitation, a requirement or a quota?"""
    read = json.loads((Path(__file__).parent / "read.json").read_text("utf-8"))
    likely = {draft.fingerprint: draft.confidence == LIKELY for draft in corpus.drafts}
    right = [likely[mark] for mark in read["real"]]
    wrong = [likely[mark] for mark in read["not"]]
    assert (len(right), len(wrong)) == (164, 36)
    assert sum(right) / (sum(right) + sum(wrong)) > 0.9


@pytest.mark.corpus
def test_each_draft_is_found_where_it_says(corpus: Corpus) -> None:
    with_words = [draft for draft in corpus.drafts if draft.match]
    assert len(with_words) > 0.99 * len(corpus.drafts)
    for draft in with_words[::10]:
        origin = draft.passage.origin
        assert draft.match is not None
        assert match_pattern(draft.match).search(corpus.texts[origin.path], origin.start, origin.end), draft


@pytest.mark.corpus
def test_a_second_run_over_articles_proposes_nothing(tmp_path: Path) -> None:
    articles = [str(path) for path in corpus_files("aks-docs", "a[ip]*.md")]
    out = tmp_path / "drafts.yml"
    command = ["extract", *articles, "--out", str(out), "--product", "aks", "-q"]
    assert main(command) == 0
    before = out.read_bytes()
    assert before.count(b"\n    fingerprint: ") > 100
    assert main(command) == 0
    assert out.read_bytes() == before
