"""Draft what nobody has translated yet with a translation engine.

Texts that the translation memory has are taken from there, at no cost. The rest goes to the engine in batches; code,
links, macros and names of the termbase are kept from it and put back. What comes back broken stays untranslated and is
told. Drafts are fuzzy entries of the state machine; a person's text is never touched.

engines:
  apertium        apertium-apy on this machine, http://127.0.0.1:2737; needs no key
  libretranslate  LibreTranslate and compatible, http://127.0.0.1:5000; key in LIBRETRANSLATE_API_KEY if it wants one
  deepl           DeepL and compatible; key in DEEPL_AUTH_KEY, which is never given on the command line

examples:
  knooppunt draft --locale es --engine apertium --dry-run    what it would cost, in characters
  knooppunt draft --locale es --engine apertium              every catalog of the locale
  knooppunt draft --locale es --engine deepl docs/virtual-nodes --budget 20000
                                                             some articles, for 20,000 characters at most

A run that was interrupted goes on where it stopped: answers are kept in .knooppunt/drafts/. Exit status 1 means that
texts were left untranslated or that the budget has ended, 2 that the engine gave up.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, project_of

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console
    from knooppunt.drafting import DraftReport


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "names", metavar="ARTICLE", nargs="*", help="names or paths of articles, or folders of them; default: all"
    )
    command.add_argument("--locale", "-l", metavar="CODE", required=True, help="the locale to draft")
    command.add_argument("--engine", "-e", metavar="ENGINE", required=True, help="who translates; see below")
    command.add_argument("--url", metavar="URL", help="where the engine is; default: see below")
    command.add_argument("--budget", metavar="N", type=int, help="most characters to send in this run, marks included")
    command.add_argument("--dry-run", action="store_true", help="send and write nothing; say what it would cost")
    command.add_argument(
        "--stale", action="store_true", help="put a draft beside translations whose source has changed, as a comment"
    )
    command.add_argument("--again", action="store_true", help="send texts anew whose answer came back broken before")
    command.add_argument("--allow-http", action="store_true", help="send texts to another machine without encryption")


def run(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.drafting import DraftOptions, draft  # noqa: PLC0415 # takes longer than the help of this verb

    code = options.locale
    options.locale = [code]
    wanted = DraftOptions(
        code,
        options.engine,
        tuple(options.names),
        address=options.url,
        budget=options.budget,
        dry_run=options.dry_run,
        stale=options.stale,
        allow_http=options.allow_http,
        again=options.again,
    )
    report = draft(project_of(options), wanted, os.environ, progress=console.progress)
    console.clear()
    if options.dry_run:
        _planned(report, console)
        return 0
    for problem in report.refused:
        console.print(str(problem))
    _done(report, console)
    if report.stopped:
        console.error(f"{report.stopped}; {counted(report.waiting, 'text')} not sent, run it again to go on")
        return 2
    return int(bool(report.refused) or report.waiting > 0)


def _planned(report: DraftReport, console: Console) -> None:
    memory = report.remembered + report.suggested
    console.print(
        f"{report.engine}: {counted(report.texts - report.waiting, 'text')}, {report.characters} characters, "
        f"{counted(report.batches, 'batch', 'batches')}; from the memory {memory}, answered before {report.known}"
    )
    _left(report, console)


def _done(report: DraftReport, console: Console) -> None:
    for path in report.files:
        console.say(f"{path}: written")
    fixes = ", ".join(f"{check} {count}" for check, count in sorted(report.mended.items()))
    drafts = (
        f"{counted(report.filled, 'entry', 'entries')} drafted by {report.engine}, {report.characters} characters sent"
    )
    console.say(f"{drafts}; {report.remembered + report.suggested} from the memory, {report.known} answered before")
    if report.beside:
        console.say(f"{counted(report.beside, 'draft')} put beside a translation whose source has changed")
    if fixes:
        console.say(f"mended in drafts: {fixes}")
    if report.refused:
        console.say(f"{counted(len(report.refused), 'text')} left untranslated")
    _left(report, console)


def _left(report: DraftReport, console: Console) -> None:
    if report.plurals:
        console.say(f"{counted(report.plurals, 'entry', 'entries')} with plural forms left to people")
    if report.next and not report.stopped:
        console.say(f"the budget ends before {report.next}; {counted(report.waiting, 'text')} not sent")
