"""The language of what is checked: the files of a project's locale, or what Knooppunt knows of it by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.config import LOCALE_PATTERN, LocaleConfig
from knooppunt.errors import UsageError
from knooppunt.lexicons import load_lexicon
from knooppunt.model import Locale
from knooppunt.repair.language import Language, make_language

if TYPE_CHECKING:
    from knooppunt.project import Project


def load_language(project: Project | None, locale: str) -> Language:
    """Termbase and word lists of a locale; empty ones where there is no project. Raises DataError or UsageError."""
    if project is None:
        if not LOCALE_PATTERN.fullmatch(locale):
            raise UsageError(f"'{locale}' is not a BCP 47 tag in its usual case; write it like nl, ja or pt-BR")
        return Language(Locale(locale), LocaleConfig(Locale(locale), locale), lexicon=load_lexicon(locale))
    config = project.locale(locale)
    return make_language(
        config,
        terms=project.locale_text(locale, "terms.yml"),
        words=project.locale_text(locale, "words.txt"),
        keep=project.locale_text(locale, "keep.txt"),
        folder=f"{project.settings.locales}/{locale}",
        lexicon=load_lexicon(locale),
    )
