"""The page as readers will see it."""

from __future__ import annotations

from knooppunt.reviewing.preview import Reader


def test_the_preview_has_the_extensions_of_every_site() -> None:
    """The id of a heading is read and not shown, though no mkdocs.yml asks for it."""
    html, _ = Reader({}).html("# Knooppunt leegmaken {#empty-a-node}\n\n!!! note\n    Wacht.\n")
    assert "{#" not in html
    assert ">Knooppunt leegmaken</h1>" in html
    assert "!!!" not in html
