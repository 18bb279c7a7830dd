"""Search what was translated before, and put memories of other tools beside it.

The memory of a locale is all that its catalogs say, and the TMX files in locales/CODE/memory/.

  knooppunt memory search Pods have no IPv6 address. --locale nl      texts that are like this one
  knooppunt memory concordance '"node pool" OR node*' --locale nl     texts with these words
  knooppunt memory concordance knooppunt --target --locale nl         translations with these words
  knooppunt memory import old.tmx --locale nl                         a memory of another tool
  knooppunt memory stats                                              how much there is
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import add_common, add_locale, counted, project_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from knooppunt.cli.console import Console
    from knooppunt.memory import Hit, Match, MemoryUnit
    from knooppunt.remembering import MemoryCounts

VERSION = 1
"""Version of the JSON documents; a field may be added in the same version."""

_BREAK = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def add_arguments(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, what: str) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        add_common(action)
        action.set_defaults(parser=action, action=name)
        return action

    searching = add("search", "find texts that are like one, and their translations")
    searching.add_argument("words", metavar="TEXT", nargs="+", help="the text in the language of the source")
    searching.add_argument("--limit", metavar="N", type=int, default=5, help="matches to show; default: 5")
    searching.add_argument("--least", metavar="PERCENT", type=int, default=70, help="least likeness; default: 70")
    looking = add("concordance", "find texts with certain words, and their translations")
    looking.add_argument("words", metavar="WORDS", nargs="+", help='words, "a phrase", begin*, OR between two of them')
    looking.add_argument("--target", action="store_true", help="search the translations, not the texts")
    looking.add_argument("--limit", metavar="N", type=int, default=20, help="texts to show; default: 20")
    importing = add("import", "put a TMX file into the memory of a locale")
    importing.add_argument("file", metavar="FILE.tmx", type=Path, help="the TMX file of any tool")
    importing.add_argument("--force", action="store_true", help="replace another file of this name")
    counting = add("stats", "count what the memory of each locale holds")
    for action in (searching, looking, counting):
        action.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    for action in (searching, looking, importing):
        action.add_argument("--locale", "-l", metavar="CODE", dest="code", help="default: the only one of the project")
    add_locale(counting)


def run(options: argparse.Namespace, console: Console) -> int:
    {"search": _search, "concordance": _concordance, "import": _import, "stats": _stats}[options.action](
        options, console
    )
    return 0


def _search(options: argparse.Namespace, console: Console) -> None:
    from knooppunt.remembering import locale_of, similar  # noqa: PLC0415 # --help needs no project

    text = " ".join(options.words)
    project = project_of(options)
    code = locale_of(project, options.code)
    found = similar(project, code, text, limit=options.limit, least=options.least, progress=console.progress)
    if options.format == "json":
        _json(console, {"locale": code, "text": text, "matches": [_match(item) for item in found]})
        return
    for item in found:
        console.print(f"{console.style(f'{item.score:3} %', 'bold')}  {_line(item.source)}")
        console.print(f"       {console.style(_line(item.target), 'green')}")
        console.print(f"       {console.style(_about(item), 'dim')}")
    if not found:
        console.say(f"Nothing is {options.least} % like this text.")


def _concordance(options: argparse.Namespace, console: Console) -> None:
    from knooppunt.remembering import concordance, locale_of  # noqa: PLC0415 # --help needs no project

    query = " ".join(options.words)
    project = project_of(options)
    code = locale_of(project, options.code)
    found = concordance(project, code, query, target=options.target, limit=options.limit, progress=console.progress)
    side = "target" if options.target else "source"
    if options.format == "json":
        hits = [_hit(item) for item in found.hits]
        _json(console, {"locale": code, "query": query, "searched": side, "total": found.total, "hits": hits})
        return
    for item in found.hits:
        texts = {"source": _line(item.source), "target": _line(item.target)}
        texts[side] = _marked(texts[side], item.ranges, console)
        console.print(texts["source"])
        console.print(f"    {texts['target']}")
        console.print(f"    {console.style(', '.join(_origins(item.units)), 'dim')}")
    more = f", {len(found.hits)} of them shown; see --limit" if found.total > len(found.hits) else ""
    console.say(f"{counted(found.total, 'text')}{more}")


def _import(options: argparse.Namespace, console: Console) -> None:
    from knooppunt.remembering import import_memory, locale_of  # noqa: PLC0415 # --help needs no project

    project = project_of(options)
    done = import_memory(project, options.file, locale_of(project, options.code), force=options.force)
    left = [
        f"{counted(done.passed, 'unit')} without both languages passed over" if done.passed else "",
        f"{counted(done.double, 'unit')} there twice" if done.double else "",
    ]
    what = "written" if done.changed else "there already"
    console.say("; ".join([f"{done.path}: {counted(done.units, 'unit')}, {what}", *(item for item in left if item)]))


def _stats(options: argparse.Namespace, console: Console) -> None:
    from knooppunt.remembering import LocaleMemory, memory_counts  # noqa: PLC0415 # --help needs no project

    project = project_of(options)
    codes = options.locale or [locale.code for locale in project.locales]
    counts = [memory_counts(LocaleMemory(project, code, progress=console.progress)) for code in codes]
    if options.format == "json":
        _json(console, {"locales": [_counts(item) for item in counts]})
        return
    if not counts:
        console.say("No locales yet; add one with 'knooppunt locale add CODE'.")
        return
    rows: list[tuple[str, ...]] = [
        ("locale", "units", "texts", "approved", "translated", "obsolete", "imported", "in two ways")
    ]
    for item in counts:
        numbers = (item.units, item.sources, item.approved, item.translated, item.obsolete)
        rows.append((item.locale, *map(str, numbers), str(sum(item.imported.values())), str(item.several)))
    console.table(rows, right=tuple(range(1, len(rows[0]))))


def _about(item: Match) -> str:
    unit = item.unit
    state = "imported" if unit.imported else "obsolete" if unit.obsolete else unit.state or ""
    parts = [unit.origin, state, *([unit.author] if unit.author else ()), *([unit.date] if unit.date else ())]
    if item.count > 1:
        parts.append(f"{item.count} times")
    told = [f"{new} put in for {old}" for old, new in item.swaps]
    told += [f"look at {new}, there {old}" for old, new in item.left]
    return "; ".join([", ".join(parts), *told])


def _match(item: Match) -> dict[str, object]:
    unit = item.unit
    return {
        "score": item.score,
        "source": item.source,
        "target": item.target,
        "translation": unit.target,
        "swaps": [{"from": old, "to": new} for old, new in item.swaps],
        "left": [{"from": old, "to": new} for old, new in item.left],
        "count": item.count,
        **_unit(unit),
    }


def _hit(item: Hit) -> dict[str, object]:
    return {
        "source": item.source,
        "target": item.target,
        "ranges": [list(place) for place in item.ranges],
        "units": [_unit(unit) for unit in item.units],
    }


def _unit(unit: MemoryUnit) -> dict[str, object]:
    return {
        "origin": unit.origin,
        "context": unit.context,
        "state": unit.state,
        "obsolete": unit.obsolete,
        "imported": unit.imported,
        "author": unit.author,
        "date": unit.date,
    }


def _counts(item: MemoryCounts) -> dict[str, object]:
    return {
        "locale": item.locale,
        "units": item.units,
        "sources": item.sources,
        "approved": item.approved,
        "translated": item.translated,
        "obsolete": item.obsolete,
        "imported": dict(item.imported),
        "several": item.several,
    }


def _json(console: Console, document: dict[str, object]) -> None:
    console.write(json.dumps({"version": VERSION, **document}, ensure_ascii=False, indent=2) + "\n")


def _origins(units: Iterable[MemoryUnit]) -> list[str]:
    return list(dict.fromkeys(unit.origin for unit in units))


def _marked(text: str, ranges: Iterable[tuple[int, int]], console: Console) -> str:
    parts = []
    at = 0
    for start, end in ranges:
        parts += [text[at:start], console.style(text[start:end], "yellow")]
        at = end
    return "".join([*parts, text[at:]])


def _line(text: str) -> str:
    """The text on one line, without control characters; nothing changes its place."""
    return _CONTROL.sub("\ufffd", _BREAK.sub(" ", text))
