"""Where the public corpora are, for the tests that read them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(os.environ.get("KNOOPPUNT_CORPORA") or Path(__file__).parents[2] / "shared" / "corpora")


def corpus_files(folder: str, pattern: str) -> list[Path]:
    """Files of one corpus, sorted; the test is skipped where the corpora are not on this machine."""
    files = sorted((ROOT / folder).rglob(pattern))
    if not files:
        pytest.skip(f"the corpora are not part of the repository, and {ROOT / folder} is not there")
    return files
