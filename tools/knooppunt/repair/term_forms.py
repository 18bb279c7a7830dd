"""Every form of a termbase: what is wrong, with what belongs there, and what is right.

The forms follow by rule from the terms that the termbase lists. What a rule cannot know, such as the plural of another
word, is taken from the termbase alone; where it has none, the form becomes a suggestion.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.repair.genders import GENDERS
from knooppunt.repair.languages import plain
from knooppunt.repair.termbase import Wrong, normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.repair.languages import LanguageRules
    from knooppunt.repair.termbase import Term, Termbase

_PLURALS: Final = frozenset(
    {"plural", "dative plural", "plural genitive", "diminutives", "definite plural", "definite plural genitive"}
)
"""Roles of forms for several."""


def wrong_forms(termbase: Termbase, rules: LanguageRules) -> dict[str, list[Wrong]]:
    """Every wrong form as it is looked up -> what it may stand for, one `Wrong` for a concept.

    A form by rule that some concept allows is none of them; what the file itself lists is.
    """
    allowed = {normal(form) for form in allowed_forms(termbase, rules)}
    written = {normal(form) for term in termbase.terms for form in (*term.avoid, *(pair[0] for pair in term.never))}
    found: dict[str, list[Wrong]] = {}
    for term in termbase.terms:
        for wrong in _wrong(term, rules):
            key = normal(wrong.form)
            if (key in written or key not in allowed) and all(other.term is not term for other in found.get(key, ())):
                found.setdefault(key, []).append(wrong)
    return found


def allowed_forms(termbase: Termbase, rules: LanguageRules) -> Iterator[str]:
    """Every form that the termbase allows."""
    for term in termbase.terms:
        yield from forms_of(term, rules)


def forms_of(term: Term, rules: LanguageRules) -> Iterator[str]:
    """Every form of a concept that is right."""
    yield from term.allowed
    yield from _inflected(term.use, rules)


def source_forms(term: Term) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How the source writes a concept, in singular and in plural, normalized."""
    singular, plural = [], []
    for source in term.source:
        *before, last = source.split(" ")
        singular.append(normal(source))
        plural += [normal(" ".join([*before, form])) for form in plain(last)]
    return tuple(singular), tuple(plural)


def _wrong(term: Term, rules: LanguageRules) -> Iterator[Wrong]:
    listed = [(form, right, True) for form, right in term.never] + [(form, None, False) for form in term.avoid]
    for form, right, safe in listed:
        chosen = right or term.use
        yield Wrong(term, form, chosen, safe, gender=term.gender if chosen == term.use != term.plural else None)
        if right is None:
            for inflected, role in _inflected(form, rules).items():
                yield _by_role(term, inflected, role, rules, safe=safe)


def _by_role(term: Term, form: str, role: str, rules: LanguageRules, *, safe: bool) -> Wrong:
    """What belongs in the place of an inflected wrong form."""
    if role == "either":
        several = term.plural or term.use
        genitive = _genitive(term, rules)
        return Wrong(term, form, genitive or several, safe and genitive == term.plural, several)
    right, sure = _in_role(term, role, rules)
    gender = None if role in _PLURALS or right == term.plural else term.gender
    if role == "diminutive" and gender is not None and right != term.use:
        gender = "neuter"
    return Wrong(term, form, right, safe and sure, gender=gender)


def _in_role(term: Term, role: str, rules: LanguageRules) -> tuple[str, bool]:
    """The form of `use` in a role, and whether it is sure to exist.

    Of a phrase only the plural is known: in the others its first words may change too (`des virtuellen Knotens`).
    """
    if role == "plural":
        return term.plural or term.use, term.plural is not None
    if role == "dative plural":
        return _dative(term)
    if role == "genitive":
        form = _genitive(term, rules)
        return form or term.use, form is not None
    fallback = term.plural if role in _PLURALS and term.plural else term.use
    if " " in term.use:
        return fallback, False
    inflected = rules.inflect(term.use)
    candidates = [form for form, own in inflected.items() if own == role]
    if role.startswith("diminutive"):
        sure = bool(candidates) and "diminutives" in inflected.values()  # Dutch has one of nearly every noun
        return (candidates[0], True) if sure else (fallback, False)
    return _fitting(candidates, term, role) or fallback, False


def _fitting(candidates: list[str], term: Term, role: str) -> str:
    """The form with an article at its end that fits the plural or the gender: `noderna`, `noden`, `systemet`."""
    if role in _PLURALS and term.plural:
        return next((form for form in candidates if form.startswith(term.plural)), "")
    gender = GENDERS.get(term.gender or "")
    endings = ("t", "ts") if gender == "neuter" else ("n", "ns") if gender else ("",)
    fitting = [form for form in candidates if form.endswith(endings)]
    return next((form for form in fitting if form in term.forms), next(iter(fitting), ""))


def _dative(term: Term) -> tuple[str, bool]:
    """The German dative of the plural: with -n, but for plurals in -n or -s."""
    if term.plural is None:
        return term.use, False
    if term.plural[-1] in "ns":
        return term.plural, True
    dative = term.plural + "n"
    return dative, dative in term.forms


def _genitive(term: Term, rules: LanguageRules) -> str | None:
    return None if " " in term.use else rules.genitive(term.use)


def _inflected(phrase: str, rules: LanguageRules) -> Mapping[str, str]:
    """Possible forms of a phrase, whose last word is inflected."""
    *before, last = phrase.split(" ")
    return {" ".join([*before, form]): role for form, role in rules.inflect(last).items()}
