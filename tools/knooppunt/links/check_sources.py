"""`knooppunt links` on sources: every link judged, findings with edits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from knooppunt.checks import run_page
from knooppunt.links.judge import Judge
from knooppunt.links.model import Counts
from knooppunt.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from knooppunt.links.gather import Sources
    from knooppunt.links.model import Link

UNDEFINED = "undefined-reference"


def check_sources(sources: Sources, progress: Callable[[str], None] = lambda _: None) -> tuple[list[Finding], Counts]:
    """Findings on all links of a set of sources, sorted by place, and what was looked at.

    Raises DataError with every file that cannot be read.
    """
    judge = Judge(sources.places, sources.complete, sources.open_to)
    found: list[Finding] = []
    links = 0
    external: set[str] = set()
    last = ""
    for link in sources.links():
        links += 1
        if link.where.path != last:
            last = link.where.path
            progress(last)
        if link.external:
            external.add(link.url)
        if link.kind == "include" and sources.snippet_folders is not None and link.page and not _is_docfx(link):
            found += _snippet(link, sources)
        else:
            found += judge.findings(link)
    found += _undefined(sources)
    counts = Counts(len(sources.names), links, len(external), dict(sorted(judge.skipped.items())))
    return sorted(set(found), key=lambda item: (item.origin, item.check, item.message)), counts


def _is_docfx(link: Link) -> bool:
    """Whether an include is an inline link, whose text begins with its sign."""
    return link.text.startswith("!")


def _snippet(link: Link, sources: Sources) -> Iterator[Finding]:
    folders = sources.snippet_folders or ()
    if "://" in link.url or "{" in link.url:
        return
    for folder in folders:
        try:
            if (sources.root / folder / link.url).is_file():
                return
        except (OSError, ValueError):
            continue
    where = " or ".join(f"'{folder}'" for folder in folders)
    yield Finding("broken-include", f"there is no file '{link.url}' below {where}", link.where, subject=link.url)


def _undefined(sources: Sources) -> Iterable[Finding]:
    """Labels without a definition, as the check of that name finds them."""
    made = set() if sources.project is None else {item.path for item in sources.project.sources if item.made}
    for path in sources.names:
        if path not in made:
            page = sources.page(path)
            for finding in run_page(page, sources.places.index, {UNDEFINED}):
                label = page.text[finding.origin.start : finding.origin.end]
                yield replace(finding, severity=Severity.ERROR, subject=label)
