"""An entry has another number of plural forms than its catalog says, or other line breaks at its ends than its source.

Why:
    gettext refuses a catalog with such an entry as a whole.
    A program that needs a form that is missing shows nothing, or the wrong text.

Bad:
    source: One pod waits.
    target: Een pod wacht.
    forms: 3
    nplurals: 2

    locale: ja
    source: One pod waits.
    target: Pod が待機しています。
    forms: 1
    nplurals: 2

Good:
    source: One pod waits.
    target: Een pod wacht.
    forms: 2
    nplurals: 2

Fix:
    A line break at the beginning or at the end is added or removed, as the source has it.
    There is no fix for plural forms, for only a translator can write one that is missing.

Leave alone:
    - source: One pod waits.
      target: Een pod wacht.
      reason: An entry without plurals has one text in any language.
    - source: One pod waits.
      state: untranslated
      forms: 2
      nplurals: 2
      reason: Forms that are still empty count as present.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR
BILINGUAL: Final = True


def check(unit: Unit, language: Language) -> Iterator[Finding]:  # noqa: ARG001 # all checks are called alike
    """What `msgfmt --check` calls a fatal error and readers of Markdown would not see."""
    if unit.forms != unit.wanted_forms:
        has = f"{unit.forms} plural form{'s' if unit.forms > 1 else ''}"
        yield unit.finding(0, 0, f"the entry has {has}, and the header of its catalog says {unit.wanted_forms}")
    source, target = unit.source, unit.target
    if not source or not target.strip("\n"):
        return
    if source.startswith("\n") != target.startswith("\n"):
        end = len(target) - len(target.lstrip("\n"))
        yield unit.finding(0, end, _message("begins", source.startswith("\n")), "\n" * source.startswith("\n"))
    if source.endswith("\n") != target.endswith("\n"):
        start = len(target.rstrip("\n"))
        yield unit.finding(start, len(target), _message("ends", source.endswith("\n")), "\n" * source.endswith("\n"))


def _message(verb: str, of_source: bool) -> str:
    one, other = ("the source", "the translation") if of_source else ("the translation", "the source")
    return f"{one} {verb} with a line break, and {other} does not"
