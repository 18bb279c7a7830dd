"""LinkChecker's opinion beside ours: its XML read, differences named, and both on a small site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from knooppunt.errors import DataError
from knooppunt.links.check_site import Fault
from knooppunt.links.external_opinion import differences, our_opinions, read_linkchecker

BASE = "http://127.0.0.1:8000/"
XML = b"""<?xml version="1.0" encoding="utf-8"?>
<linkchecker created="2026-11-24 20:17:19+000">
  <urldata><url>/</url><realurl>http://127.0.0.1:8000/</realurl><valid result="200 OK">1</valid></urldata>
  <urldata><url>https://x.example/</url><parent line="1" column="2">http://127.0.0.1:8000/</parent>
    <realurl>https://x.example/</realurl><valid result="filtered">1</valid></urldata>
  <urldata><url>../gone/</url><parent line="7" column="12">http://127.0.0.1:8000/nl/a/</parent>
    <realurl>http://127.0.0.1:8000/nl/gone/</realurl><valid result="404 File not found">0</valid></urldata>
  <urldata><url>../b/#caf%C3%A9</url><parent line="8" column="3">http://127.0.0.1:8000/nl/a/</parent>
    <realurl>http://127.0.0.1:8000/nl/b/index.html#caf%C3%A9</realurl>
    <warnings><warning>Anchor `caf%C3%A9' (decoded: `caf\xc3\xa9') not found.</warning></warnings>
    <valid result="200 OK">1</valid></urldata>
  <urldata><url>c</url><parent line="9" column="3">http://127.0.0.1:8000/nl/a/</parent>
    <realurl>http://127.0.0.1:8000/c</realurl><warnings><warning>Redirected.</warning></warnings>
    <valid result="200 OK">1</valid></urldata>
</linkchecker>
"""


def test_its_output_becomes_findings() -> None:
    crawl = read_linkchecker(XML, BASE)
    assert crawl.links == 5
    assert crawl.seen == {"", "nl/gone", "nl/b", "c"}
    assert [(opinion.target, str(opinion.finding.origin), opinion.finding.check) for opinion in crawl.opinions] == [
        ("nl/b#café", "nl/a:8:3", "broken-anchor"),
        ("nl/gone", "nl/a:7:12", "broken-link"),
    ]


@pytest.mark.parametrize(
    "text", [b"", b"<html/>", b"not XML", b'<!DOCTYPE a [<!ENTITY b "c">]><linkchecker>&b;</linkchecker>']
)
def test_other_output_is_refused(text: bytes) -> None:
    with pytest.raises(DataError, match="LinkChecker: its output is"):
        read_linkchecker(text, BASE)


def test_each_difference_is_named() -> None:
    theirs = read_linkchecker(XML, BASE).opinions
    faults = {
        Fault("broken-link", "a[href]", "../gone/#x", "nl/gone/#x", "'../gone/#x' does not exist"): ["nl/a/index.html"],
        Fault("broken-image", "img[src]", "x.png", "nl/a/x.png", "'x.png' does not exist"): ["nl/a/index.html"],
        Fault("broken-image", "video[poster]", "y.png", "nl/a/y.png", "'y.png' does not exist"): ["nl/a/index.html"],
        Fault("broken-link", "a[href]", "z/", "z/", "'z/' does not exist"): ["404.html"],
        Fault("duplicate-id", "id", "#a", "nl/a/#a", "the id 'a'"): ["nl/a/index.html"],
    }
    ours, unseen = our_opinions(faults, frozenset({"nl/a"}))
    assert unseen == 2
    theirs_only, ours_only = differences(ours, theirs)
    assert theirs_only.startswith("only LinkChecker, not knooppunt: nl/a: broken-anchor: 'nl/b#café': Anchor")
    assert ours_only == "only knooppunt, not LinkChecker: nl/a: broken-image: 'x.png' does not exist"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    (root / "café").mkdir(parents=True)
    head = "<!doctype html><html><head><meta charset=utf-8><title>t</title></head><body>"
    (root / "index.html").write_text(f'{head}<a href="caf%C3%A9/#here">a</a> <a href="caf%C3%A9/">b</a></body></html>')
    (root / "café" / "index.html").write_text(f'{head}<h2 id="here">h</h2><a href="../">up</a></body></html>')
    return root


def test_both_agree_on_what_is_broken_and_what_is_not(site: Path) -> None:
    """A real LinkChecker on a real server; what differs would be a line more."""
    page = site / "café" / "index.html"
    broken = '<a href="#gone">x</a><a href="../no/">y</a><img src="n.png">'
    page.write_text(page.read_text().replace("</body>", f"{broken}</body>"))
    program = Path(__file__).parents[2] / ".ci" / "linkcheck.py"
    done = subprocess.run(
        [sys.executable, program, "--places", site], capture_output=True, text=True, check=False, timeout=100
    )
    *lines, summary = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (1, "")
    assert lines == ["both: 'café#gone' is broken", "both: 'café/n.png' is broken", "both: 'no' is broken"]
    assert "; 3 broken by both, 0 differences, 0 of ours" in summary
