"""ISO 17100: who has written a text does not approve it, where the locale asks for two people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knooppunt.config import LocaleConfig
from knooppunt.model import Locale, State
from knooppunt.reviewing import Ref, ReviewError, Session, Submission, open_session
from knooppunt.reviewing.bulk import Order
from knooppunt.reviewing.model import Person, Trace, entry_id
from knooppunt.reviewing.policy import may_approve
from knooppunt.reviewing.queue import Filter
from review_scratch import catalog_path, commit, git, po, project

PLAIN = Ref("nl", "guide", entry_id(None, "Stop the node."))
DRAFT = Ref("nl", "guide", entry_id(None, "A node runs `kubelet` and waits."))
TWO = LocaleConfig(Locale("nl"), "Nederlands", two_people=True)
ADA = Person("Ada", "ada@example.org")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    return project(tmp_path, two_people=True)


@pytest.fixture
def session(root: Path) -> Iterator[Session]:
    made = open_session(root)
    yield made
    made.close()


def send(session: Session, ref: Ref, *targets: str, action: str = "approve") -> str:
    segment = session.segment(ref)
    done = session.save(Submission(ref, segment["etag"], targets or tuple(segment["targets"]), action))
    return str(done["segment"]["state"])


def refused(session: Session, ref: Ref, *targets: str) -> str:
    with pytest.raises(ReviewError) as error:
        send(session, ref, *targets)
    assert error.value.code == "two-people"
    return error.value.message


def test_the_author_of_the_last_commit_is_another_person(session: Session) -> None:
    segment = session.segment(PLAIN)
    assert segment["last_editor"] == "Grace <grace@example.org>"
    assert segment["may"] == {"approve": True, "why": ""}
    assert send(session, PLAIN) == "approved"


def test_ones_own_commit_is_not_approved(session: Session, root: Path) -> None:
    catalog_path(root).write_text(po(root).replace("Stop de knoop.", "Stop het knooppunt."), "utf-8")
    commit(root, "Mine", "Ada Lovelace", "ADA@example.org")
    assert session.segment(PLAIN)["may"]["approve"] is False
    assert "you wrote this text" in refused(session, PLAIN)


def test_a_change_of_the_working_copy_is_ones_own(session: Session, root: Path) -> None:
    catalog_path(root).write_text(po(root).replace("Stop de knoop.", "Stop het knooppunt."), "utf-8")
    assert "on this machine since the last commit" in refused(session, PLAIN)


def test_what_one_has_saved_or_edits_now_is_ones_own(session: Session, root: Path) -> None:
    assert "changed this text" in refused(session, PLAIN, "Stop het knooppunt.")
    assert send(session, PLAIN, "Stop het knooppunt.", action="save") == "translated"
    assert "you wrote this text" in refused(session, PLAIN)
    commit(root, "By a bot", "Bot", "bot@example.org")  # the ledger knows better than git
    assert "you wrote this text" in refused(session, PLAIN)


def test_another_person_approves(session: Session, root: Path) -> None:
    send(session, PLAIN, "Stop het knooppunt.", action="save")
    git(root, "config", "user.name", "Grace")
    git(root, "config", "user.email", "grace@example.org")
    second = open_session(root)
    assert send(second, PLAIN) == "approved"
    second.close()


def test_a_draft_needs_a_person_first(session: Session) -> None:
    assert "machine's draft" in refused(session, DRAFT)
    assert send(session, DRAFT, action="save") == "translated"
    assert "you wrote this text" in refused(session, DRAFT)


def test_bulk_obeys_too(session: Session) -> None:
    send(session, PLAIN, "Stop het knooppunt.", action="save")
    plan = session.bulk.preview(Order("approve", "nl", Filter(article="guide")))
    ids = {item["ref"]["id"] for item in plan["items"]}
    assert PLAIN.id not in ids
    assert DRAFT.id not in ids
    assert entry_id(None, "Nodes") in ids


def test_nobody_known_may_not_approve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    session = open_session(project(tmp_path, two_people=True, me=None))
    assert "git does not know who you are" in refused(session, PLAIN)
    session.close()


@pytest.mark.parametrize(
    ("state", "last", "edited", "allowed"),
    [
        (State.TRANSLATED, Trace("Grace <grace@example.org>", "", "", "git"), False, True),
        (State.TRANSLATED, Trace("Grace <grace@example.org>", "", "", "git"), True, False),
        (State.TRANSLATED, Trace("A. <Ada@Example.org>", "", "", "ledger"), False, False),
        (State.TRANSLATED, Trace(), False, False),
        (State.STALE, Trace("Grace <grace@example.org>", "", "", "git"), False, False),
        (State.UNTRANSLATED, Trace(), False, False),
    ],
)
def test_the_policy(state: State, last: Trace, edited: bool, allowed: bool) -> None:
    leave = may_approve(TWO, state, ADA, last, edited=edited)
    assert leave.allowed is allowed
    assert bool(leave.why) is not allowed
    assert may_approve(LocaleConfig(Locale("nl"), "N"), state, ADA, last, edited=edited).allowed is (
        state is not State.UNTRANSLATED
    )
