"""The suite of fixtures: every example of every rule as a file, and an index that says what is to be found in it.

Another implementation can be run over it; see the README that is a part of it.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from knooppunt.config import Settings
from knooppunt.knowledge.schema import DIALECT, record_schema, ref, strict
from knooppunt.linting.around import Around
from knooppunt.linting.documentation import expected, parse_documentation
from knooppunt.linting.explanation import summary
from knooppunt.linting.kubernetes import Fields
from knooppunt.linting.registry import load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from knooppunt.linting.documentation import Example
    from knooppunt.linting.registry import Rule

VERSION: Final = 1
"""Of the index; a new one where a key goes or changes its meaning."""
FOLDER: Final = f"lint/v{VERSION}"
"""Where the suite is in a site."""
TODAY: Final = "2026-01-01"
"""The day of fixtures that name none."""
INDEX, SCHEMA, RECORDS, README, KUBERNETES = (
    "index.json",
    "index.schema.json",
    "records.schema.json",
    "README.md",
    "kubernetes.json",
)


@dataclass(frozen=True, slots=True)
class Fixture:
    """One example of a rule as files."""

    id: str
    """`KR302-bad-1`."""
    rule: str
    about: str
    files: tuple[tuple[str, str], ...]
    """Name and text of each, in order."""
    expected: tuple[tuple[str, int, str], ...]
    """File, 1-based line and code of all that is found, sorted."""
    given: Mapping[str, str]

    @property
    def valid(self) -> bool:
        """Whether nothing is found."""
        return not self.expected


def fixtures() -> Iterator[Fixture]:
    """All fixtures, in the order of the rules."""
    for rule in load().values():
        parts = parse_documentation(rule.documentation)
        for kind, examples in (("bad", parts.bad), ("good", parts.good)):
            for number, example in enumerate(examples, 1):
                yield _fixture(rule, kind, number, example)


def _fixture(rule: Rule, kind: str, number: int, example: Example) -> Fixture:
    name = f"{rule.code}-{kind}-{number}"
    files, found = [], []
    for letter, text in zip("abcdefgh", example.files, strict=False):
        file = f"{name}.yml" if len(example.files) == 1 else f"{name}.{letter}.yml"
        head = f"# {rule.code} {rule.name}, {kind}: {example.about}\n"
        plain, here = expected(head + text, rule.code)
        files.append((file, plain))
        found += [(file, line, code) for line, code in here]
    return Fixture(name, rule.code, example.about, tuple(files), tuple(sorted(found)), example.given)


def around_of(given: Mapping[str, str], kubernetes: Fields, root: Path) -> Around:
    """The world of a fixture; `root` is any folder, which nothing reads."""
    sources = {name: f"https://{name}.example" for name in _names(given, "sources")}
    changed = [entry.rsplit(" | ", 2) for entry in given.get("changed", "").split("; ") if entry]
    return Around(
        settings=Settings(root=root, sources=sources),
        today=datetime.date.fromisoformat(given.get("today", TODAY)),
        kubernetes=kubernetes,
        versions=_names(given, "kubernetes"),
        retired=dict.fromkeys(_names(given, "retired"), "retired before"),
        published=dict.fromkeys(_names(given, "published"), "published before"),
        changed={(source, match): datetime.date.fromisoformat(day) for source, match, day in changed},
    )


def _names(given: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(name for name in given.get(key, "").split(", ") if name)


def suite_files(kubernetes: bytes, root: Path) -> dict[str, bytes]:
    """Every file of the suite by its name, sorted. `kubernetes` is the data that rules about paths use."""
    everything = list(fixtures())
    files = {name: text.encode() for fixture in everything for name, text in fixture.files}
    files |= {SCHEMA: _json(index_schema()), RECORDS: _json(record_schema(Settings(root=root)))}
    files |= {README: readme(everything).encode(), KUBERNETES: kubernetes}
    files[INDEX] = _json(_index(everything, files))
    return dict(sorted(files.items()))


def _index(everything: list[Fixture], files: Mapping[str, bytes]) -> dict[str, Any]:
    return {
        "$schema": SCHEMA,
        "version": VERSION,
        "rules": [
            {"code": rule.code, "name": rule.name, "severity": rule.severity.value, "summary": summary(rule)}
            for rule in load().values()
        ],
        "fixtures": [
            {
                "id": fixture.id,
                "rule": fixture.rule,
                "valid": fixture.valid,
                "about": fixture.about,
                "files": [name for name, _ in fixture.files],
                "given": _given(fixture.given),
                "expected": [{"file": file, "line": line, "code": code} for file, line, code in fixture.expected],
            }
            for fixture in everything
        ],
        "files": [
            {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in sorted(files.items())
        ],
    }


def _given(given: Mapping[str, str]) -> dict[str, Any]:
    """What is known beside the files, as JSON; all keys are there, so that no reader has to ask."""
    changed = [entry.rsplit(" | ", 2) for entry in given.get("changed", "").split("; ") if entry]
    lists = {key: list(_names(given, key)) for key in ("kubernetes", "sources", "retired", "published")}
    return {
        "today": given.get("today", TODAY),
        **lists,
        "changed": [{"source": source, "match": match, "date": day} for source, match, day in changed],
    }


def index_schema() -> dict[str, Any]:
    """The schema of the index, JSON Schema 2020-12."""
    text = {"type": "string", "minLength": 1}
    file = {"type": "string", "pattern": "^[A-Za-z0-9-]+([.][a-z]+)+$"}
    code = {"type": "string", "pattern": "^KR[1-9][0-9]{2}$"}
    names = {"type": "array", "items": text, "uniqueItems": True}
    day = {"type": "string", "format": "date"}
    change = _whole({"source": text, "match": text, "date": day})
    given = _whole(
        {
            "today": day | {"description": "No date of a record is later."},
            "kubernetes": names | {"description": "Versions that the records are about; all that are known if empty."},
            "sources": names | {"description": "Repositories whose addresses the settings know."},
            "retired": names | {"description": "Ids that were published and retired before."},
            "published": names | {"description": "Ids that were published before."},
            "changed": {
                "type": "array",
                "items": change,
                "description": "Days on which sources last changed what they say.",
            },
        }
    )
    found = _whole({"file": ref("file"), "line": {"type": "integer", "minimum": 1}, "code": ref("code")})
    severity = {"enum": ["error", "warning"]}
    rule = _whole({"code": ref("code"), "name": text, "severity": severity, "summary": text})
    fixture = _whole(
        {
            "id": text,
            "rule": ref("code"),
            "valid": {"type": "boolean", "description": "Whether nothing is found."},
            "about": text,
            "files": {"type": "array", "items": ref("file"), "minItems": 1, "uniqueItems": True},
            "given": given,
            "expected": {"type": "array", "items": found, "description": "All that is found, and nothing else."},
        }
    ) | {
        "if": {"properties": {"valid": {"const": True}}},
        "then": {"properties": {"expected": {"maxItems": 0}}},
        "else": {"properties": {"expected": {"minItems": 1}}},
    }
    entry = _whole(
        {
            "path": ref("file"),
            "size": {"type": "integer", "minimum": 1},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        }
    )
    top = _whole(
        {
            "$schema": {"const": SCHEMA},
            "version": {"const": VERSION},
            "rules": {"type": "array", "items": rule, "minItems": 1},
            "fixtures": {"type": "array", "items": fixture, "minItems": 1},
            "files": {"type": "array", "items": entry, "minItems": 1},
        }
    )
    head = {"$schema": DIALECT, "title": "Fixtures of the rules for records"}
    return head | top | {"$defs": {"file": file, "code": code}}


def _whole(properties: Mapping[str, Any]) -> dict[str, Any]:
    return strict(properties, required=properties)


def readme(everything: list[Fixture]) -> str:
    """What somebody needs to know who runs another program over the suite."""
    bad = sum(not fixture.valid for fixture in everything)
    files = sum(len(fixture.files) for fixture in everything)
    return f"""# Fixtures of the rules for records

{len(load())} rules, {len(everything)} fixtures in {files} files.
In {bad} of the fixtures there is something to find, in {len(everything) - bad} there is not.

`{INDEX}` lists them, and `{SCHEMA}` is its JSON Schema 2020-12.
`{RECORDS}` is the schema of a file of records: what it says of a text, a list or a word is rule KR102.

To run a program over the suite, take each entry of `fixtures`:

1. Read all of its `files` as one set of records.
2. Let your program know what is `given`: the day, versions of Kubernetes, repositories with an address, ids that were
   published or retired before, and days on which sources changed.
3. Compare what it finds with `expected`: file, line and code, all of them and no others, in any order.
   A code that is there twice with the same line is found twice.

A line is that of the value: the line on which it begins, and of a text in a block its first line of words.
For a field that is missing it is the line of what should have it: the id, or the variant.
For YAML that cannot be read it is the line on which reading stops.

`{KUBERNETES}` says which fields the objects of Kubernetes have, by version.
Its source is the OpenAPI description of Kubernetes (Apache License 2.0, The Kubernetes Authors).
`types` has for each field the type it leads to, `list`, `map` or nothing, and the first and last of `versions`.

The fixtures may be used under the Apache License 2.0.
"""


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
