"""Propose draft records from articles: what they say does not work, what they ask for, and where.

Read are Markdown files, and folders of them: every item and row of sections about limitations, prerequisites and
requirements, and elsewhere each sentence, item and row that says that something isn't supported, allowed, available or
compatible, or asks for a version. A draft has a kind, a title, the words of the article, and evidence: the source with
its commit where git has it, and the words by which 'knooppunt history' finds it. It is 'likely' or only 'possible'.

A draft is no record. --out FILE adds drafts to a file that must not be below the docs folder; each has the field
'draft', which no file of records may have. A further run proposes only what is new: what is in FILE stays as you have
edited it, what you mark 'status: rejected' stays away, and so does what the evidence of a record quotes already.

examples:
  knooppunt extract docs/                                             look at what there is
  knooppunt extract docs/ --out drafts.yml                            write drafts, and later add new ones
  knooppunt extract docs/ --out drafts.yml --check                    in CI: is there anything new?
  knooppunt extract ../aks/articles --source aks=../aks --product aks names of sources, first part of ids
  knooppunt extract a.md --format json                                for a program

Exit status: 0; with --check 1 where there is something new; 2 where an article or the file of drafts cannot be read.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from knooppunt.cli.common import counted, folder_by_name, root_of
from knooppunt.errors import UsageError
from knooppunt.extracting import extract, read_drafts, refuse_published, write_drafts
from knooppunt.extraction import LIKELY, draft_json, drafts_yaml
from knooppunt.knowledge.rules import WORD_PATTERN

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console
    from knooppunt.extracting import Extraction
    from knooppunt.project import Project


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", metavar="PATHS", nargs="+", help="Markdown files, or folders of them")
    command.add_argument("--out", metavar="FILE", type=Path, help="the file of drafts to add new ones to")
    command.add_argument("--check", action="store_true", help="write nothing; exit with 1 if there is something new")
    command.add_argument("--likely", action="store_true", help="leave out what is merely possible")
    command.add_argument("--product", metavar="WORD", default="draft", help="first part of the ids; default: draft")
    command.add_argument(
        "--source",
        metavar="NAME=DIR",
        action="append",
        default=[],
        help="what evidence calls a folder, as for 'history'; default: the name of its repository",
    )
    command.add_argument("--format", choices=("text", "yaml", "json"), default="text", help="default: text")


def run(options: argparse.Namespace, console: Console) -> int:
    if not re.fullmatch(WORD_PATTERN, options.product):
        raise UsageError(f"--product: '{options.product}' is not a word of a-z, 0-9 and hyphens")
    project = _project(options)
    before, there = "", None
    if options.out is not None:
        refuse_published(options.out, project)
        before, there = read_drafts(options.out)
    found = extract(
        options.paths,
        Path(),
        there=there,
        project=project,
        repositories=dict(folder_by_name(text) for text in options.source),
        product=options.product,
        likely=options.likely,
        progress=console.progress,
    )
    console.clear()
    written = not options.check and options.out is not None and write_drafts(options.out, before, found.drafts)
    if options.format == "json":
        console.write(_json(found))
    elif options.format == "yaml":
        console.write(drafts_yaml(found.drafts) if found.drafts else "")
    elif not written:
        _print(found, console)
    if options.format == "text":
        _summary(found, console, options.out if written else None)
    for problem in found.problems:
        console.error(str(problem), lead=False)
    if found.problems:
        return 2
    return int(options.check and bool(found.drafts))


def _project(options: argparse.Namespace) -> Project | None:
    """The project that is named or around; None where articles are read without one."""
    try:
        root = root_of(options)
    except UsageError:
        if options.project is not None:
            raise
        return None
    from knooppunt.project import Project  # noqa: PLC0415 # outside of a project nothing of it is needed

    return Project.load(root)


def _print(found: Extraction, console: Console) -> None:
    for draft in found.drafts:
        origin = draft.passage.origin
        console.print(f"{origin.path}:{origin.line}: {draft.kind.value} ({draft.confidence}): {draft.title}")


def _summary(found: Extraction, console: Console, written: Path | None) -> None:
    likely = sum(draft.confidence == LIKELY for draft in found.drafts)
    new = counted(len(found.drafts), "new draft")
    console.say(
        f"{new}{f' added to {written}' if written else ''}: {likely} likely, {len(found.drafts) - likely} possible; "
        f"{found.known} known, {found.stated} in records; "
        f"{counted(found.bullets, 'bullet')} in sections of {counted(found.pages, 'article')}"
    )


def _json(found: Extraction) -> str:
    value = {
        "version": 1,
        "pages": found.pages,
        "bullets": found.bullets,
        "known": found.known,
        "stated": found.stated,
        "drafts": [draft_json(draft) for draft in found.drafts],
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
