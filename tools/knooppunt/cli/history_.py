"""Date facts from the git history of their sources: when the words appeared, changed and disappeared.

With IDs, or for all records: each piece of evidence that has 'match' is looked up in the clone that --source names
for the first part of its source. With --file and --match, any words of any file of the one clone that is named.
Nothing is fetched. The exit status is 1 where a source does not bear its evidence out, or no longer does.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knooppunt.cli.common import counted, folder_by_name, root_of
from knooppunt.errors import UsageError
from knooppunt.feed.gitlog import versions
from knooppunt.feed.history import dated_facts, evidence_of
from knooppunt.feed.timeline import events
from knooppunt.knowledge.matching import match_pattern
from knooppunt.project import Project

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from knooppunt.cli.console import Console
    from knooppunt.feed.history import DatedFact
    from knooppunt.feed.timeline import Event
    from knooppunt.model import Record

_SHORT = 9
"""Signs of a commit that are shown."""


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", metavar="ID", nargs="*", help="records to date; default: all")
    command.add_argument(
        "--source", metavar="NAME=DIR", action="append", default=[], help="the clone of a source; may be given again"
    )
    command.add_argument("--file", metavar="PATH", help="a file of the one clone, with --match")
    command.add_argument("--match", metavar="WORDS", help="words, or a regular expression between slashes")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace, console: Console) -> int:
    repositories = dict(folder_by_name(text) for text in options.source)
    if not repositories:
        raise UsageError("name a clone of a source: --source azure-aks-docs=../azure-aks-docs")
    if options.file is not None or options.match is not None:
        return _words(options, console, repositories)
    knowledge = Project.load(root_of(options)).knowledge
    unknown = [name for name in options.ids if name not in knowledge]
    if unknown:
        raise UsageError(f"there is no record '{unknown[0]}'; 'knooppunt feed' writes a list of all")
    records = knowledge.select(id=options.ids)
    facts = list(dated_facts(records, repositories))
    if options.format == "json":
        console.write(
            json.dumps({"version": 1, "facts": list(map(_fact_json, facts))}, ensure_ascii=False, indent=2) + "\n"
        )
    else:
        _print(console, facts, records, repositories)
    return 1 if any(fact.problems for fact in facts) else 0


def _words(options: argparse.Namespace, console: Console, repositories: dict[str, Path]) -> int:
    """The events of any words, which need no project."""
    if options.file is None or options.match is None or options.ids or len(repositories) != 1:
        raise UsageError("--file and --match go together, with one --source and without IDs")
    (folder,) = repositories.values()
    try:
        pattern = match_pattern(options.match)
    except ValueError as error:
        raise UsageError(f"--match: {error}") from None
    found = versions(folder, options.file)
    if not found:
        raise UsageError(f"{folder} never had a file '{options.file}'; write its path from the root of the clone")
    dated = events(found, pattern)
    if options.format == "json":
        value = {"version": 1, "versions": len(found), "events": list(map(_event_json, dated))}
        console.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
        return 0
    _print_events(console, dated)
    console.say(f"{counted(len(dated), 'event')} in {counted(len(found), 'version')} of {options.file}")
    return 0


def _print(
    console: Console, facts: Iterable[DatedFact], records: Iterable[Record], repositories: dict[str, Path]
) -> None:
    shown: Record | None = None
    dated = 0
    for fact in facts:
        if fact.record is not shown:
            console.print(f"{fact.record.id}: {fact.record.title}")
            shown = fact.record
        console.print(f"  {fact.evidence.source}: {fact.evidence.match}")
        _print_events(console, fact.events, "    ")
        for problem in fact.problems:
            console.print(f"    {console.style('problem', 'red')}: {problem}")
        dated += bool(fact.events)
    evidence = [item for record in records for item in evidence_of(record)]
    without = sum(1 for item in evidence if item.match is None)
    elsewhere = sum(1 for item in evidence if item.match and item.source.partition("/")[0] not in repositories)
    console.say(
        f"{counted(dated, 'fact')} dated; {without} of {counted(len(evidence), 'piece')} of evidence without 'match', "
        f"{elsewhere} in sources that were not named"
    )


def _print_events(console: Console, dated: Iterable[Event], indent: str = "") -> None:
    for event in dated:
        console.print(f"{indent}{event.day}  {event.commit[:_SHORT]}  {event.kind}")


def _fact_json(fact: DatedFact) -> dict[str, Any]:
    return {
        "id": fact.record.id,
        "source": fact.evidence.source,
        "match": fact.evidence.match,
        "events": list(map(_event_json, fact.events)),
        "problems": list(fact.problems),
    }


def _event_json(event: Event) -> dict[str, Any]:
    return {
        "event": event.kind,
        "date": event.day.isoformat(),
        "commit": event.commit,
        "path": event.path,
        "text": event.text,
    }
