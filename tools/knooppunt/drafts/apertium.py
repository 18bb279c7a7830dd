"""Apertium: a rule-based engine that runs on one's own machine, by the HTTP API of apertium-apy.

Its pipeline calls everything that is not text a blank and keeps blanks where they stood between words: tags of HTML
come back whole, though a word that moves leaves them behind. A blank in the place of a noun breaks its sentences, so
code and names are sent as words that no dictionary has; these it copies. `markUnknown=no` takes the asterisks away
that it puts before them. What it adds of its own is taken away again: the signs `#` and `@` before words that it could
not inflect or look up, and capitals that it gives to the first word, or to the one behind an unknown word.
It has no glossary. It takes one text a request.
"""

from __future__ import annotations

import re
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
_LIMITS: Final = Limits(texts=1, characters=20_000)
"""A batch is one request, so that each answer is kept before the next text is sent."""
_MARKS: Final = WordMarks()
_SIGN: Final = re.compile(r"(?<![\w&#@/])[#@](?=[^\W\d_])")
_FIRST: Final = re.compile(r"(?<![<&/\w])[^\W\d_]")
_TITLE: Final = re.compile(r"[A-ZÀ-Þ](?![A-ZÀ-Þ])")
_RAISED: Final = re.compile(
    r"(?<![^\s<>])(?P<word>[^\s<>]*[^\s<>.!?:])(?P<tags>(?:</?g[0-9]+>)* (?:<g[0-9]+>)*)"
    r"(?P<next>[A-ZÀ-Þ][a-zß-ÿ]*)(?![\wÀ-Þ])"
)
_CAPITAL: Final = re.compile(r"[^\s.!?:>](?:</?g[0-9]+>)* (?:<g[0-9]+>)*[A-Z]")
"""A capital within a sentence."""


def address(key: str) -> str:  # noqa: ARG001 # one form for all engines
    """Where apertium-apy listens by itself."""
    return "http://127.0.0.1:2737"


def make(setup: Setup) -> Apertium:
    """The engine for a pair of languages; apertium-apy knows them without their regions."""
    return Apertium(setup.source.partition("-")[0], setup.target.partition("-")[0])


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
        return _cleaned(text, answer)


def _cleaned(sent: str, answer: str) -> str:
    """An answer without what Apertium adds by itself.

    >>> _cleaned("kzbc runs the VM nodes.", "kzbc Corre los #VM nodos.")
    'kzbc corre los VM nodos.'
    """
    if not _SIGN.search(sent):
        answer = _SIGN.sub("", answer)

    first, shown = _FIRST.search(sent), _FIRST.search(answer)
    if first and shown and first[0].islower() and _TITLE.match(answer, shown.start()):
        answer = answer[: shown.start()] + shown[0].lower() + answer[shown.end() :]

    plain = _CAPITAL.search(sent) is None

    def calm(found: re.Match[str]) -> str:
        word = re.escape(found["word"])
        raised = found["next"] not in sent and (plain or re.search(rf"{word}(?:</?g[0-9]+>)* [a-z]", sent))
        return f"{found['word']}{found['tags']}{found['next'].lower()}" if raised else found[0]

    return _RAISED.sub(calm, answer)
