"""The pages of records for everybody: axe-core in each locale, light and dark, on records that have all there is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knooppunt.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Site

pytestmark = pytest.mark.browser

PREFIX = "aks.virtual-nodes."
RECORDS = ("init-containers", "ports-per-ip", "host-aliases", "private-clusters")
"""With claims that contradict each other; amounts and a status that nobody knows; a rule, fields and dates; what was
withdrawn."""
LANGUAGES = ("", "nl/", "de/", "ja/")
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""All that differs between light and dark."""


def test_the_records_have_all_that_a_page_of_a_record_shows() -> None:
    there = Project.load(Path(__file__).parents[2]).knowledge.records
    records = [there[PREFIX + name] for name in RECORDS]
    for part in ("disputed", "amounts", "rule", "fields", "workaround", "references", "evidence", "effect"):
        assert any(getattr(record, part) for record in records), part
    statuses = {variant.status.value for record in records for variant in record.variants}
    assert {"active", "lifted", "withdrawn", "unknown"} <= statuses


@pytest.mark.parametrize("code", LANGUAGES)
def test_axe_finds_nothing_on_pages_of_records(real: Site, page: Page, axe: str, code: str) -> None:
    found = []
    for name in RECORDS[: 2 if code else None]:  # in the other locales the same elements, with other letters
        for scheme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type] # one of the two
            page.goto(f"{real.url}{code}records/{PREFIX}{name}/")
            assert page.locator("html").get_attribute("lang") == (code.strip("/") or "en")
            dark = page.locator("body").get_attribute("data-md-color-scheme") == "slate"
            assert dark == (scheme == "dark")
            page.evaluate(axe)
            result: Any = page.evaluate("runOnly => axe.run(document, {runOnly})", rules)
            found += [
                f"{page.url} {scheme} {item['id']}: {node['target']}"
                for item in result["violations"]
                for node in item["nodes"]
            ]
    assert not found, "\n".join(found)
