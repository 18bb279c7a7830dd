"""YAML is read strictly: nothing is guessed, nothing is lost, and an error has its line."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from knooppunt.errors import DataError
from knooppunt.yamltext import MAX_DEPTH, Places, Reader, describe, load


def value(text: str) -> Any:
    return load(text, "a.yml")[0]


def problems(text: str) -> list[str]:
    with pytest.raises(DataError) as raised:
        load(text, "a.yml")
    return [str(problem) for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("# nothing\n", None),
        ("a: b\n", {"a": "b"}),
        ("1: a\n~: b\ntrue: c\n2024-01-01: d\n", {"1": "a", "~": "b", "true": "c", "2024-01-01": "d"}),
        ("[true, True, TRUE, false]", [True, True, True, False]),
        ("[no, off, n, NO, yes, on, y, tRUE]", ["no", "off", "n", "NO", "yes", "on", "y", "tRUE"]),
        ("[~, null, '', '~']", [None, None, "", "~"]),
        ("[1, -2, 1.5, '1']", [1, -2, 1.5, "1"]),
        ("[=, <<]", ["=", "<<"]),
        ("<<: {a: 1}\n", {"<<": {"a": 1}}),
        ("[2024-02-29, '2024-02-29']", [date(2024, 2, 29), "2024-02-29"]),
        ("a: 2024-02-29T10:00:00\n", {"a": datetime(2024, 2, 29, 10)}),  # noqa: DTZ001 # as YAML has it
        ("a: |\n  one\n  two\n", {"a": "one\ntwo\n"}),
        ('"\\u00e9\\t\\n\\U0001F600"', "é\t\n😀"),
        ("\ufeffa: 1\r\nb: 2\r\n", {"a": 1, "b": 2}),
        ("---\na: 1\n...\n", {"a": 1}),
    ],
)
def test_values(text: str, expected: Any) -> None:
    found = value(text)
    assert found == expected
    assert repr(found) == repr(expected)  # True is not 1


def test_numbers_that_are_none() -> None:
    assert math.isnan(value(".nan"))
    assert value("-.inf") == -math.inf


def test_all_duplicate_keys_at_once() -> None:
    text = 'a: 1\nb:\n  c: 1\n  "c": 2\na: 2\n1: x\n"1": y\nd: [{e: 1, e: 2}]\n'
    assert problems(text) == [
        "a.yml:4: b.c: duplicate key 'c', first on line 3",
        "a.yml:5: a: duplicate key 'a', first on line 1",
        "a.yml:7: 1: duplicate key '1', first on line 6",
        "a.yml:8: d[0].e: duplicate key 'e', first on line 8",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [("a: 1\nb: &x 1\n", "&x"), ("a: 1\nb: *x\n", "*x"), ("a: 1\n&key b: 1\n", "&key"), ("- 1\n- &m {b: *m}\n", "&m")],
)
def test_anchors_and_aliases_are_refused(text: str, name: str) -> None:
    assert problems(text) == [f"a.yml:2: not valid YAML: '{name}' is an anchor or alias; write the value out"]


@pytest.mark.parametrize(
    "text",
    [
        *("a: &x b\n", "- &x b\n", "&x b\n", "a:\n  &x b\n", "[&x b]\n", "[c, &x b]\n", "{&x a: b}\n", '{"a":&x b}\n'),
        *("a: 1\r&x b: 1\n", "--- &x a\n", "a: !!str &x b\n", "? &x a\n: b\n", "- - &x b\n", "a: !b c\n", "[!b c]\n"),
    ],
)
def test_no_anchor_or_tag_passes_the_fast_reader(text: str) -> None:
    assert re.search("is an anchor or alias|tag '", "".join(problems(text)))


def test_signs_within_a_text_are_letters() -> None:
    assert value("a: b && c != d * e % 2 ? !f\nb: >-\n  g\n  && !h\n") == {
        "a": "b && c != d * e % 2 ? !f",
        "b": "g && !h",
    }


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("!secret word", "!secret"),
        ("! word", "!"),
        ("!!str 12", "!!str"),
        ("!!int x", "!!int"),
        ("!!bool maybe", "!!bool"),
        ("!!timestamp never", "!!timestamp"),
        ("!!binary aGk=", "!!binary"),
        ("!!set {x}", "!!set"),
        ("!!map [x]", "!!map"),
        ("!!python/object/apply:os.system [ls]", "!!python/object/apply:os.system"),
        ("!<tag:example.org,2024:x> y", "!tag:example.org,2024:x"),
    ],
)
def test_tags_are_refused(written: str, tag: str) -> None:
    assert problems(f"a: 1\nb:\n  - {written}\n") == [f"a.yml:3: b[0]: tag '{tag}'; write a plain value"]


def test_tag_of_a_key_is_refused() -> None:
    assert problems("a: 1\n!!int 1: b\n") == ["a.yml:2: tag '!!int'; write a plain value"]


@pytest.mark.parametrize("key", ["[a]", "{a: 1}"])
def test_a_key_is_a_word(key: str) -> None:
    assert problems(f"x: 1\n? {key}\n: b\n") == ["a.yml:2: a key must be a plain word"]


@pytest.mark.parametrize(
    "text", ["[" * MAX_DEPTH + "]" * MAX_DEPTH, "{a: " * MAX_DEPTH + "1" + "}" * MAX_DEPTH], ids=["lists", "mappings"]
)
def test_depth(text: str) -> None:
    value(text)
    pointer = "[0]" * (MAX_DEPTH + 1) if text[0] == "[" else ".".join("a" * (MAX_DEPTH + 1))
    deeper = f"[[{text}]]" if text[0] == "[" else f"{{a: {{a: {text}}}}}"
    assert problems(deeper) == [f"a.yml:1: {pointer}: nested deeper than {MAX_DEPTH} levels"]


@pytest.mark.parametrize("text", ["[" * 50_000, "- " * 50_000, "? " * 50_000, "{a: " * 50_000, "[" * 9999 + "]" * 9999])
def test_hostile_depth_does_not_exhaust_the_stack(text: str) -> None:
    assert problems(text) == ["a.yml:1: not valid YAML: nested too deep"]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: 1\nb: [1,\n", 3, "expected the node content, but found '<stream end>'"),
        ("a: 1\n\tb: 2\n", 2, "found character '\\t' that cannot start any token"),
        ("a: 1\n---\nb: 2\n", 2, "but found another document"),
        ("a: 'x\n", 2, "found unexpected end of stream"),
        ("a: b: c\n", 1, "mapping values are not allowed here"),
        ("a: 1\r\nb: 2\r\n c: 3\r\n", 3, "mapping values are not allowed here"),
        ('a: "\\q"\n', 1, "found unknown escape character 'q'"),
        ("a: 1\nb: \0\n", 2, "character U+0000"),
        ("a: 1\r\nb: \x1b[0m\r\n", 2, "character U+001B"),
        ("a: \ud83d\n", 1, "character U+D83D"),
        ("<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", 2, "mapping values are not allowed here"),
    ],
)
def test_bad_syntax_has_its_line(text: str, line: int, message: str) -> None:
    assert problems(text) == [f"a.yml:{line}: not valid YAML: {message}"]


@pytest.mark.parametrize(
    ("escape", "name"), [("\\0", "0000"), ("\\x1b", "001B"), ("\\ud83d\\ude00", "D83D"), ("\\uffff", "FFFF")]
)
def test_an_escape_smuggles_nothing_in(escape: str, name: str) -> None:
    message = f"character U+{name} may not stand in a text; remove it, or write the letter itself"
    assert problems(f'a: 1\nb: ["x{escape}"]\n"y{escape}": 1\n') == [f"a.yml:2: b[0]: {message}", f"a.yml:3: {message}"]


@pytest.mark.parametrize("text", ["2024-02-30", "2024-13-01", "0000-01-01", "2024-01-01T25:00:00Z"])
def test_impossible_dates(text: str) -> None:
    (problem,) = problems(f"a: 1\nb: {text}\n")
    assert problem.startswith(f"a.yml:2: '{text}': ")


def test_places() -> None:
    text = "a:\n  - b: één\n    c: 2\nd: {e: 1}\n"
    places = load(text, "a.yml")[1]
    assert [(places[name].line, places[name].column) for name in ("", "a", "a[0].b", "a[0].c", "d.e")] == [
        (1, 1),
        (1, 3),
        (2, 8),
        (3, 8),
        (4, 8),
    ]
    assert text[places["a[0].b"].start : places["a[0].b"].end] == "één"
    assert "a[0].b" in places
    assert "a[1]" not in places


@pytest.mark.parametrize(
    ("pointer", "line"),
    [("a.x", 1), ("a[7]", 1), ("d.e.f.g", 4), ("z", 1), ("z[", 1), ("]", 1), ("", 1), ("a[0].x.y", 2)],
)
def test_place_of_what_is_not_there_is_that_around_it(pointer: str, line: int) -> None:
    assert load("a:\n  - b: 1\n    c: 2\nd: {e: 1}\n", "a.yml")[1][pointer].line == line


LETTERS = st.text(alphabet="ab01:-[]{},#&*!|>'\"%@`?<=~.\\ \n\r\t\0\u2028\x85é\ud800", max_size=40)


@settings(deadline=None)  # a busy machine is no fault
@given(LETTERS)
def test_any_text_is_read_or_refused_with_a_line(text: str) -> None:
    try:
        load(text, "a.yml")
    except DataError as error:
        for problem in error.problems:
            assert problem.path == "a.yml"
            assert problem.line >= 1


def reader(text: str) -> Reader:
    return Reader(*load(text, "a.yml"))


def test_reader_gathers_every_problem() -> None:
    given = reader("a: 1\nb: ''\nc:\nd: [x, 1, '']\ne: {}\nf: [1, {g: 1}]\nh: big\ni: yes\n")
    assert (given.text("a"), given.text("b"), given.text("c"), given.text("z")) == (None, None, None, None)
    assert given.text("y", required=True) is None
    assert given.texts("d") == ("x",)
    assert (given.texts("c"), given.texts("e"), given.texts("z")) == ((), (), ())
    first, second = given.mappings("f")
    given.take(first)
    given.take(second)
    assert (given.mappings("h"), given.mappings("z")) == ((), ())
    assert given.choice("h", ("small", "large")) is None
    assert given.choice("i", ("yes", "no")) == "yes"
    given.known("a", "b", "c", "d", "e", "f", "h")
    assert [str(problem) for problem in given.problems] == [
        "a.yml:1: a: must be text, not the number 1; put it in quotes",
        "a.yml:2: b: 'b' is empty",
        "a.yml:3: c: 'c' is empty",
        "a.yml:1: y: 'y' is missing",
        "a.yml:4: d[1]: must be text, not the number 1",
        "a.yml:4: d[2]: must be text, not ''",
        "a.yml:3: c: 'c' is empty",
        "a.yml:5: e: must be a list, not a mapping",
        "a.yml:6: f[0]: must be a mapping of keys to values, not the number 1",
        "a.yml:7: h: must be a list, not 'big'",
        "a.yml:7: h: unknown h 'big'; one of small, large",
        "a.yml:8: i: unknown field 'i'; known here: a, b, c, d, e, f, h",
    ]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        *[(None, "nothing"), (True, "the boolean true"), ({}, "a mapping"), ([], "a list"), (1.5, "the number 1.5")],
        pytest.param(-(1 << 99_999), "a number of more than 40 digits", id="huge"),
    ],
)
def test_describe(given: object, words: str) -> None:
    assert describe(given) == words


def test_a_reader_of_no_mapping_says_so() -> None:
    broken = Reader([1], Places("a.yml"), "x")
    assert [str(problem) for problem in broken.problems] == [
        "a.yml:1: x: must be a mapping of keys to values, not a list"
    ]


PARTS = st.sampled_from(
    [*("a", "key", ": ", ":", "- ", "\n", "  ", "    ", "[", "]", "{", "}", ",", "#", " # c", '"', "'", "|\n", ">\n"),
     *("? ", "\t", "é", "no", "1.5", "2021-01-01", "\\n", "%", "@", "---\n", "...\n", "~", "=", "<<", "\r\n", "\x85"),
     *("\u2028", "\ufeff", "0x1", "x: y\n", "- a\n", "&a", "*a", "!!", "\x00")]
)  # fmt: skip


@given(st.lists(PARTS, max_size=16).map("".join).map(lambda text: f"{text}\n"))
def test_the_fast_loader_reads_what_the_slow_one_reads(text: str) -> None:
    """Values, places and errors are those of the loader in Python, whatever the text."""
    with pytest.MonkeyPatch.context() as patch:
        fast = read(text)
        patch.setattr("yaml.CSafeLoader", None)
        assert fast == read(text)


def read(text: str) -> tuple[object, ...]:
    """What a text is, or what is wrong with it."""
    try:
        value, places = load(text, "a.yml")
    except DataError as error:
        return error.problems
    return repr(value), places["a"], places["key"], places["[0]"], places[""]


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML was built without its C library")
def test_the_fast_loader_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain front matter does not reach the slow one."""
    monkeypatch.setattr("knooppunt.yamltext._Loader.get_single_node", lambda _: pytest.fail("read slowly"))
    assert load("title: Limits\ntags: [a, b]\n", "a.yml")[0] == {"title": "Limits", "tags": ["a", "b"]}


def test_depth_by_indentation_ends_in_an_error_and_no_crash() -> None:
    """Deep nesting of short lines is read by the C library, and refused like any other."""
    text = "".join(f"{' ' * depth}-\n" for depth in range(1500))
    with pytest.raises(DataError, match=r"nested deeper|nested too deep"):
        load(text, "a.yml")
