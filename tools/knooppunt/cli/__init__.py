"""The command `knooppunt`: one file per verb, no logic.

Exit status: 0 clean, 1 findings (or a catalog behind its source), 2 a usage or data error.
"""

from __future__ import annotations

import argparse
import importlib
import io
import os
import sys
from typing import TYPE_CHECKING

from knooppunt import __version__
from knooppunt.cli.common import add_common
from knooppunt.cli.console import Console
from knooppunt.errors import DataError, KnooppuntError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ("main",)

OK, FINDINGS, ERROR = 0, 1, 2
BROKEN_PIPE = 128 + 13
"""What a shell says of a program that SIGPIPE has ended."""

_EPILOG = """\
first steps:
  knooppunt init                 in the folder of an existing mkdocs.yml
  knooppunt locale add nl        a new language
  knooppunt update               sources -> catalogs, for translators
  knooppunt status               how much of each language is done
  knooppunt check --fix          find mistakes, mend what is certain
  knooppunt build                the site in every language

exit status: 0 clean, 1 findings, 2 a usage or data error
"""


def verbs() -> tuple[str, ...]:
    """Names of all verbs: the file `update_.py` is the verb `update`."""
    names = {entry.name.partition(".")[0] for folder in __path__ for entry in os.scandir(folder)}
    return tuple(sorted(name.removesuffix("_") for name in names if name.endswith("_") and not name.startswith("_")))


def make_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser with all verbs, or with one alone; each verb's module names its `run` as the default `verb`."""
    parser = argparse.ArgumentParser(
        prog="knooppunt",
        description="Localized documentation and knowledge: sources in, translated pages, a feed and a site out.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"knooppunt {__version__}")
    commands = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for name in verbs() if only is None else (only,):
        module = importlib.import_module(f"knooppunt.cli.{name}_")
        summary, _, more = (module.__doc__ or "").partition("\n")
        command = commands.add_parser(
            name,
            help=summary.rstrip("."),
            description=summary,
            epilog=more.strip() or None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        add_common(command)
        module.add_arguments(command)
        command.set_defaults(verb=module.run, parser=command, project=None, quiet=False, color="auto")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; the exit status."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    only = words[0] if words and words[0] in verbs() else None
    options, surplus = make_parser(only).parse_known_args(words)
    if surplus:
        options.parser.error(f"unrecognized arguments: {' '.join(surplus)}")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or pipe of another encoding has no sign for every letter
            stream.reconfigure(errors="backslashreplace")
    console = Console(quiet=options.quiet, color=options.color)
    try:
        status: int = options.verb(options, console)
        sys.stdout.flush()
    except KnooppuntError as error:
        console.clear()
        console.error(str(error), lead=not isinstance(error, DataError))
        return ERROR
    except BrokenPipeError:  # the reader of our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    except OSError as error:
        console.clear()
        console.error(f"{error.filename or 'system'}: {error.strerror or error}")
        return ERROR
    except KeyboardInterrupt:
        console.clear()
        console.error("interrupted")
        return 130
    return status
