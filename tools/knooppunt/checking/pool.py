"""Work on many files, by one process or several, with the results in the order of the files."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any, Final, TypeVar

from knooppunt.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

CHUNK: Final = 8
"""Files that a process is given at a time; the same for any number of processes, so that results are the same."""
ENOUGH: Final = 100
"""Files for each process, from which on it is worth its start."""

_R = TypeVar("_R")
_state: list[Any] = []
"""What a process works with: the function, and what it is called with behind the numbers of files."""


def cores() -> int:
    """Processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_for(files: int, asked: int | None) -> int:
    """How many processes work on so many files: as many as asked for, else what is worth their start.

    A process of its own costs about a quarter of a second and 80 MB before it has read a file, so small sets are
    checked by one, and of large ones each core takes its share.
    """
    if asked is not None:
        if asked < 1:
            raise UsageError(f"--jobs {asked} is no number of processes; give 1 or more")
        return min(asked, max(1, -(-files // CHUNK)))
    return max(1, min(cores(), files // ENOUGH))


def each(function: Callable[..., _R], files: int, arguments: Sequence[Any], jobs: int) -> Iterator[tuple[range, _R]]:
    """Results of `function(numbers, *arguments)` for runs of file numbers, in their order.

    At most a few runs for each process wait for their turn, so memory does not grow with the number of files.
    """
    runs = (range(start, min(start + CHUNK, files)) for start in range(0, files, CHUNK))
    if jobs == 1:
        for numbers in runs:
            yield numbers, function(numbers, *arguments)
        return
    # A fork starts with all that was read and made so far, without a copy; elsewhere it is handed over.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(jobs, context, _begin, (function, arguments)) as pool:
        waiting: deque[tuple[range, Future[_R]]] = deque()
        try:
            for numbers in runs:
                waiting.append((numbers, pool.submit(_work, numbers)))
                if len(waiting) >= 4 * jobs:
                    yield _first(waiting)
            while waiting:
                yield _first(waiting)
        except BrokenProcessPool:
            raise UsageError("a process was ended by the system, perhaps for want of memory; try --jobs 1") from None
        finally:
            pool.shutdown(cancel_futures=True)


def _first(waiting: deque[tuple[range, Future[_R]]]) -> tuple[range, _R]:
    numbers, future = waiting.popleft()
    return numbers, future.result()


def _begin(function: Callable[..., Any], arguments: Sequence[Any]) -> None:
    _state[:] = [function, arguments]


def _work(numbers: range) -> Any:
    function, arguments = _state
    return function(numbers, *arguments)
