"""LibreTranslate and what is compatible with it, in its mode for HTML; no glossary.

Code and names go as `code` elements with `translate="no"`, which it passes over. The key, where the server asks for
one, is a field of the request, as its API has it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from knooppunt.drafts.engine import EngineError, Limits, json_answer, json_call, texts_of
from knooppunt.drafts.marks import TagMarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.drafts.engine import Send, Setup

VARIABLE: Final = "LIBRETRANSLATE_API_KEY"
KEY_NEEDED: Final = False
_LIMITS: Final = Limits(texts=25, characters=5_000)
_MARKS: Final = TagMarks('<code translate="no" id="{}">', "</code>")
_TAGS: Final = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "pt-BR": "pt-BR"}
"""Tags with a region or script that it knows; it has other languages without one."""


def address(key: str) -> str:  # noqa: ARG001 # one form for all engines
    """Where a server of one's own listens by itself."""
    return "http://127.0.0.1:5000"


def make(setup: Setup) -> LibreTranslate:
    """The engine for a pair of languages."""
    source, target = (_TAGS.get(tag, tag.partition("-")[0]) for tag in (setup.source, setup.target))
    return LibreTranslate(source, target, setup.key)


@dataclass(frozen=True, slots=True)
class LibreTranslate:
    """One pair of languages."""

    source: str
    target: str
    key: str = field(default="", repr=False)
    limits: Limits = _LIMITS
    marks: TagMarks = _MARKS

    @property
    def options(self) -> str:
        return f"{self.source} {self.target}"

    def translate(self, texts: Sequence[str], send: Send) -> list[str]:
        fields = {"q": list(texts), "source": self.source, "target": self.target, "format": "html"}
        if self.key:
            fields["api_key"] = self.key
        value = json_answer(send(json_call("/translate", fields)))
        if not isinstance(value, dict):
            raise EngineError("the engine's answer is not a JSON object")
        return texts_of(value.get("translatedText"), len(texts))
