"""What engines have answered, so that nothing is paid for twice: one JSON line for each text.

A line is written when its batch has been answered, long before a catalog is. A line that a crash has cut short is
passed over; its text is asked again.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def journal_key(engine: str, address: str, options: str, sent: str) -> str:
    """What an answer depends on, as a hash: the engine, where it is, its options (languages, glossary, register) and
    the text."""
    return sha256(json.dumps([engine, address, options, sent]).encode("ascii")).hexdigest()


class Journal:
    """The answers of earlier runs, by key."""

    def __init__(self, text: str = "") -> None:
        self.answers: dict[str, str] = {}
        for line in text.split("\n"):
            try:
                value = json.loads(line)
                key, answer = value["key"], value["answer"]
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
            if isinstance(key, str) and isinstance(answer, str):
                self.answers[key] = answer

    def lines(self, answers: Iterable[tuple[str, str]]) -> str:
        """Lines for new answers (key, text), which are known from now on."""
        written = []
        for key, answer in answers:
            self.answers[key] = answer
            written.append(json.dumps({"key": key, "answer": answer}, ensure_ascii=True) + "\n")
        return "".join(written)
