"""What a terminology that came back changes in a termbase, as text: comments, order and all other bytes stay.

A new concept is added at the end. A changed one has the changed fields rewritten, line by line. Nothing is removed: a
field that the file does not have stays, for few tools keep all of them. What cannot be done without a loss is refused
with its reason, and the rest is done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import yaml

from knooppunt.errors import DataError
from knooppunt.repair.genders import same_gender
from knooppunt.repair.termbase import FIELDS, Term, parse_terms
from knooppunt.yamltext import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knooppunt.errors import Problem
    from knooppunt.exchange.tbx import Concept

_LISTS: Final = frozenset({"source", "never", "avoid", "forms", "bad", "good"})
_WIDE: Final = 1 << 30
_BLOCK: Final = frozenset({"bad", "good"})
"""Lists of sentences, one on a line."""


@dataclass(frozen=True, slots=True)
class TermRefusal:
    """A concept that is not taken, wholly or in part."""

    line: int
    """1-based line in the file that came back."""
    id: str
    message: str


@dataclass(frozen=True, slots=True)
class TermsPlan:
    """All that an import would do."""

    text: str
    """The termbase as it would be."""
    added: tuple[str, ...] = ()
    """Ids of new concepts."""
    changed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Ids of changed concepts and their changed fields."""
    equal: int = 0
    refusals: tuple[TermRefusal, ...] = ()


def plan_terms(text: str, path: str, concepts: Sequence[Concept]) -> TermsPlan:
    """What concepts change in the text of a terms.yml. Raises DataError where that is not valid itself.

    A concept of a file of ours is found by its id. One of another tool is found by a source term; if it is called
    something else here, the termbase stays and the difference is reported.
    """
    have = {term.id: term for term in parse_terms(text, path).terms}
    by_source = {source: term.id for term in have.values() for source in term.source}
    refusals: list[TermRefusal] = []
    wanted: dict[str, tuple[Concept, Term]] = {}
    equal = 0
    for concept in concepts:
        term = concept.term
        if concept.fault:
            refusals.append(TermRefusal(concept.line, term.id, concept.fault))
            continue
        name = term.id if concept.ours else next((by_source[item] for item in term.source if item in by_source), "")
        old = have.get(name)
        if name and name in wanted:
            if wanted[name][1] != replace(term, id=wanted[name][1].id):
                refusals.append(TermRefusal(concept.line, name, f"is in line {wanted[name][0].line} already"))
        elif old is None:
            twin = next((by_source[item] for item in term.source if item in by_source), "")
            if twin:
                refusals.append(TermRefusal(concept.line, term.id, f"has a source term of '{twin}'"))
                continue
            free = _free(term.id, {*have, *wanted})
            wanted[free] = (concept, term)
            by_source.update(dict.fromkeys(term.source, free))
        elif not concept.ours:
            if _plain(old.use) == _plain(term.use) or term.use in old.allowed:
                equal += 1
            else:
                message = f"'{old.source[0]}' is '{old.use}' here and '{term.use}' in the file"
                refusals.append(TermRefusal(concept.line, name, f"{message}; change it by hand if the file is right"))
        elif (new := _merged(old, term)) == old:
            equal += 1
        else:
            wanted[name] = (concept, new)
    return _carried_out(text, path, have, wanted, equal, refusals)


def _carried_out(
    text: str,
    path: str,
    have: Mapping[str, Term],
    wanted: dict[str, tuple[Concept, Term]],
    equal: int,
    refusals: list[TermRefusal],
) -> TermsPlan:
    """The plan with every change that leaves a valid termbase, and that one only."""
    while True:
        result, refused = _rewritten(
            text, path, [(have[name], new) for name, (_, new) in wanted.items() if name in have]
        )
        for name, message in refused.items():
            refusals.append(TermRefusal(wanted.pop(name)[0].line, name, message))
        result = _appended(result, [(name, term) for name, (_, term) in wanted.items() if name not in have])
        faults = _faults(result, path, have, wanted)
        if not faults:
            break
        for name, message in faults.items():
            refusals.append(TermRefusal(wanted.pop(name)[0].line, name, message))
    changed = tuple((name, _differing(have[name], new)) for name, (_, new) in wanted.items() if name in have)
    added = tuple(name for name in wanted if name not in have)
    return TermsPlan(result, added, changed, equal, tuple(sorted(refusals, key=lambda item: item.line)))


def _faults(
    text: str, path: str, have: Mapping[str, Term], wanted: Mapping[str, tuple[Concept, Term]]
) -> dict[str, str]:
    """Which of the changes the termbase cannot take, and why; at least one where it is not as it should be."""
    try:
        terms = {term.id: term for term in parse_terms(text, path).terms}
    except DataError as error:
        found: dict[str, str] = {}
        for problem in error.problems:
            blamed = [name for name in wanted if _concerns(problem, name)]
            if blamed:  # a new concept before a changed one
                found.setdefault(min(blamed, key=lambda name: (name in have, -len(name))), problem.message)
        if not found:  # the fault shows in an old concept, and is that of a new one: blame the last
            last = next(reversed(list(wanted)), "")
            if not last:
                raise
            found[last] = "; ".join(problem.message for problem in error.problems[:2])
        return found
    expected = {**have, **{name: replace(term, id=name) for name, (_, term) in wanted.items()}}
    return {
        name: "cannot be written without touching other lines; change it by hand"
        for name in wanted
        if terms.get(name) != expected[name]
    }


def _concerns(problem: Problem, name: str) -> bool:
    here = problem.pointer == name or problem.pointer.startswith((f"{name}.", f"{name}["))
    return here or f"'{name}." in problem.message or f"first at {name}." in problem.message


def _free(name: str, taken: set[str]) -> str:
    number = 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _merged(old: Term, new: Term) -> Term:
    """The old concept with what the new one says; what says the same but for white space stays as it is."""
    fields: dict[str, Any] = {}
    for name in FIELDS:
        here, there = getattr(old, name), getattr(new, name)
        if name == "translate":
            fields[name] = here and there  # a tool that drops the note has not allowed a translation
        elif name == "gender":
            fields[name] = here if not there or same_gender(here, there) else there
        elif name in _LISTS:
            same = [_plain(str(item)) for item in here] == [_plain(str(item)) for item in there]
            fields[name] = here if same or not there else there
        else:
            fields[name] = here if not there or _plain(here) == _plain(there) else there
    return replace(old, **fields)


def _differing(old: Term, new: Term) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))


# Text ----------------------------------------------------------------------------------------------------------------


_Edit = tuple[int, int, str]
"""Start and end in the text, and what belongs there."""


def _rewritten(text: str, path: str, changes: Sequence[tuple[Term, Term]]) -> tuple[str, dict[str, str]]:
    """The text of a termbase with the changed fields of concepts written anew, and why others cannot be, by id."""
    if not changes:
        return text, {}
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    nodes = {key.value: value for key, value in root.value}
    values = load(text, path)[0]
    edits: list[_Edit] = []
    refused: dict[str, str] = {}
    for old, new in changes:
        try:
            if nodes[old.id].flow_style:
                edits.append(_in_braces(text, nodes[old.id], values[old.id], old, new))
            else:
                edits += _by_line(text, nodes[old.id], old, new)
        except ValueError as error:
            refused[old.id] = str(error)
    parts = []
    at = 0
    for start, end, lines in sorted(edits, key=lambda edit: edit[0]):  # those of one place stay in their order
        parts += [text[at:start], lines]
        at = end
    return "".join([*parts, text[at:]]), refused


def _in_braces(text: str, node: yaml.Node, value: Mapping[str, Any], old: Term, new: Term) -> _Edit:
    """A concept in braces, written anew with its other fields as they are. Raises ValueError where that loses much."""
    start, end = node.start_mark.index, node.end_mark.index
    if "\n" in text[start:end] and "#" in text[start:end]:
        raise ValueError("has comments inside its braces; change it by hand")
    return start, end, _flow({**value, **{name: _value(new, name) for name in _differing(old, new)}})


def _by_line(text: str, node: yaml.Node, old: Term, new: Term) -> Iterator[_Edit]:
    """The changed fields of a concept. Raises ValueError for a list with comments between its items."""
    places = {key.value: (key.start_mark.index, _end(text, value), value) for key, value in node.value}
    newline = "\r\n" if "\r\n" in text else "\n"
    indent = " " * node.value[0][0].start_mark.column
    differing = _differing(old, new)
    for name in differing:
        if name in places and isinstance(places[name][2], yaml.SequenceNode) and "#" in _outside(text, places[name][2]):
            raise ValueError(f"has comments inside '{name}'; change it by hand")
    for name in differing:
        lines = f"{newline}{indent}".join(_field(new, name))
        if name in places:
            yield places[name][0], places[name][1], lines
        else:
            before = [item for item in FIELDS[: FIELDS.index(name)] if item in places]
            end = _line_end(text, places[before[-1]][1])
            yield end, end, f"{newline}{indent}{lines}"


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of a value is; block collections end at what comes after them."""
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1])
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _end(text, node.value[-1][1])
    end: int = node.end_mark.index
    while isinstance(node, yaml.ScalarNode) and end > node.start_mark.index and text[end - 1].isspace():
        end -= 1
    return end


def _line_end(text: str, at: int) -> int:
    """The end of the line of a position, a comment at its end included, without the newline."""
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    return end - 1 if end > at and text[end - 1] == "\r" else end


def _outside(text: str, node: yaml.SequenceNode) -> str:
    """What stands between the items of a list."""
    at, parts = node.start_mark.index, []
    for item in node.value:
        parts.append(text[at : item.start_mark.index])
        at = _end(text, item)
    return "".join(parts)


def _appended(text: str, terms: Iterable[tuple[str, Term]]) -> str:
    """The text with concepts at its end, a blank line before each."""
    newline = "\r\n" if "\r\n" in text else "\n"
    parts = []
    for name, term in terms:
        fields = [name for name in FIELDS if _value(term, name) is not None]
        lines = [f"{_scalar(name)}:", *(f"  {line}" for field in fields for line in _field(term, field))]
        parts.append(newline.join(lines) + newline)
    if not parts:
        return text
    base = text if not text or text.endswith("\n") else text + newline
    gap = newline if base.strip() and not base.endswith((newline * 2, "\n\n")) else ""
    if base.strip() in {"{}", "---"}:
        base, gap = "", ""
    return base + gap + newline.join(parts)


def _value(term: Term, name: str) -> Any:
    """A field as it stands in YAML; None where it is not written."""
    value = getattr(term, name)
    if name == "translate":
        return None if value else False
    if name == "source":
        return value[0] if len(value) == 1 else list(value)
    if name == "never":
        return [form if right is None else {form: right} for form, right in value] or None
    return (list(value) or None) if name in _LISTS else value


def _field(term: Term, name: str) -> list[str]:
    """The lines of a field, without indentation."""
    value = _value(term, name)
    if name in _BLOCK and value:
        return [f"{name}:", *(f"  - {_scalar(item)}" for item in value)]
    return [f"{name}: {_flow(value)}"]


def _scalar(value: str) -> str:
    return _flow(value)


def _flow(value: Any) -> str:
    """A value on one line, as YAML 1.1 and 1.2 both read it."""
    text: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=_WIDE)
    return text.removesuffix("\n").removesuffix("\n...")
