"""Apertium: a rule-based engine that runs on one's own machine, by the HTTP API of apertium-apy.

Its pipeline calls everything that is not text a blank and keeps blanks where they stood between words: tags of HTML
come back whole, though a word that moves leaves them behind. A blank in the place of a noun breaks its sentences, so
code and names are sent as words that no dictionary has; these it copies. `markUnknown=no` takes the asterisks away
that it puts before them. It has no glossary. It takes one text a request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from knooppunt.drafts.engine import Call, EngineError, Limits, json_answer
from knooppunt.drafts.marks import WordMarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.drafts.engine import Send, Setup

VARIABLE: Final = ""
KEY_NEEDED: Final = False
_LIMITS: Final = Limits(texts=20, characters=20_000)
_MARKS: Final = WordMarks()


def address(key: str) -> str:  # noqa: ARG001 # one form for all engines
    """Where apertium-apy listens by itself."""
    return "http://127.0.0.1:2737"


def make(setup: Setup) -> Apertium:
    """The engine for a pair of languages; apertium-apy knows them without their regions."""
    return Apertium(*(tag.partition("-")[0] for tag in (setup.source, setup.target)))


@dataclass(frozen=True, slots=True)
class Apertium:
    """One pair of languages."""

    source: str
    target: str
    limits: Limits = _LIMITS
    marks: WordMarks = _MARKS

    @property
    def options(self) -> str:
        return f"{self.source} {self.target}"

    def translate(self, texts: Sequence[str], send: Send) -> list[str]:
        return [self._one(text, send) for text in texts]

    def _one(self, text: str, send: Send) -> str:
        form = {"langpair": f"{self.source}|{self.target}", "markUnknown": "no", "format": "html", "q": text}
        body = urlencode(form).encode("ascii")
        value = json_answer(send(Call("/translate", body, "application/x-www-form-urlencoded")))
        found = value.get("responseData") if isinstance(value, dict) else None
        answer = found.get("translatedText") if isinstance(found, dict) else None
        if not isinstance(answer, str):
            raise EngineError("the engine's answer has no translated text")
        return answer
