"""Make catalogs out of a site that has been translated already.

SOURCE and TRANSLATED are two folders of Markdown pages, or two pages. Each pair of pages is aligned by headings, lists,
tables, code, links and numbers, then by length and by words that go together; only what belongs together with
confidence is taken, and the rest is reported with its place. Machine-translated pages, as their front matter says,
become machine drafts that keep the original; other pages become translations. Nothing that a catalog has already is
overwritten. With --verify each page is made again from its catalog and compared with the translated page; exit status
1 means that they differ where no note says so.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.adopting import Options, adopt
from knooppunt.alignment import THRESHOLD, as_json
from knooppunt.cli.common import counted, project_of

if TYPE_CHECKING:
    import argparse

    from knooppunt.alignment import AdoptReport, Note
    from knooppunt.cli.console import Console

_LISTED = ("left", "all", "none")
_WIDTH = 100


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("source", metavar="SOURCE", type=Path, help="folder or page in the source's language")
    command.add_argument("translated", metavar="TRANSLATED", type=Path, help="folder or page with its translation")
    command.add_argument(
        "--locale", "-l", metavar="CODE", dest="language", required=True, help="the language of the translation"
    )
    command.add_argument("--out", metavar="DIR", type=Path, help="folder for catalogs; default: those of the project")
    made = command.add_mutually_exclusive_group()
    made.add_argument("--machine", metavar="ENGINE", help="this engine has made every page")
    made.add_argument("--human", action="store_true", help="people have made every page")
    command.add_argument(
        "--confidence", metavar="P", type=float, default=THRESHOLD, help=f"least to take; default: {THRESHOLD}"
    )
    command.add_argument("--force", action="store_true", help="replace translations that the catalogs have already")
    command.add_argument("--dry-run", action="store_true", help="report only, and write nothing")
    command.add_argument("--verify", action="store_true", help="compare pages made from the catalogs with TRANSLATED")
    command.add_argument("--notes", choices=_LISTED, default="left", help="what to list; default: texts not taken")
    command.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def run(options: argparse.Namespace, console: Console) -> int:
    report = adopt(
        options.source,
        options.translated,
        options.language,
        project=project_of(options) if options.out is None else None,
        out=options.out,
        options=Options(options.machine, options.human, options.confidence, options.force, options.verify),
        write=not options.dry_run,
        progress=console.progress,
    )
    console.clear()
    if options.format == "json":
        console.write(json.dumps(as_json(report), ensure_ascii=False, indent=2) + "\n")
    else:
        _notes(report, options.notes, console)
        _summary(report, console, dry=options.dry_run)
    return int(report.unexplained > 0)


def _notes(report: AdoptReport, wanted: str, console: Console) -> None:
    for page in report.pages:
        for note in page.notes:
            if wanted == "all" or (wanted == "left" and note.left):
                console.print(f"{_place(note)}: {console.style(note.reason.value, 'yellow')}: {_said(note)}")
        for item in page.verdict.unexplained if page.verdict else ():
            path = page.source if item.made else page.translated
            message = f"differs, and no note says so: {_short(item.text)}"
            console.print(f"{path}:{item.line}: {console.style('unexplained', 'red')}: {message}")
    if wanted != "none":
        for path in report.without_translation:
            console.print(f"{path}: no translated page")
        for path in report.without_source:
            console.print(f"{path}: no source page")


def _place(note: Note) -> str:
    first, second = note.source, note.target
    if first is None or second is None:
        return ":".join(str(first or second).split(":")[:-1])
    return f"{first.path}:{first.line}: {second.path}:{second.line}"


def _said(note: Note) -> str:
    texts = " | ".join(_short(text) for text in (note.source_text, note.target_text) if text)
    sure = "" if note.confidence is None or not note.left else f" ({int(note.confidence * 100)} % sure)"
    return f"{note.message}{sure}: {texts}" if texts else f"{note.message}{sure}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def _summary(report: AdoptReport, console: Console, *, dry: bool) -> None:
    pages = report.pages
    if not console.quiet:
        rows = [("page", "texts", "taken", "machine", "unsure", "left", *(("equal",) if pages[0].verdict else ()))]
        for page in pages:
            counts = (page.segments, page.taken, page.machine, page.unsure, page.left)
            same = (f"{page.verdict.equal}/{page.verdict.blocks}",) if page.verdict else ()
            rows.append((page.name, *(str(count) for count in counts), *same))
        console.table(rows, right=tuple(range(1, len(rows[0]))))
    taken, texts = sum(page.taken for page in pages), sum(page.segments for page in pages)
    share = f"{int(1000 * taken / texts) / 10} %" if texts else "none"
    console.say(f"{counted(len(pages), 'page')}: {taken} of {counted(texts, 'text')} taken ({share}).")
    if pages[0].verdict:
        verdicts = [page.verdict for page in pages if page.verdict]
        equal, blocks = sum(item.equal for item in verdicts), sum(item.blocks for item in verdicts)
        explained = sum(item.explained for item in verdicts)
        console.say(
            f"{equal} of {counted(blocks, 'block')} are made again as they were; {explained} differ as the notes say, "
            f"{report.unexplained} without a note."
        )
    changed = counted(sum(page.changed for page in pages), "catalog")
    console.say(f"{changed} would change." if dry else f"{changed} written.")
    if any(page.earlier for page in pages) and not dry:
        console.say("The source is not the project's own: run 'knooppunt update' to bring its texts to those of today.")
