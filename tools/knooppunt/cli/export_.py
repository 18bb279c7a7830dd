"""Write catalogs as a file for a translation tool.

FORMAT is xliff12 or xliff21 (translation tools), tmx (a translation memory), csv (a spreadsheet) or tbx (the termbase
of the locale). Every text has an id and a stamp in the file, by which 'knooppunt import' brings the translations back,
and changes nothing else.

  knooppunt export csv --locale nl --state untranslated,stale --out work.csv
  knooppunt export tmx --locale nl --out memory.tmx
  knooppunt export xliff12 --locale nl --omegat --out project/source/nl.xlf
  knooppunt export tmx --locale nl --omegat --out project/tm/auto/nl.tmx
  knooppunt export tbx --locale nl --out terms.tbx

Without --state a file holds every text, and a TMX file what is translated. The file has no dates: the same catalogs
give the same bytes.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, project_of, root_of
from knooppunt.errors import UsageError
from knooppunt.exchange import formats

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("format", metavar="FORMAT", help=f"one of {', '.join(formats())}, tbx")
    command.add_argument("names", metavar="ARTICLE", nargs="*", help="names or paths of articles; default: all")
    command.add_argument(
        "--locale", "-l", dest="code", metavar="CODE", help="the locale; needed where there are several"
    )
    command.add_argument("--out", metavar="FILE", default="-", help="file to write; default: standard output")
    command.add_argument("--state", metavar="STATE,...", default="", help="states to export, or all")
    command.add_argument("--obsolete", action="store_true", help="also entries whose text has left the source")
    command.add_argument("--omegat", action="store_true", help="xliff12 or tmx for a project of OmegaT")


def run(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.exchanging import export_catalogs, write_export  # noqa: PLC0415 # --help needs no project

    if options.format == "tbx":
        return _terms(options, console)
    export = export_catalogs(
        project_of(options),
        options.format,
        locale=options.code,
        names=options.names,
        states=[name for name in options.state.split(",") if name],
        obsolete=options.obsolete,
        omegat=options.omegat,
    )
    if options.out == "-":
        console.write_bytes(export.text.encode())
        return 0
    write_export(root_of(options), Path(options.out), export)
    catalogs = counted(export.catalogs, "catalog")
    console.say(f"{options.out}: {export.format.title}, {counted(export.units, 'text')} of {catalogs}")
    return 0


def _terms(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.termbases import export_terms, write_terms  # noqa: PLC0415 # as above

    if options.names or options.state or options.obsolete or options.omegat:
        raise UsageError("a termbase belongs to a locale: no articles and states can be chosen for tbx")
    text, count = export_terms(project_of(options), options.code)
    if options.out == "-":
        console.write_bytes(text.encode())
        return 0
    write_terms(root_of(options), Path(options.out), text)
    console.say(f"{options.out}: TBX-Basic, {counted(count, 'concept')}")
    return 0
