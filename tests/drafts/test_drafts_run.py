"""`knooppunt draft` on a project: what is filled, what is left, what it costs, and what a kill costs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from engine_server import Fake, engine_server, o_behind

from knooppunt.catalogs import entry_state, machine_text, parse_po
from knooppunt.cli import main
from knooppunt.drafts import Journal
from knooppunt.model import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.catalogs import Catalog

PAGE = """\
# Pods and more

Pods run on [virtual nodes](nodes.md).

Run `kubectl get pods` and wait 60 seconds.

Host aliases have no effect here.

The second page says nothing.
"""
FILES = {
    "mkdocs.yml": "site_name: Small\nsite_url: https://example.org/\ntheme: {name: material}\n"
    "plugins: [search, knooppunt]\n",
    "knooppunt.yml": "docs: docs\n",
    "docs/index.md": PAGE,
    "docs/nodes.md": "# Nodes\n\nA node is a machine.\n",
    "locales/nl/locale.yml": "name: Nederlands\npublish: machine\n",
    "locales/nl/terms.yml": "aliases:\n  source: host aliases\n  use: hostaliassen\n  never: [hosto aliaseso]\n"
    "kubernetes:\n  source: Kubernetes\n  use: Kubernetes\n  translate: false\n",
}
TOOLS = Path(__file__).parents[2] / "tools"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert main(["update", "--quiet", "--project", str(tmp_path)]) == 0
    return tmp_path


@pytest.fixture
def fake() -> Iterator[Fake]:
    with engine_server(Fake()) as served:
        yield served


def draft(root: Path, fake: Fake, *more: str, engine: str = "libretranslate") -> int:
    where = ["--project", str(root), "--locale", "nl", "--engine", engine, "--url", fake.address]
    return main(["draft", *where, *(more or ("docs/",))])


def catalog(root: Path, name: str = "index") -> Catalog:
    path = root / f"locales/nl/LC_MESSAGES/{name}.po"
    return parse_po(path.read_text(encoding="utf-8"), str(path))


def texts(root: Path) -> dict[str, str]:
    return {entry.msgid: entry.msgstr for entry in catalog(root).active}


def change(root: Path, before: str, after: str, name: str = "locales/nl/LC_MESSAGES/index.po") -> None:
    path = root / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_empty_entries_become_machine_drafts(root: Path, fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    assert draft(root, fake) == 0
    found = texts(root)
    assert found["Run `kubectl get pods` and wait 60 seconds."] == "Runo `kubectl get pods` ando waito 60 secondso."
    assert found["Pods run on [virtual nodes](nodes.md)."] == "Podso runo ono [virtualo nodeso](nodes.md)."
    assert {entry_state(entry, ()) for entry in catalog(root).active} == {State.MACHINE}
    assert "7 entries drafted by libretranslate" in capsys.readouterr().out


def test_terms_are_mended_and_the_engines_own_words_kept(root: Path, fake: Fake) -> None:
    draft(root, fake)
    entry = next(entry for entry in catalog(root).active if entry.msgid.startswith("Host"))
    assert entry.msgstr == "Hostaliassen haveo noo effecto hereo."
    assert machine_text(entry) == ("libretranslate", "Hosto aliaseso haveo noo effecto hereo.")


def test_nothing_is_sent_twice(root: Path, fake: Fake) -> None:
    draft(root, fake)
    paid = list(fake.texts)
    assert len(paid) == len(set(paid)) == 7
    assert draft(root, fake) == 0
    main(["update", "--quiet", "--project", str(root)])
    for path in (root / "locales/nl/LC_MESSAGES").glob("*.po"):
        path.unlink()
    main(["update", "--quiet", "--project", str(root)])
    assert draft(root, fake) == 0
    assert fake.texts == paid, "answers come from the journal"
    assert all(texts(root).values())


def test_a_journal_with_a_torn_line_is_gone_on_with(root: Path, fake: Fake) -> None:
    draft(root, fake, "index")
    journal = root / ".knooppunt/drafts/libretranslate-nl.jsonl"
    journal.write_bytes(journal.read_bytes()[:-9])
    draft(root, fake)
    assert len(Journal(journal.read_text("utf-8")).answers) == 6, "one line is torn, two are new"


def test_another_glossary_or_engine_is_another_answer(root: Path, fake: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEEPL_AUTH_KEY", "k")
    draft(
        root,
        fake,
        "index",
        engine="deepl",
    )
    first = len(fake.texts)
    change(root, "use: hostaliassen", "use: hostnamen", "locales/nl/terms.yml")
    for path in (root / "locales/nl/LC_MESSAGES").glob("*.po"):
        path.unlink()
    main(["update", "--quiet", "--project", str(root)])
    draft(root, fake, "index", engine="deepl")
    assert len(fake.texts) == 2 * first


def test_each_answer_of_an_engine_of_single_texts_is_kept(root: Path, fake: Fake) -> None:
    """Two answers and then an error: what the two cost is not lost."""

    def translate(text: str) -> str:
        if len(fake.texts) == 2:
            fake.faults.append((400, {}, b"no"))
        return o_behind(text)

    fake.translate = translate
    assert draft(root, fake, engine="apertium") == 2
    assert len(Journal((root / ".knooppunt/drafts/apertium-nl.jsonl").read_text("utf-8")).answers) == 2
    fake.translate = o_behind
    assert draft(root, fake, engine="apertium") == 0
    assert len(fake.texts) == len(set(fake.texts)) == 7


def test_another_server_is_another_answer(root: Path, fake: Fake) -> None:
    draft(root, fake, "index")
    with engine_server(Fake()) as other:
        for path in (root / "locales/nl/LC_MESSAGES").glob("*.po"):
            path.unlink()
        main(["update", "--quiet", "--project", str(root)])
        draft(root, other, "index")
    assert sorted(other.texts) == sorted(fake.texts)


def test_a_refused_answer_is_asked_for_again_where_that_is_wanted(root: Path, fake: Fake) -> None:
    fake.translate = lambda text: "" if "Host" in text else o_behind(text)
    assert draft(root, fake) == 1
    fake.texts.clear()
    fake.translate = o_behind
    assert draft(root, fake) == 1
    assert fake.texts == []
    assert draft(root, fake, "docs/", "--again") == 0
    assert len(fake.texts) == 1, "what came back whole is not paid for again"
    assert draft(root, fake, "docs/", "--again") == 0
    assert len(fake.texts) == 1


def test_a_persons_text_is_never_touched(root: Path, fake: Fake) -> None:
    change(
        root,
        'msgid "The second page says nothing."\nmsgstr ""',
        'msgid "The second page says nothing."\nmsgstr "Niets."',
    )
    change(
        root,
        'msgid "Host aliases have no effect here."\nmsgstr ""',
        '#, fuzzy\nmsgid "Host aliases have no effect here."\nmsgstr "Onzeker"',
    )
    draft(root, fake)
    assert texts(root)["The second page says nothing."] == "Niets."
    assert texts(root)["Host aliases have no effect here."] == "Onzeker"
    assert not any("page says" in text for text in fake.texts)


def test_a_draft_for_a_changed_source_is_a_comment_only(root: Path, fake: Fake) -> None:
    change(
        root,
        'msgid "The second page says nothing."\nmsgstr ""',
        'msgid "The second page says nothing."\nmsgstr "Niets."',
    )
    change(root, "The second page says nothing.", "The second page says almost nothing.", "docs/index.md")
    main(["update", "--quiet", "--project", str(root)])
    assert entry_state(stale := catalog(root).active[-1], ()) is State.STALE
    draft(root, fake)
    assert replace(catalog(root).active[-1], origin=stale.origin) == stale, "not asked for"
    draft(root, fake, "docs/", "--stale")
    entry = catalog(root).active[-1]
    assert (entry.msgstr, entry_state(entry, ())) == ("Niets.", State.STALE)
    assert machine_text(entry) == ("libretranslate", "Theo secondo pageo sayso almosto nothingo.")
    before = catalog(root).text
    draft(root, fake, "docs/", "--stale")
    assert catalog(root).text == before


@pytest.mark.parametrize(
    ("translate", "reason"),
    [
        (lambda text: text.replace("<code", "<b").replace("</code>", "</b>"), "has lost"),
        (lambda text: o_behind(text).replace("60", "90"), "changed-number"),
    ],
)
def test_what_cannot_be_mended_stays_untranslated(
    root: Path, fake: Fake, capsys: pytest.CaptureFixture[str], translate: object, reason: str
) -> None:
    assert callable(translate)
    fake.translate = translate
    assert draft(root, fake) == 1
    assert texts(root)["Run `kubectl get pods` and wait 60 seconds."] == ""
    out = capsys.readouterr().out
    assert "index.po:" in out
    assert "left untranslated" in out
    assert reason in out


def test_the_memory_comes_first_and_costs_nothing(root: Path, fake: Fake) -> None:
    (root / "docs/copy.md").write_text("# Copied words\n\nHost aliases have no effect here.\n", encoding="utf-8")
    main(["update", "--quiet", "--project", str(root), "--no-cache"])
    change(root, 'effect here."\nmsgstr ""', 'effect here."\nmsgstr "Zonder gevolg."')
    draft(root, fake)
    entry = next(entry for entry in catalog(root, "copy").active if entry.msgid.startswith("Host"))
    assert (entry.msgstr, machine_text(entry)) == ("Zonder gevolg.", ("memory", "Zonder gevolg."))
    assert entry_state(entry, ()) is State.MACHINE
    assert not any("aliases" in text for text in fake.texts)


def test_a_budget_ends_cleanly_and_says_where(root: Path, fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    assert draft(root, fake, "docs/", "--budget", "60") == 1
    sent = sum(map(len, fake.texts))
    assert 0 < sent <= 60
    assert "the budget ends before locales/nl/LC_MESSAGES/index.po:" in capsys.readouterr().out
    assert draft(root, fake, "docs/") == 0
    assert len(fake.texts) == len(set(fake.texts)) == 7


def test_a_dry_run_tells_the_price_and_does_nothing(root: Path, fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    before = catalog(root).text
    assert draft(root, fake, "docs/", "--dry-run") == 0
    planned = capsys.readouterr().out
    assert (fake.texts, catalog(root).text) == ([], before)
    draft(root, fake)
    assert f"7 texts, {sum(map(len, fake.texts))} characters, 1 batch;" in planned


def test_an_engine_that_gives_up_leaves_what_it_did(root: Path, fake: Fake, capsys: pytest.CaptureFixture[str]) -> None:
    """Three texts by three requests, then the quota ends; what was paid for is used."""
    answered = 0

    def translate(text: str) -> str:
        nonlocal answered
        answered += 1
        if answered == 3:
            fake.faults.append((456, {}, b"quota"))
        return o_behind(text)

    fake.translate = translate
    (root / "docs/many.md").write_text("".join(f"Line {'x' * n} of text.\n\n" for n in range(1, 60)), encoding="utf-8")
    main(["update", "--quiet", "--project", str(root), "--no-cache"])
    assert draft(root, fake) == 2
    error = capsys.readouterr().err
    assert "456" in error
    assert "texts not sent, run it again to go on" in error
    paid = list(fake.texts)
    assert sum(bool(text) for text in texts(root).values()) >= 5
    fake.translate = o_behind
    assert draft(root, fake) == 0
    assert len(fake.texts) == len(set(fake.texts)) > len(paid)


def test_a_key_is_asked_for_and_never_shown(
    root: Path, fake: Fake, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DEEPL_AUTH_KEY", raising=False)
    assert draft(root, fake, engine="deepl") == 2
    assert "put it into the environment as DEEPL_AUTH_KEY" in capsys.readouterr().err
    monkeypatch.setenv("DEEPL_AUTH_KEY", "top-secret")
    fake.faults = [(403, {}, b"bad key top-secret")]
    assert draft(root, fake, engine="deepl") == 2
    shown = capsys.readouterr()
    assert "top-secret" not in shown.out + shown.err
    assert not any("top-secret" in path.read_text("utf-8", "replace") for path in root.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (("nowhere",), "no article 'nowhere'"),
        (("../docs",), "no article '../docs'"),
        (("docs/", "--budget", "0"), "budget of 0"),
        (("docs/", "--engine", "babelfish"), "there is no engine 'babelfish'"),
        (("docs/", "--locale", "xx"), "no locale 'xx'"),
        (("docs/", "--url", "http://example.org"), "not encrypted"),
    ],
)
def test_bad_input_is_one_clear_error(
    root: Path, fake: Fake, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], message: str
) -> None:
    assert draft(root, fake, *more) == 2
    assert message in capsys.readouterr().err
    assert fake.texts == []


def test_a_catalog_that_changes_meanwhile_keeps_the_change(root: Path, fake: Fake) -> None:
    """Nobody waits for an engine: what a person writes while it works stays."""

    def translate(text: str) -> str:
        path = root / "locales/nl/LC_MESSAGES/index.po"
        before = 'msgid "The second page says nothing."\nmsgstr ""'
        path.write_text(path.read_text("utf-8").replace(before, before[:-1] + 'Ondertussen"'), encoding="utf-8")
        return o_behind(text)

    fake.translate = translate
    assert draft(root, fake) == 0
    assert texts(root)["The second page says nothing."] == "Ondertussen"
    assert all(texts(root).values())


def test_a_killed_run_has_paid_for_one_batch_twice_at_most(root: Path, fake: Fake) -> None:
    """The process is killed while it waits for an answer; the next one sends what was not answered, and no more."""
    lines = "".join(f"Line {'x' * n} of text.\n\n" for n in range(1, 100))
    (root / "docs/many.md").write_text(lines, encoding="utf-8")
    main(["update", "--quiet", "--project", str(root), "--no-cache"])
    before = catalog(root, "many").text
    waiting = root / "waiting"

    def translate(text: str) -> str:
        if len(fake.texts) > 60:  # the third batch of 25 is on its way
            waiting.touch()
            time.sleep(0.05)
        return o_behind(text)

    fake.translate = translate
    command = [sys.executable, "-m", "knooppunt", "draft", "--project", str(root), "-l", "nl", "-e", "libretranslate"]
    environment = {**os.environ, "PYTHONPATH": str(TOOLS)}
    with subprocess.Popen(
        [*command, "--url", fake.address, "docs/", "--quiet"], env=environment, stdout=subprocess.DEVNULL
    ) as process:
        end = time.monotonic() + 60
        while not waiting.exists() and time.monotonic() < end and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert catalog(root, "many").text == before, "catalogs are written at the end, or not at all"
    journal = (root / ".knooppunt/drafts/libretranslate-nl.jsonl").read_text(encoding="utf-8").splitlines()
    assert len([json.loads(line) for line in journal]) == 50, "two whole batches"
    fake.translate = o_behind
    paid = set(fake.texts[:50])
    fake.texts.clear()
    assert draft(root, fake) == 0
    assert not paid & set(fake.texts)
    assert all(entry.msgstr for entry in catalog(root, "many").active)
