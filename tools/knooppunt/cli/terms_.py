"""Decide on words and terms, and learn them from corrections.

What is decided holds for every text of the locale: 'knooppunt check' joins what was accepted, and leaves what was
rejected.

  knooppunt terms accept "knoop punten" --locale nl       one word: into words.txt
  knooppunt terms reject "open source" --locale nl        two words: into keep.txt
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.cli.common import add_common, project_of

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from knooppunt.cli.console import Console
    from knooppunt.deciding import DecisionReport


def add_arguments(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True)

    def add(name: str, what: str) -> argparse.ArgumentParser:
        action = actions.add_parser(name, help=what, description=f"{what[0].upper()}{what[1:]}.")
        add_common(action)
        action.add_argument(
            "--locale", "-l", dest="code", metavar="CODE", help="the locale; needed where there are several"
        )
        action.set_defaults(parser=action, action=name)
        return action

    accepting = add("accept", "write the joined word of a pair into words.txt")
    accepting.add_argument("words", metavar="WORDS", nargs="+", help='the words of a pair, such as "knoop punten"')
    accepting.add_argument("--as", dest="written", metavar="WORD", help="how it is written, if not side by side")
    rejecting = add("reject", "write a pair that stays two words into keep.txt")
    rejecting.add_argument("words", metavar="WORDS", nargs="+", help='the words of a pair, such as "open source"')


def run(options: argparse.Namespace, console: Console) -> int:
    return {"accept": _accept, "reject": _reject}[options.action](options, console)


def _accept(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.deciding import accept  # noqa: PLC0415 # --help needs no project

    pairs = _pairs(options.words)
    if options.written is not None and len(pairs) > 1:
        options.parser.error("--as is for one pair")
    _tell(accept(project_of(options), pairs, locale=options.code, written=options.written), console)
    return 0


def _reject(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.deciding import reject  # noqa: PLC0415 # as above

    _tell(reject(project_of(options), _pairs(options.words), locale=options.code), console)
    return 0


def _pairs(words: Sequence[str]) -> list[str]:
    """Each argument is a pair; single words are one pair together, as without quotation marks."""
    return list(words) if any(len(word.split()) > 1 for word in words) else [" ".join(words)]


def _tell(report: DecisionReport, console: Console) -> None:
    for item in report.decided:
        done = "added" if item.added else "there already"
        console.say(f"{item.path}:{item.line}: {item.entry}: {done}")
