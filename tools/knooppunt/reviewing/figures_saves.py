"""The lines of a ledger as what people did: saves, who made a text, and who judged it.

One press of a key may write two lines (`edit` and `approve`) with the same entry, person and time: that is one save.
What was undone is as if it had never been.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from knooppunt.reviewing.model import person_key
from knooppunt.reviewing.scheme import CATEGORIES, SEVERITIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from knooppunt.catalogs import Decision
    from knooppunt.model import State

Key = tuple[str, str]
"""Catalog and id of an entry; an empty catalog and the hash for a line about a text that no catalog has any more."""

MAKES: Final = frozenset({"edit", "accept"})
"""Actions after which a person answers for the text."""
_LONGEST: Final = 86_400
"""Seconds of one save, at most; the server writes no more. It leaves out what is no number of seconds as well."""
_MOST_WORDS: Final = 1_000_000_000
_BACK: Final = frozenset({"undo", "revert"})


@dataclass(frozen=True, slots=True)
class Passage:
    """One entry of a catalog, as it is now."""

    catalog: str
    id: str
    hash: str
    state: State
    words: int
    """Of the source."""
    engine: str | None = None
    """Whose draft it began with."""
    machine: str | None = None
    """That draft."""
    final: str | None = None
    """The text as it is; None for one with plural forms, whose draft is not kept for each."""

    @property
    def key(self) -> Key:
        return self.catalog, self.id


@dataclass(frozen=True, slots=True)
class Save:
    """What one person did with one text at one time."""

    key: Key
    hash: str
    """Of the text as it was left."""
    by: str
    at: str
    actions: tuple[str, ...]
    words: int
    seconds: float | None = None
    errors: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """Named errors by category and severity."""
    engine: str | None = None
    bulk: bool = False
    """Whether it was one of many in a bulk action."""

    @property
    def person(self) -> str:
        return person_key(self.by)

    @property
    def day(self) -> str:
        """Day of the time as it is written; the review page writes UTC."""
        return self.at[:10]


@dataclass(frozen=True, slots=True)
class Judgement:
    """One text that somebody judged: a version of an entry, by who made it."""

    key: Key
    maker: str
    """Key of the person; empty for a machine, and for whoever no ledger knows."""
    engine: str | None
    """The engine, where the text is its draft as it was."""
    words: int
    errors: Mapping[tuple[str, str], int]
    hash: str | None
    """Of the text that was judged last; None where only the text that took its place is known."""
    standing: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """The errors that were named of the text with this hash."""


@dataclass(frozen=True, slots=True)
class Saves:
    """All that was done, in the order of the ledger."""

    saves: tuple[Save, ...]
    unread: int
    """Times and errors that are not what they should be."""


def saves_of(decisions: Iterable[Decision], by_hash: Mapping[str, Key]) -> Saves:
    """The saves that a ledger tells of; `by_hash` gives the entry of a line that does not name it."""
    found: list[Save | None] = []
    of_key: dict[Key, list[int]] = {}
    unread = 0
    for decision in decisions:
        extra = decision.extra
        catalog, name = extra.get("catalog"), extra.get("entry")
        named = isinstance(catalog, str) and isinstance(name, str)
        key = (str(catalog), str(name)) if named else by_hash.get(decision.hash, ("", decision.hash))
        own = of_key.setdefault(key, [])
        if decision.action in _BACK:
            undone = next((at for at in reversed(own) if _at(found, at).hash == decision.hash), None)
            if undone is not None:
                own.remove(undone)
                found[undone] = None
            continue
        if decision.action == "carry":
            continue
        seconds, errors, wrong = _facts(extra)
        unread += wrong
        last = found[own[-1]] if own else None
        if last is not None and own[-1] == len(found) - 1 and (last.by, last.at) == (decision.by, decision.at):
            found[own[-1]] = replace(
                last,
                hash=decision.hash,
                actions=(*last.actions, decision.action),
                seconds=last.seconds if last.seconds is not None else seconds,
                errors=Counter(last.errors) + Counter(errors),
            )
            continue
        own.append(len(found))
        engine = extra.get("engine")
        found.append(
            Save(
                key,
                decision.hash,
                decision.by,
                decision.at,
                (decision.action,),
                _whole(extra.get("words")),
                seconds,
                errors,
                engine if isinstance(engine, str) else None,
                "bulk" in extra,
            )
        )
    return Saves(tuple(save for save in found if save is not None), unread)


def _at(found: list[Save | None], place: int) -> Save:
    save = found[place]
    assert save is not None
    return save


def _facts(extra: Mapping[str, Any]) -> tuple[float | None, dict[tuple[str, str], int], int]:
    """Seconds, named errors, and how much of them is not what it should be."""
    wrong = 0
    seconds = extra.get("seconds")
    if seconds is not None and not (_is_number(seconds) and 0 <= seconds <= _LONGEST):
        seconds, wrong = None, 1
    errors: Counter[tuple[str, str]] = Counter()
    listed = extra.get("mqm")
    if listed is not None and not isinstance(listed, list):
        listed, wrong = None, wrong + 1
    for item in listed or ():
        category, severity = (item.get(key) if isinstance(item, dict) else None for key in ("category", "severity"))
        if (
            isinstance(category, str)
            and isinstance(severity, str)
            and category in CATEGORIES
            and severity in SEVERITIES
        ):
            errors[category, severity] += 1
        else:
            wrong += 1
    return (None if seconds is None else float(seconds)), dict(errors), wrong


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < _MOST_WORDS else 0


def makers(saves: Iterable[Save]) -> dict[Key, str]:
    """Who made the text of each entry as it is, by key of the person; none where no person wrote or took it."""
    found: dict[Key, str] = {}
    for save in saves:
        if MAKES.intersection(save.actions):
            found[save.key] = save.person
        elif "restore" in save.actions:
            found.pop(save.key, None)
    return found


def judgements(saves: Iterable[Save], known: Mapping[Key, Passage]) -> list[Judgement]:
    """The texts that were judged, each once, with all errors that were named of it.

    Judged is the text as it was before a save, if it was rejected, if an error was named, or if another person than
    its maker took or approved it as it was.
    """
    maker: dict[Key, str] = {}
    found: dict[tuple[Key, str], Judgement] = {}
    for save in saves:
        before = maker.get(save.key, "")
        actions = set(save.actions)
        kept = actions.isdisjoint({"edit", "amend", "restore"})
        agreed = kept and not actions.isdisjoint({"approve", "accept"}) and before != save.person
        if "reject" in actions or save.errors or agreed:
            passage = known.get(save.key)
            engine = save.engine or (passage.engine if passage is not None else None)
            words = save.words or (passage.words if passage is not None else 0)
            old = found.get((save.key, before))
            judged = save.hash if kept else None
            again = old is not None and judged is not None and old.hash == judged
            named = Counter(save.errors) if judged is not None else Counter[tuple[str, str]]()
            found[save.key, before] = Judgement(
                save.key,
                before,
                engine if not before else None,
                words if old is None else old.words,
                dict(Counter(old.errors if old is not None else {}) + Counter(save.errors)),
                judged,
                dict(named + Counter(old.standing if old is not None and again else {})),
            )
        if actions & MAKES:
            maker[save.key] = save.person
        elif "restore" in actions:
            maker.pop(save.key, None)
    return list(found.values())
