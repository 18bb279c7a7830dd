"""One way to say what is wrong with somebody's input: where, what, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One defect of an input file.

    Its text form is `path:line: pointer: message`, followed by the way out where there is one.
    """

    path: str
    line: int
    pointer: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: " if self.line else f"{self.path}: " if self.path else ""
        pointer = f"{self.pointer}: " if self.pointer else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}{pointer}{self.message}{hint}"


class KnooppuntError(Exception):
    """Base of all errors that a user can mend; the command line prints it and exits with status 2."""


class UsageError(KnooppuntError):
    """The command or the configuration asks for something that cannot be done."""


class DataError(KnooppuntError):
    """One or more defects of input files, all of them at once, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def single(cls, path: str, line: int, message: str, *, pointer: str = "", hint: str = "") -> DataError:
        """An error with one problem."""
        return cls([Problem(path, line, pointer, message, hint)])
