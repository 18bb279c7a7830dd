"""Planted defects in a built site: all are found, and nothing else is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from planted_links import DEFECTS, FILES, TRAPS, plant

from knooppunt.links.report_site import check_site
from knooppunt.links.sitefiles import read_site

if TYPE_CHECKING:
    from pathlib import Path

    from knooppunt.model import Finding

NOTES = {"redirected-link", "orphan-page"}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], list[Finding]]:
    folder: Path = tmp_path_factory.mktemp("planted")
    wanted = plant(folder)
    return wanted, check_site(read_site(folder, jobs=1), None)[0]


def test_there_are_enough() -> None:
    assert len(DEFECTS) + 9 >= 60
    assert len(TRAPS) >= 30


def test_every_defect_of_a_page_is_found(planted: tuple[dict[str, str], list[Finding]]) -> None:
    wanted, findings = planted
    missed = [
        (path, check)
        for path, check in wanted.items()
        if not any(item.check == check and (item.origin.path == path or path in item.message) for item in findings)
    ]
    assert missed == []


def test_every_defect_of_another_file_is_found(planted: tuple[dict[str, str], list[Finding]]) -> None:
    messages = [item.message for item in planted[1] if item.origin.path in FILES]
    assert [f"dm{n}" for n in range(1, 10) if not any(f"dm{n}" in message for message in messages)] == []


def test_nothing_is_invented(planted: tuple[dict[str, str], list[Finding]]) -> None:
    """Traps are silent, and a page with one defect has one kind of finding."""
    wanted, findings = planted
    extra = [
        f"{item.origin.path}: {item.check}: {item.message}"
        for item in findings
        if item.check not in NOTES
        and item.origin.path not in FILES
        and wanted.get(item.origin.path) != item.check
        and not (item.origin.path.startswith("loop-") and item.check == "redirect-loop")
    ]
    assert extra == []
    assert [item.message for item in findings if item.origin.path in FILES and "dm" not in item.message] == []


def test_places_are_those_of_the_address(planted: tuple[dict[str, str], list[Finding]]) -> None:
    """Line and column lead to the address itself."""
    found = {item.origin.path: item.origin for item in planted[1] if item.check == "broken-link"}
    assert found["mf1/index.html"].column > 1
    assert found["mf6/index.html"].column > 1
