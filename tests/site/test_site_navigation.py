from __future__ import annotations

import pytest

from knooppunt.model import Text
from knooppunt.site.navigation import default_nav, entries, escapes, expand, missing, translations

PAGES = ["index.md", "a/index.md", "a/z.md", "a/b.md", "a/sub/deep.md", "lonely/index.md"]


def test_a_folder_becomes_the_list_of_its_pages_index_first_and_folders_last() -> None:
    nav = expand([{"Home": "index.md"}, {"A": [{"Below": "a/"}]}], PAGES)
    assert nav == [
        {"Home": "index.md"},
        {"A": [{"Below": ["a/index.md", "a/b.md", "a/z.md", "a/sub/deep.md"]}]},
    ]


def test_a_link_that_ends_in_a_slash_stays_a_link() -> None:
    assert expand([{"Elsewhere": "https://example.org/"}], PAGES) == [{"Elsewhere": "https://example.org/"}]


def test_a_project_without_nav_gets_one_with_every_page_once() -> None:
    nav = default_nav(PAGES, lambda path: f"Title of {path}")
    assert nav == [
        "index.md",
        {"Title of a/index.md": ["a/index.md", "a/b.md", "a/z.md", {"Sub": ["a/sub/deep.md"]}]},
        "lonely/index.md",
    ]
    assert sorted(target for _, target in entries(nav)) == sorted(PAGES)


@pytest.mark.parametrize("target", ["../x.md", "/etc/passwd", "a/../../x.md", "..", "C:/x.md", "..\\x.md"])
def test_paths_that_leave_the_docs_folder(target: str) -> None:
    assert escapes(target)


@pytest.mark.parametrize("target", ["x.md", "a/../x.md", "a/b..c.md", "..x.md"])
def test_paths_that_stay(target: str) -> None:
    assert not escapes(target)


def test_missing_pages_are_found_and_generated_ones_are_not_missing() -> None:
    nav = ["records.md", {"X": ["status.md", "a/none.md", "https://example.org/x"]}]
    assert missing(nav, PAGES) == ["a/none.md"]


def test_only_titles_that_differ_are_translated() -> None:
    words = {"nav.Home": "Start", "nav.CI": "CI"}
    nav = [{"Home": "index.md"}, {"CI": ["a/b.md"]}]
    assert translations(nav, lambda name: Text(words[name], "nl", "translated")) == {"Home": "Start"}
