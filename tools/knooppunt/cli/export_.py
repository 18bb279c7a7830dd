"""Write catalogs as a file for a translation tool.

FORMAT is tmx (a translation memory), csv (a spreadsheet), or another that an unknown name lists. Every text has an id
and a stamp in the file, by which 'knooppunt import' brings the translations back, and changes nothing else.

  knooppunt export csv --locale nl --state untranslated,stale --out work.csv
  knooppunt export tmx --locale nl --out memory.tmx

Without --state a file holds every text, and a TMX file what is translated. The file has no dates: the same catalogs
give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, project_of, root_of
from knooppunt.exchange import formats

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("format", metavar="FORMAT", help=f"one of {', '.join(formats())}")
    command.add_argument("names", metavar="ARTICLE", nargs="*", help="names or paths of articles; default: all")
    command.add_argument("--locale", "-l", dest="code", metavar="CODE", help="the locale; needed where there are several")
    command.add_argument("--out", metavar="FILE", default="-", help="file to write; default: standard output")
    command.add_argument("--state", metavar="STATE,...", default="", help="states to export, or all")
    command.add_argument("--obsolete", action="store_true", help="also entries whose text has left the source")


def run(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.exchanging import export_catalogs, write_export  # noqa: PLC0415 # --help needs no project

    export = export_catalogs(
        project_of(options),
        options.format,
        locale=options.code,
        names=options.names,
        states=[name for name in options.state.split(",") if name],
        obsolete=options.obsolete,
    )
    if options.out == "-":
        console.write_bytes(export.text.encode())
        return 0
    write_export(root_of(options), Path(options.out), export)
    catalogs = counted(export.catalogs, "catalog")
    console.say(f"{options.out}: {export.format.title}, {counted(export.units, 'text')} of {catalogs}")
    return 0
