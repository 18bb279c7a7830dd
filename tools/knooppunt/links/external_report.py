"""Verdicts on links to other hosts, as findings where the links are written. Values in, findings out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from knooppunt.links.external_model import NO_NETWORK, Checked, Verdict
from knooppunt.links.link_cache import lasting
from knooppunt.model import Edit, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from knooppunt.linkrules import LinkRule
    from knooppunt.links.model import Link

ARCHIVE: Final = "https://web.archive.org/web/"
CHECKS: Final = {
    Verdict.BROKEN: "external-broken",
    Verdict.REDIRECTED: "external-moved",
    Verdict.RATE_LIMITED: "external-rate-limited",
    Verdict.BLOCKED: "external-blocked",
    Verdict.TIMEOUT: "external-timeout",
    Verdict.REFUSED: "external-refused",
    Verdict.UNKNOWN: "external-unknown",
}
_LOGIN: Final = re.compile(
    r"(?:^|[/_.-])(?:log-?in|sign-?in|authorize|oauth2?|sso|saml2?|consent|error|404)(?:$|[/_.-])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Patience:
    """When a broken link fails the run."""

    runs: int = 1
    """Runs in a row in which it was broken."""
    days: int = 0
    """Or days since the first of them; 0 for only the runs."""


def findings_of(
    links: Iterable[Link], checked: Mapping[str, Checked], patience: Patience, today: date
) -> Iterator[Finding]:
    """What there is to say of links, by the verdicts on their addresses as they are written, by place.

    Only broken links are errors, and only those that have been broken for long enough; all else is a note.
    """
    for link in sorted(links, key=lambda link: (link.where, link.page, link.url)):
        found = checked.get(link.url)
        if (
            found is not None
            and found.reason != NO_NETWORK
            and (made := _finding(link, found, patience, today)) is not None
        ):
            yield made


def expired_findings(rules: Iterable[LinkRule], today: date) -> Iterator[Finding]:
    """A warning for each rule that holds no longer."""
    for rule in rules:
        days = (today - rule.until).days
        message = f"the exception for '{rule.what}' ended {days} {'day' if days == 1 else 'days'} ago ({rule.reason})"
        yield Finding(
            "external-rule-expired",
            f"{message}; look again, then remove it or move 'until'",
            rule.origin,
            Severity.WARNING,
            subject=rule.what,
        )


def _finding(link: Link, found: Checked, patience: Patience, today: date) -> Finding | None:
    if found.verdict is Verdict.OK:
        return None
    if found.verdict is Verdict.REDIRECTED:
        return _moved(link, found)
    text = f"'{_short(link.url)}': {found.reason}" + (
        f", after a redirect to '{_short(found.final)}'" if found.hops else ""
    )
    severity = Severity.NOTE
    edits: tuple[Edit, ...] = ()
    if found.verdict is Verdict.BROKEN:
        if lasting(found, runs=patience.runs, days=patience.days, today=today):
            severity = Severity.ERROR
        text += _since(found, patience)
        copy = found.archived or f"{ARCHIVE}{found.url}"
        text += f"; there is a copy at {copy}" if found.archived else f"; look for a copy at {copy}"
        edits = _edits(link, found.archived) if found.archived else ()
    return Finding(
        CHECKS[found.verdict], text, link.where, severity, link.locale or None, edits, safe=False, subject=link.url
    )


def _moved(link: Link, found: Checked) -> Finding | None:
    """Advice to write the new address; None where the redirect is not for ever, so that the old one is right."""
    target = found.moved_to
    if target is None or target == found.url:
        return None
    if link.url.startswith("//") and target.removeprefix("https:") == link.url:
        return None
    reason = doubt(found.url, target)
    more = f", but {reason}: look whether it is the same page" if reason else ""
    return Finding(
        CHECKS[Verdict.REDIRECTED],
        f"'{_short(link.url)}' has moved for good to '{_short(target)}'{more}",
        link.where,
        Severity.NOTE,
        link.locale or None,
        _edits(link, target),
        safe=reason is None,
        confidence=1.0 if reason is None else 0.5,
        subject=link.url,
    )


def doubt(old: str, new: str) -> str | None:
    """Why a permanent redirect may not lead to the same page; None where nothing speaks against it."""
    before, after = urlsplit(old), urlsplit(new)
    if before.scheme == "https" and after.scheme == "http":
        return "it leads from https to http"
    if _LOGIN.search(after.path) and not _LOGIN.search(before.path):
        return "it leads to a login or an error page"
    if after.path in {"", "/"} and before.path not in {"", "/"}:
        return "it leads to the start page"
    if _bare(before.hostname) != _bare(after.hostname):
        return "it leads to another host"
    return None


def _bare(host: str | None) -> str:
    return (host or "").removeprefix("www.")


def _edits(link: Link, new: str) -> tuple[Edit, ...]:
    """The edit that writes another address; none where the text of the link is not known to the letter."""
    if not link.shows or (link.shows == "page" and link.where.end - link.where.start != len(link.url)):
        return ()
    return (Edit(link.start, link.start + len(link.url), written(link.kind, new)),)


def written(kind: str, url: str) -> str:
    """An address as it can stand in a Markdown link, a cell of a table, an attribute or YAML: nothing in it ends it."""
    text = quote(url, safe="%/:=&?~#+!$,;@-._")
    return text.replace("&", "&amp;") if kind == "html" else text


def _since(found: Checked, patience: Patience) -> str:
    if patience.runs <= 1 and not patience.days:
        return ""
    runs = f"{found.streak} {'run' if found.streak == 1 else 'runs'}"
    return f" (broken in {runs} since {found.since}; fails after {patience.runs}" + (
        f" runs or {patience.days} days)" if patience.days else " runs)"
    )


def _short(url: str) -> str:
    return url if len(url) <= 200 else f"{url[:197]}..."
