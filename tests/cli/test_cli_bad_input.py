"""Bad input: one clear error that names file, line and value, status 2, and nothing changed on disk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from small_project import FILES, make_project, snapshot

from knooppunt.cli import main

if TYPE_CHECKING:
    from pathlib import Path

RECORD = FILES["docs/limits/limits.yml"]
BARE = FILES["mkdocs.yml"].replace("  - knooppunt\n", "")
HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CATALOG = "locales__nl__LC_MESSAGES__index.po"
RECORDS = "docs__limits__limits.yml"


@dataclass(frozen=True)
class Bad:
    """What is put into the project, what is run, and what the error says."""

    name: str
    files: dict[str, str | bytes | None]
    says: tuple[str, ...]
    run: tuple[str, ...] = ("status",)


def record(old: str, new: str) -> dict[str, str | bytes | None]:
    """The record with one piece replaced."""
    assert old in RECORD
    return {RECORDS: RECORD.replace(old, new)}


def po(text: str) -> dict[str, str | bytes | None]:
    """The catalog of the home page with this text behind its header."""
    return {CATALOG: HEADER + text}


LOST = [
    ("in a quote", "> <!-- knooppunt: records -->", 3),
    ("in a quote behind a text", "> Note\n>\n> <!-- knooppunt: records -->", 5),
    ("as the text of an item", "- <!-- knooppunt: records -->", 3),
    ("behind a text", "See <!-- knooppunt: records -->", 3),
    ("before a text", "One\ntwo.\n\n<!-- knooppunt: records --> three", 6),
    ("inside a paragraph", "One\ntwo <!-- knooppunt: skip --> `three`\nfour.", 4),
    ("in a cell", "| a | b |\n| - | - |\n| c | <!--knooppunt:records--> |", 5),
    ("over two lines", "<!-- knooppunt: records\n     kind=limitation -->", 3),
    ("never closed", "<!-- knooppunt: records", 3),
    ("with a capital", "<!-- Knooppunt: records -->", 3),
    ("in raw HTML", "<div>\n<!-- knooppunt: records -->\n</div>", 4),
]
"""Directives that would do nothing: name, text, line."""

CASES = [
    # Records
    Bad("duplicate key", record("  title: No IPv6\n", "  title: No IPv6\n  title: Again\n"), ("limits.yml:4", "duplicate key 'title'", "line 3")),
    Bad("unknown field", record("  layer: provider\n", "  layer: provider\n  colour: red\n"), ("limits.yml:6", "unknown field 'colour'")),
    Bad("unknown kind", record("kind: limitation", "kind: limit"), ("limits.yml:2", "'limit'", "limitation")),
    Bad("unknown effect", record("effect: unavailable", "effect: broken"), ("limits.yml:6", "'broken'", "rejected")),
    Bad("unknown layer", record("layer: provider", "layer: aci"), ("limits.yml:5", "'aci'", "provider")),
    Bad("unknown variant", record("    v1: {", "    v9: {"), ("limits.yml:8", "v9", "v1")),
    Bad("unknown status", record("status: active", "status: on"), ("limits.yml:8", "'on'", "active")),
    Bad("impossible date", record("since: 2021-01-18", "since: 2021-02-30"), ("limits.yml:8", "2021-02-30")),
    Bad("not a date", record("since: 2021-01-18", "since: soon"), ("limits.yml:8", "soon")),
    Bad("until before since", record("status: active, since: 2021-01-18}", "status: lifted, since: 2021-01-18, until: 2020-01-01}"), ("limits.yml:8", "2020-01-01")),
    Bad("bad id", record("aks.nodes.ipv6:", "AKS.ipv6:"), ("limits.yml:1", "AKS.ipv6")),
    Bad("title missing", record("  title: No IPv6\n", ""), ("limits.yml:1", "title")),
    Bad("statement empty", record("Pods have no IPv6 address.", '""'), ("limits.yml:4", "statement")),
    Bad("list in a statement", record("Pods have no IPv6 address.", "|\n    No:\n    - IPv6\n    - IPv4"), ("limits.yml:4", "aks.nodes.ipv6.statement", "'- IPv6'", "a record's text is one paragraph")),
    Bad("evidence missing", {RECORDS: RECORD[: RECORD.index("  evidence")]}, ("limits.yml:1", "evidence")),
    Bad("revision zero", {RECORDS: RECORD + "  revision: 0\n"}, ("limits.yml:11", "revision", "0")),
    Bad("one claim", {RECORDS: RECORD + "  disputed:\n    - {text: No., evidence: {source: a}}\n"}, ("limits.yml:11", "disputed")),
    Bad("bad URL", {RECORDS: RECORD + "  references:\n    - {title: T, url: 'javascript:alert(1)'}\n"}, ("limits.yml:12", "javascript:alert(1)")),
    Bad("cyclic moved", {RECORDS: RECORD + "aks.nodes.a: {moved: aks.nodes.b}\naks.nodes.b: {moved: aks.nodes.a}\n"}, ("limits.yml:11", "aks.nodes.a", "aks.nodes.b")),
    Bad("moved to nowhere", {RECORDS: RECORD + "aks.nodes.a: {moved: aks.nodes.gone}\n"}, ("limits.yml:11", "aks.nodes.gone")),
    Bad("id in two files", {"docs__limits__more.yml": RECORD}, ("aks.nodes.ipv6", "limits.yml:1")),
    Bad("dead reference", record("Pods have no IPv6 address.", "As `aks.nodes.gone` says."), ("limits.yml:4", "aks.nodes.gone")),
    Bad("YAML syntax", {RECORDS: "aks.nodes.x: [\n"}, ("limits.yml:", "not valid YAML")),
    Bad("YAML tag", {RECORDS: "aks.nodes.x: !!python/object/apply:os.system [id]\n"}, ("limits.yml:1", "python")),
    Bad("YAML anchor", {RECORDS: "aks.nodes.x: &a {kind: limitation}\n"}, ("limits.yml:1", "&a")),
    Bad("records not UTF-8", {RECORDS: b"aks.nodes.x:\n  title: caf\xe9\n"}, ("limits.yml:2", "0xe9", "UTF-8")),
    # Catalogs
    Bad("conflict markers", po('<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\nmsgid "a"\nmsgstr "c"\n>>>>>>> x\n'), ("index.po:6", "conflict"), ("update",)),
    Bad("truncated", po('msgid "a"\nmsgstr "b'), ("index.po:7", "b"), ("update",)),
    Bad("unquoted", po('msgid "a"\nmsgstr * b"\n'), ("index.po:7",), ("update",)),
    Bad("duplicate msgid", po('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n'), ("index.po:9", '"a"', "line 6"), ("update",)),
    Bad("no msgstr", po('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n'), ("index.po:6", "msgstr"), ("update",)),
    Bad("bad escape", po('msgid "a"\nmsgstr "\\q"\n'), ("index.po:7", "\\q"), ("update",)),
    Bad("catalog not UTF-8", {CATALOG: HEADER.encode() + b'msgid "a"\nmsgstr "\xe9"\n'}, ("index.po:7", "0xe9"), ("update",)),
    Bad("other charset", {CATALOG: HEADER.replace("UTF-8", "UTF-16")}, ("index.po:", "UTF-16"), ("update",)),
    Bad("byte of no charset", {CATALOG: HEADER.replace("UTF-8", "ASCII").encode() + b"# caf\xe9\n"}, ("index.po:6:", "ASCII"), ("update",)),
    Bad("byte order mark", {CATALOG: "\ufeff" + HEADER}, ("index.po:1", "byte order mark"), ("update",)),
    # Pages
    Bad("front matter never closed", {"docs__index.md": "---\ntitle: Home\n\n# Home\n"}, ("docs/index.md:1", "never closed")),
    Bad("front matter not YAML", {"docs__index.md": "---\ntitle: a: b\n---\n"}, ("docs/index.md:2", "not valid YAML")),
    Bad("front matter twice the key", {"docs__index.md": "---\ntitle: a\ntitle: b\n---\n"}, ("docs/index.md:3", "title")),
    Bad("page not UTF-8", {"docs__index.md": b"# Home\n\n\xff\n"}, ("docs/index.md:3", "0xff")),
    Bad("two pages of one name", {"docs__limits.md": "# Limits\n"}, ("docs/limits", "docs/limits/index.md")),
    Bad("page name with a newline", {"docs__a\nb.md": "# A\n"}, ("docs/a\\nb.md: has a control character", "rename it")),
    Bad("page name with a backslash", {"docs__a\\b.md": "# A\n"}, ("docs/a\\\\b.md: has a control character or a backslash",)),
    Bad("folder name with an escape", {"docs__a\x1bb__index.md": "# A\n"}, ("docs/a\\x1bb/index.md: has a control character",)),
    Bad("records name with a tab", {"docs__limits__a\tb.yml": ""}, ("docs/limits/a\\tb.yml: has a control character",)),
    Bad("directive selects nothing", {"docs__index.md": "<!-- knooppunt: records kind=quota -->\n"}, ("docs/index.md:1", "selects no record"), ("generate", "--out", "OUT")),
    Bad("directive with unknown filter", {"docs__index.md": "<!-- knooppunt: records sort=id -->\n"}, ("docs/index.md:1", "sort"), ("generate", "--out", "OUT")),
    Bad("unknown directive", {"docs__index.md": "<!-- knooppunt: record ipv6 -->\n"}, ("docs/index.md:1", "'record'"), ("generate", "--out", "OUT")),
    *(Bad(f"directive {name}", {"docs__index.md": f"# Home\n\n{text}\n"}, (f"docs/index.md:{line}:", "on a line of its own"), ("generate", "--out", "OUT")) for name, text, line in LOST),
    Bad("record shown twice", {"docs__limits__index.md": "<!-- knooppunt: records -->\n\n<!-- knooppunt: records -->\n"}, ("docs/limits/index.md:3", "aks.nodes.ipv6", "line 1"), ("generate", "--out", "OUT")),
    Bad("snippet that is not there", {"docs__index.md": '# Home\n\n--8<-- "gone.md"\n', "mkdocs.yml": FILES["mkdocs.yml"] + "markdown_extensions:\n  - pymdownx.snippets: {check_paths: true}\n"}, ("'docs/index.md'", "gone.md"), ("build", "--site-dir", "OUT")),
    # Settings
    Bad("settings with unknown key", {"knooppunt.yml": "doc: docs\n"}, ("knooppunt.yml:1", "unknown field 'doc'")),
    Bad("docs outside the project", {"knooppunt.yml": "docs: ../other\n"}, ("knooppunt.yml:1", "../other")),
    Bad("no docs", {"knooppunt.yml": "docs: pages\n"}, ("'pages'",)),
    Bad("locale without name", {"locales__nl__locale.yml": "direction: ltr\n"}, ("locales/nl/locale.yml:1", "name")),
    Bad("locale with unknown policy", {"locales__nl__locale.yml": "name: N\npublish: all\n"}, ("locale.yml:2", "'all'", "approved")),
    Bad("locale folder that is no tag", {"locales__dutch__locale.yml": "name: N\n"}, ("locales/dutch", "BCP 47")),
    Bad("mkdocs.yml not YAML", {"mkdocs.yml": "nav: [\n"}, ("mkdocs.yml:", "not valid YAML")),
    Bad("nav leaves docs", {"mkdocs.yml": FILES["mkdocs.yml"].replace("index.md\n  - L", "../../etc/passwd.md\n  - L")}, ("mkdocs.yml", "../../etc/passwd.md"), ("build", "--site-dir", "OUT")),
    Bad("nav to a missing page", {"mkdocs.yml": FILES["mkdocs.yml"].replace("limits/index.md", "limts/index.md")}, ("mkdocs.yml", "limts/index.md"), ("build", "--site-dir", "OUT")),
    Bad("no home page", {"docs__index.md": None, "mkdocs.yml": FILES["mkdocs.yml"].replace("  - Home: index.md\n", "")}, ("docs/index.md", "home page"), ("build", "--site-dir", "OUT")),
    # Starting
    Bad("init with a missing docs folder", {"knooppunt.yml": None, "mkdocs.yml": BARE + "docs_dir: pages\n"}, ("'pages'",), ("init",)),
    Bad("init with docs elsewhere", {"knooppunt.yml": None, "mkdocs.yml": BARE + "docs_dir: ../pages\n"}, ("'../pages'",), ("init",)),
    Bad("init with broken records", {"mkdocs.yml": BARE, **record("kind: limitation", "kind: limit")}, ("limits.yml:2", "'limit'"), ("init",)),
    Bad("init with a broken page", {"mkdocs.yml": BARE, "docs__index.md": b"\xff\n"}, ("docs/index.md:1", "0xff"), ("init",)),
    Bad("init with a locale of no tag", {"mkdocs.yml": BARE}, ("'Dutch'", "BCP 47"), ("init", "--locale", "de", "--locale", "Dutch")),
    Bad("init with a locale that is there", {"mkdocs.yml": BARE}, ("'nl'", "already"), ("init", "--locale", "nl")),
    # Languages
    Bad("term in use and never", {"locales__nl__terms.yml": "pod:\n  source: pod\n  use: peul\n  never: [peul]\n"}, ("terms.yml:4", "peul"), ("check",)),
    Bad("ledger with a bad line", {"locales__nl__reviews.jsonl": '{"hash": 1}\n'}, ("reviews.jsonl:1", "hash")),
    Bad("ledger not JSON", {"locales__nl__reviews.jsonl": "yes\n"}, ("reviews.jsonl:1", "JSON")),
    # Usage
    Bad("unknown locale", {}, ("no locale 'fr'", "nl"), ("status", "--locale", "fr")),
    Bad("unknown article", {}, ("no article 'nope'",), ("update", "nope")),
    Bad("unknown check", {}, ("'wrong-terms'", "wrong-term"), ("check", "--select", "wrong-terms")),
    Bad("no check selected", {}, ("--select", "explain"), ("check", "--select", ",")),
    Bad("unknown check to explain", {}, ("'x'",), ("explain", "x")),
    Bad("missing file to check", {}, ("'gone.md'",), ("check", "gone.md")),
    Bad("locale add of no tag", {}, ("'Dutch'", "BCP 47"), ("locale", "add", "Dutch")),
    Bad("locale add that leaves the folder", {}, ("'../x'",), ("locale", "add", "../x")),
    Bad("locale add twice", {}, ("'nl'", "already"), ("locale", "add", "nl")),
    Bad("pages into the sources", {}, ("docs",), ("generate", "--out", "DOCS")),
]  # fmt: skip


@pytest.mark.parametrize("bad", CASES, ids=lambda bad: bad.name)
def test_bad_input_has_one_clear_error(bad: Bad, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2, the place and the value on standard error, no traceback, and the project as it was."""
    root = make_project(tmp_path / "project", **bad.files)
    before = snapshot(root)
    capsys.readouterr()
    names = {"OUT": str(tmp_path / "out"), "DOCS": str(root / "docs")}
    verb, *rest = [names.get(word, word) for word in bad.run]
    status = main([verb, "--project", str(root), *rest])
    output = capsys.readouterr()
    assert (status, output.out) == (2, "")
    assert "Traceback" not in output.err
    for part in bad.says:
        assert part in output.err
    assert snapshot(root) == before
    assert not (tmp_path / "out").exists()


def test_there_are_enough_cases() -> None:
    """The table is as long as the project promises, and every case has its own name."""
    assert len({bad.name for bad in CASES}) == len(CASES) >= 40
