"""A review of a project: what the page asks and what it sends, without HTTP."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import replace
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Final

from knooppunt.catalogs import entry_hash, machine_text
from knooppunt.checks import explain, load
from knooppunt.config import load_locales, load_settings
from knooppunt.errors import UsageError
from knooppunt.files import alone, sweep
from knooppunt.loading import check_pages
from knooppunt.model import State
from knooppunt.reviewing.authors import Authors
from knooppunt.reviewing.background import Background
from knooppunt.reviewing.bulk import Bulk
from knooppunt.reviewing.desk import Desk
from knooppunt.reviewing.lookups import Lookups
from knooppunt.reviewing.matcher import Matcher
from knooppunt.reviewing.model import APPROVE, SUBMISSIONS, Ref, ReviewError, Submission
from knooppunt.reviewing.policy import may_approve
from knooppunt.reviewing.provenance import git_history, identity, mapped
from knooppunt.reviewing.queue import Filter, queue
from knooppunt.reviewing.saving import Change, Writer, comment_lines, problems_of, submitted
from knooppunt.reviewing.scheme import SCHEME, problem_of
from knooppunt.reviewing.shelf import ReviewProject, article_title
from knooppunt.reviewing.undo import UndoLog
from knooppunt.reviewing.view import Viewer, counted, diff, finding_json, ref_json, with_targets
from knooppunt.sources import source_paths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from knooppunt.reviewing.desk import Row

__all__ = ("Session", "open_session")

PATIENCE: Final = 1.0
"""Seconds for which the files of a locale need not be looked at again for the queue."""
ATTEMPTS: Final = 5
"""Times that a save is tried while another program writes the same catalog."""


def open_session(root: Path, codes: Sequence[str] = ()) -> Session:
    """A session over the project at `root`, for all its locales or those given. Raises DataError or UsageError."""
    settings = load_settings(root)
    if not settings.docs_path.is_dir():
        raise UsageError(f"there is no folder '{settings.docs}' in {root}; set 'docs' to where your pages are")
    project = ReviewProject(settings, load_locales(settings), check_pages(settings))
    for code in codes:
        project.locale(code)
    chosen = [locale.code for locale in project.locales if not codes or locale.code in codes]
    if not chosen:
        raise UsageError("the project has no locale to review; add one with 'locale add'")
    return Session(project, chosen)


class Session:
    """One review; may be used by several threads."""

    def __init__(self, project: ReviewProject, codes: Sequence[str]) -> None:
        self.project = project
        self.codes = tuple(codes)
        self.me = identity(project.settings.root)
        self.lock = threading.RLock()
        self.matcher = Matcher()
        self.undos = UndoLog()
        self.bulk = Bulk(self)
        self._desks: dict[str, Desk] = {}
        self.authors = Authors(project.settings.root, self._desks)
        self._lookups: dict[str, Lookups] = {}
        self._looked: dict[str, float] = {}
        self._titles: dict[str, str] = {}
        self._sources = self._source_stamp()
        self.background = Background(self)
        sweep(project.settings.locales_path)

    def start(self) -> None:
        """Begin to check all segments in the background."""
        self.background.start()

    def close(self) -> None:
        """Stop what goes on in the background; what was saved is on disk already."""
        self.background.stop()
        self.matcher.close()
        for lookups in self._lookups.values():
            lookups.close()

    # Finding things --------------------------------------------------------------------------------------------------

    def desk(self, code: str, *, fresh: bool = False) -> Desk:
        """One locale, with its files as they are on disk; `fresh` looks at them in any case."""
        if code not in self.codes:
            raise ReviewError("unknown", f"there is no locale '{code[:40]}' here", f"one of {', '.join(self.codes)}")
        desk = self._desks.get(code)
        if desk is None:
            desk = self._desks[code] = Desk(self.project, code)
            self.project.shelves = {**self.project.shelves, code: desk.shelf}
            self._lookups[code] = Lookups(self.project, code)
            fresh = True
        if fresh or time.monotonic() - self._looked.get(code, 0.0) > PATIENCE:
            desk.refresh()
            self._looked[code] = time.monotonic()
        return desk

    def lookups(self, code: str) -> Lookups:
        """The memory of a locale."""
        catalogs = self.desk(code).shelf.catalogs.values()
        self._lookups[code].follow(sum(catalog.reads for catalog in catalogs))
        return self._lookups[code]

    def viewer(self, code: str) -> Viewer:
        """Makes what the page shows of a locale's segments."""
        return Viewer(self.desk(code), self.lookups(code), self.me)

    def row(self, ref: Ref) -> Row:
        """A segment as it is on disk. Raises ReviewError where it is gone or its catalog broken."""
        desk = self.desk(ref.locale)
        desk.touch(ref.catalog)
        return desk.row(ref)

    def title(self, name: str) -> str:
        """The title of an article."""
        if name not in self._titles:
            self._titles[name] = article_title(self.project, name)
        return self._titles[name]

    # Asking ----------------------------------------------------------------------------------------------------------

    def overview(self) -> dict[str, Any]:
        """What the page needs to begin with."""
        with self.lock:
            desks = [self.desk(code) for code in self.codes]
            names = dict.fromkeys(name for desk in desks for name in desk.shelf.catalogs)
            settings = self.project.settings
            return {
                "project": str(self.project.mkdocs.get("site_name") or settings.root.name),
                "source_locale": settings.source_locale,
                "locales": [self._locale(desk) for desk in desks],
                "articles": [{"catalog": name, "title": self.title(name)} for name in names],
                "me": {"name": self.me.name, "mail": self.me.mail},
                "keys": {
                    action: keys[0] if len(keys) == 1 else list(keys) for action, keys in settings.review_keys.items()
                },
                "mqm": SCHEME,
                "checks": self._checks(),
                "engines": sorted({engine for desk in desks for engine in desk.engines}),
                "warnings": [warning for desk in desks for warning in desk.warnings],
            }

    def _locale(self, desk: Desk) -> dict[str, Any]:
        config, counts = desk.config, desk.counts
        return {
            "code": config.code,
            "name": config.name,
            "direction": config.direction,
            "policy": {"publish": config.publish, "register": config.register, "two_people": config.two_people},
            "counts": {state.value: counts[state] for state in State},
        }

    def _checks(self) -> list[dict[str, str]]:
        return [
            {"id": name, "title": name.replace("-", " ")} for name, check in load().items() if check.scope != "page"
        ]

    def queue(self, code: str, wanted: Filter, *, offset: int = 0, limit: int = 100) -> dict[str, Any]:
        """A part of the queue."""
        with self.lock:
            desk = self.desk(code)
            self.background.hurry(code, wanted.article)
            return queue(desk, wanted, self.matcher, self.title, offset=offset, limit=limit)

    def segment(self, ref: Ref) -> dict[str, Any]:
        """One segment with everything but its history in git."""
        with self.lock:
            row = self.row(ref)
            self.know_author(row)
            return self.viewer(ref.locale).segment(row)

    def history(self, ref: Ref) -> list[dict[str, Any]]:
        """What ledger and git know of a segment, the latest first."""
        with self.lock:
            row = self.row(ref)
            desk = self.desk(ref.locale)
            catalog = desk.shelf.catalogs[ref.catalog]
            found = self.viewer(ref.locale).segment(row)["history"]
        for trace, subject, texts, state in git_history(self.project.settings.root, catalog, row):
            item = {"at": trace.at, "by": trace.by, "action": state, "note": subject, "mqm": []}
            found.append({**item, "text": "\n".join(texts), "commit": trace.commit, "from": "git"})
        return sorted(found, key=lambda item: item["at"], reverse=True)

    def check(self, ref: Ref, targets: Sequence[str]) -> dict[str, Any]:
        """What there is to say of a text as it is being typed."""
        with self.lock:
            desk = self.desk(ref.locale)
            row = desk.find(ref) or self.row(ref)
            entry = with_targets(row.entry, targets or ("",))
            viewer = self.viewer(ref.locale)
            found = viewer.findings(row, entry)
            machine = machine_text(row.entry)
            catalog = desk.shelf.catalogs[ref.catalog]
            return {
                "findings": [finding_json(targets[form], form, item) for form, item in found],
                "counts": counted(item for _, item in found),
                "problems": [{"message": text} for text in problems_of(row.entry, targets, catalog.header)],
                "machine_diff": None if machine is None else diff(machine[1], targets[0]),
                "chips": viewer.chips(entry, targets),
            }

    def concordance(self, code: str, query: str) -> dict[str, Any]:
        """Where words were used before."""
        with self.lock:
            found, in_target = self.lookups(code).search(query)
            hits = []
            for hit in found.hits:
                unit = hit.units[0]
                desk = self.desk(code)
                place = next(
                    (row.ref.id for row in desk.rows(unit.origin) if row.entry.key == (unit.context, unit.source)), None
                )
                hits.append(
                    {
                        "source": hit.source,
                        "target": hit.target,
                        "catalog": unit.origin,
                        "id": place,
                        "in": "target" if in_target else "source",
                        "at": [list(pair) for pair in hit.ranges],
                    }
                )
            return {"hits": hits, "total": found.total}

    def explanation(self, name: str) -> str:
        """Markdown about a check."""
        check = load().get(name)
        if check is None:
            raise ReviewError("unknown", f"there is no check '{name[:40]}'")
        return explain(check)

    def refresh_sources(self) -> None:
        """Read the sources anew where a file of them has changed."""
        stamp = self._source_stamp()
        if stamp != self._sources:
            self._sources = stamp
            self.project.forget_sources()
            self._titles = {}
            for desk in self._desks.values():
                desk.forget_sources()

    def _source_stamp(self) -> tuple[tuple[str, int, int], ...]:
        folder = self.project.settings.docs_path
        found = []
        for path in source_paths(self.project.settings):
            with suppress(OSError):
                facts = (folder / path).stat()
                found.append((path, facts.st_mtime_ns, facts.st_size))
        return tuple(found)

    # Deciding --------------------------------------------------------------------------------------------------------

    def save(self, sent: Submission) -> dict[str, Any]:
        """Save a text and what is decided about it. Raises ReviewError with the reason where that cannot be."""
        if sent.action not in SUBMISSIONS:
            raise ReviewError("invalid", f"there is no action '{sent.action[:40]}'", f"one of {', '.join(SUBMISSIONS)}")
        for error in sent.mqm:
            reason = problem_of(error)
            if reason is not None:
                raise ReviewError("invalid", reason)
        with self.lock, alone(self.project.settings.root):
            desk = self.desk(sent.ref.locale)
            writer = Writer(desk, self.me)
            for attempt in range(ATTEMPTS):
                catalog = desk.touch(sent.ref.catalog)
                row = desk.row(sent.ref)
                if not writer.matches(row, sent.etag):
                    self._conflict(row, sent.targets)
                change = submitted(catalog, row, sent)
                if change is None:
                    return self._saved(sent.ref, None)
                if sent.action == APPROVE:
                    self._leave(row, change)
                try:
                    undo = self.write(desk, [change])
                    break
                except ReviewError as error:
                    if error.code != "changed" or attempt == ATTEMPTS - 1:
                        raise
                    catalog.refresh(sure=True)
                    desk.shelf.ledger.refresh(sure=True)
            return self._saved(sent.ref, undo)

    def _leave(self, row: Row, change: Change) -> None:
        """Raises ReviewError where the policy forbids this approval."""
        desk = self.desk(row.ref.locale)
        self.know_author(row)
        edited = change.says("edit")
        leave = may_approve(desk.config, row.state, self.me, desk.trace(row), edited=edited)
        if not leave.allowed:
            code = "two-people" if desk.config.two_people else "invalid"
            raise ReviewError(code, leave.why, "save it without approving")

    def _conflict(self, row: Row, targets: Sequence[str]) -> None:
        message = "the segment has been changed since you opened it"
        facts = {"theirs": self.viewer(row.ref.locale).segment(row), "yours": {"targets": list(targets)}}
        raise ReviewError("conflict", message, "compare the two texts; nothing was written", facts=facts)

    def _saved(self, ref: Ref, undo: str | None) -> dict[str, Any]:
        desk = self.desk(ref.locale)
        row = desk.row(ref)
        after = desk.neighbours(row)[1]
        segment = self.viewer(ref.locale).segment(row)
        return {"segment": segment, "undo": undo, "next": None if after is None else ref_json(after)}

    def writer(self, desk: Desk) -> Writer:
        """Writes for who works here. Raises ReviewError where git does not know who that is: a ledger wants a name."""
        if not self.me.name:
            self.me = identity(self.project.settings.root)  # it may have been told since
        if not self.me.name:
            hint = "say it with git config user.name 'Your Name' and git config user.email you@example.org; then save"
            raise ReviewError("invalid", "git does not know who you are, so nothing was written", hint)
        return Writer(desk, self.me)

    def write(self, desk: Desk, changes: Sequence[Change]) -> str:
        """Write changes, and note them for undo and for the memory; the name under which they are taken back."""
        ledger = desk.shelf.ledger
        approvers = {}
        for change in changes:
            value = entry_hash(change.entry)
            verdict = ledger.verdict(value)
            if verdict is not None and verdict.approves:
                approvers[value] = verdict.by
        self.writer(desk).write(changes)
        name = token_hex(8)
        self.undos.add(name, desk, changes, approvers)
        self._remember(desk, changes)
        return name

    def _remember(self, desk: Desk, changes: Sequence[Change]) -> None:
        """What memory and concordance offer is what stands on disk now."""
        lookups = self._lookups[desk.code]
        for change in changes:
            row = desk.find(change.row.ref)
            if row is not None:
                around = [desk.row(ref).entry.msgid if ref is not None else "" for ref in desk.neighbours(row)]
                lookups.saved(row, *around)

    def know_author(self, row: Row) -> None:
        """Ask git who wrote a text, where the policy of the locale wants to know it."""
        desk = self.desk(row.ref.locale)
        if desk.config.two_people:
            if self.authors.look():
                self.me = mapped(self.project.settings.root, self.me)
            self.authors.know(desk, row)

    def comment(self, ref: Ref, etag: str, text: str) -> dict[str, Any]:
        """Add a translator comment to an entry."""
        lines = comment_lines(text)
        with self.lock, alone(self.project.settings.root):
            desk = self.desk(ref.locale)
            desk.touch(ref.catalog)
            row = desk.row(ref)
            if not Writer(desk, self.me).matches(row, etag):
                self._conflict(row, [])
            entry = replace(row.entry, comments=(*row.entry.comments, *lines))
            return self._saved(ref, self.write(desk, [Change(row, entry)]))

    def undo(self, name: str) -> dict[str, Any]:
        """Take back what was saved under a name, all of it or nothing."""
        with self.lock, alone(self.project.settings.root):
            desk, changes = self.undos.changes(name, self)
            self.writer(desk).write(changes)
            self.undos.forget(name)
            self._remember(desk, changes)
            viewer = self.viewer(desk.code)
            refs = [change.row.ref for change in changes]
            return {"segments": [viewer.segment(desk.row(ref)) for ref in refs[:50]], "total": len(refs)}
