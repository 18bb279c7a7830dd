"""Makes the catalogs that `catalogs` measures on.

`python -m benchmarks.drivers.messages LIST SOURCES OUT COUNT EDITED` takes COUNT texts and edits EDITED of them.

The messages are real texts of pages. Every so many of them is edited in a way that a person would: a word replaced, a
sentence added, a sentence removed, a number changed, or another text in its place. It writes `old.po`, `old.pot` and
`new.pot`, and the texts of the two as `old.json` and `new.json`.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from itertools import count as numbers
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.drivers.fill import translation
from knooppunt.catalogs import parse_po, update_po
from knooppunt.catalogs.edit import edit_po
from knooppunt.model import Origin, Segment
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"(?<= )[a-z]{4,}(?= )")
_SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z])")


def replaced(text: str) -> str:
    """The middle one of the plain words is another."""
    found = list(_WORD.finditer(text))
    if not found:
        return f"{text} again"
    word = found[len(found) // 2]
    return f"{text[: word.start()]}another{text[word.end() :]}"


def longer(text: str) -> str:
    """A sentence more."""
    return f"{text.rstrip(' .')}. Do this before you go on."


def shorter(text: str) -> str:
    """A sentence less; a word less where there is but one."""
    parts = _SENTENCE.split(text)
    return " ".join(parts[:-1]) if len(parts) > 1 else text.rsplit(" ", 1)[0] if " " in text else f"{text}s"


def counted(text: str) -> str:
    """Another number; a word replaced where there is none."""
    return _NUMBER.sub(lambda found: str(int(found[0]) + 1), text, count=1) if _NUMBER.search(text) else replaced(text)


EDITS: tuple[Callable[[str], str], ...] = (replaced, longer, shorter, counted)
"""What a person does to a text; the fifth turn takes a text that was not there."""


def edited(old: Sequence[str], spare: Iterator[str], share: int) -> list[str]:
    """The texts with `share` of them, spread evenly, edited; no two are the same."""
    seen = set(old)
    new = list(old)
    for turn in range(share):
        at = turn * len(old) // share
        edit = EDITS[turn % 5] if turn % 5 < len(EDITS) else None
        text = edit(old[at]) if edit else next(spare)
        while text in seen:
            text = next(spare)
        seen.add(text)
        new[at] = text
    return new


def texts(names: Sequence[str], sources: Path) -> Iterator[str]:
    """All texts of the pages, each once; where there are not enough, the same ones with a number behind them."""
    seen: set[str] = set()
    for name in names:
        for segment in parse_page((sources / name).read_bytes().decode(), path=name).segments:
            if segment.msgid not in seen:
                seen.add(segment.msgid)
                yield segment.msgid
    base = list(seen)
    for turn in numbers(1):
        yield from (f"{text} ({turn})" for text in sorted(base))


def segments(msgids: Sequence[str]) -> list[Segment]:
    """Segments of one page."""
    return [Segment(msgid, Origin("docs/a.md", 1)) for msgid in msgids]


def main() -> None:
    """Write the files."""
    listed, sources, out, count, share = sys.argv[1:6]
    folder = Path(out)
    folder.mkdir(parents=True)
    found = texts(Path(listed).read_text(encoding="utf-8").splitlines(), Path(sources))
    old = list(islice(found, int(count)))
    new = edited(old, found, int(share))
    for name, msgids in (("old", old), ("new", new)):
        (folder / f"{name}.json").write_text(json.dumps(msgids), encoding="utf-8")
        text = update_po(None, segments(msgids), locale="nl").text
        (folder / f"{name}.pot").write_text(text, encoding="utf-8")
    catalog = parse_po((folder / "old.pot").read_text(encoding="utf-8"), "old.pot")
    changes = {
        key: replace(entry, msgstr=translation(entry.msgid)) for key, entry in catalog.by_key.items() if entry.msgid
    }
    (folder / "old.po").write_text(edit_po(catalog, changes), encoding="utf-8")


if __name__ == "__main__":
    main()
