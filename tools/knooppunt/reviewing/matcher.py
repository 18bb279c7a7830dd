"""Regular expressions of strangers over many texts, in a process of its own with a deadline.

Python's `re` backtracks: a short pattern can take years, and no thread can be stopped. So patterns are matched in
another process, which is ended when it takes too long or too much memory. Plain searches need none of this.
"""

from __future__ import annotations

import pickle
import selectors
import struct
import subprocess
import sys
import threading
from typing import TYPE_CHECKING, Any, Final

from knooppunt.reviewing.model import ReviewError

if TYPE_CHECKING:
    from collections.abc import Sequence

DEADLINE: Final = 2.0
"""Seconds that one search may take."""
LONGEST_PATTERN: Final = 1000
MOST_MEMORY: Final = 1 << 30
"""Bytes of address space of the process."""
MOST_GROWTH: Final = 200_000
"""Characters of one text after a replacement."""

_WORKER: Final = f"""
import pickle, re, struct, sys, warnings
warnings.simplefilter("ignore")
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({MOST_MEMORY}, {MOST_MEMORY}))
except (ImportError, ValueError, OSError):
    pass
kept = None
def answer(work):
    global kept
    kind, pattern, ignore, texts, new = work
    if texts is not None:
        kept = texts
    try:
        found = re.compile(pattern, re.IGNORECASE if ignore else 0)
        if kind == "search":
            return "ok", [n for n, group in enumerate(kept) if any(found.search(text) for text in group)]
        made = []
        for n, group in enumerate(kept):
            after = [found.sub(new, text) for text in group]
            if after != list(group):
                if max(map(len, after)) > {MOST_GROWTH}:
                    return "long", "a text would become too long"
                made.append((n, after))
        return "ok", made
    except re.error as error:
        return "bad", str(error)
    except (RecursionError, OverflowError, MemoryError, IndexError) as error:
        return "bad", "the expression is too large: " + type(error).__name__
source, target = sys.stdin.buffer, sys.stdout.buffer
while (head := source.read(8)):
    data = pickle.dumps(answer(pickle.loads(source.read(struct.unpack("<Q", head)[0]))))
    target.write(struct.pack("<Q", len(data)) + data)
    target.flush()
"""


class Matcher:
    """Matches patterns; one at a time. Close it when done."""

    def __init__(self, *, deadline: float = DEADLINE) -> None:
        self._deadline = deadline
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._version: object = None

    def search(
        self, pattern: str, texts: Sequence[Sequence[str]], *, ignore_case: bool = True, version: object = None
    ) -> list[int]:
        """Numbers of the groups of texts in one of which a pattern is found.

        `version` names the texts: the same ones need not be sent again. Raises ReviewError for a pattern that is none,
        and for one that takes too long.
        """
        found: list[int] = self._ask("search", pattern, texts, "", ignore_case, version)
        return found

    def replace(
        self, pattern: str, texts: Sequence[Sequence[str]], new: str, *, ignore_case: bool = False
    ) -> list[tuple[int, list[str]]]:
        """Number and new texts of each group that a replacement changes. Raises ReviewError as `search` does."""
        found: list[tuple[int, list[str]]] = self._ask("replace", pattern, texts, new, ignore_case, None)
        return found

    def _ask(
        self,
        kind: str,
        pattern: str,
        texts: Sequence[Sequence[str]],
        new: str,
        ignore: bool,  # private, called in two places
        version: object,
    ) -> Any:
        if len(pattern) > LONGEST_PATTERN or len(new) > LONGEST_PATTERN:
            raise ReviewError("pattern", f"the expression has more than {LONGEST_PATTERN} characters", "shorten it")
        with self._lock:
            known = version is not None and version == self._version and self._process is not None
            work = (kind, pattern, ignore, None if known else [list(group) for group in texts], new)
            try:
                status, value = self._exchange(pickle.dumps(work))
                self._version = version
            except TimeoutError:
                self._end()
                message = f"the expression took longer than {self._deadline:g} s"
                raise ReviewError("pattern", message, "make it simpler: no repetition inside a repetition") from None
            except (OSError, EOFError):
                self._end()
                raise ReviewError("pattern", "the expression needs too much memory", "make it simpler") from None
        if status != "ok":
            raise ReviewError("pattern", f"'{pattern[:60]}': {value}", "mend the expression, or search for plain text")
        return value

    def _exchange(self, data: bytes) -> tuple[str, Any]:
        process = self._process
        if process is None or process.poll() is not None:
            self._end()
            process = self._process = subprocess.Popen(  # noqa: S603 # our own text, no shell
                [sys.executable, "-I", "-S", "-c", _WORKER],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(struct.pack("<Q", len(data)) + data)
        process.stdin.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if not selector.select(self._deadline):
                raise TimeoutError
        head = process.stdout.read(8)
        if len(head) < 8:
            raise EOFError
        answer: tuple[str, Any] = pickle.loads(process.stdout.read(struct.unpack("<Q", head)[0]))  # noqa: S301 # ours
        return answer

    def _end(self) -> None:
        process, self._process, self._version = self._process, None, None
        if process is not None:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    stream.close()

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()
