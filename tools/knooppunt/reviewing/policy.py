"""Who may approve: by ISO 17100 a translation is revised by a second person.

A locale with `two-people: true` in its locale.yml asks for that. The last editor of a text is known from the ledger,
else from git: the author of the last commit that changed the lines of its msgstr. A change that is in no commit yet
was made by somebody at this machine, so by whoever works here. A draft of a machine, and a stale text, must be taken or
written by a person first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from knooppunt.model import State
from knooppunt.reviewing.model import person_key
from knooppunt.reviewing.provenance import SHALLOW, WORKING_COPY

if TYPE_CHECKING:
    from knooppunt.config import LocaleConfig
    from knooppunt.reviewing.model import Person, Trace


@dataclass(frozen=True, slots=True)
class Leave:
    """Whether something is allowed, and why not."""

    allowed: bool
    why: str = ""


def may_approve(config: LocaleConfig, state: State, me: Person, last: Trace, *, edited: bool = False) -> Leave:
    """Whether somebody may approve a text; `edited` is whether they have just changed it.

    Without the policy anybody may approve any text that is there.
    """
    if state is State.UNTRANSLATED and not edited:
        return Leave(allowed=False, why="there is no translation yet")
    if not config.two_people:
        return Leave(allowed=True)
    rule = f"{config.code} wants two people (two-people in locale.yml)"
    if not (me.name and me.mail):
        return Leave(allowed=False, why=f"{rule}, and git does not know who you are: set user.name and user.email")
    if edited:
        return Leave(allowed=False, why=f"{rule}, and you have changed this text: save it, and somebody else approves")
    if state in {State.MACHINE, State.STALE}:
        kind = "a machine's draft" if state is State.MACHINE else "older than its source"
        return Leave(allowed=False, why=f"{rule}, and this text is {kind}: save it, and somebody else approves")
    if last.source == WORKING_COPY:
        return Leave(allowed=False, why=f"{rule}, and this text was changed on this machine since the last commit")
    if last.source == SHALLOW:
        why = f"{rule}, and this clone is too shallow to know who wrote this text: git fetch --unshallow"
        return Leave(allowed=False, why=why)
    if last.by and person_key(last.by) == me.key:
        return Leave(allowed=False, why=f"{rule}, and you wrote this text: somebody else approves it")
    if not last.by:
        return Leave(allowed=False, why=f"{rule}, and nobody knows who wrote this text: commit the catalog first")
    return Leave(allowed=True)
