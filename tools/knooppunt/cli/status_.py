"""How much of each language is translated, by article and state."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from knooppunt.cli.common import add_locale, project_of
from knooppunt.model import State

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from knooppunt.cli.console import Console
    from knooppunt.project import ArticleStatus

_STATES = tuple(State)


def add_arguments(command: argparse.ArgumentParser) -> None:
    add_locale(command)
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace, console: Console) -> int:
    project = project_of(options)
    rows = [row for row in project.status() if not options.locale or row.locale in options.locale]
    if options.format == "json":
        document = {"version": 1, "articles": [_item(row) for row in rows]}
        console.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        return 0
    if not rows:
        console.say("No locales yet; add one with 'knooppunt locale add CODE'.")
        return 0
    table = [("locale", "article", "words", *(state.value for state in _STATES))]
    for code in dict.fromkeys(row.locale for row in rows):
        total: Counter[State] = Counter()
        for row in rows:
            if row.locale == code:
                total.update(row.words)
                table.append((code, row.name, *_shares(row.words)))
        table.append((code, "all", *_shares(total)))
    console.table(table, right=tuple(range(2, len(table[0]))))
    return 0


def _item(row: ArticleStatus) -> dict[str, object]:
    return {
        "locale": row.locale,
        "name": row.name,
        "title": row.title,
        "entries": {state.value: row.entries.get(state, 0) for state in _STATES},
        "words": {state.value: row.words.get(state, 0) for state in _STATES},
    }


def _shares(words: Mapping[State, int]) -> tuple[str, ...]:
    total = sum(words.values())
    return (str(total), *(f"{100 * words.get(state, 0) // total if total else 0} %" for state in _STATES))
