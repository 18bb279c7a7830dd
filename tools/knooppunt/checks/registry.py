"""Every check, found by name: the file `wrong_term.py` is the check `wrong-term`."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import UsageError
from knooppunt.model import Severity

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding

SCOPES: Final = ("segment", "text", "catalog", "page", "ignore")
"""What a check is given: one text; all texts of a file; all entries of a catalog; one page and its site; one entry and
what it silences."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check, with the documentation that its module holds."""

    id: str
    scope: str
    severity: Severity
    function: Callable[..., Iterator[Finding]]
    documentation: str
    hint: re.Pattern[str] | None = None
    """Matches somewhere in every text in which the check can find anything; None for a check that looks at all."""
    words: frozenset[str] | None = None
    """Of which every text in which the check can find anything has one, as it is cut at white space."""
    bilingual: bool = False
    """Whether the check finds nothing in a text that has no source."""
    languages: frozenset[str] | None = None
    """Languages that the check knows; None for one that knows all or says nothing where it does not."""

    def candidates(self, units: Iterable[Unit], locale: str) -> list[Unit]:
        """The texts, of those given, that are worth a look: all others have no finding of this check."""
        if self.languages is not None and locale.split("-", maxsplit=1)[0] not in self.languages:
            return []
        chosen = [unit for unit in units if unit.source is not None] if self.bilingual else list(units)
        if self.hint is not None and chosen:
            search = self.hint.search
            chosen = [unit for unit in chosen if search(unit.target)]
        if self.words is not None and chosen:
            none_of = self.words.isdisjoint
            chosen = [unit for unit in chosen if not none_of(unit.words)]
        return chosen

    def run(self, *arguments: Any) -> Iterator[Finding]:
        """The findings, with the id of this check, and with its severity unless they have a milder one of their own."""
        for finding in self.function(*arguments):
            severity = self.severity if finding.severity is Severity.ERROR else finding.severity
            yield replace(finding, check=self.id, severity=severity)


@cache
def load() -> Mapping[str, Check]:
    """All checks by id, sorted. A module of this package is a check if it has a SCOPE.

    It may have a HINT, WORDS, BILINGUAL and LANGUAGES, which say where it has nothing to find; see `Check`.
    """
    package = importlib.import_module("knooppunt.checks")
    found = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"knooppunt.checks.{info.name}")
        if hasattr(module, "SCOPE"):
            name = info.name.replace("_", "-")
            found[name] = Check(
                name,
                module.SCOPE,
                module.SEVERITY,
                module.check,
                module.__doc__ or "",
                hint=getattr(module, "HINT", None),
                words=getattr(module, "WORDS", None),
                languages=getattr(module, "LANGUAGES", None),
                bilingual=getattr(module, "BILINGUAL", False),
            )
    return found


def select(selected: Collection[str] | None) -> Mapping[str, Check]:
    """The checks of these ids, all for None. Raises UsageError for an unknown id, with the nearest one."""
    checks = load()
    if selected is None:
        return checks
    for name in selected:
        if name not in checks:
            near = get_close_matches(name, checks, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; there are {', '.join(checks)}"
            raise UsageError(f"there is no check '{name}'{hint}")
    return {name: check for name, check in checks.items() if name in selected}
