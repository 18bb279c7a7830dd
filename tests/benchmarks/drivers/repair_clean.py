"""Joins in a manual that nothing was counted in, by tier: `python -m benchmarks.drivers.repair_clean LANGUAGE FOLDER`.

FOLDER is an unpacked package. Every paragraph is a text, and counted as evidence, as `knooppunt check` does it. Prints
one line of JSON.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from knooppunt.config import LocaleConfig
from knooppunt.lexicons import load_lexicon
from knooppunt.lexicons.gather import files_of, is_english
from knooppunt.lexicons.texts import HOLE, running_text
from knooppunt.model import Locale
from knooppunt.repair import Evidence, Language, mask, rules_for

END = re.compile(r"[.!?](?:\s|$)")


def main() -> None:
    """Read the manual, find joins, print how many."""
    language, folder = sys.argv[1:3]
    own = rules_for(language).stop_words
    texts: dict[str, None] = {}
    for path in files_of(Path(folder), language):
        for text in running_text(path):
            shown = " ".join(text.replace(HOLE, " \\* ").split())
            if len(shown.split()) > 2 and not is_english(shown.lower().split(), own):
                texts[shown] = None
    evidence = Evidence()
    for text in texts:
        evidence.add(text)
    locale = Locale(language)
    detector = Language(
        locale, LocaleConfig(locale, language), lexicon=load_lexicon(language), evidence=evidence
    ).splits
    found = [
        (text[split.start : split.end], split) for text in texts for split in detector.find(text, mask(text), None)
    ]
    told = {
        "sentences": sum(max(1, len(END.findall(text))) for text in texts),
        "fix": sum(split.safe for _, split in found),
        "suggest": len(found),
        "examples": sorted({f"{old} > {split.joined}" for old, split in found if split.safe}),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
