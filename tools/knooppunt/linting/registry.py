"""Every rule, found by name: the file `rules/reversed_dates.py` is the rule `reversed-dates`, with its own code."""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import UsageError
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from knooppunt.model import Finding

SCOPES: Final = ("file", "item", "set", "ignore")
"""What a rule is given: a file; one entry; all entries; a comment that passes over findings."""
CODE: Final = re.compile(r"KR[1-9][0-9]{2}")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, with the documentation that its module holds."""

    code: str
    """`KR302`: stable, and never given to another rule."""
    name: str
    """`reversed-dates`."""
    scope: str
    severity: Severity
    function: Callable[..., Iterator[Finding]]
    documentation: str

    def run(self, *arguments: Any) -> Iterator[Finding]:
        """The findings, with the code and severity of this rule."""
        for finding in self.function(*arguments):
            yield replace(finding, check=self.code, severity=self.severity)


@cache
def load() -> Mapping[str, Rule]:
    """All rules by code, sorted."""
    package = importlib.import_module("knooppunt.linting.rules")
    found: dict[str, Rule] = {}
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"{package.__name__}.{info.name}")
        name = info.name.replace("_", "-")
        rule = Rule(module.CODE, name, module.SCOPE, module.SEVERITY, module.check, module.__doc__ or "")
        if rule.code in found:
            raise ValueError(f"{rule.code} is both {found[rule.code].name} and {name}")
        found[rule.code] = rule
    return dict(sorted(found.items()))


def find(name: str) -> Rule | None:
    """The rule of a code, in any case, or of a name; None where there is none."""
    rules = load()
    by_name = {rule.name: rule for rule in rules.values()}
    return rules.get(name.upper()) or by_name.get(name)


def select(selected: Collection[str] | None, ignored: Collection[str] = ()) -> Mapping[str, Rule]:
    """The rules of these codes or names, all for None, without those ignored. Raises UsageError for an unknown one."""
    rules = load()
    wanted = set(rules) if selected is None else {_known(name) for name in selected}
    unwanted = {_known(name) for name in ignored}
    return {code: rule for code, rule in rules.items() if code in wanted - unwanted}


def _known(name: str) -> str:
    rule = find(name)
    if rule is None:
        names = [*load(), *(rule.name for rule in load().values())]
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean '{near[0]}'?" if near else "'knooppunt explain' lists them"
        raise UsageError(f"there is no rule '{name}'; {hint}")
    return rule.code
