"""Addresses of pages that are gone lead on, in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knooppunt.errors import KnooppuntError
from knooppunt.site import build
from knooppunt.site.languages import site_locales
from knooppunt.site.redirects import redirect_problems, redirect_stubs
from scratch_site import write_scratch

if TYPE_CHECKING:
    from pathlib import Path

LOCALES = site_locales("en", [], ["en"])


def test_a_stub_leads_to_the_page_that_took_its_place() -> None:
    """Addresses are relative, so a site below a folder works; the canonical is the new page."""
    stubs = dict(redirect_stubs({"a/old.md": "new/index.md#part", "gone.md": "index.md"}, LOCALES, "https://x.org/"))
    assert list(stubs) == ["a/old/index.html", "gone/index.html"]
    assert 'url=../../new/#part"' in stubs["a/old/index.html"]
    assert '<link rel="canonical" href="https://x.org/new/">' in stubs["a/old/index.html"]
    assert 'url=../"' in stubs["gone/index.html"]
    flat = dict(redirect_stubs({"a/old.md": "new/index.md"}, LOCALES, None, directories=False))
    assert 'url=../new/index.html"' in flat["a/old.html"]


def test_a_target_elsewhere_is_escaped() -> None:
    """What mkdocs.yml says cannot break out of the attribute."""
    (html,) = dict(redirect_stubs({"a.md": 'https://x.org/"><script>'}, LOCALES, None)).values()
    assert "<script>" not in html


@pytest.mark.parametrize(
    ("redirects", "says"),
    [
        ({"old.md": "gone.md"}, "the target 'gone.md' is no page"),
        ({"index.md": "index.md"}, "'index.md' is a page"),
        ({"../x.md": "index.md"}, "'../x.md' is no path of a page"),
        ({"old.html": "index.md"}, "'old.html' is no path of a page"),
        ({"old.md": 3}, "the target '3' is no page"),
    ],
)
def test_a_redirect_that_leads_nowhere_is_an_error(redirects: dict[str, object], says: str) -> None:
    """Each wrong entry is named with its line in mkdocs.yml."""
    (problem,) = redirect_problems(redirects, {"index.md"}, f"a: b\n{next(iter(redirects))}: x\n")
    assert says in str(problem)
    assert problem.line == 2


def test_every_language_of_a_site_has_its_stubs(tmp_path: Path) -> None:
    """The stub of `/nl/` leads to the Dutch page; the other plugin is refused with the way out."""
    root = write_scratch(tmp_path)
    file = root / "mkdocs.yml"
    text = file.read_text(encoding="utf-8")
    old = "plugins: [search, knooppunt]"
    assert old in text
    new = "plugins:\n  - search\n  - knooppunt: {redirects: {was.md: guide/index.md}}"
    file.write_text(text.replace(old, new), encoding="utf-8")
    site = build(root).site_dir
    for prefix in ("", "nl/"):
        html = (site / f"{prefix}was/index.html").read_text(encoding="utf-8")
        assert 'url=../guide/"' in html
        assert (site / f"{prefix}guide/index.html").is_file()
    file.write_text(text.replace(old, new.replace("guide/index.md", "nowhere.md")), encoding="utf-8")
    with pytest.raises(KnooppuntError, match=r"nowhere\.md"):
        build(root)
