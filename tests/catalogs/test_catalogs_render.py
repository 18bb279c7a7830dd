"""What we write is read alike by GNU gettext and Babel, and wrapped as GNU gettext wraps."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from babel.messages.pofile import read_po
from catalogs_cases import HEADER, PATH, catalogs, entries_of, gettext, msgfmt_says, plain, unique
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from knooppunt.catalogs import new_catalog, parse_po, render_entry
from knooppunt.catalogs.quoting import escape, unescape
from knooppunt.catalogs.render import retire, revive
from knooppunt.catalogs.wrapping import PAGE_WIDTH, columns, wrap
from knooppunt.model import Entry

LOCALES = ["nl", "ja", "pt-BR", "zh-Hant", "ar", "es-419", "sr-Latn", "ga", "ru", "tlh"]

PROSE = r"""the pod node-pool virtual `kubectl`,cluster/subnet 10.0.0.0/16 3–5 end. “smart” — é **bold** 100 % don’t
[link](https://a.example/x-y/z?q=1#frag) "quoted" (see below) {placeholder} %(name)s C:\path a+b foo,bar [a][b]"""
JAPANESE = "仮想ノード を 使用 すると、 ポッド 。 「 引用 」 Azure っ ファイル （ 注 ） 10 크러스터 语言 ，"
LATIN, CJK = PROSE.split(), JAPANESE.split()


@given(entries_of(), st.sampled_from(["\n", "\r\n"]))
def test_rendered_is_read_back(entry: Entry, newline: str) -> None:
    text = render_entry(entry, newline)
    assert [plain(found) for found in parse_po(text, PATH).entries] == [entry]
    assert (text.count("\r\n") == text.count("\n")) == (newline == "\r\n" or "\n" not in text)


@given(st.text())
def test_escapes_round_trip(text: str) -> None:
    assert unescape(escape(text)) == text
    assert "\n" not in escape(text)


@given(st.lists(st.sampled_from([*LATIN, *CJK, "\\n", "\\\\", '\\"', "\\033"]), max_size=40), st.integers(1, 90))
def test_wrapped_is_the_text(parts: list[str], width: int) -> None:
    text = " ".join(parts)
    strings = wrap(text, width)
    assert "".join(strings) == text
    assert all(len(string) - len(string.rstrip("\\")) != 1 for string in strings[:-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 'msgstr ""'),
        ("Kort.", 'msgstr "Kort."'),
        ("Kort.\n", 'msgstr "Kort.\\n"'),
        ("een\ntwee", 'msgstr ""\n"een\\n"\n"twee"'),
        ("\n", 'msgstr "\\n"'),
        ("\na", 'msgstr ""\n"\\n"\n"a"'),
        ("x" * 70, f'msgstr "{"x" * 70}"'),
        ("x" * 71, f'msgstr ""\n"{"x" * 71}"'),
        ("woord " * 14, f'msgstr ""\n"{"woord " * 12}"\n"{"woord " * 2}"'),
        ("\x1b\x7f\0", 'msgstr "\\033\\177\\000"'),
    ],
)
def test_layout(text: str, expected: str) -> None:
    assert render_entry(Entry("a", text)).partition("\n")[2] == expected


@pytest.mark.parametrize(
    ("words", "glue"), [(LATIN, " "), (CJK, ""), (LATIN + CJK, " ")], ids=["latin", "cjk", "mixed"]
)
def test_msgcat_changes_nothing(words: list[str], glue: str) -> None:
    entries = []
    for number in range(600):
        chosen = [words[(number * 7 + step * step * 5 + step * number) % len(words)] for step in range(number % 41 + 1)]
        msgid = f"{number} {glue.join(chosen)}"
        entry = Entry(msgid, msgid.replace("、", "、\n").replace("end.", "end.\n"))
        if number % 3 == 0:
            context = f"aks.virtual-nodes.{number}:title"
            entry = replace(entry, context=context, flags=("fuzzy",), previous_msgid=msgid[2:])
        paths = tuple(f"docs/virtual-nodes/network/{index}.md" for index in range(number % 5))
        entries.append(replace(entry, references=paths))
    text = "\n".join([HEADER, *(f"{render_entry(entry)}\n" for entry in entries)])
    done = gettext("msgcat", text)
    assert done.stderr == ""
    assert done.stdout.split("\n") == text.split("\n")
    assert max(columns(line) for line in text.split("\n") if "a.example" not in line) == PAGE_WIDTH


def test_msgcat_breaks_references_at_the_same_place() -> None:
    pairs = [("docs/a.md", f"docs/{'b' * length}.md") for length in range(50, 66)]
    text = "\n".join([HEADER, *(f"{render_entry(Entry(two, '', references=(one, two)))}\n" for one, two in pairs)])
    assert gettext("msgcat", text).stdout == text
    assert text.count("#: ") > len(pairs)


@given(catalogs)
@settings(max_examples=25, deadline=None)
def test_msgfmt_accepts_what_we_write(entries: list[Entry]) -> None:
    forms = [
        replace(entry, msgstr="m", msgid_plural=None, plurals=(), context=entry.context or None) for entry in entries
    ]
    for entry in forms:
        assume("\0" not in entry.msgid and not {"c-format"} & set(entry.flags))
        assume(not entry.msgid.startswith("\n") and not entry.msgid.endswith("\n"))
    text = "\n".join([HEADER, *(f"{render_entry(entry)}\n" for entry in unique(forms))])
    assert not msgfmt_says(text)


@given(st.lists(entries_of(), max_size=5))
@settings(max_examples=60)
def test_babel_reads_what_we_write(entries: list[Entry]) -> None:
    simple = {
        entry.msgid: replace(entry, context=None, msgid_plural=None, plurals=(), obsolete=False, references=())
        for entry in entries
    }
    odd = set("\r\x07\x0b\x1b")  # escapes that Babel does not know
    safe = [entry for entry in simple.values() if not odd & {*entry.msgid, *entry.msgstr}]
    text = "\n".join([HEADER, *(f"{render_entry(entry)}\n" for entry in safe)])
    read = read_po(io.BytesIO(text.encode()), abort_invalid=True)
    found = {message.id: message.string for message in read if message.id}
    assert found == {entry.msgid: entry.msgstr for entry in safe}
    assert {message.id for message in read if message.id and message.fuzzy} == {
        entry.msgid for entry in safe if entry.fuzzy
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_a_new_catalog_is_a_good_one(locale: str) -> None:
    text = new_catalog(locale, project='Handbook "x"\n')
    assert not msgfmt_says(text)
    header = parse_po(text, PATH).header
    assert header["Language"] == locale.replace("-", "_")
    assert header["Project-Id-Version"] == 'Handbook "x"'
    assert header["X-Generator"] == "Knooppunt"
    assert not any("Date" in name for name in header)


def test_plural_rules_are_those_of_the_language() -> None:
    rules = {locale: parse_po(new_catalog(locale), PATH).header["Plural-Forms"] for locale in LOCALES}
    assert rules["nl"] == "nplurals=2; plural=(n != 1);"
    assert rules["ja"] == "nplurals=1; plural=0;"
    assert rules["pt-BR"] == "nplurals=2; plural=(n > 1);"
    assert rules["ar"].startswith("nplurals=6; ")


@pytest.mark.parametrize("line", ['msgid "a"', '"a"', '#| msgid "a"', "# note", "#, fuzzy", "", "#: a.md", '#| "a"'])
def test_retired_lines_come_back(line: str) -> None:
    assert revive(retire(line)) == line
    assert revive(line) == line
