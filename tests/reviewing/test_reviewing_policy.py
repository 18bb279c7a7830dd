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


# Ways around it -----------------------------------------------------------------------------------------------------

MINE = "Stop het knooppunt."


def mine(root: Path) -> None:
    """A commit in which Ada has translated a segment."""
    catalog_path(root).write_text(po(root).replace("Stop de knoop.", MINE), "utf-8")
    commit(root, "Mine", "Ada", "ada@example.org")


def answer(root: Path, ref: Ref = PLAIN) -> str:
    """What a new session says to an approval: the new state, or why not."""
    session = open_session(root)
    try:
        return send(session, ref)
    except ReviewError as error:
        return error.message
    finally:
        session.close()


def test_a_shallow_clone_does_not_know_who_wrote_it(root: Path, tmp_path: Path) -> None:
    mine(root)
    catalog_path(root, "other").write_text(po(root, "other") + "# more\n", "utf-8")
    commit(root, "Other", "Bo", "bo@example.org")
    clone = tmp_path / "clone"
    git(root, "clone", "-q", "--depth", "1", root.as_uri(), str(clone))
    git(clone, "config", "user.name", "Ada")
    git(clone, "config", "user.email", "ada@example.org")
    assert "git fetch --unshallow" in answer(clone)


def test_a_mailmap_gives_nobody_a_second_name(session: Session, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knooppunt.reviewing.authors.PATIENCE", 0.0)
    mine(root)
    send(session, DRAFT, action="save")
    (root / ".mailmap").write_text("Ada New <ada@new.example> <ada@example.org>\n", "utf-8")
    for ref in (PLAIN, DRAFT):  # known from git, and from the ledger
        assert "you wrote this text" in refused(session, ref)
        assert "you wrote this text" in answer(root, ref)
    git(root, "config", "user.email", "ada@new.example")
    for ref in (PLAIN, DRAFT):
        assert "you wrote this text" in answer(root, ref)


def test_without_a_mail_address_nobody_is_told_apart(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    mine(root)
    git(root, "config", "--unset", "user.email")
    assert "git does not know who you are" in answer(root)


def test_the_author_of_the_environment_is_who_works_here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine(root)
    git(root, "config", "user.name", "Mara")
    git(root, "config", "user.email", "mara@example.org")
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ada")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ada@example.org")
    assert "you wrote this text" in answer(root)


def test_a_setting_of_git_does_not_hide_a_commit(root: Path) -> None:
    mine(root)
    (root / ".git/ignored").write_text(git(root, "rev-parse", "HEAD"), "utf-8")
    git(root, "config", "blame.ignoreRevsFile", str(root / ".git/ignored"))
    assert "you wrote this text" in answer(root)


def confirm(root: Path) -> None:
    """Take the flag off the machine's draft, as in an editor."""
    catalog_path(root).write_text(po(root).replace("wacht.\n#, fuzzy\n", "wacht.\n"), "utf-8")


def test_who_takes_the_flag_off_a_draft_answers_for_it(root: Path) -> None:
    confirm(root)
    assert "on this machine since the last commit" in answer(root, DRAFT)
    commit(root, "Fine", "Ada", "ada@example.org")
    assert "you wrote this text" in answer(root, DRAFT)
    catalog_path(root).write_text(po(root).replace("Knooppunten", "Onze knooppunten"), "utf-8")
    commit(root, "Something else", "Bo", "bo@example.org")
    assert "you wrote this text" in answer(root, DRAFT)
    git(root, "config", "user.email", "bo@example.org")
    assert answer(root, DRAFT) == "approved"


def test_the_flag_is_followed_through_merges(root: Path) -> None:
    git(root, "branch", "side")
    git(root, "checkout", "-q", "-b", "mine", "main")
    confirm(root)
    commit(root, "Fine", "Ada", "ada@example.org")
    git(root, "checkout", "-q", "side")
    catalog_path(root).write_text(po(root).replace("Een pod wacht.", "Eén pod wacht."), "utf-8")
    commit(root, "Later, and still fuzzy there", "Bo", "bo@example.org")
    git(root, "checkout", "-q", "main")
    for branch in ("mine", "side"):
        git(
            root, "-c", "user.name=Cy", "-c", "user.email=cy@example.org", "merge", "-q", "--no-ff", "--no-edit", branch
        )
    assert "you wrote this text" in answer(root, DRAFT)
    git(root, "config", "user.email", "cy@example.org")
    assert answer(root, DRAFT) == "approved"


def test_a_renamed_catalog_keeps_its_authors(root: Path) -> None:
    mine(root)
    git(root, "mv", "docs/guide.md", "docs/moved.md")
    git(root, "mv", "locales/nl/LC_MESSAGES/guide.po", "locales/nl/LC_MESSAGES/moved.po")
    commit(root, "Moved", "Bo", "bo@example.org")
    assert "you wrote this text" in answer(root, Ref("nl", "moved", PLAIN.id))


def test_indented_lines_are_not_those_of_the_next_entry(root: Path) -> None:
    mine(root)
    catalog_path(root).write_text(po(root).replace(f'msgstr "{MINE}"', f'  msgstr "{MINE}"'), "utf-8")
    commit(root, "Indented", "Ada", "ada@example.org")
    assert "you wrote this text" in answer(root)
    catalog_path(root).write_text(po(root).replace("Een pod wacht.", "Eén pod wacht."), "utf-8")
    commit(root, "The next one", "Bo", "bo@example.org")
    assert "you wrote this text" in answer(root)


def test_a_policy_that_comes_while_the_server_runs_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    root = project(tmp_path)
    mine(root)
    session = open_session(root)
    assert session.segment(PLAIN)["may"]["approve"] is True
    settings = root / "locales/nl/locale.yml"
    settings.write_text(settings.read_text("utf-8").replace("false", "true"), "utf-8")
    assert "you wrote this text" in refused(session, PLAIN)
    settings.write_text("two-people: [", "utf-8")
    assert "you wrote this text" in refused(session, PLAIN)
    assert any("locale.yml" in warning for warning in session.overview()["warnings"])
    session.close()


def test_a_change_of_this_machine_is_somebodys_once_it_is_committed(
    session: Session, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knooppunt.reviewing.authors.PATIENCE", 0.0)
    catalog_path(root).write_text(po(root).replace("Stop de knoop.", MINE), "utf-8")
    assert "since the last commit" in refused(session, PLAIN)
    commit(root, "By Bo", "Bo", "bo@example.org")
    assert send(session, PLAIN) == "approved"


def test_a_catalog_in_another_charset_has_authors_too(root: Path) -> None:
    text = po(root).replace("charset=UTF-8", "charset=ISO-8859-1").replace("Stop de knoop.", "Stop de knóóp.")
    catalog_path(root).write_bytes(text.encode("latin-1"))
    commit(root, "Bo's", "Bo", "bo@example.org")
    assert answer(root) == "approved"


def test_the_history_of_a_catalog_in_no_commit_and_of_odd_subjects(session: Session, root: Path) -> None:
    new = Ref("nl", "new", entry_id(None, "New"))
    catalog_path(root, "new").write_text('msgid "New"\nmsgstr "Nieuw"\n', "utf-8")
    assert session.history(new) == []
    commit(root, "Dutch\u0085 and\x0c\u2028 reviewed", "Ada", "ada@example.org")
    assert [item["from"] for item in session.history(new)] == ["git"]


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
