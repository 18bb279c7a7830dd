"""DeepL and what is compatible with it, with its handling of XML, and the termbase as its glossary.

Code and names go as elements that `ignore_tags` names; its limits are 50 texts and 128 KiB a request. A glossary of its
API cannot be changed, so each termbase has one with its hash in the name, which later runs find and use again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from knooppunt.drafts.engine import Call, EngineError, Limits, json_answer, json_call, texts_of
from knooppunt.drafts.marks import TagMarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.drafts.engine import Send, Setup

VARIABLE: Final = "DEEPL_AUTH_KEY"
KEY_NEEDED: Final = True
_LIMITS: Final = Limits(texts=50, characters=25_000)
_MARKS: Final = TagMarks('<k id="{}">', "</k>")
_FORMALITY: Final = {"formal": "prefer_more", "informal": "prefer_less", "neutral": "default"}
_FREE: Final = ":fx"
"""What the keys of free accounts end with; these have a host of their own."""


def address(key: str) -> str:
    """The host of the account."""
    return "https://api-free.deepl.com" if key.endswith(_FREE) else "https://api.deepl.com"


def make(setup: Setup) -> DeepL:
    """The engine for a pair of languages, with the glossary of the locale."""
    return DeepL(
        setup.source.partition("-")[0].upper(),
        setup.target.upper(),
        _FORMALITY[setup.register],
        tuple((source, target) for source, target in setup.glossary if not {"\t", "\n"} & {*source, *target}),
        setup.key,
    )


@dataclass(frozen=True)
class DeepL:
    """One pair of languages."""

    source: str
    target: str
    formality: str
    glossary: tuple[tuple[str, str], ...]
    key: str = field(default="", repr=False)
    limits: Limits = _LIMITS
    marks: TagMarks = _MARKS
    made: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """Id of the glossary by its name, once it is known."""

    @property
    def options(self) -> str:
        return f"{self.source} {self.target} {self.formality} {self._glossary_name if self.glossary else ''}"

    @property
    def _glossary_name(self) -> str:
        digest = sha256(json.dumps([self.source, self.target, self.glossary]).encode("ascii")).hexdigest()
        return f"knooppunt-{digest[:16]}"

    @property
    def _headers(self) -> tuple[tuple[str, str], ...]:
        return (("Authorization", f"DeepL-Auth-Key {self.key}"),)

    def translate(self, texts: Sequence[str], send: Send) -> list[str]:
        fields: dict[str, Any] = {
            "text": list(texts),
            "source_lang": self.source,
            "target_lang": self.target,
            "formality": self.formality,
            "tag_handling": "xml",
            "outline_detection": False,
            "ignore_tags": ["k"],
            "preserve_formatting": True,
        }
        if self.glossary:
            fields["glossary_id"] = self._glossary(send)
        value = json_answer(send(json_call("/v2/translate", fields, self._headers)))
        found = value.get("translations") if isinstance(value, dict) else None
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise EngineError("the engine's answer has no list of translations")
        return texts_of([item.get("text") for item in found], len(texts))

    def _glossary(self, send: Send) -> str:
        """Id of the glossary, which is made where the account has none of its name."""
        name = self._glossary_name
        if name not in self.made:
            value = json_answer(send(Call("/v2/glossaries", headers=self._headers)))
            known = value.get("glossaries") if isinstance(value, dict) else None
            found = next((item for item in known or () if isinstance(item, dict) and item.get("name") == name), None)
            if found is None:
                found = json_answer(send(json_call("/v2/glossaries", self._new(name), self._headers)))
            identity = found.get("glossary_id") if isinstance(found, dict) else None
            if not isinstance(identity, str):
                raise EngineError("the engine's answer has no id of a glossary")
            self.made[name] = identity
        return self.made[name]

    def _new(self, name: str) -> dict[str, str]:
        entries = "\n".join(f"{source}\t{target}" for source, target in self.glossary)
        target = self.target.partition("-")[0]
        return {
            "name": name,
            "source_lang": self.source,
            "target_lang": target,
            "entries": entries,
            "entries_format": "tsv",
        }
