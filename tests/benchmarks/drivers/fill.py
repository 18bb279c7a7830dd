"""Makes a catalog of a translator out of one that was extracted: a text for each entry, other than its source.

Of each msgid the plain words before the first character of markup get an accent on each `e`; the rest stays. It runs
in the peers' environment, the same for the catalogs of every tool, and is not measured.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

_MARKUP = re.compile(r"[^\w ,.;?'-]")
_WORD = re.compile(r"(?<= )[A-Za-z]+(?= )")


def translation(msgid: str) -> str:
    """The text for one msgid."""
    markup = _MARKUP.search(msgid)
    end = markup.start() if markup else len(msgid)
    return _WORD.sub(lambda word: word[0].replace("e", "é"), msgid[:end]) + msgid[end:]


def main() -> None:
    """Fill every catalog under the folders that the command line names; behind `--same`, with its own msgids."""
    polib = importlib.import_module("polib")
    same = sys.argv[1] == "--same"
    for folder in sys.argv[2:] if same else sys.argv[1:]:
        for path in sorted(Path(folder).rglob("*.po")):
            catalog = polib.pofile(str(path), encoding="utf-8", wrapwidth=0)
            for entry in catalog:
                entry.msgstr = entry.msgid if same else translation(entry.msgid)
                entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
            catalog.metadata["Content-Type"] = "text/plain; charset=UTF-8"
            catalog.save()


if __name__ == "__main__":
    main()
