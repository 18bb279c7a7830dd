"""Running checks over texts and pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.checks.registry import select

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from knooppunt.checks.link_index import LinkIndex
    from knooppunt.checks.registry import Check
    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding, Origin, Page
    from knooppunt.repair import Language


def run_segments(units: Iterable[Unit], language: Language, selected: Collection[str] | None = None) -> list[Finding]:
    """Findings of all checks of texts and catalogs, sorted by place, without those that an entry silences.

    Give all entries of a catalog at once: some checks compare them. An `ignore` that silences nothing is a finding,
    as far as its check was run.
    """
    checks = select(selected)
    texts = list(units)
    findings: list[Finding] = []
    silenced: dict[Origin, set[str]] = {}
    ignored = {unit.origin: {ignore.check for ignore in unit.ignores} for unit in texts if unit.ignores}

    def take(found: Iterable[Finding]) -> None:
        for finding in found:
            if finding.check in ignored.get(finding.origin, ()):
                silenced.setdefault(finding.origin, set()).add(finding.check)
            else:
                findings.append(finding)

    written = [unit for unit in texts if unit.target and not unit.target.isspace()]
    for check in checks.values():
        if check.scope == "segment":
            for unit in check.candidates(written, language.locale):
                take(check.run(unit, language))
        elif check.scope == "text":
            take(check.run(check.candidates(written, language.locale), language))
        elif check.scope == "catalog":
            take(check.run([unit for unit in texts if unit.source is not None], language))
    _take_ignores(checks, texts, silenced, findings)
    return sorted(findings, key=_order)


def _take_ignores(
    checks: Mapping[str, Check], units: Iterable[Unit], silenced: Mapping[Origin, set[str]], findings: list[Finding]
) -> None:
    for check in checks.values():
        if check.scope == "ignore":
            for unit in units:
                findings.extend(check.run(unit, silenced.get(unit.origin, set()), checks))


def run_page(page: Page, site: LinkIndex, selected: Collection[str] | None = None) -> list[Finding]:
    """Findings of all checks of pages, sorted by place."""
    checks = select(selected).values()
    found = [finding for check in checks if check.scope == "page" for finding in check.run(page, site)]
    return sorted(found, key=_order)


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    origin = finding.origin
    return (origin.path, origin.line, origin.column, finding.check, finding.message)
