"""Two feeds compared: what happened to each id, and what the release has to be."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from feed_cases import DUTCH, RECORDS, SETTINGS, small_feed, validator

from knooppunt.cli import main
from knooppunt.feed import render_feed
from knooppunt.feed.changelog import FieldChange, parse_log
from knooppunt.feed.comparing import Comparison, Snapshot, compare, field_changes
from knooppunt.feed.diff_reports import json_report, markdown_report, text_report
from knooppunt.feed.snapshots import snapshot

FILES = render_feed(small_feed())


def state(records: str = RECORDS, dutch: str = DUTCH, locales: tuple[str, ...] = ("nl",)) -> Snapshot:
    files = {
        path: json.loads(data)
        for path, data in render_feed(small_feed(records=records, dutch=dutch)).items()
        if path.endswith(".json")
    }
    by_id = {
        locale: {item["id"]: item for item in files[f"api/v1/limitations.{locale}.json"]["records"]}
        for locale in ("en", "nl")
    }
    return Snapshot(
        "x",
        by_id["en"],
        {locale: by_id[locale] for locale in locales},
        {item["id"]: item for item in files["api/v1/redirects.json"]["redirects"]},
        frozenset(path for path in files if "/records/" not in path),
        files["api/v1/schemas/limitations.schema.json"],
    )


OLD = state()
BARE = RECORDS.partition("shop.till.aliases:")[0]
TAIL = RECORDS.removeprefix(BARE)


def changed(*pairs: tuple[str, str], dutch: str = DUTCH) -> Comparison:
    text = RECORDS
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    return compare(OLD, state(text, dutch))


def kinds(found: Comparison) -> dict[str, str]:
    return {item.change.id.removeprefix("shop.till."): item.change.change for item in found.differences}


def fields(found: Comparison) -> list[tuple[str, str | None, str | None]]:
    return [(item.field, item.before, item.after) for change in found.differences for item in change.change.fields]


# Kinds of change --------------------------------------------------------------------------------------------------


def test_nothing() -> None:
    found = changed()
    assert (found.differences, found.api, found.verdict) == ((), (), "none")


SIXTY, MORE = (f"{number} entries per pod, not adjustable" for number in (60, 61))
ZONE = "Add a record to your DNS zone."
PAGE = "https://example.org/"


@pytest.mark.parametrize(
    ("old", "new", "kind", "what"),
    [
        ("title: Coins", "title: Coin", "editorial", "title: Coins > Coin"),
        ("source: README.md", "source: README.txt", "editorial", "evidence: README.md > | evidence: > README.txt"),
        (f'{PAGE}"}}]', f'{PAGE}b"}}]', "editorial", f"references: {PAGE} > | references: > {PAGE}b"),
        (f"  workaround: {ZONE}\n", "", "editorial", f"workaround: {ZONE} >"),
        ("{status: unknown}", "{status: active}", "meaning", "variants.v2.status: unknown > active"),
        ("effect: ignored", "effect: rejected", "meaning", "effect: ignored > rejected"),
        ("[spec.hostAliases]", "[spec.hostAliases, spec.hosts]", "meaning", "fields: > spec.hosts"),
        ("value: 60", "value: 61", "meaning", f"amounts: {SIXTY} > | amounts: > {MORE}"),
        ("until: 2024-09-20", "until: 2024-09-21", "meaning", "variants.v1.until: 2024-09-20 > 2024-09-21"),
        ("layer: aci", "layer: provider", "meaning", "layer: aci > provider"),
        ("subject: host aliases", "subject: hosts", "meaning", "subject: host aliases > hosts"),
        ("revision: 2", "revision: 3", "meaning", ""),
    ],
)
def test_meaning_and_editorial(old: str, new: str, kind: str, what: str) -> None:
    found = changed((old, new))
    assert list(kinds(found).values()) == [kind]
    said = [
        f"{name}: {before or ''} > {after or ''}".replace("  ", " ").strip() for name, before, after in fields(found)
    ]
    assert " | ".join(said) == what
    assert found.verdict == "patch"


def test_translation_only() -> None:
    found = changed(dutch=DUTCH.replace("Hostaliassen hebben geen effect", "Hostaliassen doen niets"))
    assert kinds(found) == {"hosts": "translation"}
    assert (found.differences[0].locales, found.verdict, fields(found)) == ({"nl": 1}, "patch", [])


def test_a_state_is_part_of_a_translation() -> None:
    found = changed(dutch=DUTCH.replace('#, fuzzy\n#| msgid "It came back once."\n', ""))
    assert found.differences[0].locales == {"nl": 1}


def test_a_fallback_that_moves_with_its_source_is_no_translation() -> None:
    found = changed(("statement: Coins are needed.", "statement: Coins are necessary."))
    assert (kinds(found), found.differences[0].locales) == ({"coins": "editorial"}, {})


def test_added_and_removed() -> None:
    fewer = state(BARE.partition("shop.till.coins:")[0])
    gone = compare(replace(OLD, redirects={}), fewer)
    assert (kinds(gone), gone.verdict) == ({"coins": "removed"}, "major")
    assert gone.differences[0].change.title == "Coins"
    assert gone.problems == ()  # it is allowed, in a major release
    came = compare(fewer, replace(OLD, redirects={}))
    assert (kinds(came), came.verdict) == ({"coins": "added"}, "patch")
    assert (came.differences[0].change.revision, came.problems) == (1, ())


def test_moved_is_one_change_and_no_addition() -> None:
    found = changed(
        ("shop.till.coins", "shop.till.cash"),
        ("shop.till.aliases: {", "shop.till.coins: {moved: shop.till.cash}\nshop.till.aliases: {"),
        ("title: Coins", "title: Cash"),
    )
    assert kinds(found) == {"coins": "moved"}
    assert (found.differences[0].change.to, found.verdict) == (("shop.till.cash",), "patch")
    assert fields(found) == [("title", "Coins", "Cash")]


def test_split() -> None:
    retired = "shop.till.coins: {split: [shop.till.euros, shop.till.cents]}\n"
    second = BARE.partition("shop.till.coins:")[2]
    found = changed(
        (
            f"shop.till.coins:{second}",
            f"shop.till.euros:{second}shop.till.cents:{second}{retired}",
        )
    )
    assert kinds(found) == {"coins": "split"}
    assert found.differences[0].change.to == ("shop.till.euros", "shop.till.cents")


def test_withdrawn_is_said_by_the_record() -> None:
    found = changed(("variants: {v2: {status: active}}", "variants: {v2: {status: withdrawn}}\n  revision: 2"))
    assert (kinds(found), found.problems) == ({"coins": "withdrawn"}, ())


# Problems ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pairs", "problem"),
    [
        ([("effect: ignored", "effect: rejected")], "facts changed and the revision did not"),
        ([("revision: 2", "revision: 1")], "the revision is lower than it was"),
        ([("revision: 2", "revision: 3")], "the revision rose and nothing else changed"),
        (
            [("shop.till.aliases: {moved: shop.till.names}\n", ""), ("shop.till.aliases]", "shop.till.hosts]")],
            "a retired id stays for ever",
        ),
    ],
)
def test_problems(pairs: list[tuple[str, str]], problem: str) -> None:
    found = changed(*pairs)
    assert len(found.problems) == 1
    assert str(found.problems[0].problem).startswith(problem)


def test_an_id_is_never_given_again() -> None:
    second = BARE.partition("shop.till.coins:")[2]
    found = changed(("shop.till.names: {moved: shop.till.hosts}\n", f"shop.till.names:{second}"))
    assert kinds(found) == {"names": "added"}
    assert found.problems[0].problem == "this id was retired; an id is never given again"


def test_facts_with_a_raised_revision_are_right() -> None:
    assert changed(("effect: ignored", "effect: rejected"), ("revision: 2", "revision: 3")).problems == ()


# Form of the feed -------------------------------------------------------------------------------------------------


def test_languages_files_and_fields() -> None:
    assert compare(OLD, state(locales=())).api[0] == ("major", "the language nl is gone")
    assert compare(state(locales=()), OLD).api == (("minor", "the language nl is new"),)
    fewer = replace(OLD, paths=OLD.paths - {"api/v1/variants/v1.json"})
    assert compare(OLD, fewer).api == (("major", "the file api/v1/variants/v1.json is gone"),)
    assert compare(fewer, OLD).api == (("minor", "the file api/v1/variants/v1.json is new"),)
    schema = json.loads(json.dumps(OLD.schema))
    del schema["$defs"]["record"]["properties"]["article"]
    schema["$defs"]["effect"]["properties"]["id"]["enum"].append("warned")
    other = replace(OLD, schema=schema)
    assert compare(OLD, other).api == (
        ("major", "the field record.article is gone"),
        ("minor", "the word 'warned' of effect.id is new"),
    )
    assert (compare(OLD, other).verdict, compare(OLD, replace(OLD, schema=None)).api) == ("major", ())


# Reports ----------------------------------------------------------------------------------------------------------

ALL = changed(
    ("effect: ignored", "effect: rejected"),
    ("subject: host aliases", "subject: '`<b>` | hosts'"),
    ("title: Coins", "title: Coin *s*"),
)


def test_text() -> None:
    assert text_report(ALL) == (
        "Changed in meaning:\n"
        "  shop.till.hosts: Host aliases have no effect\n"
        "      effect: ignored -> rejected\n"
        "      subject: host aliases -> `<b>` | hosts\n"
        "      problem: facts changed and the revision did not: raise it, so that translators and readers are told\n"
        "Editorial:\n"
        "  shop.till.coins: Coin *s*\n"
        "      title: Coins -> Coin *s*\n"
        "x -> x: patch: data changed\n"
    )


def test_markdown() -> None:
    assert markdown_report(ALL) == (
        "Records, from `x` to `x`: patch: data changed.\n\n"
        "### Changed in meaning\n\n"
        "- `shop.till.hosts`: Host aliases have no effect\n"
        "    - effect: `ignored` → `rejected`\n"
        "    - subject: `host aliases` → `` `<b>` | hosts ``\n\n"
        "### Editorial\n\n"
        "- `shop.till.coins`: Coin \\*s\\*\n"
        "    - title: `Coins` → `Coin *s*`\n"
    )
    only = changed(dutch=DUTCH.replace("Hostaliassen hebben", "Gastheren hebben"))
    assert markdown_report(only).endswith("### Translations only\n\n- nl: 1 texts\n")
    form = compare(OLD, replace(OLD, paths=OLD.paths - {"api/v1/variants/v1.json"}))
    assert markdown_report(form).endswith("### Form of the feed\n\n- major: the file api/v1/variants/v1.json is gone\n")


@pytest.mark.parametrize("found", [ALL, changed(), changed(dutch=""), compare(OLD, state(BARE, locales=()))])
def test_json_follows_its_schema(found: Comparison) -> None:
    document = json.loads(json_report(found))
    assert [error.message for error in validator(FILES, "diff").iter_errors(document)] == []
    assert (document["verdict"], len(document["changes"])) == (found.verdict, len(found.differences))


def test_a_record_is_equal_to_itself_in_another_language() -> None:
    for name, record in OLD.records.items():
        assert field_changes(record, record) == ()
        assert {item.field for item in field_changes(record, OLD.translations["nl"][name])} <= {
            *("title", "statement", "workaround", "variants.v1.note", "amounts"),
        }


# The command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in git: first with one record fewer, then as it is in the other tests, tagged and not."""
    root = tmp_path / "project"
    files = {
        "mkdocs.yml": "site_name: Shop\nsite_url: https://docs.example/\n",
        "knooppunt.yml": json.dumps({"layers": dict(SETTINGS.layers), "variants": dict(SETTINGS.variants)}),
        "docs/till.yml": RECORDS,
        "docs/index.md": "# Till\n",
        "locales/nl/locale.yml": "name: Nederlands\n",
        "locales/nl/LC_MESSAGES/till.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n' + DUTCH,
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    git(root, "init", "-q", "-b", "main")
    commit(root, "v1")
    (root / "docs/till.yml").write_text(RECORDS.replace("title: Coins", "title: Coin"), "utf-8")
    commit(root, "v2")
    return root


def git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(root), *who, *arguments], check=True, capture_output=True)


def commit(root: Path, tag: str) -> None:
    git(root, "add", ".")
    git(root, "commit", "-q", "-m", tag)
    git(root, "tag", tag)


Printed = Callable[[], str]


def run(root: Path, *arguments: str) -> int:
    return main(["diff", "--project", str(root), *arguments])


def test_revisions_and_working_files(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "v1", "v2") == 0
    assert "title: Coins -> Coin\nv1 -> v2: patch: data changed\n" in capsys.readouterr().out
    assert run(project, "v2") == 0
    assert capsys.readouterr().out == "v2 -> the working files: nothing changed, no release is needed\n"


def test_folders_files_and_revisions_are_the_same(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "feed"
    assert main(["feed", "--project", str(project), "--out", str(out)]) == 0
    capsys.readouterr()
    for side in (out, out / "api/v1", out / "api/v1/limitations.json"):
        assert run(project, str(side), "--format", "json") == 0
        found = json.loads(capsys.readouterr().out)
        assert (found["verdict"], found["changes"]) == ("none", [])
    assert run(project, "v1", str(out), "--format", "json") == 0
    assert [item["change"] for item in json.loads(capsys.readouterr().out)["changes"]] == ["editorial"]


def test_exit_status(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (project / "docs/till.yml").read_text("utf-8")
    (project / "docs/till.yml").write_text(text.replace("layer: aci", "layer: provider"), "utf-8")
    assert run(project, "v2") == 1
    assert "problem: facts changed and the revision did not" in capsys.readouterr().out
    (project / "docs/till.yml").write_text(text.replace("layer: aci", "layer: provider\n  revision: 2"), "utf-8")
    assert run(project, "v2") == 0
    (project / "docs/till.yml").write_text(BARE.partition("shop.till.coins:")[0], "utf-8")
    assert run(project, "v1", "--allow", "major") == 1  # redirects are gone too
    (project / "docs/till.yml").write_text(RECORDS.replace("shop.till.coins", "shop.till.cash"), "utf-8")
    assert run(project, "v1") == 0
    capsys.readouterr()
    assert run(project, "v1", "--allow", "minor") == 1
    assert capsys.readouterr().err == "error: this is a major change, and no more than minor is allowed\n"


def test_the_log_is_written_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log = project / "changes.jsonl"
    assert run(project, "v1", "v2", "--log", "--date", "2026-01-31", "--release", "2.0") == 0
    assert capsys.readouterr().out.endswith("1 change added to changes.jsonl\n")
    (change,) = parse_log(log.read_text("utf-8"))
    assert (change.id, change.change, change.release, str(change.date)) == (
        "shop.till.coins",
        "editorial",
        "2.0",
        "2026-01-31",
    )
    assert change.fields == (FieldChange("title", "Coins", "Coin"),)
    written = log.read_text("utf-8")
    log.write_text(written.rstrip("\n"), "utf-8")
    assert run(project, "v1", "v2", "--log", "--date", "2026-02-01") == 0
    assert log.read_text("utf-8") == written.rstrip("\n")
    (project / "docs/till.yml").write_text(RECORDS.replace("title: Coins", "title: Cash"), "utf-8")
    assert run(project, "v2", "--log") == 0
    assert len(parse_log(log.read_text("utf-8"))) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none"], "error: 'none' is neither a feed nor a revision of the project"),
        (["--", "--output=x"], "error: '--output=x' is neither a feed nor a revision of the project"),
        ([str(Path(__file__).parent)], "error: '"),
        (["ftp://x/"], "error: 'ftp://x/' is no address of a feed"),
        (["v1", "--log", "--date", "today"], "error: 'today' is no date; write it like 2026-01-31"),
    ],
)
def test_what_cannot_be_compared(
    project: Path, arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(project, *arguments) == 2
    assert capsys.readouterr().err.startswith(message)


def test_a_revision_whose_files_are_not_right(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs/till.yml").write_text("shop.till.hosts: {kind: quota}\n", "utf-8")
    commit(project, "bad")
    assert run(project, "bad", "v1") == 2
    assert capsys.readouterr().err.startswith("bad:docs/till.yml:1: shop.till.hosts")
    git(project, "rm", "-rq", "docs")
    git(project, "commit", "-q", "-m", "none")
    git(project, "tag", "none")
    assert run(project, "none", "v1") == 2
    assert (
        capsys.readouterr().err
        == "error: at none: there is no folder 'docs' in .; set 'docs' to where your pages are\n"
    )


def test_an_address_needs_no_project(tmp_path: Path) -> None:
    def never() -> Path:
        raise AssertionError

    (tmp_path / "limitations.json").write_bytes(FILES["api/v1/limitations.json"])
    found: dict[str, Any] = dict(snapshot(str(tmp_path / "limitations.json"), never).records)
    assert sorted(found) == ["shop.till.coins", "shop.till.hosts"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("redirects.json", '{"schema_version": "1.0"}', "redirects.json has no list of redirects"),
        ("limitations.json", '{"schema_version": "1.0", "records": [{"id": "a.b.c"}]}', "records[0] has no 'kind'"),
        ("schemas/limitations.schema.json", "<html>", "limitations.schema.json is not a JSON object"),
        ("schemas/limitations.schema.json", "[]", "limitations.schema.json is not a JSON object"),
    ],
)
def test_a_feed_that_is_not_as_promised(
    project: Path, tmp_path: Path, name: str, text: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feed", "--project", str(project), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    (tmp_path / "out/api/v1" / name).write_text(text, "utf-8")
    assert run(project, str(tmp_path / "out"), "v1") == 2
    assert message in capsys.readouterr().err
