"""Runs every step and prints what each has proved; fails at the end if one of them failed.

Names of steps as arguments run these only: `python -m interop omegat`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from interop.catalogs_step import gettext, libraries, merged, pages
from interop.exchange_step import schemas, through_po2xliff, toolkit
from interop.omegat_step import omegat
from interop.tools import DisprovedError, peer, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STEPS: dict[str, Callable[[Path], Iterator[str]]] = {
    step.__name__: step for step in (gettext, merged, libraries, pages, schemas, toolkit, through_po2xliff, omegat)
}


def main(names: list[str]) -> int:
    """Exit status: 1 where something was disproved."""
    versions = peer("versions")
    shown = ", ".join(f"{name} {version}" for name, version in versions.items())
    print(f"{run('msgfmt', '--version').splitlines()[0]}, {shown}")
    failed = []
    for name in names or STEPS:
        started = time.monotonic()
        print(f"{name}: {(STEPS[name].__doc__ or '').strip().splitlines()[0]}", flush=True)
        with tempfile.TemporaryDirectory(prefix="interop-") as scratch:
            try:
                for line in STEPS[name](Path(scratch)):
                    print(f"  {line}", flush=True)
            except DisprovedError as failure:
                print(f"  FAILED: {failure}", flush=True)
                failed.append(name)
        print(f"  ({time.monotonic() - started:.0f} s)", flush=True)
    print(f"FAILED: {', '.join(failed)}" if failed else "all of it holds")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
