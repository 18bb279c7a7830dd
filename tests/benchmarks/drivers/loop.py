"""What the drivers share: the loop over pages, and what came of it as one line of JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Step = Callable[[Path, Path, Path], object]
    """Gets the page, its catalog, and the page to write."""


def run(steps: Mapping[str, Step]) -> None:
    """Work through the pages that the command line names, and print how many were done and which were lost."""
    step, listed, sources, catalogs, out = sys.argv[1:6]
    names = Path(listed).read_text(encoding="utf-8").splitlines()
    lost = {}
    for name in names:
        source, catalog, target = Path(sources, name), Path(catalogs, f"{name}.po"), Path(out, name)
        (catalog if step == "extract" else target).parent.mkdir(parents=True, exist_ok=True)
        try:
            steps[step](source, catalog, target)
        except Exception as error:  # noqa: BLE001 # a peer may fail in any way on a page; the page is counted as lost
            lost[name] = f"{type(error).__name__}: {error}"
    print(json.dumps({"done": len(names) - len(lost), "lost": lost}))
