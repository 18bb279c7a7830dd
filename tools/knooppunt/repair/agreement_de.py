"""Forms of German articles and what is inflected like them, by gender and case of a singular noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_CASES: Final = ("nominative", "accusative", "dative", "genitive")

_DEFINITE: Final = {
    "masculine": ("der", "den", "dem", "des"),
    "feminine": ("die", "die", "der", "der"),
    "neuter": ("das", "das", "dem", "des"),
}
_ENDINGS: Final = {
    "masculine": ("er", "en", "em", "es"),
    "feminine": ("e", "e", "er", "er"),
    "neuter": ("es", "es", "em", "es"),
}
_BARE: Final = {
    "masculine": ("", "en", "em", "es"),
    "feminine": ("e", "e", "er", "er"),
    "neuter": ("", "", "em", "es"),
}
_STRONG: Final = ("dies", "jed", "jen", "welch")
_WEAK: Final = ("ein", "kein", "mein", "dein", "sein", "ihr", "unser")
CONTRACTED: Final = {
    "zum": {"dative": ("zum", "zur", "zum")},
    "zur": {"dative": ("zum", "zur", "zum")},
    "im": {"dative": ("im", "in der", "im")},
    "vom": {"dative": ("vom", "von der", "vom")},
    "beim": {"dative": ("beim", "bei der", "beim")},
    "am": {"dative": ("am", "an der", "am")},
    "ins": {"accusative": ("in den", "in die", "ins")},
}
"""A preposition with its article: case -> masculine, feminine, neuter."""
_GENDERS: Final = ("masculine", "feminine", "neuter")


def _table() -> dict[str, dict[tuple[str, str], str]]:
    """Each determiner -> its possible genders and cases -> the family that it belongs to."""
    found: dict[str, dict[tuple[str, str], str]] = {}
    families: dict[str, dict[str, tuple[str, ...]]] = {"d": {**_DEFINITE}}
    families |= {
        stem: {gender: tuple(stem + end for end in _ENDINGS[gender]) for gender in _GENDERS} for stem in _STRONG
    }
    families |= {stem: {gender: tuple(stem + end for end in _BARE[gender]) for gender in _GENDERS} for stem in _WEAK}
    for family, forms in families.items():
        for gender, row in forms.items():
            for case, form in zip(_CASES, row, strict=True):
                found.setdefault(form, {})[gender, case] = family
                _FORMS[family, gender, case] = form
    return found


_FORMS: dict[tuple[str, str, str], str] = {}
_READINGS: Final = _table()


def determiners_for(word: str, gender: str) -> tuple[str, ...] | None:
    """What a determiner is before a noun of a gender, by each case that it may stand in.

    Empty where it may stay as it is; None for a word that is no determiner.

    >>> determiners_for("die", "masculine"), determiners_for("dem", "feminine"), determiners_for("der", "masculine")
    (('der', 'den'), ('der',), ())
    """
    if word in CONTRACTED:
        rights = tuple(row[_GENDERS.index(gender)] for row in CONTRACTED[word].values())
        return () if word in rights else rights
    readings = _READINGS.get(word)
    if readings is None:
        return None
    if any(own == gender for own, _ in readings):
        return ()
    return tuple(dict.fromkeys(_FORMS[family, gender, case] for (_, case), family in readings.items()))


def all_determiners(gender: str) -> Iterator[str]:
    """Every determiner that cannot stand before a noun of a gender."""
    for word in (*_READINGS, *CONTRACTED):
        if determiners_for(word, gender):
            yield word
