"""The termbase of a locale: what each concept is called, and what it is never called.

`locales/<code>/terms.yml` maps the id of a concept to its fields:

- `source`: the source term, or a list of them;
- `use`: the preferred term of the target language, `plural` its plural, `forms` further forms that are allowed;
- `gender` of `use`: its article (`het`, `die`, `ett`) or `masculine`, `feminine`, `neuter`, `common`; with it, checks
  see that the words before the term agree with it;
- `never`: wrong terms that a fix may replace, each a word or phrase in its base form (the inflected forms follow by
  rule and get the same inflection of `use`), or `wrong: right` for one exact form;
- `avoid`: wrong terms whose replacement needs a person, as the grammar of the sentence changes with them;
- `translate: false` for a name that stays as it is (`use` equals `source`);
- `note` for translators, `bad` and `good` example sentences, which are run as tests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import DataError, Problem
from knooppunt.repair.genders import GENDERS
from knooppunt.yamltext import Places, Reader, describe, load

if TYPE_CHECKING:
    from collections.abc import Iterator

FIELDS: Final = ("source", "use", "gender", "plural", "never", "avoid", "forms", "translate", "note", "bad", "good")


@dataclass(frozen=True, slots=True)
class Term:
    """One concept."""

    id: str
    source: tuple[str, ...]
    use: str
    plural: str | None = None
    never: tuple[tuple[str, str | None], ...] = ()
    """Wrong terms, each with the one form that replaces it, or None where inflection decides."""
    avoid: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    translate: bool = True
    note: str | None = None
    bad: tuple[str, ...] = ()
    good: tuple[str, ...] = ()
    gender: str | None = None
    """Of `use`, as the termbase writes it: an article, or the word of grammar; see `GENDERS`."""

    @property
    def allowed(self) -> tuple[str, ...]:
        """The forms that are written in the termbase."""
        return tuple(form for form in (self.use, self.plural, *self.forms) if form)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong form and what belongs there."""

    term: Term
    form: str
    right: str
    safe: bool
    """Whether `right` may take its place without a person."""
    several: str | None = None
    """What belongs there instead where the source speaks of several, for a form that tells no number by itself."""
    gender: str | None = None
    """Gender of `right` where it is singular and the termbase tells."""


@dataclass(frozen=True, slots=True)
class Termbase:
    """All concepts of a locale, in the order of the file."""

    terms: tuple[Term, ...] = ()
    path: str = ""

    @property
    def names(self) -> tuple[Term, ...]:
        """Names that are not translated."""
        return tuple(term for term in self.terms if not term.translate)


def normal(text: str) -> str:
    """A term as it is looked up: lower case, straight apostrophes, single spaces."""
    return " ".join(text.casefold().replace("\u2019", "'").split())


def parse_terms(text: str, path: str) -> Termbase:
    """Read a terms.yml. Raises DataError with every problem: its line, the path to the value and the way out."""
    value, places = load(text, path)
    reader = Reader({} if value is None else value, places)
    problems = reader.problems
    terms = []
    for name, fields in reader.value.items():
        term, faults = _term(name, fields, places)
        problems += faults
        if term is not None:
            terms.append(term)
    problems += _clashes(terms, places)
    if problems:
        raise DataError(problems)
    return Termbase(tuple(terms), path)


def _term(name: str, value: Any, places: Places) -> tuple[Term | None, list[Problem]]:
    reader = Reader(value, places, name)
    if not isinstance(value, dict):
        return None, reader.problems
    reader.known(*FIELDS)
    several = isinstance(value.get("source"), list)
    source = reader.texts("source") if several else (reader.text("source", required=True),)
    use = reader.text("use", required=True)
    translate = value.get("translate", True)
    if not isinstance(translate, bool):
        reader.fault("translate", f"must be true or false, not {describe(translate)}")
    elif not translate and use and use not in source:
        reader.fault("use", f"'{use}' differs from the source of a name that is not translated")
    term = Term(
        id=name,
        source=tuple(item for item in source if item),
        use=use or "",
        plural=reader.text("plural"),
        never=_never(reader),
        avoid=reader.texts("avoid"),
        forms=reader.texts("forms"),
        translate=translate is not False,
        note=reader.text("note"),
        bad=reader.texts("bad"),
        good=reader.texts("good"),
        gender=_gender(reader),
    )
    return (term if use else None), reader.problems


def _gender(reader: Reader) -> str | None:
    value = reader.text("gender")
    if value is not None and value not in GENDERS:
        reader.fault(
            "gender", f"'{value}' is no gender; write the article of the term, or masculine, feminine, neuter or common"
        )
    return value


def _never(reader: Reader) -> tuple[tuple[str, str | None], ...]:
    value = reader.value.get("never")
    if value is None or not isinstance(value, list):
        reader.texts("never")  # notes what is wrong
        return ()
    found: list[tuple[str, str | None]] = []
    for index, item in enumerate(value):
        if isinstance(item, str) and item.strip():
            found.append((item, None))
        elif isinstance(item, dict) and all(isinstance(right, str) and right.strip() for right in item.values()):
            found.extend(item.items())
        else:
            reader.fault(f"never[{index}]", f"must be a term or 'wrong: right', not {describe(item)}")
    return tuple(found)


def _clashes(terms: list[Term], places: Places) -> Iterator[Problem]:
    allowed = {normal(form): f"{term.id}.use" for term in reversed(terms) for form in term.allowed}
    seen: dict[tuple[str, str], str] = {}
    for term in terms:
        wrong = [("never", index, form) for index, (form, _) in enumerate(term.never)]
        wrong += [("avoid", index, form) for index, form in enumerate(term.avoid)]
        for key, index, form in wrong:
            pointer = f"{term.id}.{key}[{index}]"
            other = allowed.get(normal(form))
            if other:
                field = other if other.split(".")[0] != term.id else "use"
                yield places.problem(pointer, f"'{form}' is also listed under '{field}'", "remove it from one of them")
            yield from _twice(seen, "", normal(form), pointer, places, form)
        for index, source in enumerate(term.source):
            pointer = f"{term.id}.source[{index}]" if len(term.source) > 1 else f"{term.id}.source"
            yield from _twice(seen, "source", source, pointer, places, source)


def _twice(
    seen: dict[tuple[str, str], str], kind: str, key: str, pointer: str, places: Places, shown: str
) -> Iterator[Problem]:
    first = seen.setdefault((kind, key), pointer)
    if first != pointer:
        yield places.problem(pointer, f"'{shown}' is listed twice, first at {first}", "remove one of them")
