"""What gettext refuses in an entry is found, and line breaks at an end are mended as `msgfmt` wants them."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from knooppunt.catalogs import new_catalog, parse_po, render_entry
from knooppunt.checks import catalog_units, run_segments
from knooppunt.checks.examples import example_language
from knooppunt.model import Entry, Locale
from knooppunt.repair import apply


def msgfmt_accepts(text: str) -> bool:
    assert shutil.which("msgfmt")
    done = subprocess.run(
        ["msgfmt", "-c", "-o", "/dev/null", "-"], input=text.encode(), capture_output=True, check=False
    )
    return not done.returncode


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("a", "b\n", "b"),
        ("a\n", "b", "b\n"),
        ("a\n", "b\n\n", None),
        ("\na", "b", "\nb"),
        ("a", "\n\nb", "b"),
        ("\na\n", "b", "\nb\n"),
        ("a", "b", None),
        ("\na\n", "\nb\n", None),
        ("a\nb", "c\nd", None),
    ],
)
def test_line_breaks_at_an_end(source: str, target: str, mended: str | None) -> None:
    text = f"{new_catalog('nl')}\n{render_entry(Entry(source, target))}\n"
    units = list(catalog_units(parse_po(text, "a.po"), Locale("nl")))
    found = run_segments(units, example_language("nl"), ["refused-by-gettext"])
    assert bool(found) == (mended is not None) == (not msgfmt_accepts(text))
    if mended is not None:
        assert all(finding.safe for finding in found)
        result = apply(target, [edit for finding in found for edit in finding.edits])
        assert result == mended
        assert msgfmt_accepts(f"{new_catalog('nl')}\n{render_entry(Entry(source, result))}\n")


@pytest.mark.parametrize(("count", "wrong"), [(1, True), (2, False), (3, True)])
def test_plural_forms_of_a_catalog(count: int, wrong: bool) -> None:
    """Kept as they are, for no form may be lost, and reported."""
    forms = ("x", "y", "z")[:count]
    text = f"{new_catalog('nl')}\n{render_entry(Entry('a', 'x', None, 'as', forms))}\n"
    catalog = parse_po(text, "a.po")
    assert catalog.entries[0].plurals == forms
    found = run_segments(list(catalog_units(catalog, Locale("nl"))), example_language("nl"), ["refused-by-gettext"])
    assert bool(found) == wrong == (not msgfmt_accepts(text))
    if found:
        noun = "form" if count == 1 else "forms"
        assert found[0].message == f"the entry has {count} plural {noun}, and the header of its catalog says 2"
        assert not found[0].edits
