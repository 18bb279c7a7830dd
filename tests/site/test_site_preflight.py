from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knooppunt.errors import DataError, UsageError
from knooppunt.site import BuildFailedError, build
from knooppunt.site.preflight import preflight
from scratch_site import MKDOCS, write_scratch

if TYPE_CHECKING:
    from pathlib import Path


def problems(pages: list[str], nav: object = None, config: str = "") -> list[str]:
    found = preflight(
        pages=pages,
        nav=nav,  # type: ignore[arg-type] # None or a list
        source="en",
        locales=["nl", "pt-BR"],
        config_text=config,
    )
    return [str(problem) for problem in found]


@pytest.mark.parametrize(
    ("one", "other"), [("x.md", "x/index.md"), ("x/README.md", "x/index.md"), ("README.md", "index.md")]
)
def test_two_pages_with_one_address_are_refused(one: str, other: str) -> None:
    (text,) = problems([one, other])
    assert "has the same address as" in text
    assert one in text
    assert other in text


def test_names_that_differ_only_in_case_are_refused() -> None:
    (text,) = problems(["Guide.md", "guide.md"])
    assert "differs from docs/Guide.md only in case" in text


@pytest.mark.parametrize("page", ["nl/x.md", "nl.md", "pt-BR/index.md", "NL/x.md"])
def test_pages_at_the_address_of_a_language_are_refused(page: str) -> None:
    (text,) = problems([page])
    assert "is a locale of this project" in text


@pytest.mark.parametrize("page", ["ci/index.md", "go/x.md", "setup.py.md", "config.js.md", "x/nl/y.md", "de/x.md"])
def test_short_names_and_double_endings_are_fine(page: str) -> None:
    assert problems([page], [page]) == []


def test_nav_entries_are_checked_with_their_line() -> None:
    config = "nav:\n  - indx.md\n  - ../secret.md\n"
    assert problems(["index.md"], ["indx.md", "../secret.md"], config) == [
        "mkdocs.yml:3: nav: '../secret.md' leads out of the docs folder; name a page inside it",
        "mkdocs.yml:2: nav: there is no page 'indx.md'; did you mean 'index.md'?",
    ]


def test_a_section_with_the_name_of_a_language_or_without_pages_is_refused() -> None:
    first, second = problems(["index.md"], [{"Nl": ["index.md"]}, {"Empty": []}])
    assert "section 'Nl' has the name of a language" in first
    assert "section 'Empty' has no pages" in second


def test_a_build_shows_everything_that_is_wrong_at_once(tmp_path: Path) -> None:
    mkdocs = MKDOCS.replace("index.md\n  - Guide", "indx.md\n  - Guide").replace("english.md", "../../etc/passwd")
    root = write_scratch(tmp_path, {"nl/x.md": "# X\n"}, mkdocs)
    with pytest.raises(DataError) as caught:
        build(root, site_dir=tmp_path / "out")
    text = str(caught.value)
    assert "docs/nl/x.md: 'nl' is a locale" in text
    assert "'indx.md'; did you mean 'index.md'?" in text
    assert "'../../etc/passwd' leads out of the docs folder" in text
    assert not (tmp_path / "out").exists()


def test_a_link_to_a_file_outside_the_project_is_refused(tmp_path: Path) -> None:
    root = write_scratch(tmp_path / "project")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", "utf-8")
    (root / "docs" / "innocent.txt").symlink_to(secret)
    with pytest.raises(DataError, match=r"docs/innocent\.txt: is a link that leads out of the project"):
        build(root)


def test_a_broken_link_fails_a_strict_build_with_what_mkdocs_says(tmp_path: Path) -> None:
    root = write_scratch(tmp_path, {"english.md": "# English\n\n[gone](gone.md)\n"})
    with pytest.raises(BuildFailedError, match=r"gone\.md"):
        build(root)
    assert any("gone.md" in text for text in build(root, strict=False).warnings)


def test_a_project_without_mkdocs_yml_or_without_the_plugin_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"there is no mkdocs\.yml"):
        build(tmp_path)
    root = write_scratch(tmp_path, mkdocs=MKDOCS.replace(", knooppunt]", "]"))
    with pytest.raises(UsageError, match="the plugin 'knooppunt' is not listed"):
        build(root)
