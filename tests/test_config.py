"""Settings and locale files: every mistake is named with its place, and nothing leads out of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from knooppunt.config import (
    LOCALE_PATTERN,
    LocaleConfig,
    Settings,
    find_root,
    load_locales,
    load_settings,
    parse_locale,
)
from knooppunt.errors import DataError, UsageError
from knooppunt.model import Locale

KNOWN_OF_LOCALE = "known here: name, direction, register, publish, stale, two-people, mqm-limit, theme"
KNOWN = (
    "known here: docs, locales, source-locale, front-matter, layers, variants, sources, check-pages, ignore, links, "
    "review"
)
WORD = "write it with a-z, 0-9 and hyphens"
OUT = "leads out of {root}; give a path inside it"

SAME = [
    ("docs", '"pages"'),
    ("locales", '"po"'),
    ("source-locale", '"pt-BR"'),
    ("front-matter", '["title", "summary"]'),
    ("check-pages", '"handbook/checks"'),
    ("ignore", '["drafts/*"]'),
]


def settings(root: Path, text: str, file: str = "knooppunt.yml") -> Settings:
    (root / file).write_text(text)
    return load_settings(root)


def problems(root: Path, text: str, file: str = "knooppunt.yml") -> list[str]:
    with pytest.raises(DataError) as raised:
        settings(root, text, file)
    return [str(problem) for problem in raised.value.problems]


def test_toml_and_yaml_say_the_same(tmp_path: Path) -> None:
    expected = Settings(
        tmp_path,
        docs="pages",
        locales="po",
        source_locale=Locale("pt-BR"),
        front_matter=("title", "summary"),
        layers={"aci": "ACI"},
        variants={"v1": "One"},
        sources={"code": "https://x.example"},
        check_pages="handbook/checks",
        ignore=("drafts/*",),
    )
    tables = {"layers": 'aci = "ACI"', "variants": 'v1 = "One"', "sources": 'code = "https://x.example"'}
    toml = "[tool.knooppunt]\n" + "".join(f"{key} = {value}\n" for key, value in SAME)
    toml += "".join(f"[tool.knooppunt.{name}]\n{line}\n" for name, line in tables.items())
    assert settings(tmp_path, toml, "pyproject.toml") == expected
    yaml = "".join(f"{key}: {value}\n" for key, value in SAME)
    yaml += "".join(f"{name}:\n  {line.replace(' =', ':')}\n" for name, line in tables.items())
    (tmp_path / "pyproject.toml").write_text('[tool.knooppunt]\ndocs = "elsewhere"\n')
    assert settings(tmp_path, yaml) == expected


@pytest.mark.parametrize(
    ("file", "text"), [("knooppunt.yml", ""), ("pyproject.toml", ""), ("pyproject.toml", "[tool.ruff]\n"), ("x", "")]
)
def test_defaults(tmp_path: Path, file: str, text: str) -> None:
    found = settings(tmp_path, text, file)
    assert found == Settings(tmp_path)
    assert (found.docs_path, found.locales_path, found.cache_path) == (
        tmp_path / "docs",
        tmp_path / "locales",
        tmp_path / ".knooppunt",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("doc: x\n", [f"1: doc: unknown field 'doc'; {KNOWN}"]),
        ("docs: 3\n", ["1: docs: must be text, not the number 3; put it in quotes"]),
        ("docs: ''\n", ["1: docs: 'docs' is empty"]),
        ("- docs\n", ["1: must be a mapping of keys to values, not a list"]),
        ("[]\n", ["1: must be a mapping of keys to values, not a list"]),
        ("docs: a\ndocs: b\n", ["2: docs: duplicate key 'docs', first on line 1"]),
        ("docs: a\nlocales: [\n", ["3: not valid YAML: expected the node content, but found '<stream end>'"]),
        ("source-locale: english\n", ["1: source-locale: 'english' is not a BCP 47 tag; write it like en or pt-BR"]),
        ("source-locale: no\ndocs: a\n", []),
        ("ignore: drafts\n", ["1: ignore: must be a list, not 'drafts'"]),
        ("front-matter: [title, 3]\n", ["1: front-matter[1]: must be text, not the number 3"]),
        ("docs: a\nlayers: [aci]\n", ["2: layers: must map ids to text"]),
        ("docs: a\nlayers:\n  aci:\n", ["2: layers: must map ids to text"]),
        ("variants:\n  v1: One\n  V 2: Two\n", [f"3: variants.V 2: 'V 2' is not a word; {WORD}"]),
        ("layers:\n  aci/x: X\n", [f"2: layers.aci/x: 'aci/x' is not a word; {WORD}"]),
        ("docs: ../x\n", [f"1: docs: docs '../x' {OUT}"]),
        ("docs: a\nlocales: /etc\n", [f"2: locales: locales '/etc' {OUT}"]),
        ("check-pages: a/../../b\n", [f"1: check-pages: check-pages 'a/../../b' {OUT}"]),
        ("docs: link\n", [f"1: docs: docs 'link' {OUT}"]),
        ("x: 1\ndocs: ..\n", [f"1: x: unknown field 'x'; {KNOWN}", f"2: docs: docs '..' {OUT}"]),
    ],
)
def test_settings_in_yaml(tmp_path: Path, text: str, expected: list[str]) -> None:
    (tmp_path / "link").symlink_to(tmp_path.parent)
    if not expected:
        assert settings(tmp_path, text).source_locale == "no"
        return
    assert problems(tmp_path, text) == [f"knooppunt.yml:{line}".format(root=tmp_path) for line in expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[tool.knooppunt]\n\nbad = 1\n", f"3: bad: unknown field 'bad'; {KNOWN}"),
        ("# x\n[ tool.knooppunt ]\n'docs' = 3\n", "3: docs: must be text, not the number 3; put it in quotes"),
        ("[tool.knooppunt]\n[tool.knooppunt.layers]\na = 1\n", "2: layers: must map ids to text"),
        ("[tool.knooppunt.layers]\naci = 'ACI'\n\"A b\" = 'x'\n", f"1: layers.A b: 'A b' is not a word; {WORD}"),
        ("[tool.knooppunt.layers]\na_b = 'x'\n", f"2: layers.a_b: 'a_b' is not a word; {WORD}"),
        ("[tool.ruff]\ndocs = 1\n[tool.knooppunt]\ndocs = '..'\n", f"4: docs: docs '..' {OUT}"),
        ("[tool]\nknooppunt = {doc = 1}\n", f"1: doc: unknown field 'doc'; {KNOWN}"),
        ('[tool.knooppunt]\ndocs = "a\\u0000"\n', "2: docs: docs 'a\\x00' is not a path: embedded null byte"),
        (
            '[tool.knooppunt]\nsource-locale = "en\\n"\n',
            "2: source-locale: 'en\n' is not a BCP 47 tag; write it like en or pt-BR",
        ),
    ],
)
def test_settings_in_toml(tmp_path: Path, text: str, expected: str) -> None:
    assert problems(tmp_path, text, "pyproject.toml") == [f"pyproject.toml:{expected}".format(root=tmp_path)]


def test_toml_that_is_none(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, "a = 1\nb = = 2\n", "pyproject.toml")
    assert problem.startswith("pyproject.toml:2: not valid TOML: ")


def test_the_table_is_a_table(tmp_path: Path) -> None:
    assert problems(tmp_path, "[tool]\nknooppunt = 3\n", "pyproject.toml") == [
        "pyproject.toml: tool.knooppunt: must be a table; write [tool.knooppunt]"
    ]
    assert settings(tmp_path, "tool = 3\n", "pyproject.toml") == Settings(tmp_path)


@pytest.mark.parametrize("file", ["knooppunt.yml", "mkdocs.yml", "pyproject.toml"])
def test_root_is_the_nearest_folder_with_settings(tmp_path: Path, file: str) -> None:
    root = tmp_path / "project"
    below = root / "docs/deep"
    below.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").touch()
    (root / file).write_text("[tool.knooppunt]\n" if file.endswith("toml") else "")
    (root / "docs/pyproject.toml").write_text("[tool.ruff]\n")
    assert find_root(below) == root


def test_no_project(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no project at .* or above it; run 'knooppunt init' beside your mkdocs.yml"):
        find_root(tmp_path)


@pytest.mark.parametrize("tag", ["nl", "fil", "pt-BR", "zh-Hant", "zh-Hant-TW", "es-419", "no"])
def test_tags(tag: str) -> None:
    assert LOCALE_PATTERN.fullmatch(tag)


@pytest.mark.parametrize(
    "tag",
    ["", "n", "NL", "nl_NL", "nl-nl", "zh-hant", "english", "nl-", "nl-NLD", "../nl", "nl/x", "nl\n", "x-private"],
)
def test_what_is_no_tag(tag: str) -> None:
    assert not LOCALE_PATTERN.fullmatch(tag)


def test_locale() -> None:
    text = "name: العربية\ndirection: rtl\nregister: formal\npublish: machine\nstale: source\ntheme: ar\n"
    assert parse_locale(text, "ar", "x") == LocaleConfig(
        Locale("ar"), "العربية", "rtl", "formal", "machine", "source", theme="ar"
    )
    assert parse_locale("name: Nederlands\n", "nl", "x") == LocaleConfig(Locale("nl"), "Nederlands")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1: name: 'name' is missing"]),
        ("[]\n", ["1: must be a mapping of keys to values, not a list", "1: name: 'name' is missing"]),
        ("name:\n", ["1: name: 'name' is empty"]),
        ("name: 3\n", ["1: name: must be text, not the number 3; put it in quotes"]),
        ("name: N\ndirection: up\n", ["2: direction: unknown direction 'up'; one of ltr, rtl"]),
        ("name: N\nregister: u\n", ["2: register: unknown register 'u'; one of formal, informal, neutral"]),
        ("name: N\npublish: all\n", ["2: publish: unknown publish 'all'; one of approved, translated, machine"]),
        ("name: N\nstale: no\n", ["2: stale: unknown stale 'no'; one of translation, source"]),
        ("name: N\ntheme: [nl]\n", ["2: theme: must be text, not a list; put it in quotes"]),
        (
            "name: N\ncode: nl\ndirection: true\n",
            [
                f"2: code: unknown field 'code'; {KNOWN_OF_LOCALE}",
                "3: direction: must be text, not the boolean true; put it in quotes",
            ],
        ),
    ],
)
def test_broken_locale(text: str, expected: list[str]) -> None:
    with pytest.raises(DataError) as raised:
        parse_locale(text, "nl", "locale.yml")
    assert [str(problem) for problem in raised.value.problems] == [f"locale.yml:{line}" for line in expected]


def locale_file(root: Path, folder: str, text: str = "name: N\n") -> None:
    (root / "locales" / folder).mkdir(parents=True)
    (root / "locales" / folder / "locale.yml").write_text(text)


def test_locales_in_the_order_of_their_codes(tmp_path: Path) -> None:
    assert load_locales(Settings(tmp_path)) == ()
    for code in ("pt-BR", "nl", "ja"):
        locale_file(tmp_path, code)
    (tmp_path / "locales/templates").mkdir()
    (tmp_path / "locales/README.md").touch()
    assert [locale.code for locale in load_locales(Settings(tmp_path))] == ["ja", "nl", "pt-BR"]


def test_all_problems_of_all_locales_at_once(tmp_path: Path) -> None:
    locale_file(tmp_path, "nl_NL")
    locale_file(tmp_path, "en")
    locale_file(tmp_path, "nl", "name: N\nx: 1\n")
    locale_file(tmp_path, "ja", "name: [\n")
    (tmp_path / "locales/ar").mkdir()
    (tmp_path / "locales/ar/locale.yml").write_bytes(b"name: \xff\n")
    with pytest.raises(DataError) as raised:
        load_locales(Settings(tmp_path))
    assert [str(problem) for problem in raised.value.problems] == [
        "locales/ar/locale.yml:1: byte 0xff is not UTF-8; save the file as UTF-8",
        "locales/en/locale.yml: 'en' is the source locale; remove this folder",
        "locales/ja/locale.yml:2: not valid YAML: expected the node content, but found '<stream end>'",
        f"locales/nl/locale.yml:2: x: unknown field 'x'; {KNOWN_OF_LOCALE}",
        "locales/nl_NL/locale.yml: 'nl_NL' is not a BCP 47 tag; name the folder like pt-BR",
    ]
