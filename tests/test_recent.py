"""The store that forgets what has not been used for longest."""

from __future__ import annotations

import pytest

from knooppunt.recent import Recent


def test_what_is_used_stays_and_the_rest_is_forgotten() -> None:
    """The limit is on the weight of all values together."""
    made: list[str] = []

    def value(name: str) -> str:
        def make() -> str:
            made.append(name)
            return name * 4

        return store.get(name, make, len)

    store: Recent[str, str] = Recent(limit=10)
    assert [value(name) for name in "abab"] == ["aaaa", "bbbb", "aaaa", "bbbb"]
    assert made == ["a", "b"]
    value("c")  # 12 characters: one too many, and `a` was used last of all before `b`
    assert value("b") == "bbbb"
    assert made == ["a", "b", "c"]
    value("a")
    assert made == ["a", "b", "c", "a"]


def test_one_value_that_is_too_heavy_still_comes() -> None:
    """A page longer than the whole store is kept until the next one."""
    store: Recent[str, str] = Recent(limit=3)
    assert store.get("a", lambda: "x" * 100, len) == "x" * 100
    assert store.get("a", lambda: "other", len) == "x" * 100
    assert store.get("b", lambda: "y", len) == "y"
    assert store.get("a", lambda: "other", len) == "other"


def test_an_error_keeps_nothing() -> None:
    """What could not be made is tried again."""
    store: Recent[str, str] = Recent()

    def fail() -> str:
        raise ValueError("unreadable")

    with pytest.raises(ValueError, match="unreadable"):
        store.get("a", fail, len)
    assert store.get("a", lambda: "now", len) == "now"
