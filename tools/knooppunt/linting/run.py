"""Running the rules over files of records."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knooppunt.linting.circles import circular
from knooppunt.linting.document import read_document
from knooppunt.linting.registry import load
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Document, Item
    from knooppunt.linting.registry import Rule
    from knooppunt.model import Finding

_IGNORE: Final = re.compile(r"(?:^|[ \t])#[ \t]*lint: ignore (?P<codes>KR[0-9]{3}(?:,[ ]?KR[0-9]{3})*)(?P<reason>.*)$")
INVALID: Final = "KR102"
"""The rule that says what no other does of what the loader refuses."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment `# lint: ignore KR409: why` that passes over findings of its line, or of the next one."""

    document: Document
    line: int
    """1-based line of the comment."""
    lines: tuple[int, ...]
    """Lines whose findings are passed over."""
    codes: tuple[str, ...]
    reason: str


def lint(texts: Iterable[tuple[str, str]], around: Around, rules: Mapping[str, Rule] | None = None) -> list[Finding]:
    """All findings in files, given as path and text, sorted by place; without those that a comment passes over.

    The entries of all files are one set: what they name, they may name in each other.
    """
    rules = load() if rules is None else rules
    documents = [read_document(text, path, around.settings) for path, text in texts]
    items = [item for document in documents for item in document.items]
    first: dict[str, Item] = {}
    for item in items:
        if item.id not in first or (first[item.id].retired and not item.retired):
            first[item.id] = item
    around = replace(
        around,
        items=first,
        products=frozenset(name.partition(".")[0] for name in first),
        circular=circular({item.id: [name for _, name in item.targets] for item in items if item.retired}),
    )
    found = list(_found(documents, items, around, rules))
    ignores = [ignore for document in documents for ignore in _ignores(document)]
    if ignores:
        found = _silenced(found, ignores, rules)
    return sorted(set(found), key=order)


def _found(
    documents: Sequence[Document], items: Sequence[Item], around: Around, rules: Mapping[str, Rule]
) -> Iterator[Finding]:
    specific: list[Finding] = []
    for rule in rules.values():
        if rule.scope == "item":
            for item in items:
                specific.extend(rule.run(item, around))
        elif rule.scope == "set":
            specific.extend(rule.run(items, around))
    yield from specific
    errors = {
        (finding.origin.path, finding.origin.pointer) for finding in specific if finding.severity is Severity.ERROR
    }
    for rule in rules.values():
        if rule.scope == "file":
            for document in documents:
                for finding in rule.run(document):
                    if rule.code != INVALID or (document.path, finding.origin.pointer) not in errors:
                        yield finding


def _ignores(document: Document) -> Iterator[Ignore]:
    if "lint: ignore" not in document.text:
        return
    for number, line in enumerate(document.text.split("\n"), 1):
        comment = _IGNORE.search(line.rstrip("\r"))
        if comment:
            alone = not line[: comment.start()].strip()
            codes = tuple(code.strip() for code in comment["codes"].split(","))
            lines = (number + 1,) if alone else (number,)
            yield Ignore(document, number, lines, codes, comment["reason"].strip(" \t:.-"))


def _silenced(found: Iterable[Finding], ignores: Sequence[Ignore], rules: Mapping[str, Rule]) -> list[Finding]:
    """The findings that no comment passes over, and those about the comments themselves."""
    places = {
        (ignore.document.path, line, code) for ignore in ignores for line in ignore.lines for code in ignore.codes
    }
    used: set[tuple[str, int, str]] = set()
    left = []
    for finding in found:
        place = (finding.origin.path, finding.origin.line, finding.check)
        if place in places:
            used.add(place)
        else:
            left.append(finding)
    for rule in rules.values():
        if rule.scope == "ignore":
            for ignore in ignores:
                left.extend(rule.run(ignore, used, rules))
    return left


def order(finding: Finding) -> tuple[str, int, int, str, str, str]:
    """Sorts findings by place."""
    origin = finding.origin
    return (origin.path, origin.line, origin.column, finding.check, origin.pointer, finding.message)
