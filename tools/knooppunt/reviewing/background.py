"""Checking all segments bit by bit while nobody waits, so that the queue can be filtered by check and by author."""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Final

from knooppunt.errors import KnooppuntError
from knooppunt.reviewing.view import findings_of

if TYPE_CHECKING:
    from knooppunt.reviewing.desk import Desk, Row
    from knooppunt.reviewing.session import Session

BATCH: Final = 20
"""Segments that are checked while the session is held; each takes some tenths of a millisecond."""
COUNTED: Final = 200
"""Texts that are counted at once."""
PAUSE: Final = 0.005
"""Seconds between two batches, so that what a person waits for comes first."""
IDLE: Final = 1.0
"""Seconds until it is looked again whether there is something to do."""

_log = logging.getLogger(__name__)


class Background:
    """A thread that counts and checks the texts of all locales that somebody looks at."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._thread: threading.Thread | None = None
        self._first: tuple[str, str] = ("", "")
        self._seen: tuple[object, ...] = ()
        self._count: list[Row] = []
        self._check: list[Row] = []
        self._blamed: dict[tuple[str, str], tuple[int, int]] = {}

    def start(self) -> None:
        """Begin."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="review-background", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End, after the batch at hand."""
        self._stop.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def hurry(self, code: str, article: str) -> None:
        """Somebody looks at this article: it is checked first."""
        self._first = (code, article)
        self._wake.set()

    def _run(self) -> None:
        told = ""
        while not self._stop.is_set():
            try:
                busy = self.step()
            except KnooppuntError as error:  # a broken file is told of where somebody needs it
                _log.info("%s", error)
                busy = False
            except Exception as error:  # noqa: BLE001 # one bad text or a full disk must not end the work on all others
                if repr(error) != told:
                    told = repr(error)
                    _log.warning("checking in the background failed, and is tried again: %s", told)
                busy = False
            self._wake.clear()
            if busy:
                time.sleep(PAUSE)
            else:
                self._wake.wait(IDLE)

    def step(self) -> bool:
        """One batch; False where there is nothing to do."""
        session = self._session
        code, article = self._first
        if not code:
            return False
        with session.lock:
            desk = session.desk(code)
            if self._seen != (code, desk.version, desk.findings.language):
                self._seen = (code, desk.version, desk.findings.language)
                self._count = list(desk.findings.uncounted(desk.rows()))
                rows = list(desk.rows(article)) if article else []
                self._check = list(desk.findings.unknown([*rows, *desk.rows()]))
                self._check.reverse()
            if self._count:
                desk.findings.count(self._count[-COUNTED:])
                del self._count[-COUNTED:]
                return True
            for row in self._check[-BATCH:]:
                if desk.findings.known(row) is None and desk.find(row.ref) is row:
                    desk.findings.keep(row, [item for _, item in findings_of(desk, row, row.entry)])
            if self._check:
                del self._check[-BATCH:]
                return True
        return self._blame(desk)

    def _blame(self, desk: Desk) -> bool:
        """Ask git who wrote the texts of one catalog; not again before the file or HEAD is another."""
        session, authors = self._session, self._session.authors
        with session.lock:
            authors.look()
            for name, catalog in desk.shelf.catalogs.items():
                seen = (catalog.reads, authors.version)
                if self._blamed.get((desk.code, name)) == seen or catalog.problem is not None:
                    continue
                self._blamed[desk.code, name] = seen
                rows = [row for row in desk.rows(name) if not desk.trace(row).source]
                version = authors.version
                break
            else:
                return False
        if rows:
            found = authors.ask(catalog, rows)
            with session.lock:
                if authors.version == version:
                    authors.keep(desk, found)
        return True
