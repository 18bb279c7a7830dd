"""Processes, and what each cost: CPU seconds of it and of all it started, and its peak of memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from resource import struct_rusage

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
OURS = ROOT / ".venv" / "bin" / "python"
PEERS = ROOT / ".venv" / "peers" / "bin" / "python"
_STEP = 0.02
"""Seconds between two looks at a process that has a limit."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process took."""

    cpu: float
    """User and system seconds, its children's included."""
    peak: int
    """Most memory that it, or one of its children, held at once, in bytes; not below that of this program itself."""
    status: int | None
    """Exit status; None where it was stopped at its limit."""
    output: str
    """What it wrote to standard output."""
    errors: str


def measure(command: Sequence[str | Path], *, cwd: Path | None = None, limit: float | None = None) -> Cost:
    """Run a command to its end, or until it has taken `limit` seconds of CPU, or thrice that on the clock.

    The limit on CPU is the system's own, and holds for the process itself, not for what it starts.
    """
    environment = {
        **os.environ,
        "PYTHONPATH": f"{TESTS}{os.pathsep}{ROOT / 'tools'}",
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
    }
    parts = [str(part) for part in command]
    if limit is not None:
        parts = ["sh", "-c", f'ulimit -t {int(limit)} && exec "$@"', "sh", *parts]
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            parts,
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            start_new_session=True,
        )
        try:
            status, usage = _ended(process.pid, None if limit is None else time.monotonic() + 3 * limit)
        except BaseException:  # whoever stops this program stops what it started
            os.killpg(process.pid, signal.SIGKILL)
            raise
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        stopped = limit is not None and -process.returncode in {signal.SIGXCPU, signal.SIGKILL}
        return Cost(
            usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss * 1024,
            None if stopped else process.returncode,
            output.read().decode("utf-8", "replace"),
            errors.read().decode("utf-8", "replace"),
        )


def _ended(pid: int, end: float | None) -> tuple[int, struct_rusage]:
    """How a process ended, and what it took; it is killed where the clock passes `end`."""
    while True:
        found, status, usage = os.wait4(pid, 0 if end is None else os.WNOHANG)
        if found:
            return status, usage
        time.sleep(_STEP)
        if end is not None and time.monotonic() > end:
            os.killpg(pid, signal.SIGKILL)
            end = None


def succeeded(cost: Cost, what: str) -> Cost:
    """The cost of a process that did what it should. Ends the program where it did not."""
    if cost.status != 0:
        sys.exit(f"bench: {what} ended with {cost.status}: {cost.errors.strip()[-2000:]}")
    return cost


def driver(python: Path, name: str, *arguments: str | Path) -> list[str | Path]:
    """The command that runs one of the drivers."""
    return [python, "-m", f"benchmarks.drivers.{name}", *arguments]


def versions(packages: Sequence[str]) -> Mapping[str, str]:
    """Versions of packages in the peers' environment. Ends the program where there is none."""
    if not PEERS.is_file():
        sys.exit("bench: there is no .venv/peers; run '.ci/setup peers', or 'make bench'")
    code = "import sys, importlib.metadata as m; print('\\n'.join(m.version(n) for n in sys.argv[1:]))"
    found = succeeded(measure([PEERS, "-c", code, *packages]), "asking for versions").output.split()
    return dict(zip(packages, found, strict=True))


def program_version(program: str) -> str:
    """The version that a program of Debian tells on the first line of `--version`."""
    first = succeeded(measure([program, "--version"]), f"{program} --version").output.splitlines()[0]
    return first.split()[-1].rstrip(".)")
