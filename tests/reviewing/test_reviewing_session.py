"""What a person decides in a review, and what stands on disk afterwards."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from knooppunt.catalogs import parse_ledger
from knooppunt.reviewing import Ref, ReviewError, Session, Submission, open_session
from knooppunt.reviewing.bulk import Order
from knooppunt.reviewing.model import Error, entry_id
from knooppunt.reviewing.queue import Filter
from review_scratch import GUIDE_PO, approve, catalog_path, commit, git, po, project

MACHINE = "A node runs `kubelet` and waits."
DRAFT = "Een werk last draait `kubelet` en wacht."
STALE = "Old words."
PLAIN = "Stop the node."


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    return project(tmp_path)


@pytest.fixture
def session(root: Path) -> Iterator[Session]:
    made = open_session(root)
    yield made
    made.close()


def ref(msgid: str, catalog: str = "guide", plural: str | None = None) -> Ref:
    return Ref("nl", catalog, entry_id(None, msgid, plural))


def send(session: Session, msgid: str, *targets: str, catalog: str = "guide", **more: Any) -> dict[str, Any]:
    segment = session.segment(ref(msgid, catalog))
    texts = targets or tuple(segment["targets"])
    return session.save(Submission(ref(msgid, catalog), segment["etag"], texts, **more))


def lines(root: Path) -> list[dict[str, Any]]:
    text = (root / "locales/nl/reviews.jsonl").read_text("utf-8")
    parse_ledger(text, "reviews.jsonl")
    return [json.loads(line) for line in text.splitlines()]


def test_a_machine_draft_that_is_taken_as_it_is(session: Session, root: Path) -> None:
    done = send(session, MACHINE, seconds=3.14)
    assert done["segment"]["state"] == "translated"
    assert po(root) == GUIDE_PO.replace("wacht.\n#, fuzzy\n", "wacht.\n")
    (line,) = lines(root)
    assert (line["action"], line["by"], line["seconds"]) == ("accept", "Ada <ada@example.org>", 3.1)
    assert (line["distance"], line["machine_distance"], line["hter"], line["engine"]) == (0, 0, 0.0, "engine")
    assert (line["catalog"], line["entry"]) == ("guide", ref(MACHINE).id)


def test_an_edit_keeps_the_machine_text_and_says_how_far_it_is_from_it(session: Session, root: Path) -> None:
    done = send(session, MACHINE, "Een knooppunt draait `kubelet` en wacht.")
    machine = done["segment"]["machine"]
    assert machine["text"] == DRAFT
    assert machine["diff"] == [
        ["=", "Een "],
        ["-", "werk last"],
        ["+", "knooppunt"],
        ["=", " draait `kubelet` en wacht."],
    ]
    (line,) = lines(root)
    assert (line["action"], line["distance"], line["hter"]) == ("edit", 2, round(2 / 6, 4))


def test_a_stale_text_loses_flag_and_previous_source(session: Session, root: Path) -> None:
    segment = session.segment(ref(STALE))
    assert segment["state"] == "stale"
    assert segment["previous_diff"] == [["-", "Older"], ["+", "Old"], ["=", " words."]]
    send(session, STALE, "Oude woorden.")
    assert '\nmsgid "Old words."\nmsgstr "Oude woorden."\n' in po(root)
    assert "Older words" not in po(root)


def test_an_approval_is_bound_to_the_exact_text(session: Session, root: Path) -> None:
    done = send(session, PLAIN, "Stop het knooppunt.", action="approve")
    assert done["segment"]["state"] == "approved"
    assert [line["action"] for line in lines(root)] == ["edit", "approve"]
    path = catalog_path(root)
    path.write_text(po(root).replace("Stop het knooppunt.", "Stop nu het knooppunt."), "utf-8")  # as Poedit would
    assert session.segment(ref(PLAIN))["state"] == "translated"
    path.write_text(po(root).replace("Stop nu het knooppunt.", "Stop het knooppunt."), "utf-8")
    assert session.segment(ref(PLAIN))["state"] == "approved"


def test_a_save_that_changes_nothing_writes_nothing(session: Session, root: Path) -> None:
    approve(root, "Nodes", "Grace <grace@example.org>")
    before = lines(root), po(root)
    assert send(session, "Nodes")["undo"] is None
    assert send(session, "Nodes", action="approve")["segment"]["state"] == "approved"
    assert (lines(root), po(root)) == before


def test_a_rejection_names_errors_and_ends_the_approval(session: Session, root: Path) -> None:
    approve(root, "Nodes", "Grace <grace@example.org>")
    done = send(session, "Nodes", action="reject", mqm=(Error("terminology", "major", "wrong"),), note="no")
    assert done["segment"]["state"] == "translated"
    line = lines(root)[-1]
    assert line["mqm"] == [{"category": "terminology", "severity": "major", "note": "wrong"}]
    assert session.segment(ref("Nodes"))["history"][0]["action"] == "reject"
    session.undo(done["undo"])
    assert session.segment(ref("Nodes"))["state"] == "approved"
    assert [line["action"] for line in lines(root)][-2:] == ["undo", "carry"]
    assert lines(root)[-1]["by"] == "Grace <grace@example.org>"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"action": "reject", "targets": ("Iets anders.",)}, "invalid"),
        ({"action": "dance"}, "invalid"),
        ({"action": "reject", "mqm": (Error("beauty", "major"),)}, "invalid"),
        ({"action": "reject", "mqm": (Error("style", "huge"),)}, "invalid"),
        ({"targets": ("Stop\n",)}, "refused"),
        ({"targets": ("\nStop",)}, "refused"),
        ({"targets": ("Stop\x00",)}, "refused"),
        ({"targets": ("Stop", "Stops")}, "refused"),
        ({"targets": ("<script>alert(1)</script>",)}, "refused"),
        ({"targets": ("[hier](javascript:alert(1))",)}, "refused"),
        ({"targets": ("x" * 200_001,)}, "refused"),
        ({"action": "restore-machine"}, "invalid"),
    ],
)
def test_what_cannot_be_saved_is_refused_with_a_reason(
    session: Session, root: Path, more: dict[str, Any], code: str
) -> None:
    segment = session.segment(ref(PLAIN))
    targets = more.pop("targets", tuple(segment["targets"]))
    with pytest.raises(ReviewError) as error:
        session.save(Submission(ref(PLAIN), segment["etag"], targets, **more))
    assert error.value.code == code
    assert po(root) == GUIDE_PO


def test_plural_forms_are_saved_together(session: Session, root: Path) -> None:
    place = ref("One pod waits.", plural="%(n)s pods wait.")
    segment = session.segment(place)
    with pytest.raises(ReviewError, match="2 plural forms"):
        session.save(Submission(place, segment["etag"], ("Een",)))
    session.save(Submission(place, segment["etag"], ("Eén pod wacht.", "%(n)s pods wachten nu.")))
    assert 'msgstr[0] "Eén pod wacht."\nmsgstr[1] "%(n)s pods wachten nu."\n' in po(root)


def test_the_machine_text_comes_back(session: Session, root: Path) -> None:
    send(session, MACHINE, "Anders `kubelet`.")
    done = send(session, MACHINE, action="restore-machine")
    assert done["segment"]["state"] == "machine"
    assert done["segment"]["targets"] == [DRAFT]


def test_a_change_by_somebody_else_is_a_conflict_that_keeps_both(session: Session, root: Path) -> None:
    segment = session.segment(ref(PLAIN))
    theirs = po(root).replace("Stop de knoop.", "Stop dat ding.")
    catalog_path(root).write_text(theirs, "utf-8")
    with pytest.raises(ReviewError) as error:
        session.save(Submission(ref(PLAIN), segment["etag"], ("Stop het knooppunt.",)))
    assert error.value.code == "conflict"
    assert error.value.facts["theirs"]["targets"] == ["Stop dat ding."]
    assert error.value.facts["yours"] == {"targets": ["Stop het knooppunt."]}
    assert po(root) == theirs


def test_a_change_of_another_segment_is_no_conflict(session: Session, root: Path) -> None:
    segment = session.segment(ref(PLAIN))
    catalog_path(root).write_text(po(root).replace("Knooppunten", "De knooppunten"), "utf-8")
    session.save(Submission(ref(PLAIN), segment["etag"], ("Stop het knooppunt.",)))
    assert "De knooppunten" in po(root)
    assert "Stop het knooppunt." in po(root)


def test_a_segment_that_is_gone(session: Session, root: Path) -> None:
    segment = session.segment(ref(PLAIN))
    catalog_path(root).write_text(po(root).replace('"Stop the node."', '"Stop a node."'), "utf-8")
    with pytest.raises(ReviewError) as error:
        session.save(Submission(ref(PLAIN), segment["etag"], ("Stop het knooppunt.",)))
    assert error.value.code == "gone"


@pytest.mark.parametrize("damage", ["<<<<<<< ours\n", 'msgid "half\n', 'msgid "Nodes"\nmsgstr "Weer"\n'])
def test_a_broken_catalog_under_ones_hands_is_left_alone(session: Session, root: Path, damage: str) -> None:
    segment = session.segment(ref(PLAIN))
    broken = f"{po(root)}\n{damage}"
    catalog_path(root).write_text(broken, "utf-8")
    with pytest.raises(ReviewError) as error:
        session.save(Submission(ref(PLAIN), segment["etag"], ("Stop het knooppunt.",)))
    assert error.value.code == "broken"
    assert "guide.po" in error.value.message
    assert po(root) == broken
    assert session.overview()["warnings"]
    catalog_path(root).write_text(GUIDE_PO, "utf-8")
    session.save(Submission(ref(PLAIN), segment["etag"], ("Stop het knooppunt.",)))


def test_a_broken_ledger_stops_saves_and_says_so(session: Session, root: Path) -> None:
    segment = session.segment(ref(PLAIN))
    (root / "locales/nl/reviews.jsonl").write_text("no JSON\n", "utf-8")
    with pytest.raises(ReviewError) as error:
        session.save(Submission(ref(PLAIN), segment["etag"], ("Stop het knooppunt.",)))
    assert error.value.code == "broken"
    assert po(root) == GUIDE_PO


def test_a_ledger_that_is_put_back_as_it_was_is_whole_again(session: Session, root: Path) -> None:
    send(session, PLAIN, "Stop het knooppunt.")
    ledger = root / "locales/nl/reviews.jsonl"
    good = ledger.read_bytes()
    ledger.write_bytes(good + b"<<<<<<< HEAD\n")
    with pytest.raises(ReviewError):
        session.segment(ref(PLAIN))
    ledger.write_bytes(good)
    assert session.desk("nl").shelf.ledger.refresh()
    assert not session.overview()["warnings"]
    send(session, PLAIN, "Stop nu het knooppunt.")


def test_a_ledger_that_could_not_be_read_for_a_while(session: Session, root: Path, monkeypatch: Any) -> None:
    send(session, PLAIN, "Stop het knooppunt.")
    ledger = session.desk("nl").shelf.ledger
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", lambda _: (_ for _ in ()).throw(PermissionError(13, "Permission denied")))
        ledger.refresh(sure=True)
        assert "Permission denied" in str(ledger.problem)
    ledger.refresh()  # time, size and inode are as before
    assert ledger.problem is None


def test_without_a_name_nothing_is_written_and_the_way_out_is_named(
    session: Session, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    done = send(session, PLAIN, "Stop het knooppunt.")
    before = po(root), lines(root)
    git(root, "config", "--remove-section", "user")
    nobody = open_session(root)
    nobody.undos = session.undos
    plan = nobody.bulk.preview(Order("approve", "nl", Filter(article="guide")))["plan"]
    attempts: tuple[Callable[[], object], ...] = (
        lambda: send(nobody, PLAIN, "Stop nu het knooppunt."),
        lambda: send(nobody, PLAIN, action="approve"),
        lambda: nobody.undo(done["undo"]),
        lambda: nobody.bulk.apply(plan),
        lambda: nobody.comment(ref(PLAIN), nobody.segment(ref(PLAIN))["etag"], "Really?"),
    )
    for attempt in attempts:
        with pytest.raises(ReviewError, match=r"git config user\.name") as error:
            attempt()
        assert error.value.code == "invalid"
    assert (po(root), lines(root)) == before
    git(root, "config", "user.name", "Ben")
    send(nobody, PLAIN, "Stop nu het knooppunt.")  # without another start
    assert lines(root)[-1]["by"] == "Ben"
    nobody.close()


def test_undo_takes_back_text_flags_and_comments(session: Session, root: Path) -> None:
    done = send(session, MACHINE, "Een knooppunt.", comment="Ask Grace.\nTwice.")
    assert "# Ask Grace.\n# Twice.\n" in po(root)
    back = session.undo(done["undo"])
    assert back["segments"][0]["state"] == "machine"
    assert po(root) == GUIDE_PO
    with pytest.raises(ReviewError) as error:
        session.undo(done["undo"])
    assert error.value.code == "gone"


def test_undo_of_an_approval_ends_it_for_good(session: Session, root: Path) -> None:
    done = send(session, PLAIN, action="approve")
    session.undo(done["undo"])
    assert session.segment(ref(PLAIN))["state"] == "translated"
    assert [line["action"] for line in lines(root)] == ["approve", "undo"]


def test_undo_leaves_alone_what_was_changed_since(session: Session, root: Path) -> None:
    first = send(session, PLAIN, "Stop het knooppunt.")
    send(session, PLAIN, "Stop dat knooppunt.")
    with pytest.raises(ReviewError) as error:
        session.undo(first["undo"])
    assert error.value.code == "conflict"
    assert "Stop dat knooppunt." in po(root)


def test_undo_leaves_alone_what_was_decided_since(session: Session, root: Path) -> None:
    approve(root, "Nodes", "Mara <mara@example.org>")
    mine = send(session, "Nodes", action="reject", mqm=(Error("style", "minor"),))
    git(root, "config", "user.name", "Cy")
    git(root, "config", "user.email", "cy@example.org")
    other = open_session(root)
    send(other, "Nodes", action="reject", mqm=(Error("mistranslation", "critical"),))
    other.close()
    before = lines(root)
    with pytest.raises(ReviewError, match="decided on since") as error:
        session.undo(mine["undo"])
    assert error.value.code == "conflict"
    assert lines(root) == before
    assert session.segment(ref("Nodes"))["state"] == "translated"


def test_a_comment_is_added_to_the_entry(session: Session, root: Path) -> None:
    segment = session.segment(ref(PLAIN))
    session.comment(ref(PLAIN), segment["etag"], "Is it stopped?")
    assert '# Is it stopped?\n#: docs/guide.md\nmsgid "Stop the node."' in po(root) or "# Is it stopped?" in po(root)
    for bad in ("", "mt: engine: text", "suggestion: me", ", fuzzy"):
        with pytest.raises(ReviewError):
            session.comment(ref(PLAIN), session.segment(ref(PLAIN))["etag"], bad)


def test_the_segment_has_terms_chips_findings_and_matches(session: Session) -> None:
    segment = session.segment(ref(PLAIN))
    (term,) = segment["terms"]
    assert (term["use"], term["never"], term["at"]) == ("knooppunt", ["knoop"], [[9, 13]])
    assert "knooppunten" in term["forms"]
    assert {item["check"] for item in segment["findings"]} == {"wrong-term"}
    assert [item["fix"]["text"] for item in segment["findings"]] == ["Stop het knoop.", "Stop de knooppunt."]
    assert [item["fix"]["safe"] for item in segment["findings"]] == [False, True]
    assert segment["same"] == 1
    other = session.segment(ref(PLAIN, "other"))
    assert (other["matches"][0]["percent"], other["matches"][0]["target"]) == (100, "Stop de knoop.")
    chips = session.segment(ref("See the [guide](guide.md) **first**."))["chips"]
    assert [(chip["kind"], chip["text"], chip["caret"], chip["present"]) for chip in chips] == [
        ("link", "[](guide.md)", 1, False),
        ("emphasis", "****", 2, False),
    ]


def test_places_are_in_utf_16(session: Session) -> None:
    found = session.check(ref(PLAIN), ["\U0001f600 Stop de knoop."])
    edit = found["findings"][1]["fix"]["edits"][0]
    text = "\U0001f600 Stop de knoop.".encode("utf-16-le")
    assert text[2 * edit["start"] : 2 * edit["end"]].decode("utf-16-le") == "knoop"


def test_checks_as_one_types_compare_with_other_texts_of_the_catalog(session: Session, root: Path) -> None:
    double = po(root) + '\nmsgctxt "again"\nmsgid "Stop the node."\nmsgstr "Stop toch."\n'
    catalog_path(root).write_text(double, "utf-8")
    found = session.check(ref(PLAIN), ["Stop het knooppunt."])
    assert not any(item["check"] == "inconsistent-translation" for item in found["findings"])  # the first one leads
    other = Ref("nl", "guide", entry_id("again", PLAIN))
    session.row(other)
    found = session.check(other, ["Stop het."])
    assert any(item["check"] == "inconsistent-translation" for item in found["findings"])


def test_history_has_git_and_ledger(session: Session, root: Path) -> None:
    send(session, PLAIN, "Stop het knooppunt.")
    commit(root, "Reviewed", "Ada", "ada@example.org")
    found = session.history(ref(PLAIN))
    assert [(item["from"], item["by"]) for item in found if item["from"] == "git"] == [
        ("git", "Ada <ada@example.org>"),
        ("git", "Grace <grace@example.org>"),
    ]
    assert [item["text"] for item in found if item["from"] == "git"] == ["Stop het knooppunt.", "Stop de knoop."]
    assert sum(item["from"] == "ledger" for item in found) == 1


def test_the_concordance_finds_words(session: Session) -> None:
    found = session.concordance("nl", "end")
    (hit,) = found["hits"]
    assert (hit["target"], hit["at"], hit["id"]) == ("Het eind.", [[4, 7]], entry_id(None, "The end."))


def test_what_was_saved_is_a_match_at_once(session: Session) -> None:
    session.segment(ref(PLAIN, "other"))  # reads the memory
    send(session, PLAIN, "Stop het knooppunt.")
    found = session.segment(ref(PLAIN, "other"))["matches"]
    assert "Stop het knooppunt." in [item["target"] for item in found]


def test_catalogs_that_come_and_go_are_noticed(session: Session, root: Path) -> None:
    (root / "locales/nl/LC_MESSAGES/new.po").write_text('msgid "New"\nmsgstr "Nieuw"\n', "utf-8")
    assert session.segment(ref("New", "new"))["targets"] == ["Nieuw"]
    session.desk("nl", fresh=True)
    assert session.queue("nl", Filter(article="new"))["total"] == 1
    (root / "locales/nl/LC_MESSAGES/new.po").unlink()
    session.desk("nl", fresh=True)
    assert session.queue("nl", Filter(article="new"))["total"] == 0


def test_a_catalog_that_is_a_link_out_of_the_project_is_not_there(tmp_path: Path) -> None:
    inner = project(tmp_path / "project")
    (tmp_path / "secret.po").write_text('msgid "Secret"\nmsgstr "Geheim"\n', "utf-8")
    (inner / "locales/nl/LC_MESSAGES/link.po").symlink_to(tmp_path / "secret.po")
    session = open_session(inner)
    assert "link" not in session.desk("nl").shelf.catalogs
    with pytest.raises(ReviewError) as error:
        session.segment(ref("Secret", "link"))
    assert error.value.code == "unknown"
    session.close()


def words(session: Session, query: str) -> list[str]:
    return [hit["target"] for hit in session.concordance("nl", query)["hits"]]


def offered(session: Session) -> list[str]:
    return [item["target"] for item in session.segment(ref(PLAIN, "other"))["matches"] if item["percent"] >= 100]


def test_memory_and_concordance_say_what_stands_on_disk_now(session: Session, root: Path) -> None:
    assert (words(session, "stop"), offered(session)) == (["Stop de knoop."], ["Stop de knoop."])
    undo = send(session, PLAIN, "Stop het knooppunt.")["undo"]
    assert (words(session, "stop"), offered(session)) == (["Stop het knooppunt."], ["Stop het knooppunt."])
    session.undo(undo)
    assert (words(session, "stop"), offered(session)) == (["Stop de knoop."], ["Stop de knoop."])
    undo = send(session, MACHINE)["undo"]
    assert words(session, "waits") == [DRAFT]
    session.undo(undo)
    assert words(session, "waits") == []  # nobody answers for it any more
    catalog_path(root).write_text(po(root).replace("Stop de knoop.", "Leg de knoop stil."), "utf-8")
    session.segment(ref(PLAIN))
    assert (words(session, "stop"), offered(session)) == (["Leg de knoop stil."], ["Leg de knoop stil."])
