"""Which links to other hosts a project passes over, and which private hosts it asks: rules that expire."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from knooppunt.yamltext import describe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from knooppunt.origin import Origin
    from knooppunt.yamltext import Reader


@dataclass(frozen=True, slots=True)
class LinkRule:
    """One exception, with its reason and its end."""

    what: str
    """A pattern of addresses (`https://shop.example.com/*`) of a rule to ignore; a host of a rule to allow."""
    reason: str
    until: date
    """The last day on which it holds."""
    origin: Origin

    def expired(self, today: date) -> bool:
        return today > self.until

    def matches(self, url: str) -> bool:
        """Whether an address fits the pattern: `*` is any signs, `?` one sign, and nothing else has a meaning."""
        return fnmatch.fnmatchcase(url, self.what.replace("[", "[[]"))


@dataclass(frozen=True, slots=True)
class LinkRules:
    """What `links` in the settings says."""

    ignore: tuple[LinkRule, ...] = ()
    """Addresses that are not asked for."""
    allow: tuple[LinkRule, ...] = ()
    """Hosts that are asked although their addresses are private."""

    def expired(self, today: date) -> Iterator[LinkRule]:
        """The rules that hold no longer."""
        return (rule for rule in (*self.ignore, *self.allow) if rule.expired(today))

    def ignored(self, url: str, today: date) -> LinkRule | None:
        """The rule by which an address is not asked for; None where it is."""
        return next((rule for rule in self.ignore if not rule.expired(today) and rule.matches(url)), None)

    def allowed(self, today: date) -> Iterable[str]:
        """The private hosts that may be asked."""
        return [rule.what for rule in self.allow if not rule.expired(today)]


def read_rules(reader: Reader) -> LinkRules:
    """The rules of a mapping with the lists `ignore` and `allow`; problems are noted in the reader."""
    reader.known("ignore", "allow")
    return LinkRules(
        tuple(_rules(reader, "ignore", "url")),
        tuple(_rules(reader, "allow", "host")),
    )


def _rules(reader: Reader, key: str, name: str) -> Iterator[LinkRule]:
    for item in reader.mappings(key):
        item.known(name, "reason", "until")
        what = item.text(name, required=True)
        reason = item.text("reason", required=True)
        until = item.value.get("until")
        if isinstance(until, datetime):
            until = until.date()
        if not isinstance(until, date):
            problem = f"must be a day, not {describe(until)}" if "until" in item.value else "'until' is missing"
            item.fault("until", problem, "write the last day on which it holds, like 2027-03-31")
        elif what and reason:
            yield LinkRule(what, reason, until, item.places[item.pointer])
        reader.take(item)
