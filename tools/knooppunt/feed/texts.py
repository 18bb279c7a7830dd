"""How texts, labels, days and whole documents are written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from knooppunt.translated import FALLBACK

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from knooppunt.model import Text

SOURCE = "source"

Json = dict[str, Any]


class Texts:
    """Writes the texts of one locale, each with the language that it is really in."""

    def __init__(self, locale: str, source_locale: str, words: Callable[[str], Text]) -> None:
        self.locale = locale
        self.source_locale = source_locale
        self._words = words

    def text(self, text: Text) -> Json:
        """A text with its language and state; one of the source is `source` in its own locale only."""
        if text.state in {SOURCE, FALLBACK}:
            return {"text": text.value, "lang": text.lang, "state": self._untranslated}
        return {"text": text.value, "lang": text.lang, "state": text.state}

    def source(self, value: str | None) -> Json | None:
        """A text that is never translated, and so is in the language of the source."""
        if value is None:
            return None
        return {"text": value, "lang": self.source_locale, "state": self._untranslated}

    def label(self, group: str, name: str) -> Json:
        """A word of the data with what readers call it: `label("effect", "ignored")`."""
        return {"id": name, "label": self.text(self._words(f"{group}.{name}"))}

    @property
    def _untranslated(self) -> str:
        return SOURCE if self.locale == self.source_locale else FALLBACK


def day(value: date | None) -> str | None:
    """A date as in ISO 8601."""
    return value.isoformat() if value else None


def render_json(value: Mapping[str, Any]) -> bytes:
    """A document as bytes: always the same for the same value, its keys in the order in which they were given."""
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")
