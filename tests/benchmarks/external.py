"""Links to other hosts, on a hostile server of our own: who says what of 2,000 addresses, and at what cost.

All programs are given ten seconds for an answer, one after another, each with a server that has seen nothing yet.
What neither leads somewhere nor is gone (blocked, too slow, refused) is not broken: whoever says so is wrong.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from benchmarks.measure import OURS, PEERS, ROOT, driver, measure, succeeded
from benchmarks.tables import Gate, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from benchmarks.measure import Cost

SERVER = ROOT / "tests" / "links" / "hostile_server.py"
COLUMNS = (
    *("program", "addresses", "right", "good called broken", "others called broken", "broken missed"),
    *("asked too early", "requests", "CPU s", "wall s"),
)
_LINKCHECKER = "--verbose --no-status --check-extern --output xml/utf-8 --threads 20 --timeout 10 -r 1"
_LYCHEE = "--no-progress --format json --include-fragments=anchor-only --timeout 10"
_GOOD = ("ok", "redirected")


@dataclass(frozen=True, slots=True)
class Told:
    """What a program says of a page with these addresses, and what it took."""

    broken: frozenset[str]
    cost: Cost
    wall: float
    seen: Mapping[str, int]
    right: Mapping[str, str]
    verdicts: Mapping[str, str]
    """Of ours only."""


def external(scratch: Path, say: Callable[[str], None], share: float = 1.0) -> tuple[Table, list[Gate]]:
    """The table of verdicts, and what we promise of ours."""
    folder = scratch / "external"
    folder.mkdir()
    rows = []
    gates = []
    for name, run in _programs(folder):
        say(f"external: {name}")
        told = _told(folder, run, share)
        good, others, missed = _wrong(told)
        count = len(told.right)
        rows.append(
            (
                *(name, count, count - good - others - missed, good, others, missed, told.seen["early"]),
                *(told.seen["requests"], told.cost.cpu, told.wall),
            )
        )
        if told.verdicts:
            exact = sum(told.verdicts.get(url) == right for url, right in told.right.items())
            gates += [
                Gate("external: verdicts that are wrong, of 2,000", 0, count - exact, least=False),
                Gate("external: good addresses called broken", 0, good, least=False),
                Gate("external: requests before a pause was over", 0, told.seen["early"], least=False),
            ]
    return Table(COLUMNS, tuple(rows)), gates


def _wrong(told: Told) -> tuple[int, int, int]:
    good = sum(right in _GOOD and url in told.broken for url, right in told.right.items())
    others = sum(right not in {*_GOOD, "broken"} and url in told.broken for url, right in told.right.items())
    missed = sum(right == "broken" and url not in told.broken for url, right in told.right.items())
    return good, others, missed


def _told(folder: Path, run: Callable[[Path, Sequence[str]], tuple[Cost, Any, Any]], share: float) -> Told:
    server = subprocess.Popen(
        [OURS, SERVER, folder, str(share)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert server.stdin is not None
    assert server.stdout is not None
    try:
        right = json.loads(server.stdout.readline())["urls"]
        start = time.monotonic()
        cost, broken, verdicts = run(folder, sorted(right))
        wall = time.monotonic() - start
        server.stdin.close()
        seen = json.loads(server.stdout.readline())
    finally:
        server.kill()
        server.wait()
        server.stdout.close()
    return Told(frozenset(broken), cost, wall, seen, right, verdicts)


def _programs(folder: Path) -> Iterator[tuple[str, Callable[[Path, Sequence[str]], tuple[Cost, Any, Any]]]]:
    yield "knooppunt", _own
    version = succeeded(measure([OURS.with_name("linkchecker"), "--version"]), "linkchecker").output.split()[1]
    yield f"LinkChecker {version}", _linkchecker
    lychee = shutil.which("lychee", path=f"{PEERS.parent}") or shutil.which("lychee")
    if lychee is not None:
        version = succeeded(measure([lychee, "--version"]), "lychee").output.split()[1]
        yield f"lychee {version}", lambda folder, urls: _lychee(lychee, folder, urls)


def _page(folder: Path, urls: Sequence[str]) -> Path:
    page = folder / "page.html"
    links = "".join(f'<p><a href="{escape(url)}">x</a></p>\n' for url in urls)
    page.write_text(f"<!doctype html><html><head><title>t</title></head><body>\n{links}</body></html>\n", "utf-8")
    folder.chmod(0o755)
    folder.parent.chmod(0o755)  # LinkChecker gives up root's rights before it reads
    return page


def _own(folder: Path, urls: Sequence[str]) -> tuple[Cost, Any, Any]:
    file = folder / "urls.json"
    file.write_text(json.dumps(list(urls)), "utf-8")
    cost = succeeded(measure(driver(OURS, "external_own", file)), "knooppunt")
    verdicts = json.loads(cost.output)
    return cost, {url for url, verdict in verdicts.items() if verdict == "broken"}, verdicts


def _linkchecker(folder: Path, urls: Sequence[str]) -> tuple[Cost, Any, Any]:
    config = folder / "linkcheckerrc"
    config.write_text("[AnchorCheck]\n", "utf-8")
    page = _page(folder, urls)
    cost = measure([OURS.with_name("linkchecker"), "--config", config, *_LINKCHECKER.split(), page.as_uri()])
    if cost.status not in {0, 1}:
        sys.exit(f"bench: LinkChecker ended with {cost.status}: {cost.errors[-2000:]}")
    broken = set()
    for item in ET.fromstring(cost.output).iter("urldata"):  # noqa: S314 # written by a program that we started
        warnings = [warning.text or "" for warning in item.iter("warning")]
        if item.findtext("valid") == "0" or any(text.startswith("Anchor `") for text in warnings):
            broken.add(item.findtext("url") or "")
    return cost, broken, {}


def _lychee(program: str, folder: Path, urls: Sequence[str]) -> tuple[Cost, Any, Any]:
    output = folder / "lychee.json"
    page = _page(folder, urls)
    cost = measure([program, *_LYCHEE.split(), "--output", output, page])
    if not output.is_file():
        sys.exit(f"bench: lychee ended with {cost.status}: {cost.errors[-2000:]}")
    found = json.loads(output.read_text("utf-8"))
    broken = {
        item["url"] for name in ("error_map", "fail_map") for items in found.get(name, {}).values() for item in items
    }
    return cost, broken, {}
