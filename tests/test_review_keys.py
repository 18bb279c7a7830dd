"""The keys of the review page in the settings of a project."""

from __future__ import annotations

from pathlib import Path

import pytest

from knooppunt.config import load_settings, parse_locale
from knooppunt.errors import DataError
from knooppunt.reviewkeys import REVIEW_KEYS, combination


def keys(tmp_path: Path, text: str) -> dict[str, tuple[str, ...]]:
    return dict(load_settings(tmp_path, text).review_keys)


def test_defaults_clash_nowhere(tmp_path: Path) -> None:
    assert keys(tmp_path, "docs: docs\n") == REVIEW_KEYS


def test_keys_are_written_in_one_way(tmp_path: Path) -> None:
    found = keys(
        tmp_path,
        "review: {keys: {reject: [shift+alt+r, Ctrl+F9], insert-chip: Ctrl+1-9, bulk: [], help: f1, undo: Alt++}}\n",
    )
    assert found["reject"] == ("Alt+Shift+R", "Ctrl+F9")
    assert found["insert-chip"] == ("Ctrl+1\u20269",)
    assert found["bulk"] == ()
    assert found["undo"] == ("Alt++",)


def test_keys_in_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.knooppunt.review.keys]\nundo = "Alt+U"\n', "utf-8")
    assert load_settings(tmp_path).review_keys["undo"] == ("Alt+U",)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("review: {keys: {dance: Alt+D}}", "unknown field 'dance'"),
        ("review: {kees: {}}", "unknown field 'kees'"),
        ("review: 7", "must be a mapping"),
        ("review: {keys: []}", "must be a mapping"),
        ("review: {keys: {undo: Z}}", "no combination of keys"),
        ("review: {keys: {undo: Shift+Z}}", "no combination of keys"),
        ("review: {keys: {undo: Enter}}", "no combination of keys"),
        ("review: {keys: {undo: Alt+Alt+Z}}", "no combination of keys"),
        ("review: {keys: {undo: Hyper+Z}}", "no combination of keys"),
        ("review: {keys: {undo: 7}}", "no combination of keys"),
        ("review: {keys: {insert-chip: Alt+1}}", "no combination of keys"),
        ("review: {keys: {undo: Alt+M}}", "is the key of 'restore-machine' too"),
        ("review: {keys: {undo: Alt+3}}", "too"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as error:
        keys(tmp_path, f"docs: docs\n{text}\n")
    assert "knooppunt.yml:2" in str(error.value)


def test_combinations() -> None:
    assert combination("meta+arrowup") == "Meta+ArrowUp"
    assert combination("") is None
    assert combination("Ctrl+") is None


def test_two_people_is_true_or_false() -> None:
    assert parse_locale("name: N\ntwo-people: true\n", "nl", "l.yml").two_people
    assert not parse_locale("name: N\n", "nl", "l.yml").two_people
    with pytest.raises(DataError, match="two-people: must be true or false"):
        parse_locale("name: N\ntwo-people: maybe\n", "nl", "l.yml")
