"""Who made a translated page, as far as its front matter says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_ENGINE: Final = "machine"
"""Name of an engine that the page does not name."""

_KEYS: Final = {
    "mstranslationtype": "microsoft",
    "translationtype": DEFAULT_ENGINE,
    "translationmode": DEFAULT_ENGINE,
    "translationmethod": DEFAULT_ENGINE,
    "translatedby": DEFAULT_ENGINE,
    "machinetranslated": DEFAULT_ENGINE,
    "machinetranslation": DEFAULT_ENGINE,
    "autotranslated": DEFAULT_ENGINE,
    "automatictranslation": DEFAULT_ENGINE,
}
"""Keys of front matter without signs and case -> the engine that they speak of."""
_MACHINE: Final = frozenset(["mt", "machine", "auto", "automatic", "automated", "ai", "true", "yes"])
_HUMAN: Final = frozenset(["ht", "human", "manual", "false", "no", "none", ""])
_ENGINES: Final = re.compile(r"deepl|google|bing|microsoft|amazon|gpt|claude|gemini|llm|\bmt\b|machine", re.IGNORECASE)
_UNFIT: Final = re.compile(r"[\s:]+")


def engine_of(front_matter: Mapping[str, object]) -> str | None:
    """The engine that translated a page; None where its front matter names no machine.

    Understood are `ms.translationtype: MT` (and `HT` for human) and its like: `translation-type: machine`,
    `machine_translated: true`, `translated_by: DeepL`.

    >>> engine_of({"ms.translationtype": "MT"}), engine_of({"ms.translationtype": "HT"}), engine_of({})
    ('microsoft', None, None)
    """
    for key, value in front_matter.items():
        engine = _KEYS.get(re.sub(r"[^a-z]", "", str(key).lower()))
        if engine is None:
            continue
        said = str(value).strip()
        if said.lower() in _MACHINE:
            return engine
        if said.lower() not in _HUMAN and _ENGINES.search(said):
            return _UNFIT.sub(" ", said).strip()[:60].strip()
    return None
