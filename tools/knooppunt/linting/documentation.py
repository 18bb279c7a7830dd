"""Reading the documentation of a rule: the docstring of its module, whose examples are the fixtures too.

The first paragraph says what the rule finds. Sections follow, each with an indented body: `Why:`, `Bad:`, `Good:` and
`Fix:`. An example begins with `# ` and what it shows; a blank line ends it. Lines that begin with `#: ` say what is
known beside the file: `today`, `kubernetes`, `sources`, `retired`, `published`, `changed`. `#: file` begins another
file, and `#: without: evidence` leaves fields out.

The rest is YAML. Fields at the head of a line replace those of a sound record. Whole entries stand as they are; where
one has a line `...`, the fields that it lacks are those of a sound record. An arrow `<--` ends each line on which the
rule finds something, or `<-- KR102 KR301` where others do. An arrow behind what the example shows is the first line of
the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from knooppunt.checks.documentation import sections
from knooppunt.knowledge.rules import RECORD_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SECTIONS: Final = ("Why", "Bad", "Good", "Fix")
GIVEN: Final = ("today", "kubernetes", "sources", "retired", "published", "changed")
"""What an example can say of the world."""
_SECTION: Final = re.compile(rf"^({'|'.join(SECTIONS)}):[ \t]*$")
_ARROW: Final = re.compile(r"[ ]+<--(?P<codes>(?: KR[0-9]{3})*)$")
_DIRECTIVE: Final = re.compile(r"#: (?P<name>[a-z]+)(?:: (?P<value>.+))?$")
_ENTRY: Final = re.compile(r"[\"']?[\w-]+\.[\w.-]+[\"']?:")
_KEY: Final = re.compile(r"  (?P<key>[a-z]+):")

SOUND: Final = (
    """
acme.agent.host-aliases:
  kind: limitation
  title: Host aliases have no effect
  statement: The agent never reads `spec.hostAliases`, so the entries do not reach the container.
  layer: agent
  effect: ignored
  fields: [spec.hostAliases]
  variants:
    v1: {status: active, since: 2021-03-04}
  evidence:
    - {source: acme-agent/README.md, commit: 3f9d2ab}
""",
    """
acme.agent.volumes-per-pod:
  kind: quota
  title: 20 volumes per pod
  statement: A pod mounts at most 20 volumes. The agent rejects a pod with more.
  layer: agent
  effect: rejected
  fields: [spec.volumes]
  variants:
    v1: {status: active}
  amounts:
    - {value: 20, unit: volumes, per: pod}
  evidence:
    - {source: acme-docs/limits.md, version: v2.1.0}
""",
    """
acme.agent.ipv6:
  kind: incompatibility
  title: No addresses of IPv6
  statement: Subnets with two protocols give their pods only the older kind of address.
  layer: network
  effect: unavailable
  variants:
    v1: {status: permanent}
  evidence:
    - {source: acme-docs/network.md, commit: 81c04de}
""",
    """
acme.agent.start-order:
  kind: requirement
  title: Sidecars start in any order
  statement: Write programs that wait for each other, because nothing fixes which container starts first.
  layer: scheduler
  variants:
    v1: {status: active}
  evidence:
    - {source: acme-docs/pods.md, date: 2022-08-09}
""",
)
"""Records in which no rule finds anything, for what an example leaves out."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a rule."""

    about: str
    """What it shows, as a sentence."""
    shown: str
    """Its lines as a reader of the documentation gets them."""
    files: tuple[str, ...]
    """The whole text of each file, with arrows."""
    given: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Documentation:
    """The parts of a rule's documentation."""

    what: str
    why: str
    bad: tuple[Example, ...]
    good: tuple[Example, ...]
    fix: str


def parse_documentation(text: str) -> Documentation:
    """Read the docstring of a rule. Raises ValueError where a section is missing, unknown or has nothing in it."""
    bodies = sections(text, _SECTION, SECTIONS)
    return Documentation(
        what=bodies[""].strip(),
        why=bodies["Why"],
        bad=tuple(map(_example, _groups(bodies["Bad"]))),
        good=tuple(map(_example, _groups(bodies["Good"]))),
        fix=bodies["Fix"],
    )


def expected(text: str, code: str) -> tuple[str, list[tuple[int, str]]]:
    """A file without its arrows, and what is to be found in it: 1-based lines and codes."""
    lines, found = [], []
    for number, line in enumerate(text.split("\n"), 1):
        arrow = _ARROW.search(line)
        lines.append(line[: arrow.start()] if arrow else line)
        if arrow:
            found += [(number, each) for each in (arrow["codes"].split() or [code])]
    return "\n".join(lines), found


def _groups(body: str) -> Iterator[list[str]]:
    """The lines of each example."""
    group: list[str] = []
    for line in body.splitlines():
        if line.startswith("# ") and group and not group[-1]:
            yield group
            group = []
        group.append(line)
    yield group


def _example(lines: list[str]) -> Example:
    while lines and not lines[-1]:
        lines = lines[:-1]
    if not lines or not lines[0].startswith("# "):
        raise ValueError(f"'{lines[0] if lines else ''}' does not begin with '# ' and what the example shows")
    about, at_record = _ARROW.sub("", lines[0][2:]), _ARROW.search(lines[0])
    given: dict[str, str] = {}
    without: tuple[str, ...] = ()
    files: list[list[str]] = [[]]
    shown = [f"# {about}"]
    for line in lines[1:]:
        directive = _DIRECTIVE.match(line)
        if directive is None:
            files[-1].append(line)
            shown.append(_ARROW.sub("", line))
            continue
        name, value = directive["name"], directive["value"] or ""
        if name == "file":
            files.append([])
            shown.append("# Another file:")
        elif name == "without":
            without = tuple(value.split(", "))
            shown.append(f"# without {value}")
        elif name in GIVEN:
            given[name] = value
            shown.append(f"# {name}: {value}")
        else:
            raise ValueError(f"'{line}' says nothing that is known")
    arrow = at_record[0] if at_record else ""
    whole = [_file(part, number, without, arrow) for number, part in enumerate(files)]
    return Example(about, "\n".join(shown), tuple(whole), given)


def _file(lines: list[str], number: int, without: tuple[str, ...], arrow: str) -> str:
    """The text of a file out of the lines of an example."""
    first = next((line for line in lines if not line.startswith("#")), "kind:")
    if any(_ENTRY.match(line) for line in lines) or not _KEY.match(f"  {first}"):
        made: list[str] = []
        count = number
        for entry in _entries(lines):
            if "  ..." in entry:
                made += _completed([line for line in entry if line != "  ..."], SOUND[count % len(SOUND)], without)
                count += 1
            else:
                made += entry
        return "\n".join(made) + "\n"
    head = SOUND[0].strip().splitlines()[0] + arrow
    return "\n".join(_completed([head, *(f"  {line}" if line else line for line in lines)], SOUND[0], without)) + "\n"


def _entries(lines: Iterable[str]) -> Iterator[list[str]]:
    entry: list[str] = []
    for line in lines:
        if _ENTRY.match(line) and entry:
            yield entry
            entry = []
        entry.append(line)
    yield entry


def _completed(entry: list[str], sound: str, without: tuple[str, ...]) -> list[str]:
    """An entry with the fields of a sound record that it lacks, in the usual order."""
    own, others = _fields(entry[1:]), _fields(sound.strip().splitlines()[1:])
    both = {key: lines for key, lines in (others | own).items() if key not in without}
    order = [*(key for key in RECORD_FIELDS if key in both), *(key for key in both if key not in RECORD_FIELDS)]
    return [entry[0], *(line for key in order for line in both[key])]


def _fields(lines: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    key = ""
    waiting: list[str] = []
    for line in lines:
        begins = _KEY.match(line)
        if begins:
            key = begins["key"]
            found[key] = [*waiting, line]
            waiting = []
        elif re.match(r"  #", line):
            waiting.append(line)
        else:
            found[key].append(line)
    return found
