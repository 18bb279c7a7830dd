"""Genders of nouns, as a termbase writes them: the article of the language, or the word of grammar."""

from __future__ import annotations

from typing import Final

GENDERS: Final = {
    "masculine": "masculine",
    "feminine": "feminine",
    "neuter": "neuter",
    "common": "common",
    "de": "common",
    "het": "neuter",
    "der": "masculine",
    "die": "feminine",
    "das": "neuter",
    "en": "common",
    "ett": "neuter",
    "et": "neuter",
    "ei": "feminine",
}
"""What may be written -> its gender: Dutch de and het, German der, die and das, Swedish en and ett, Danish en and et,
Norwegian en, ei and et."""

ARTICLES: Final = {
    "nl": {"common": "de", "masculine": "de", "feminine": "de", "neuter": "het"},
    "de": {"masculine": "der", "feminine": "die", "neuter": "das"},
    "sv": {"common": "en", "masculine": "en", "feminine": "en", "neuter": "ett"},
    "da": {"common": "en", "masculine": "en", "feminine": "en", "neuter": "et"},
    "nb": {"common": "en", "masculine": "en", "feminine": "ei", "neuter": "et"},
}
"""Language -> gender -> article."""


def same_gender(one: str | None, other: str | None) -> bool:
    """Whether two ways to write a gender mean the same; `de` is both masculine and feminine.

    >>> same_gender("het", "neuter"), same_gender("de", "feminine"), same_gender("der", "die")
    (True, True, False)
    """
    pair = {GENDERS.get(one or ""), GENDERS.get(other or "")}
    return len(pair) == 1 or ("common" in pair and not pair & {"neuter", None})


def article_of(gender: str, language: str) -> str:
    """A gender as a termbase of the language writes it: the article, else the word of grammar.

    >>> article_of("neuter", "nl"), article_of("neuter", "fr"), article_of("die", "de")
    ('het', 'neuter', 'die')
    """
    name = GENDERS.get(gender, gender)
    return ARTICLES.get(language, {}).get(name, name)
