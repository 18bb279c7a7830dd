"""Reading the data that ships with the package."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from knooppunt.repair import parse_lexicon, parse_model
from knooppunt.repair.languages import rules_language

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from knooppunt.repair import Lexicon


def _folder() -> Traversable:
    return files("knooppunt.lexicons") / "data"


def available() -> tuple[str, ...]:
    """Languages that data ships for, sorted."""
    names = (place.name for place in _folder().iterdir())
    return tuple(sorted(name.removesuffix(".lexicon") for name in names if name.endswith(".lexicon")))


def load_lexicon(locale: str) -> Lexicon | None:
    """The lexicon of a language with its model: that of `nl` for `nl-BE`, of `nb` for `nn`; None where none ships.

    Read once and shared. Raises DataError where the data is damaged.
    """
    return _load(rules_language(locale))


@cache
def _load(language: str) -> Lexicon | None:
    data = _folder() / f"{language}.lexicon"
    if not data.is_file():
        return None
    lexicon = parse_lexicon(data.read_bytes(), f"lexicons/{language}.lexicon")
    model = _folder() / f"{language}.model.json"
    if not model.is_file():
        return lexicon
    return replace(lexicon, model=parse_model(model.read_text(encoding="utf-8"), f"lexicons/{language}.model.json"))
