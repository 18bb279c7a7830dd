"""Small catalogs, random ones, and GNU gettext as an oracle."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from knooppunt.catalogs import new_catalog, parse_po, render_entry
from knooppunt.model import Entry, Origin, Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.catalogs import Catalog

HEADER = new_catalog("nl")
PATH = "locales/nl/LC_MESSAGES/network.po"


def catalog(*entries: Entry) -> Catalog:
    """A catalog with a header and these entries."""
    return parse_po("\n".join([HEADER, *(f"{render_entry(entry)}\n" for entry in entries)]), PATH)


def segment(
    msgid: str, context: str | None = None, *, revision: int | None = None, comment: str = "", path: str = "docs/n.md"
) -> Segment:
    """A text of a page, or of a record where a revision is given."""
    kind = "paragraph" if revision is None else "record"
    return Segment(msgid, Origin(path, 1), kind=kind, context=context, comment=comment, revision=revision)


def gettext(program: str, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run msgfmt or msgcat over a PO text. A machine without it fails, for a skipped oracle looks like a passed one."""
    if shutil.which(program) is None:
        raise AssertionError(f"{program} is missing; install Debian's package gettext")
    done = subprocess.run([program, *options, "-"], input=text.encode(), capture_output=True, check=False)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def msgfmt_says(text: str) -> str:
    """What is wrong with a PO text in the eyes of `msgfmt -c`, or nothing; warnings about names and dates apart."""
    done = gettext("msgfmt", text, "-c", "-o", "/dev/null")
    return done.stderr if done.returncode else ""


def bare(entries: Iterable[Entry]) -> list[Entry]:
    """Entries without their places, to compare."""
    return [plain(entry) for entry in entries]


def plain(entry: Entry) -> Entry:
    """An entry without its place."""
    return replace(entry, origin=Origin("", 1))


# Texts that PO could stumble over: quotes, escapes, control characters, line separators, wide and combining letters.
ODD = "abXY019 .,:;!?()[]<>`*_#~|%$-/\\\"'\n\t\r\x07\x0b\x1b\x85\u2028\u00a0\u0301é仮想ー。한😀—"
WORDY = [
    "",
    "the virtual node pool has no subnet that delegates 3 addresses to its pods, so it waits. ",
    "日本語" * 9,
]
texts = st.builds(str.__add__, st.sampled_from(WORDY), st.text(ODD, min_size=1, max_size=12))
lines = st.text(ODD.replace("\n", "").replace("\r", ""), max_size=8).map(str.strip)


@st.composite
def entries_of(draw: st.DrawFn) -> Entry:
    """Any entry: plurals, flags, comments, previous texts, obsolete or not."""
    plurals = draw(st.just(()) | st.lists(texts, min_size=1, max_size=3).map(tuple))
    previous = draw(st.none() | texts)
    comments = st.lists(lines, max_size=2).map(tuple)
    return Entry(
        draw(texts),
        plurals[0] if plurals else draw(st.just("") | texts),
        draw(st.none() | st.just("") | texts),
        draw(texts) if plurals else None,
        plurals,
        draw(st.sampled_from([(), ("fuzzy",), ("fuzzy", "c-format"), ("no-wrap",)])),
        previous,
        draw(st.none() | texts) if previous is not None else None,
        draw(st.booleans()),
        draw(comments),
        draw(comments),
        draw(st.lists(st.sampled_from(["docs/a.md", "docs/with space.md", "é.yml"]), max_size=2).map(tuple)),
    )


def unique(entries: Iterable[Entry]) -> list[Entry]:
    """The first entry of each key."""
    return list({entry.key: entry for entry in reversed(list(entries))}.values())[::-1]


catalogs = st.lists(entries_of(), max_size=4).map(unique)
