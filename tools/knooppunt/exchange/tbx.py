"""TBX-Basic, the format of terminologies: the termbase of a locale out, and concepts of any tool in.

Written is the form that most tools read, ISO 30042:2008 (`martif`); ISO 30042:2019 (`tbx`, in both of its styles) is
read as well. A concept has its preferred term with its gender (`grammaticalGender`), its plural
(`grammaticalNumber`), admitted forms, and deprecated terms.
Examples are contexts: good ones of the preferred term, bad ones of a deprecated term. What TBX-Basic has no word for is
a note that begins with a word of ours: `never`, `use:`, `bad:`, `id:` or `do not translate`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError
from knooppunt.exchange.languages import nearest
from knooppunt.exchange.xmltext import XML_LANG, attributes, element, escape, parse_xml, root_of, unmark
from knooppunt.repair.genders import GENDERS, article_of
from knooppunt.repair.languages import rules_language
from knooppunt.repair.termbase import Term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knooppunt.exchange.xmltext import Node

TBX_TITLE: Final = "TBX-Basic"
TBX_ENDING: Final = ".tbx"

_ROOTS: Final = frozenset({"martif", "tbx"})
_ENTRIES: Final = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES: Final = frozenset({"langSet", "langSec"})
_SECTIONS: Final = frozenset({"tig", "ntig", "termSec"})
_TYPED: Final = frozenset({"termNote", "descrip", "admin"})
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_STATUS: Final = "administrativeStatus"
_PREFERRED, _ADMITTED, _DEPRECATED = (f"{word}Term-admn-sts" for word in ("preferred", "admitted", "deprecated"))
_SUPERSEDED: Final = "supersededTerm-admn-sts"

_TBX_GENDERS: Final = {"masculine": "masculine", "feminine": "feminine", "neuter": "neuter", "common": "other"}
"""Genders of ours -> what TBX-Basic calls them."""

_ORIGIN: Final = "Knooppunt"
"""What the header says of a file of ours."""
_NEVER: Final = "never"
_USE: Final = "use: "
_BAD: Final = "bad: "
_ID: Final = "id: "
_NAME_NOTE: Final = "do not translate"
_NOTE: Final = "note: "
"""Before a note that would read like one of these."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a TBX file, as a term of ours."""

    term: Term
    """Its id is the file's where Knooppunt has written that; else a name made of the source term."""
    line: int
    ours: bool
    """Whether Knooppunt has written the file, so that its ids are ours."""
    fault: str = ""
    """Why it cannot be a term of ours; empty where it can."""


def render_terms(terms: Iterable[Term], source_locale: str, locale: str, title: str = "") -> str:
    """The terms as a TBX-Basic document, without dates."""
    encoding = '<encodingDesc><p type="XCSURI">http://www.ttt.org/oscarstandards/tbx/TBXBasicXCS.xcs</p></encodingDesc>'
    origin = f"<sourceDesc><p>{_ORIGIN}</p></sourceDesc>"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<martif type="TBX-Basic"{attributes({"xml:lang": source_locale})}>',
        "  <martifHeader>",
        f"    <fileDesc><titleStmt>{element('title', {}, title or 'Termbase')}</titleStmt>{origin}</fileDesc>",
        f"    {encoding}",
        "  </martifHeader>",
        "  <text>",
        "    <body>",
    ]
    for term in terms:
        lines += _entry(term, source_locale, locale)
    return "\n".join([*lines, "    </body>", "  </text>", "</martif>", ""])


def _entry(term: Term, source_locale: str, locale: str) -> Iterator[str]:
    named = _NAME.fullmatch(term.id) is not None
    yield f"      <termEntry{attributes({'id': term.id if named else None})}>"
    notes = [] if named else [_ID + term.id]
    notes += [] if term.translate else [_NAME_NOTE]
    if term.note is not None:
        notes.append(f"{_NOTE}{term.note}" if term.note.startswith((_BAD, _ID, _NAME_NOTE, _NOTE)) else term.note)
    wrong = bool(term.never or term.avoid)
    notes += [] if wrong else [_BAD + sentence for sentence in term.bad]
    for note in notes:
        yield f"        {element('note', {}, note)}"
    yield f"        <langSet{attributes({'xml:lang': source_locale})}>"
    for source in term.source:
        yield f"          {_section(source)}"
    yield "        </langSet>"
    yield f"        <langSet{attributes({'xml:lang': locale})}>"
    gender = _TBX_GENDERS.get(GENDERS.get(term.gender or "", ""), "")
    yield f"          {_section(term.use, _PREFERRED, contexts=term.good, gender=gender)}"
    if term.plural is not None:
        yield f"          {_section(term.plural, _ADMITTED, number='plural')}"
    for form in term.forms:
        yield f"          {_section(form, _ADMITTED)}"
    contexts = term.bad
    for form, right in term.never:
        yield f"          {_section(form, _DEPRECATED, (_NEVER, *([_USE + right] if right else [])), contexts)}"
        contexts = ()
    for form in term.avoid:
        yield f"          {_section(form, _DEPRECATED, (), contexts)}"
        contexts = ()
    yield "        </langSet>"
    yield "      </termEntry>"


def _section(
    term: str,
    status: str = "",
    notes: Iterable[str] = (),
    contexts: Iterable[str] = (),
    *,
    number: str = "",
    gender: str = "",
) -> str:
    parts = [f"<term>{escape(term)}</term>"]
    if status:
        parts.append(element("termNote", {"type": _STATUS}, status))
    if number:
        parts.append(element("termNote", {"type": "grammaticalNumber"}, number))
    if gender:
        parts.append(element("termNote", {"type": "grammaticalGender"}, gender))
    parts += [element("descrip", {"type": "context"}, text) for text in contexts]
    parts += [element("note", {}, text) for text in notes]
    return f"<tig>{''.join(parts)}</tig>"


# Reading -------------------------------------------------------------------------------------------------------------


def is_tbx(data: bytes, path: str) -> bool:
    """Whether a file is a terminology. Raises DataError for XML that breaks off at its start."""
    root = root_of(data, path)
    return root is not None and root[1] in _ROOTS


def parse_terms_of(data: bytes, path: str, source_locale: str, locale: str) -> tuple[Concept, ...]:
    """The concepts of a TBX file of any tool, in the order of the file.

    Terms are those of the two languages; `nl-NL` serves for `nl`. Raises DataError for what is not XML or not TBX.
    """
    root = parse_xml(data, path)
    if root.name not in _ROOTS:
        raise DataError.single(path, 1, f"<{root.name}> is not the root element of TBX; that is <martif> or <tbx>")
    ours = any(node.text.strip() == _ORIGIN for node in _find(root, frozenset({"sourceDesc"})))
    concepts: list[Concept] = []
    taken: set[str] = set()
    for entry in _find(root, _ENTRIES):
        term, fault = _term(entry, source_locale, locale)
        name = term.id if ours and term.id else _slug(*term.source[:1], term.use, taken=taken)
        taken.add(name)
        concepts.append(Concept(replace(term, id=name), entry.line, ours, fault))
    return tuple(concepts)


@dataclass(frozen=True, slots=True)
class _Section:
    term: str
    properties: tuple[tuple[str, str], ...]
    """Types and texts: `administrativeStatus`, `context`, `note` and so on."""

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(text for kind, text in self.properties if kind == name)

    @property
    def wrong(self) -> bool:
        return any(status in {_DEPRECATED, _SUPERSEDED} for status in self.all(_STATUS))

    @property
    def plural(self) -> bool:
        return "plural" in self.all("grammaticalNumber")


def _term(entry: Node, source_locale: str, locale: str) -> tuple[Term, str]:
    """The term of an entry, and why it cannot be one of ours."""
    languages = {node.get(XML_LANG) or node.get("lang"): node for node in reversed(list(_find(entry, _LANGUAGES)))}
    here, there = nearest(source_locale, languages), nearest(locale, languages)
    sources = _sections(languages[here]) if here else []
    targets = _sections(languages[there]) if there and there != here else []
    notes = [text for kind, text in _properties(entry, _LANGUAGES) if kind == "note"]
    right = [item for item in targets if not item.wrong]
    wrong = [item for item in targets if item.wrong]
    single = [item for item in right if not item.plural] or right
    preferred = next((item for item in single if _PREFERRED in item.all(_STATUS)), single[0] if single else None)
    use = preferred.term if preferred else ""
    plural = next((item for item in right if item.plural and item is not preferred), None)
    source = tuple(dict.fromkeys(item.term for item in sources if not item.wrong))
    said = [note for note in notes if not note.startswith((_ID, _BAD)) and note != _NAME_NOTE]
    term = Term(
        next((note.removeprefix(_ID) for note in notes if note.startswith(_ID)), entry.get("id")),
        source,
        use,
        plural.term if plural else None,
        tuple((item.term, _replacement(item)) for item in wrong if _NEVER in item.all("note")),
        tuple(item.term for item in wrong if _NEVER not in item.all("note")),
        tuple(dict.fromkeys(item.term for item in right if item is not preferred and item is not plural)),
        _NAME_NOTE not in notes,
        "\n".join(said).removeprefix(_NOTE) or None,
        (
            *(text for item in wrong for text in item.all("context")),
            *(note.removeprefix(_BAD) for note in notes if note.startswith(_BAD)),
        ),
        tuple(text for item in right for text in item.all("context")),
        _gender(preferred, locale) if preferred else None,
    )
    missing = source_locale if not source else locale if not use else ""
    return term, f"has no term in '{missing}' that may be used" if missing else ""


def _gender(section: _Section, locale: str) -> str | None:
    """The gender of a term as a termbase of the locale writes it; None for what TBX does not know."""
    given = next(iter(section.all("grammaticalGender")), "").casefold()
    gender = {"other": "common", "masc": "masculine", "fem": "feminine", "neut": "neuter"}.get(given, given)
    return article_of(gender, rules_language(locale)) if gender in _TBX_GENDERS else None


def _replacement(section: _Section) -> str | None:
    return next((note.removeprefix(_USE) for note in section.all("note") if note.startswith(_USE)), None)


def _slug(*terms: str, taken: set[str]) -> str:
    """A name for a concept: letters, digits and hyphens of its source term, else of its target term."""
    names = (re.sub(r"[\W_]+", "-", term.casefold()).strip("-") for term in terms)
    name = next((name for name in names if name), "concept")
    number = 1
    slug = name
    while slug in taken:
        number += 1
        slug = f"{name}-{number}"
    return slug


def _sections(language: Node) -> list[_Section]:
    found = []
    for node in _find(language, _SECTIONS):
        terms = [unmark(item.text).strip() for item in _find(node, frozenset({"term"}))]
        if terms and terms[0]:
            found.append(_Section(terms[0], tuple(_properties(node, frozenset({"term"})))))
    return found


def _properties(node: Node, without: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Types and texts of all that a part of a file says of itself; in the style DCT the element is the type."""
    for child in node.elements:
        if child.name in without:
            continue
        if child.name in _TYPED:
            yield child.get("type"), unmark(child.text).strip()
        elif child.elements:
            yield from _properties(child, without)
        else:
            yield child.name, unmark(child.text).strip()


def _find(node: Node, names: frozenset[str]) -> Iterator[Node]:
    """Elements of these names, however deep, none inside another."""
    for child in node.elements:
        if child.name in names:
            yield child
        else:
            yield from _find(child, names)
