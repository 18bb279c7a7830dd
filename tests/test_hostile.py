"""Every hostile input that growth is measured with ends, at a length at which a quadratic reader would seem to hang.

`make fuzz` measures how the cost grows; here nothing is timed.
"""

from __future__ import annotations

import pytest

from fuzz.growth import HOSTILE, RUNS

LENGTH = {"catalog": 200_000, "ledger": 100_000, "csv": 100_000, "tmx": 100_000}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends(name: str) -> None:
    for make in HOSTILE[name].values():
        RUNS[name](make(LENGTH.get(name, 8000)))
