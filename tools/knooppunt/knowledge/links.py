"""All records of a project together: what one file cannot know, and how to choose among them."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.errors import DataError, Problem
from knooppunt.knowledge.rules import ID_PATTERN
from knooppunt.knowledge.texts import text_fields
from knooppunt.model import Record, Redirect

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from knooppunt.model import Origin

_MENTION = re.compile(r"`([^`\s]+)`|\]\(#([^)\s]+)")


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The records and the retired ids of a project, both by id and in the order of file and place."""

    records: Mapping[str, Record]
    redirects: Mapping[str, Redirect]

    def resolve(self, record_id: str) -> tuple[str, ...]:
        """Ids of the records that an id stands for today: itself, or the ends of its redirects, each once.

        Raises KeyError where neither a record nor a retired id has it.
        """
        ends: dict[str, None] = {}
        stack = [record_id]
        while stack:
            name = stack.pop()
            if name in self.records:
                ends[name] = None
            else:
                stack.extend(reversed(self.redirects[name].to))
        return tuple(ends)

    def select(
        self,
        *,
        id: Collection[str] = (),  # noqa: A002 # the names are those of a page's directive
        kind: Collection[str] = (),
        layer: Collection[str] = (),
        effect: Collection[str] = (),
        variant: Collection[str] = (),
        status: Collection[str] = (),
    ) -> tuple[Record, ...]:
        """The records that pass every filter, in the order of file and place; an empty filter lets all pass.

        A retired id stands for the records that took its place; an unknown one matches nothing.
        `variant` and `status` hold together: `variant=v2 status=active` is active in v2; `status` alone is any variant.
        """
        ids = {end for name in id if name in self for end in self.resolve(name)}
        return tuple(
            record
            for record in self.records.values()
            if (not id or record.id in ids)
            and (not kind or record.kind.value in kind)
            and (not layer or record.layer in layer)
            and (not effect or (record.effect is not None and record.effect.value in effect))
            and (not (variant or status) or _in_variant(record, variant, status))
        )

    def __contains__(self, record_id: object) -> bool:
        """Whether a record or a retired id has this id."""
        return record_id in self.records or record_id in self.redirects


def _in_variant(record: Record, names: Collection[str], statuses: Collection[str]) -> bool:
    return any(
        (not names or variant.name in names) and (not statuses or variant.status.value in statuses)
        for variant in record.variants
    )


def link(parts: Iterable[tuple[Iterable[Record], Iterable[Redirect]]]) -> Knowledge:
    """The knowledge of a project, from what `parse_records` made of each of its files.

    Raises DataError with everything that is wrong between records: an id given twice, a retired id that leads to a
    missing one or in a circle, a text that names a record that does not exist.
    """
    entries: list[Record | Redirect] = []
    for records, redirects in parts:
        entries.extend(records)
        entries.extend(redirects)
    entries.sort(key=lambda entry: (entry.origin.path, entry.origin.start, entry.id))
    problems: list[Problem] = []
    first: dict[str, Record | Redirect] = {}
    for entry in entries:
        other = first.setdefault(entry.id, entry)
        if other is not entry:
            message = f"this id is already given at {other.origin.path}:{other.origin.line}"
            problems.append(_problem(entry.origin, entry.id, message, "remove one of the two"))
    knowledge = Knowledge(
        records={name: entry for name, entry in first.items() if isinstance(entry, Record)},
        redirects={name: entry for name, entry in first.items() if isinstance(entry, Redirect)},
    )
    problems.extend(_redirect_problems(knowledge))
    areas = {_area(name) for name in first}
    for record in knowledge.records.values():
        problems.extend(_mention_problems(record, knowledge, areas))
    if problems:
        raise DataError(problems)
    return knowledge


def _redirect_problems(knowledge: Knowledge) -> Iterator[Problem]:
    settled: set[str] = set()
    for redirect in knowledge.redirects.values():
        for target in redirect.to:
            if target not in knowledge:
                message = f"{redirect.kind} to '{target}', which does not exist"
                yield _problem(redirect.origin, redirect.id, message, _suggestion(target, knowledge))
        circle = _circle(redirect.id, knowledge, settled)
        if circle:
            message = f"leads back to itself: {' -> '.join(circle)}"
            member = knowledge.redirects[circle[0]]
            yield _problem(member.origin, member.id, message, "let one of them end at a record")


def _circle(start: str, knowledge: Knowledge, settled: set[str]) -> tuple[str, ...]:
    """The first circle of redirects that is reached from an id, found once; without recursion, for long chains."""
    path: list[str] = []
    stack: list[tuple[str, int]] = [(start, 0)]
    while stack:
        name, depth = stack.pop()
        settled.update(path[depth:])
        del path[depth:]
        if name in path:
            settled.update(path)
            return (*path[path.index(name) :], name)
        if name in settled or name not in knowledge.redirects:
            continue
        path.append(name)
        stack.extend((target, depth + 1) for target in reversed(knowledge.redirects[name].to))
    settled.update(path)
    return ()


def _mention_problems(record: Record, knowledge: Knowledge, areas: Collection[str]) -> Iterator[Problem]:
    """Texts that name a record of a known area, in backticks or as a link, that does not exist."""
    for field, text in text_fields(record).items():
        for found in _MENTION.finditer(text):
            name = found[1] or found[2]
            if re.fullmatch(ID_PATTERN, name) and _area(name) in areas and name not in knowledge:
                origin = record.origins.get(field, record.origin)
                message = f"names '{name}', which does not exist"
                yield _problem(origin, f"{record.id}.{field}", message, _suggestion(name, knowledge))


def _area(record_id: str) -> str:
    return record_id.rpartition(".")[0]


def _suggestion(name: str, knowledge: Knowledge) -> str:
    area = _area(name) + "."
    slugs = sorted(known[len(area) :] for known in (*knowledge.records, *knowledge.redirects) if known.startswith(area))
    near = difflib.get_close_matches(name[len(area) :], slugs, n=1, cutoff=0.75)
    return f"did you mean '{area}{near[0]}'?" if near else "mend the id or add the record"


def _problem(origin: Origin, pointer: str, message: str, hint: str) -> Problem:
    return Problem(origin.path, origin.line, pointer, message, hint)
