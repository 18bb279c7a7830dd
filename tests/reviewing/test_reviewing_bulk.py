"""Bulk actions list first, write each catalog once, and are one undo; the queue that they start from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knooppunt.catalogs import parse_ledger
from knooppunt.model import State
from knooppunt.reviewing import Ref, ReviewError, Session, open_session
from knooppunt.reviewing.bulk import Order
from knooppunt.reviewing.figures_saves import makers, saves_of
from knooppunt.reviewing.matcher import Matcher
from knooppunt.reviewing.model import entry_id
from knooppunt.reviewing.queue import Filter
from review_scratch import GUIDE_PO, OTHER_PO, catalog_path, po, project

MACHINE = "A node runs `kubelet` and waits."


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    return project(tmp_path)


@pytest.fixture
def session(root: Path) -> Iterator[Session]:
    made = open_session(root)
    yield made
    made.close()


def test_fixes_are_listed_written_and_taken_back(session: Session, root: Path) -> None:
    plan = session.bulk.preview(Order("fixes", "nl", Filter()))
    assert [(item["before"], item["after"], item["why"]) for item in plan["items"]] == [
        (
            "Een werk last draait `kubelet` en wacht.",
            "Een werklast draait `kubelet` en wacht.",
            "split-compound",
        ),
        ("Stop de knoop.", "Stop de knooppunt.", "wrong-term"),
    ]
    assert po(root) == GUIDE_PO
    done = session.bulk.apply(plan["plan"])
    assert (done["done"], done["refused"]) == (2, [])
    assert "Stop de knooppunt." in po(root)
    states = {item["source"]: item["state"] for item in session.queue("nl", Filter(article="guide"))["items"]}
    assert states["A node runs `kubelet` and waits."] == "machine"  # a fix is no decision of a person
    ledger = parse_ledger((root / "locales/nl/reviews.jsonl").read_text("utf-8"), "reviews.jsonl")
    assert [decision.action for decision in ledger.decisions] == ["amend", "edit"]
    assert sorted(makers(saves_of(ledger.decisions, {}).saves).values()) == ["ada@example.org"]  # of the second only
    assert session.segment(Ref("nl", "guide", entry_id(None, MACHINE)))["last_editor"] is None
    assert session.undo(done["undo"])["total"] == 2
    assert po(root) == GUIDE_PO


def test_replace_by_plain_text_and_by_expression(session: Session, root: Path) -> None:
    plain = session.bulk.preview(Order("replace", "nl", Filter(), find="Een ", replace="Één "))
    assert plain["total"] == 2
    order = Order("replace", "nl", Filter(), find=r"\b(\w+)oorden", replace=r"\1oordjes", regex=True)
    plan = session.bulk.preview(order)
    assert [item["after"] for item in plan["items"]] == ["Oudere woordjes."]
    session.bulk.apply(plan["plan"])
    assert "Oudere woordjes." in po(root)
    for bad in ("(", r"(?P<a>"):
        with pytest.raises(ReviewError) as error:
            session.bulk.preview(Order("replace", "nl", Filter(), find=bad, replace="", regex=True))
        assert error.value.code == "pattern"


def test_a_replacement_that_would_act_in_a_page_is_left_out(session: Session) -> None:
    order = Order("replace", "nl", Filter(), find="Stop", replace="<img src=x onerror=alert(1)>")
    assert session.bulk.preview(order)["total"] == 0


def test_a_translation_goes_to_all_identical_segments(session: Session, root: Path) -> None:
    first = Ref("nl", "guide", entry_id(None, "Stop the node."))
    plan = session.bulk.preview(Order("propagate", "nl", Filter(), ref=first))
    assert [(item["ref"]["catalog"], item["after"]) for item in plan["items"]] == [("other", "Stop de knoop.")]
    done = session.bulk.apply(plan["plan"])
    assert "Stop de knoop." in po(root, "other")
    session.undo(done["undo"])
    assert po(root, "other") == OTHER_PO
    draft = Ref("nl", "guide", entry_id(None, "Old words."))
    with pytest.raises(ReviewError):
        session.bulk.preview(Order("propagate", "nl", Filter(), ref=draft))


def test_approving_many_is_one_undo(session: Session) -> None:
    plan = session.bulk.preview(Order("approve", "nl", Filter(state="translated")))
    done = session.bulk.apply(plan["plan"])
    assert done["done"] == plan["total"] == 5
    assert session.desk("nl").counts[State.APPROVED] == 5
    session.undo(done["undo"])
    assert session.desk("nl").counts[State.APPROVED] == 0


def test_what_changed_since_the_list_is_refused_and_the_rest_done(session: Session, root: Path) -> None:
    plan = session.bulk.preview(Order("fixes", "nl", Filter()))
    catalog_path(root).write_text(po(root).replace("Stop de knoop.", "Stop die knoop."), "utf-8")
    done = session.bulk.apply(plan["plan"])
    assert done["done"] == 1
    assert [item["reason"] for item in done["refused"]] == ["the segment has been changed since the list was made"]
    assert "Stop die knoop." in po(root)
    with pytest.raises(ReviewError) as error:
        session.bulk.apply(plan["plan"])
    assert error.value.code == "gone"


def test_orders_that_make_no_sense(session: Session) -> None:
    for order in (
        Order("dance", "nl", Filter()),
        Order("replace", "nl", Filter()),
        Order("propagate", "nl", Filter()),
        Order("fixes", "xx", Filter()),
        Order("fixes", "nl", Filter(state="good")),
        Order("fixes", "nl", Filter(q="a", within="moon")),
    ):
        with pytest.raises(ReviewError):
            session.bulk.preview(order)


# The queue -----------------------------------------------------------------------------------------------------------


def found(session: Session, **wanted: object) -> list[str]:
    return [item["source"] for item in session.queue("nl", Filter(**wanted))["items"]]  # type: ignore[arg-type]


def test_the_queue_is_filtered(session: Session) -> None:
    assert found(session, state="machine") == ["A node runs `kubelet` and waits."]
    assert found(session, state="open", article="other") == ["Stop the node."]
    assert found(session, q="KNOOP", within="target") == [
        "Nodes",
        "Stop the node.",
    ]
    assert found(session, q="engine", within="comments") == ["A node runs `kubelet` and waits."]
    assert found(session, q=r"^The\b.*\.$", regex=True) == ["The end."]
    assert found(session, older=100_000) == []


def test_facets_count_what_the_other_filters_let_through(session: Session) -> None:
    answer = session.queue("nl", Filter(article="other", state="translated"))
    assert answer["total"] == 2
    assert {item["catalog"]: item["n"] for item in answer["facets"]["articles"]} == {"guide": 3, "other": 2}
    assert answer["facets"]["states"]["untranslated"] == 1


def test_checks_and_authors_come_in_the_background(session: Session) -> None:
    assert session.queue("nl", Filter())["pending"] == 9
    while session.background.step():
        pass
    answer = session.queue("nl", Filter())
    assert answer["pending"] == 0
    assert answer["facets"]["checks"]["wrong-term"] == 1
    assert answer["facets"]["authors"] == {"Grace <grace@example.org>": 9}
    assert found(session, check="split-compound") == ["A node runs `kubelet` and waits."]
    assert found(session, author="grace", article="other", state="translated") == ["Other", "The end."]
    assert len(found(session, check="any")) >= 3


def test_a_termbase_that_changes_is_read_again(session: Session, root: Path) -> None:
    place = Ref("nl", "other", entry_id(None, "The end."))
    assert not session.check(place, ["Het eind."])["findings"]
    (root / "locales/nl/terms.yml").write_text("end: {source: end, use: einde, never: [eind]}\n", "utf-8")
    session.desk("nl", fresh=True)
    assert [item["check"] for item in session.check(place, ["Het eind."])["findings"]] == ["wrong-term"]
    (root / "locales/nl/terms.yml").write_text("end: [", "utf-8")
    session.desk("nl", fresh=True)
    assert any("terms.yml" in warning for warning in session.overview()["warnings"])
    assert [item["check"] for item in session.check(place, ["Het eind."])["findings"]] == ["wrong-term"]


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*a){25}$", r"(x+x+)+y|(a*)*b"])
def test_an_evil_pattern_ends_at_the_deadline(pattern: str) -> None:
    matcher = Matcher(deadline=0.3)
    with pytest.raises(ReviewError, match="took longer") as error:
        matcher.search(pattern, [["a" * 60 + "x" * 40 + "!"]])
    assert error.value.code == "pattern"
    assert matcher.search("^a+x", [["b"], ["aax"]]) == [1]  # the next one finds a new process
    matcher.close()


@pytest.mark.parametrize(
    "pattern", ["(", "*", "a{99999999999999}", "(?P<n>a)(?P<n>b)", "((((((((((" * 90, "a" * 1001, r"\1"]
)
def test_a_pattern_that_is_none_has_a_reason(pattern: str) -> None:
    matcher = Matcher()
    with pytest.raises(ReviewError) as error:
        matcher.search(pattern, [["b"]])
    assert error.value.code == "pattern"
    matcher.close()


def test_a_replacement_that_would_fill_the_memory_is_refused() -> None:
    matcher = Matcher(deadline=5)
    with pytest.raises(ReviewError):
        matcher.replace("a", [["a" * 1000]], "b" * 1000)
    with pytest.raises(ReviewError):
        matcher.replace("(((a*)*)*)", [["a"]], r"\9")
    matcher.close()
