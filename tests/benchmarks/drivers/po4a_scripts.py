"""po4a the old way: one `po4a-updatepo` and one `po4a-translate` a page."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from benchmarks.drivers.loop import run

if TYPE_CHECKING:
    from pathlib import Path

COMMON: tuple[str, ...] = ("-f", "text", "-o", "markdown", "-o", "neverwrap", "-o", "yfm_lenient", "-M", "UTF-8")


def extract(source: Path, catalog: Path, _: Path) -> None:
    subprocess.run(["po4a-updatepo", *COMMON, "-m", source, "-p", catalog], check=True, capture_output=True)


def generate(source: Path, catalog: Path, target: Path) -> None:
    places: list[str | Path] = ["-m", source, "-p", catalog, "-l", target]
    subprocess.run(["po4a-translate", *COMMON, "-k", "0", *places], check=True, capture_output=True)


run({"extract": extract, "generate": generate})
