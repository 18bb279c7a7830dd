"""Versions that became decimals, and units in words."""

from __future__ import annotations

import pytest

from knooppunt.repair import mask, rules_for
from knooppunt.repair.numbers import recast, units


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("PowerShell 6.0", "PowerShell 6,0", ["6,0"]),
        ("TLS 1.1 and 1.2", "TLS 1,1 en 1,2", ["1,1", "1,2"]),
        ("PowerShell 2.0, 3.0, or 4.0", "PowerShell 2,0, 3,0 of 4,0", ["2,0", "3,0", "4,0"]),
        ("the version is 1.0.", "de versie is 1,0.", ["1,0"]),
        ("in 2.15 version", "in versie 2,15", ["2,15"]),
        ("4.5.x or greater", "4,5.x of hoger", ["4,5"]),
        ("At 4.5 GB", "Bij 4,5 GB", []),
        ("The price is 48.00 and 0.13", "De prijs is 48,00 en 0,13", []),
        ("Windows 8.5 GB", "Windows 8,5 GB", []),
        ("TLS 1.2", "TLS 1.2", []),
        ("TLS 1.2", "TLS 1,3", []),
        ("`TLS 1.2`", "`TLS 1,2`", []),
        ("Use 1,000 of v1.4.8", "Gebruik 1.000 van v1.4.8", []),
        ("DB2 9.5 and 9.5", "DB2 9,5 en 9,5", ["9,5", "9,5"]),
    ],
)
def test_versions(source: str, target: str, found: list[str]) -> None:
    pairs = recast(mask(source), mask(target), rules_for("nl"))
    assert [written.text for _, written in pairs] == found
    assert all(number.text.replace(".", ",") == written.text for number, written in pairs)


def test_units_in_words() -> None:
    assert units(mask("5 percent, 20 megabytes, 3 Gigabyte, 7 Prozent")) == {"%": 2, "MB": 1, "GB": 1}
