"""Decide on words and terms, and learn them from corrections.

What is decided holds for every text of the locale: 'knooppunt check' joins what was accepted, and leaves what was
rejected.

  knooppunt terms accept "knoop punten" --locale nl       one word: into words.txt
  knooppunt terms reject "open source" --locale nl        two words: into keep.txt
  knooppunt terms learn --locale nl                       what corrections in git teach, with the evidence
  knooppunt terms learn --locale nl --since v1.2 docs/nl  only newer ones, and those of pages as well
  knooppunt terms learn --locale nl --accept 1f3a9c20     take a proposal
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from knooppunt.cli.common import add_common, counted, project_of
from knooppunt.errors import UsageError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from knooppunt.cli.console import Console
    from knooppunt.deciding import DecisionReport
    from knooppunt.learning import Learned, Taken
    from knooppunt.repair.proposals import Correction, Proposal

VERSION = 1
"""Version of the JSON document; a field may be added in the same version."""
SHOWN = 3
"""Texts that are shown of the evidence for a proposal; all of them are in the JSON document."""


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
    learning = add("learn", "propose words, pairs and terms from corrections in the history of git and in the ledger")
    learning.add_argument(
        "paths", metavar="PATH", nargs="*", help="Markdown pages or folders in the project whose history is read too"
    )
    learning.add_argument("--since", metavar="REV", help="a commit, tag or branch; look at what came after it")
    learning.add_argument("--commits", metavar="N", type=int, default=2000, help="commits to look at; default: 2000")
    learning.add_argument("--format", choices=("text", "json"), default="text", help="default: text")
    learning.add_argument("--accept", metavar="ID", action="append", default=[], help="take this proposal; repeatable")
    learning.add_argument(
        "--accept-all-over",
        metavar="N",
        type=int,
        help="take all that more than N texts say, if nothing speaks against",
    )


def run(options: argparse.Namespace, console: Console) -> int:
    return {"accept": _accept, "reject": _reject, "learn": _learn}[options.action](options, console)


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


# Learning ------------------------------------------------------------------------------------------------------------


def _learn(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.learning import chosen, learn, take  # noqa: PLC0415 # as above

    if options.commits < 1:
        raise UsageError("--commits must be 1 or more")
    if options.accept_all_over is not None and options.accept_all_over < 0:
        raise UsageError("--accept-all-over must be 0 or more")
    project = project_of(options)
    learned = learn(
        project, options.code, since=options.since, paths=options.paths, most=options.commits, progress=console.progress
    )
    taken = None
    if options.accept or options.accept_all_over is not None:
        taken = take(project, learned.locale, chosen(learned, options.accept, options.accept_all_over))
    if options.format == "json":
        console.write(json.dumps(_document(learned, taken), ensure_ascii=False, indent=2) + "\n")
    elif taken is None:
        _list(learned, console)
    else:
        for item in taken.proposals:
            console.say(f"{item.id}  {_what(item)}")
        console.say(f"{counted(len(taken.proposals), 'proposal')} taken: {', '.join(taken.files) or 'nothing changed'}")
    return 0


def _list(learned: Learned, console: Console) -> None:
    for item in learned.proposals:
        head = f"{console.style(item.id, 'bold')}  {_what(item)}  ({counted(item.count, 'text')})"
        console.print(f"{head}  {console.style(f'but {item.against}', 'yellow')}" if item.against else head)
        for correction in item.corrections[:SHOWN]:
            shown = _shown(item, correction)
            console.print(f"    {console.style(_place(correction), 'dim')}")
            console.print(f"      - {shown[0]}")
            console.print(f"      + {shown[1]}")
        if item.count > SHOWN:
            console.print(f"    and {counted(item.count - SHOWN, 'text')} more")
    if not learned.history:
        console.say("There is no git history here: only drafts that were corrected and approved are looked at.")
    for place in learned.unread[:SHOWN]:
        console.say(f"{place} cannot be read, and is passed over.")
    texts, commits = counted(learned.corrections, "corrected text"), counted(learned.commits, "commit")
    console.say(f"{counted(len(learned.proposals), 'proposal')} from {texts} in {commits}.")
    if learned.proposals:
        console.say("Take some with --accept ID, or all that more than N texts say with --accept-all-over N.")


def _what(item: Proposal) -> str:
    if item.kind == "term":
        return f"term  {item.source}: '{item.after}', not '{item.before}'"
    return f"{item.kind}  '{item.before}' -> '{item.after}'"


def _place(correction: Correction) -> str:
    parts = [
        correction.file,
        correction.commit[:8],
        correction.date,
        f"approved by {correction.by}" if correction.by else "",
    ]
    return " ".join(part for part in parts if part)


def _shown(item: Proposal, correction: Correction) -> tuple[str, str]:
    from knooppunt.repair.proposals import snippet  # noqa: PLC0415 # as above

    return snippet(correction.before, item.before), snippet(correction.after, item.after)


def _document(learned: Learned, taken: Taken | None) -> dict[str, object]:
    done = {item.id for item in taken.proposals} if taken else set()
    return {
        "version": VERSION,
        "locale": learned.locale,
        "history": learned.history,
        "commits": learned.commits,
        "corrections": learned.corrections,
        "unread": list(learned.unread),
        "proposals": [_proposal(item, taken=item.id in done) for item in learned.proposals],
        "changed": list(taken.files) if taken else [],
    }


def _proposal(item: Proposal, *, taken: bool) -> dict[str, object]:
    return {
        "id": item.id,
        "kind": item.kind,
        "before": item.before,
        "after": item.after,
        "source": item.source or None,
        "plural": item.plural or None,
        "count": item.count,
        "against": item.against or None,
        "taken": taken,
        "evidence": [_evidence(item, correction) for correction in item.corrections],
    }


def _evidence(item: Proposal, correction: Correction) -> dict[str, object]:
    before, after = _shown(item, correction)
    return {
        "file": correction.file,
        "commit": correction.commit or None,
        "date": correction.date,
        "before": before,
        "after": after,
        "source": correction.source,
        "approved_by": correction.by or None,
    }
