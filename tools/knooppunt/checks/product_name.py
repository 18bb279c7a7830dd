"""A name that is not translated is written with other capitals or other spaces.

Why:
    A name is how readers search, and how vendors write it.
    Machine translation splits and recases names ("Power shell", "KUBELET").

Bad:
    target: Open Power shell en start de KUBELET.

    source: The Azure CNI plug-in is needed.
    target: De Azure cni-invoegtoepassing is nodig.

    target: Virtual kubelet staat op Git Hub.

Good:
    target: Open PowerShell en start de kubelet.

    source: The Azure CNI plug-in is needed.
    target: De Azure CNI-invoegtoepassing is nodig.

    target: Virtual Kubelet staat op GitHub.

Fix:
    The name is written as the termbase has it, unless the source has the same other spelling, or not the name at all.

Leave alone:
    - target: Voer `powershell` uit op github.com.
      reason: Code and addresses have their own spelling.
    - target: Kubelet start de containers.
      reason: A name may have a capital at the start of a sentence.
    - target: Het knooppunt is klaar.
      reason: The word is also a word of the language.
    - source: POWERSHELL
      target: POWERSHELL
      reason: The whole text is in capitals.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity
from knooppunt.repair.tokens import starts_sentence, word_runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language
    from knooppunt.repair.tokens import Token

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING

_ADDRESS_BEFORE: Final = frozenset("./@_\\#$=~")
_ADDRESS_AFTER = re.compile(r"[_@=/\\]|\.[\w/]")
_GAP = re.compile(r"[ \t\u00a0]{1,2}|[ \t]*\n[ \t>]*")
MOST_PARTS: Final = 6


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Names that are written in another way."""
    names = language.names
    if not names or language.rules.spaceless or _all_capitals(unit.target):
        return
    runs = word_runs(unit.mask)
    at = 0
    while at < len(runs):
        count = 1
        for length in range(min(MOST_PARTS, len(runs) - at), 0, -1):
            parts = runs[at : at + length]
            name = names.get("".join(part.key for part in parts))
            if name is None or not _together(unit.target, parts):
                continue
            count = length
            written = unit.target[parts[0].start : parts[-1].end]
            if not _allowed(unit, language, parts, written, name):
                safe = unit.source is None or name in unit.source
                yield unit.finding(parts[0].start, parts[-1].end, f"'{written}' is written '{name}'", name, safe=safe)
            break
        at += count


def _together(text: str, parts: list[Token]) -> bool:
    return all(_GAP.fullmatch(text, before.end, after.start) is not None for before, after in pairwise(parts))


def _allowed(unit: Unit, language: Language, parts: list[Token], written: str, name: str) -> bool:
    text, start, end = unit.target, parts[0].start, parts[-1].end
    if " ".join(written.split()) == name:
        return True
    if len(parts) == 1 and parts[0].key in language.vocabulary:
        return True
    if (start and text[start - 1] in _ADDRESS_BEFORE) or _ADDRESS_AFTER.match(text, end):
        return True
    if written.islower() and (text[end : end + 1] == "-" or (start and text[start - 1] == "-")):
        return True  # a part of a file name or of a label such as `azure-vote-front`
    if name[0].islower() and written == name[0].upper() + name[1:] and starts_sentence(text, start):
        return True
    return unit.source is not None and re.search(rf"(?<!\w){re.escape(written)}(?!\w)", unit.source) is not None


def _all_capitals(text: str) -> bool:
    return text.isupper()
