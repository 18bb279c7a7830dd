"""The engine that evaluates rules: `common-expression-language`, CEL in Rust."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import sys
from typing import TYPE_CHECKING, Any, Protocol

from knooppunt.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType


class RuleError(Exception):
    """A rule that could not be evaluated, so that nobody knows whether its record applies."""


class Engine(Protocol):
    """What evaluates rules."""

    def compile(self, text: str) -> Any:
        """A rule, ready to be evaluated again and again. Raises RuleError."""

    def context(self, variables: Mapping[str, Any]) -> Any:
        """The variables of one subject, ready for all rules. Raises RuleError."""

    def vary(self, context: Any, name: str, value: Any) -> Any:
        """The same with one variable of another value; the context that was given may be used up. Raises RuleError."""

    def holds(self, program: Any, context: Any) -> bool:
        """Whether a rule holds. Raises RuleError where that cannot be told; a result that is no truth value is one."""


class RustEngine:
    """The engine of the command line."""

    def __init__(self) -> None:
        self._cel = _extension()

    def compile(self, text: str) -> Any:
        try:
            return self._cel.compile(text)
        except BaseException as error:  # noqa: BLE001 # see there
            raise _as_rule_error(error) from None

    def context(self, variables: Mapping[str, Any]) -> Any:
        try:
            return self._cel.Context(dict(variables))
        except BaseException as error:  # noqa: BLE001 # see there
            raise _as_rule_error(error) from None

    def vary(self, context: Any, name: str, value: Any) -> Any:
        try:
            context.add_variable(name, value)
        except BaseException as error:  # noqa: BLE001 # see there
            raise _as_rule_error(error) from None
        return context

    def holds(self, program: Any, context: Any) -> bool:
        try:
            result = program.execute(context)
        except BaseException as error:  # noqa: BLE001 # see there
            raise _as_rule_error(error) from None
        if not isinstance(result, bool):
            raise RuleError(f"the rule gave {type(result).__name__}, not true or false")
        return result


def _extension() -> ModuleType:
    """The engine itself, without its package, which would load a command line of its own for a fifth of a second."""
    loaded = sys.modules.get("cel.cel")
    if loaded is not None:
        return loaded
    package = importlib.util.find_spec("cel")
    folders = package.submodule_search_locations if package else None
    found = importlib.machinery.PathFinder.find_spec("cel.cel", folders) if folders else None
    if found is None or found.loader is None:
        raise UsageError("assessing needs an engine for rules, which is not installed; pip install 'knooppunt[assess]'")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    sys.modules["cel.cel"] = module  # a second one would panic
    return module


def _as_rule_error(error: BaseException) -> BaseException:
    """Whatever the engine raises is an error of the rule, never a pass; a panic of Rust is not even an Exception."""
    if isinstance(error, KeyboardInterrupt | SystemExit):
        return error
    text = str(error.args[0] if error.args else error).strip() or type(error).__name__
    line = text.splitlines()[0]
    return RuleError(f"no such field: {line}" if isinstance(error, KeyError) else line[:200])
