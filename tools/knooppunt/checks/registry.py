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
    from collections.abc import Callable, Collection, Iterator, Mapping

    from knooppunt.model import Finding

SCOPES: Final = ("segment", "catalog", "page", "ignore")
"""What a check is given: one text; all entries of a catalog; one page and its site; one entry and what it silences."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check, with the documentation that its module holds."""

    id: str
    scope: str
    severity: Severity
    function: Callable[..., Iterator[Finding]]
    documentation: str

    def run(self, *arguments: Any) -> Iterator[Finding]:
        """The findings, with the id of this check, and with its severity unless they have a milder one of their own."""
        for finding in self.function(*arguments):
            severity = self.severity if finding.severity is Severity.ERROR else finding.severity
            yield replace(finding, check=self.id, severity=severity)


@cache
def load() -> Mapping[str, Check]:
    """All checks by id, sorted. A module of this package is a check if it has a SCOPE."""
    package = importlib.import_module("knooppunt.checks")
    found = {}
    for info in sorted(pkgutil.iter_modules(package.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"knooppunt.checks.{info.name}")
        if hasattr(module, "SCOPE"):
            name = info.name.replace("_", "-")
            found[name] = Check(name, module.SCOPE, module.SEVERITY, module.check, module.__doc__ or "")
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
