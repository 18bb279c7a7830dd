"""The verbs from end to end on a small project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from small_project import FILES, make_project, snapshot

from knooppunt.cli import main, make_parser, verbs

if TYPE_CHECKING:
    from pathlib import Path

HOME = "locales/nl/LC_MESSAGES/index.po"


def run(root: Path, verb: str, *arguments: str) -> int:
    """One verb on a project."""
    return main([verb, "--project", str(root), *arguments])


def translate(root: Path, catalog: str, texts: dict[str, str]) -> None:
    """Put translations into a catalog as a text editor would."""
    path = root / "locales/nl/LC_MESSAGES" / f"{catalog}.po"
    text = path.read_text(encoding="utf-8")
    for msgid, msgstr in texts.items():
        old = f'msgid "{msgid}"\nmsgstr ""\n'
        assert old in text, msgid
        text = text.replace(old, f'msgid "{msgid}"\nmsgstr "{msgstr}"\n')
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def test_every_verb_has_help_that_teaches(capsys: pytest.CaptureFixture[str]) -> None:
    """Each verb says what it does, and the overview names them all and the first steps."""
    for verb in verbs():
        with pytest.raises(SystemExit) as ended:
            main([verb, "--help"])
        assert ended.value.code == 0
        assert len(capsys.readouterr().out.splitlines()) > 8
    text = make_parser().format_help()
    assert all(verb in text for verb in verbs())
    assert "exit status" in text


def test_update_twice_changes_nothing(root: Path) -> None:
    """Law 6: the same sources make the same catalogs."""
    before = snapshot(root)
    assert run(root, "update") == 0
    assert snapshot(root) == before
    assert run(root, "update", "--check") == 0


def test_update_check_writes_nothing_and_says_what_is_behind(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A changed source is behind until `update` runs."""
    (root / "docs/index.md").write_text(FILES["docs/index.md"] + "\nOne more.\n", encoding="utf-8")
    before = snapshot(root)
    assert run(root, "update", "--check") == 1
    assert HOME in capsys.readouterr().out
    assert snapshot(root) == before
    assert run(root, "update") == 0
    assert "One more." in (root / HOME).read_text(encoding="utf-8")
    assert run(root, "update", "--check") == 0


def test_a_changed_sentence_becomes_fuzzy_and_a_mechanical_change_does_not(root: Path) -> None:
    """Meaning reopens an entry, a moved link does not."""
    translate(root, "index", {"Pods run on [virtual nodes](limits/index.md).": "Pods draaien op [virtuele knooppunten](limits/index.md)."})  # fmt: skip
    page = root / "docs/index.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("(limits/index.md)", "(limits/index.md#limits)"), encoding="utf-8"
    )
    assert run(root, "update") == 0
    text = (root / HOME).read_text(encoding="utf-8")
    assert "[virtuele knooppunten](limits/index.md#limits)" in text
    assert "fuzzy" not in text
    page.write_text(page.read_text(encoding="utf-8").replace("Pods run", "Most pods run"), encoding="utf-8")
    assert run(root, "update") == 0
    assert "#, fuzzy\n#| msgid" in (root / HOME).read_text(encoding="utf-8")


def test_a_renamed_article_keeps_its_translations(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The catalog of the old name gives its translations to the new one, and is reported."""
    translate(root, "limits", {"Read on.": "Lees verder."})
    (root / "docs/limits").rename(root / "docs/bounds")
    (root / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(FILES["mkdocs.yml"].replace("limits/", "bounds/"), encoding="utf-8")
    assert run(root, "update") == 0
    assert "Lees verder." in (root / "locales/nl/LC_MESSAGES/bounds.po").read_text(encoding="utf-8")
    assert "limits.po: its article is gone" in capsys.readouterr().out


def test_generate_writes_pages_with_source_ids_and_records(root: Path, tmp_path: Path) -> None:
    """A translated page keeps anchors, shows its records translated, and is the same on every run."""
    translate(root, "limits", {"Next steps": "Volgende stappen", "No IPv6": "Geen IPv6"})
    out = tmp_path / "out"
    assert run(root, "generate", "--out", str(out)) == 0
    text = (out / "nl/limits/index.md").read_text(encoding="utf-8")
    assert "## Volgende stappen {#next-steps}" in text
    assert "<span id='aks.nodes.ipv6'></span>**Geen IPv6**" in text
    assert "<span class='kp-fallback' lang='en'>Read on.</span>" in text
    before = snapshot(out)
    assert run(root, "generate", "--out", str(out)) == 0
    assert snapshot(out) == before


def test_status_counts_by_state(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Words and entries by state, as text and as JSON."""
    translate(root, "limits", {"Read on.": "Lees verder."})
    assert run(root, "status", "--format", "json") == 0
    articles = json.loads(capsys.readouterr().out)["articles"]
    (limits,) = [item for item in articles if item["name"] == "limits"]
    assert limits["entries"]["translated"] == 1
    assert limits["words"]["translated"] == 2
    assert run(root, "status") == 0
    assert capsys.readouterr().out.startswith("locale")


def test_check_finds_and_fixes_in_the_catalog(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A finding names the entry; the fix goes to the catalog and touches only that entry."""
    translate(root, "index", {"Pods run on [virtual nodes](limits/index.md).": "Peulen draaien op [knooppunten](limits/index.md)."})  # fmt: skip
    before = (root / HOME).read_text(encoding="utf-8")
    assert run(root, "check", "--select", "wrong-term") == 1
    assert f"{HOME}:" in capsys.readouterr().out
    assert run(root, "check", "--select", "wrong-term", "--diff") == 0
    assert "[-Peulen-]{+Pods+} draaien op" in capsys.readouterr().out
    assert run(root, "check", "--select", "wrong-term", "--patch") == 0
    assert "+msgstr" in capsys.readouterr().out
    assert (root / HOME).read_text(encoding="utf-8") == before
    assert run(root, "check", "--select", "wrong-term", "--fix") == 0
    assert (root / HOME).read_text(encoding="utf-8") == before.replace("Peulen", "Pods")
    assert run(root, "check", "--select", "wrong-term", "--fix") == 0


def test_check_finds_dead_links_of_sources(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Links to pages, anchors and records are followed; records count as anchors."""
    text = "# Home\n\n[a](gone.md) [b](limits/index.md#gone) [c](limits/index.md#aks.nodes.ipv6) [d](limits/index.md)\n"
    (root / "docs/index.md").write_text(text, encoding="utf-8")
    assert run(root, "check", "--format", "json") == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    places = {(item["check"], item["path"], item["line"], item["column"]) for item in found if "link" in item["check"] or "anchor" in item["check"]}  # fmt: skip
    assert places == {("broken-link", "docs/index.md", 3, 1), ("broken-anchor", "docs/index.md", 3, 14)}


@pytest.mark.parametrize("name", ["text", "json", "sarif", "github", "junit"])
def test_formats_are_what_they_say(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Every format carries check, path, line and message."""
    (root / "docs/index.md").write_text("# Home\n\n[a](gone.md)\n", encoding="utf-8")
    assert run(root, "check", "--format", name, "--quiet", "--select", "broken-link") == 1
    text = capsys.readouterr().out
    assert "broken-link" in text
    assert "gone.md" in text
    if name in {"json", "sarif"}:
        json.loads(text)
    assert {
        "text": text.startswith("docs/index.md:3:1: broken-link: "),
        "json": '"line": 3' in text,
        "sarif": '"startLine": 3' in text,
        "github": text.startswith("::error file=docs/index.md,line=3,col=1,title=broken-link::"),
        "junit": '<testcase name="docs/index.md:3:1" classname="broken-link">' in text,
    }[name]


def test_locale_add_makes_a_locale_that_works(root: Path) -> None:
    """A new locale has settings, a termbase, word lists and catalogs, and every verb takes it."""
    assert run(root, "locale", "add", "ar") == 0
    assert "direction: rtl" in (root / "locales/ar/locale.yml").read_text(encoding="utf-8")
    assert run(root, "check", "--locale", "ar") == 0
    assert run(root, "update", "--check") == 0
    assert run(root, "status", "--locale", "ar") == 0


def test_init_in_an_existing_project_overwrites_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """mkdocs.yml keeps every byte but one new line; a second run changes nothing."""
    config = "site_name: Mine  # a comment\ntheme: {name: material}\nplugins:\n    - search\n    - tags:\n        x: y\n\nnav: []\n"
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Hello\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    assert run(tmp_path, "init", "--locale", "nl") == 0
    assert (tmp_path / "mkdocs.yml").read_text(encoding="utf-8") == config.replace("x: y\n", "x: y\n    - knooppunt\n")
    assert 'msgid "Hello"' in (tmp_path / "locales/nl/LC_MESSAGES/index.po").read_text(encoding="utf-8")
    before = snapshot(tmp_path)
    assert run(tmp_path, "init") == 0
    assert snapshot(tmp_path) == before
    capsys.readouterr()
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\ntheme: readthedocs\n", encoding="utf-8")
    assert run(tmp_path, "init") == 2
    assert "material" in capsys.readouterr().err


def test_quiet_says_nothing_when_all_is_well(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a script needs is the status alone."""
    assert run(root, "update", "--quiet") == 0
    assert run(root, "check", "--quiet", "--select", "broken-link") == 0
    output = capsys.readouterr()
    assert output.out == ""
    assert output.err == ""


def test_colors_are_off_unless_asked_for(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe gets no escape codes; `--color always` gives them."""
    (root / "docs/index.md").write_text("# Home\n\n[a](gone.md)\n", encoding="utf-8")
    run(root, "check", "--select", "broken-link")
    assert "\x1b" not in capsys.readouterr().out
    run(root, "check", "--select", "broken-link", "--color", "always")
    assert "\x1b[31mbroken-link\x1b[0m" in capsys.readouterr().out


def test_a_hostile_file_name_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Control characters from files are shown as a replacement character."""
    path = tmp_path / "a\x1b]0;title\x07.md"
    path.write_text("[a](gone.md)\n", encoding="utf-8")
    assert main(["check", str(path), "--select", "broken-link"]) == 1
    assert "\x1b" not in capsys.readouterr().out


def test_a_hostile_text_cannot_hide_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The styles that pass are those of the command line, and only where there are any."""
    for folder, text in (
        ("en", "# Home\n"),
        ("nl", "# Thuis\n\nSee \x1b[8mthis\x1b[0m and \x1b[31mthat\x1b[30;40m.\n"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "index.md").write_text(text, encoding="utf-8")
    words = ["adopt", str(tmp_path / "en"), str(tmp_path / "nl"), "-l", "nl", "--out", str(tmp_path / "out")]
    assert main([*words, "--color", "never"]) == 0
    output = capsys.readouterr().out
    assert "See \ufffd[8mthis" in output
    assert "\x1b" not in output
    assert main([*words, "--color", "always"]) == 0
    output = capsys.readouterr().out
    assert "See \ufffd[8mthis" in output
    assert "that\ufffd[30;40m." in output


def test_a_terminal_of_another_encoding_gets_what_it_can_show(root: Path) -> None:
    """What it has no sign for is shown by its number."""
    (root / "docs/index.md").write_text("# Home\n\n[a](ê日.md)\n", encoding="utf-8")
    words = [sys.executable, "-m", "knooppunt", "check", "--project", str(root), "--select", "broken-link"]
    done = subprocess.run(words, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False)
    assert done.returncode == 1
    assert rb"\xea\u65e5.md" in done.stdout
    assert done.stderr == b""


def test_the_feed_is_written(root: Path, tmp_path: Path) -> None:
    """Every language has its feed, and each text says its language and state."""
    out = tmp_path / "feed"
    assert run(root, "feed", "--out", str(out)) == 0
    feed = json.loads((out / "api/v1/limitations.nl.json").read_text(encoding="utf-8"))
    assert feed["records"][0]["title"] == {"text": "No IPv6", "lang": "en", "state": "fallback"}


def test_update_takes_paths_as_well_as_names(root: Path) -> None:
    """What a shell completes is understood."""
    assert run(root, "update", "limits", "docs/index.md", "./docs/index.md") == 0


@pytest.mark.parametrize("place", [1, 2, 3])
def test_common_options_stand_anywhere_after_the_verb(
    root: Path, place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """`locale add CODE` takes them as the other verbs do, before and behind its action."""
    capsys.readouterr()
    words = ["locale", "add", "de"]
    assert main([*words[:place], "--project", str(root), "--quiet", *words[place:]]) == 0
    assert (root / "locales/de/locale.yml").is_file()
    assert capsys.readouterr().out == ""


def test_a_project_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No verb says that it works on what does not exist, and none makes it."""
    for words in (["status"], ["update"], ["build"], ["serve"], ["locale", "add", "de"]):
        assert main([*words, "--project", str(tmp_path / "gone")]) == 2
        output = capsys.readouterr()
        assert output.out == ""
        assert output.err == f"error: there is no folder '{tmp_path / 'gone'}'\n"
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("name", ["secret.md", "secret.yml"])
def test_a_link_out_of_the_project_is_not_published(
    root: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Neither as a page nor as records, as no other file is; a link inside the project is a page like any other."""
    outside = tmp_path_factory.mktemp("outside") / name
    outside.write_text("", encoding="utf-8")
    (root / "README.md").write_text("# Read me\n", encoding="utf-8")
    (root / "docs/readme.md").symlink_to("../README.md")
    assert run(root, "update") == 0
    (root / "docs" / name).symlink_to(outside)
    capsys.readouterr()
    assert run(root, "update") == 2
    assert f"docs/{name}: is a link that leads out of the project" in capsys.readouterr().err


def test_records_in_a_container_stay_in_it(root: Path) -> None:
    """Each line of the records is indented as their directive is, and ends as the lines of the page do."""
    page = root / "docs/limits/index.md"
    page.write_bytes(b"# Limits\r\n\r\n!!! note\r\n\r\n    <!-- knooppunt: records -->\r\n\r\nEnd.\r\n")
    assert run(root, "generate", "--out", str(root / "out")) == 0
    text = (root / "out/nl/limits/index.md").read_bytes().decode()
    assert text.count("\n") == text.count("\r\n")
    body = text[text.index("!!! note") : text.index("End.")].split("\r\n")[1:]
    assert "        Pods have no IPv6 address." in body
    assert all(line.startswith("    ") for line in body if line)


def test_numbers_and_nouns_agree(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`1 catalog`, `2 catalogs`, and no colon before nothing."""
    capsys.readouterr()
    out = str(tmp_path / "out")
    assert run(root, "update", "limits") == 0
    assert capsys.readouterr().out == "1 catalog, 0 changed: 5 unchanged\n"
    assert run(root, "feed", "--out", out) == 0
    assert " files with 1 record in " in capsys.readouterr().out
    (root / "docs/more.md").write_text("# More\n", encoding="utf-8")
    assert run(root, "update", "--check") == 1
    assert "1 catalog is behind its source" in capsys.readouterr().err
    (root / "docs/more.md").unlink()
    translate(root, "limits", {"Read on.": "Lees verder."})
    for path in (root / "docs/limits").iterdir():
        path.unlink()
    (root / "docs/index.md").write_text("# Home\n", encoding="utf-8")
    assert run(root, "update", "--quiet") == 0
    assert run(root, "update") == 0
    assert "1 translation is kept for a page" in capsys.readouterr().out
    assert run(root, "generate", "--out", out) == 0
    assert capsys.readouterr().out.endswith("nl: 1 page\n")
    for path in (root / "locales/nl").rglob("*"):
        if path.is_file():
            path.unlink()
    assert run(root, "update") == 0
    assert capsys.readouterr().out == "0 catalogs, 0 changed\n"


@pytest.mark.parametrize(
    ("words", "usage"),
    [(["status", "a"], "status"), (["locale", "add", "de", "at"], "locale add"), (["build", "--x"], "build")],
)
def test_surplus_arguments_get_the_usage_of_their_verb(
    words: list[str], usage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert error.startswith(f"usage: knooppunt {usage} [-h]")
    assert f"unrecognized arguments: {words[-1]}" in error


def test_a_reader_that_stops_reading_is_no_error(root: Path) -> None:
    """`check | head` ends as other tools do: nothing on standard error, the status of SIGPIPE."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        command = [sys.executable, "-m", "knooppunt", "check", "--project", str(root)]
        ended = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (ended.returncode, ended.stderr) == (141, b"")


def test_a_build_that_fails_names_the_page_of_the_author(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The staged copy is nobody's: a warning and an error name the file below docs."""
    (root / "docs/index.md").write_text("# Home\n\n[a](gone.md)\n\nThe rest.\n", encoding="utf-8")
    assert run(root, "update") == 0
    translate(root, "index", {"The rest.": "De [rest](weg.md)."})
    capsys.readouterr()
    assert run(root, "build", "--no-strict", "--site-dir", str(root / "out")) == 0
    lines = capsys.readouterr().out.splitlines()
    warnings = [line for line in lines if line.startswith("warning: ")]
    assert any("'docs/index.md' contains a link 'gone.md', but the target 'docs/gone.md'" in line for line in warnings)
    assert not any("en/" in line or "nl/" in line for line in warnings)
    assert run(root, "build", "--site-dir", str(root / "out")) == 2
    assert "'docs/index.md' contains a link 'gone.md'" in capsys.readouterr().err


def test_init_leaves_yaml_that_holds_no_records_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An OpenAPI among the docs is named under `ignore`; one that comes later has one clear error."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# Hello\n", encoding="utf-8")
    (tmp_path / "docs/openapi.yml").write_text("openapi: 3.1.0\ninfo: &a {title: x}\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Mine\ntheme: {name: material}\n", encoding="utf-8")
    assert run(tmp_path, "init", "--locale", "nl") == 0
    assert 'ignore:\n  - "openapi.yml"\n' in (tmp_path / "knooppunt.yml").read_text(encoding="utf-8")
    (tmp_path / "docs/later.yml").write_text("openapi: 3.1.0\n", encoding="utf-8")
    capsys.readouterr()
    assert run(tmp_path, "status") == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "docs/later.yml:1: holds no records" in error
    assert "'ignore'" in error
