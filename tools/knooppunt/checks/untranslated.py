"""An entry has no translation, or its translation is the text of the source.

Why:
    Readers who chose their language get a page in two languages.

Bad:
    source: The pod cannot reach the network.
    target:

    source: The pod cannot reach the network.
    target: The pod cannot reach the network.

    source: Wait for the pods. Then delete the old node pool.
    target: Wacht op de pods. Then delete the old node pool.

Good:
    source: The pod cannot reach the network.
    target: De pod kan het netwerk niet bereiken.

Fix:
    There is no fix, for a person or an engine has to translate.
    A missing translation is a note, for work that is still to be done is no mistake.

Leave alone:
    - source: Azure CNI
      target: Azure CNI
      reason: Names stay as they are.
    - source: Region
      target: Region
      reason: One or two words can be the same in both languages.
    - source: "`kubectl get pods`"
      target: "`kubectl get pods`"
      reason: Code stays as it is.
    - source: Deployment and service mesh
      target: Deployment en service mesh
      reason: Technical words may be the same where the rest is translated.
    - source: Stop. Wait a bit. Then go on.
      target: Stop. Wacht even. Ga dan verder.
      reason: A sentence of one word can be the same in both languages.
    - source: Choose [a size](network.md#size-of-the-subnet-of-a-node).
      target: Kies [een grootte](network.md#size-of-the-subnet-of-a-node).
      reason: A point inside a link target or code ends no sentence.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "catalog"
SEVERITY: Final = Severity.WARNING

_WORD = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*")
"""A word; a name such as `refused-by-gettext` is one."""
_SENTENCE = re.compile(r"[^.!?\u3002\uff01\uff1f\n]+[.!?\u3002\uff01\uff1f]?")
PROTECTED: Final = "\ufffc"
_PROTECTED = re.compile(f"{PROTECTED}+")
FEWEST_WORDS: Final = 3
"""Words in lower case from which a text that is equal to its source is suspicious."""
FEWEST_IN_SENTENCE: Final = 5


def check(entries: Sequence[Unit], language: Language) -> Iterator[Finding]:
    """Entries and sentences that are left in the language of the source."""
    names = {word for term in language.termbase.names for word in term.use.split()}
    for unit in entries:
        source = unit.source or ""
        if not unit.target.strip():
            if source.strip():
                yield replace(unit.finding(0, 0, f"not translated: '{_short(source)}'"), severity=Severity.NOTE)
        elif unit.target == source:
            if len(_words(unit.mask.prose(), names)) >= FEWEST_WORDS:
                yield unit.finding(0, 0, f"the same as the source: '{_short(source)}'")
        else:
            yield from _sentences(unit, names)


def _sentences(unit: Unit, names: set[str]) -> Iterator[Finding]:
    """Sentences of prose; what is protected in them counts as one sign, whatever it is."""
    present = (
        {_plain(found[0]) for found in _SENTENCE.finditer(unit.source_mask.prose())} if unit.source_mask else set()
    )
    for found in _SENTENCE.finditer(unit.mask.prose()):
        sentence = _plain(found[0])
        if sentence in present and len(_words(sentence, names)) >= FEWEST_IN_SENTENCE:
            shown = _short(unit.target[found.start() : found.end()].strip())
            yield unit.finding(found.start(), found.end(), f"a sentence of the source: '{shown}'")


def _plain(sentence: str) -> str:
    return _PROTECTED.sub(PROTECTED, sentence).strip()


def _words(text: str, names: set[str]) -> list[str]:
    """Words of the language: in lower case and no part of a name."""
    return [word for word in _WORD.findall(text) if word.islower() and word not in names]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + "..."
