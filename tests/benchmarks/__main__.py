"""`make bench`: one table of CPU seconds, ours beside a peer's, with versions.

Machines are noisy: read the ratios, not the seconds. Each row is the best of three runs
(msgmerge, which is slow, runs once).
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import markdown
from babel.messages.pofile import read_po

from knooppunt.catalogs import new_catalog, parse_po, update_po
from knooppunt.model import Origin, Segment
from knooppunt.pages import parse_page
from knooppunt.translated import translate_page

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
EXTENSIONS = ["admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"]
MESSAGES = 10_000
CHANGED = 300
RUNS = 3
_WORDS = """
pod node cluster network region quota virtual container group limit starts reaches needs when every address subnet
volume secret image registry probe restart label taint scheduler kubelet provider instance memory processor billing
"""
WORDS = _WORDS.split()


def cpu(work: Callable[[], object], runs: int = RUNS) -> float:
    """User and system seconds of this process and its children, the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        before = sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        started = time.process_time()
        work()
        spent = time.process_time() - started + sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - before
        best = min(best, spent)
    return best


def sentences(count: int, seed: int) -> list[Segment]:
    """Texts like those of documentation, all different; the first `seed` of them differ from those of seed 0."""
    made = []
    for number in range(count):
        mark = number * 31 + (7919 if number < seed else 0)
        text = " ".join(WORDS[(mark // (step + 1) + step * number) % len(WORDS)] for step in range(6 + number % 20))
        made.append(Segment(f"{text.capitalize()} {number}.", Origin("docs/a.md", 1)))
    return made


def louder(segment: Segment) -> str:
    """A translation that is not the source."""
    return segment.msgid + "!"


def main() -> int:
    """Print the table."""
    pages = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))]
    pages *= max(1, 1_000_000 // sum(map(len, pages)))
    size = sum(map(len, pages)) / 1e6
    parsed = [parse_page(text) for text in pages]
    old, new = sentences(MESSAGES, 0), sentences(MESSAGES, CHANGED)
    filled = update_po(None, old, locale="nl").text.replace('msgstr ""\n\n', 'msgstr "x"\n\n')
    catalog = parse_po(filled, "a.po")
    with tempfile.TemporaryDirectory() as folder:
        po, pot = Path(folder, "a.po"), Path(folder, "new.pot")
        po.write_text(filled, encoding="utf-8")
        pot.write_text(update_po(parse_po(new_catalog("nl"), ""), new, locale="nl").text, encoding="utf-8")
        rows = [
            (f"extract segments, {size:.1f} MB", lambda: [parse_page(text) for text in pages],
             f"render the same, Python-Markdown {version('markdown')}",
             lambda: [markdown.markdown(text, extensions=EXTENSIONS) for text in pages]),
            (f"generate pages, {size:.1f} MB", lambda: [translate_page(page, louder) for page in parsed],
             f"render the same, Python-Markdown {version('markdown')}",
             lambda: [markdown.markdown(text, extensions=EXTENSIONS) for text in pages]),
            (f"read {MESSAGES} messages", lambda: parse_po(filled, "a.po"),
             f"read_po, Babel {version('babel')}", lambda: read_po(io.BytesIO(filled.encode()))),
            (f"update {MESSAGES} messages, {CHANGED} of them new", lambda: update_po(catalog, new, locale="nl"),
             "msgmerge, gettext " + gettext_version(),
             lambda: subprocess.run(["msgmerge", "-q", "-o", "/dev/null", po, pot], check=True)),
        ]  # fmt: skip
        print(f"{'what':45} {'ours':>8} {'peer':>8} {'ratio':>7}  peer")
        for what, ours, peer, theirs in rows:
            mine, other = cpu(ours), cpu(theirs, 1 if peer.startswith("msgmerge") else RUNS)
            print(f"{what:45} {mine:8.2f} {other:8.2f} {other / mine:6.1f}x  {peer}")
    print(f"CPU seconds, best of {RUNS}; Python {sys.version.split()[0]}")
    return 0


def gettext_version() -> str:
    """Version of gettext's programs."""
    first = subprocess.run(["msgmerge", "--version"], check=True, capture_output=True, text=True).stdout.splitlines()[0]
    return first.split()[-1]


if __name__ == "__main__":
    sys.exit(main())
