"""What an engine is: texts in, texts out, by calls that somebody else sends."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from knooppunt.errors import KnooppuntError

if TYPE_CHECKING:
    from knooppunt.drafts.marks import Marks


class EngineError(KnooppuntError):
    """An engine that cannot be reached, refuses, or answers something else than asked."""


@dataclass(frozen=True, slots=True)
class Call:
    """One HTTP request below the address of an engine; its text form has neither body nor headers, which hold keys."""

    path: str
    """Path and query: `/translate`."""
    body: bytes | None = field(default=None, repr=False)
    """What is posted; None for a GET."""
    kind: str = "application/json"
    """Media type of the body."""
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)


Send = Callable[[Call], bytes]
"""Sends a call and gives the body of the answer. Raises EngineError."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an engine takes in one request."""

    texts: int
    characters: int


@dataclass(frozen=True, slots=True)
class Setup:
    """What an engine is made for."""

    source: str
    """BCP 47 tag of the sources."""
    target: str
    """BCP 47 tag of the locale."""
    key: str = field(default="", repr=False)
    """The secret of the account; empty for none."""
    glossary: tuple[tuple[str, str], ...] = ()
    """Terms of the source with those of the target."""
    register: str = "neutral"
    """How readers are addressed: `formal`, `informal` or `neutral`."""


class Engine(Protocol):
    """An engine, set up for one pair of languages."""

    @property
    def limits(self) -> Limits:
        """What it takes in one request."""

    @property
    def marks(self) -> Marks:
        """How what it must not touch is written."""

    @property
    def options(self) -> str:
        """Everything but the text that an answer depends on: two engines with equal options answer the same."""

    def translate(self, texts: Sequence[str], send: Send) -> list[str]:
        """The translations, one for each text, in their order. Raises EngineError for any other answer."""


def json_call(path: str, value: Any, headers: tuple[tuple[str, str], ...] = ()) -> Call:
    """A call that posts a value as JSON."""
    return Call(path, json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace"), headers=headers)


def json_answer(data: bytes) -> Any:
    """The value of a JSON body. Raises EngineError for anything else, such as one that broke off."""
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        raise EngineError(f"the engine's answer of {len(data)} bytes is not JSON") from None


def texts_of(found: Any, wanted: int) -> list[str]:
    """The texts of an answer. Raises EngineError where these are not as many texts as were sent."""
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise EngineError("the engine's answer has no list of texts")
    if len(found) != wanted:
        raise EngineError(f"the engine was sent {wanted} texts and answered {len(found)}")
    return found
