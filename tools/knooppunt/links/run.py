"""What `links` does: sources or a built site, a baseline, and edits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knooppunt.errors import UsageError
from knooppunt.links.baseline import load_baseline, save_baseline, split_known
from knooppunt.links.check_sources import check_sources
from knooppunt.links.external import check_external
from knooppunt.links.gather import folder_sources, project_sources
from knooppunt.links.mending import Mending
from knooppunt.links.model import Counts
from knooppunt.links.report_site import check_site, site_links
from knooppunt.links.results import LinkResults
from knooppunt.links.sitefiles import cache_file, read_site, user_cache
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from knooppunt.checking import Found
    from knooppunt.links.external import External, Report
    from knooppunt.links.gather import Sources
    from knooppunt.model import Finding
    from knooppunt.project import Project


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for."""

    project: Project | None = None
    folder: Path | None = None
    """A folder of Markdown that need not be a project."""
    site: Path | None = None
    source: Path | None = None
    """Sources of the site where they are no project's."""
    base_url: str = ""
    fix: bool = False
    baseline: Path | None = None
    new_only: bool = False
    save_baseline: Path | None = None
    jobs: int | None = None
    cache: bool = True
    external: External | None = None
    """How links to other hosts are checked; None where they are not."""


class LinkRun:
    """One run: its results, then what is written."""

    def __init__(self, request: Request, progress: Callable[[str], None] = lambda _: None) -> None:
        self.request = request
        self._progress = progress
        self._mending: Mending | None = None
        self.site_bytes = 0
        self._report: Report | None = None
        """What was found out about links to other hosts."""

    def _sources(self) -> Sources | None:
        request = self.request
        folder = request.folder or request.source
        if folder is not None:
            if not folder.is_dir():
                raise UsageError(f"there is no folder '{folder}'")
            return folder_sources(folder)
        return None if request.project is None else project_sources(request.project)

    def _find(self) -> tuple[list[Finding], Counts]:
        request = self.request
        sources = self._sources()
        if request.site is not None:
            self._mending = Mending(request.site if sources is None else sources.root)
            folder = user_cache() if request.project is None else request.project.settings.cache_path
            cache = cache_file(folder, request.site) if request.cache else None
            site = read_site(request.site, cache, request.jobs, self._progress)
            self.site_bytes = site.size
            findings, counts = check_site(site, sources, request.base_url)
            return [*findings, *self._outside(sources, request.site)], counts
        if sources is None:
            raise UsageError("there is no project here; name a folder of Markdown, or a site with --site DIR")
        self._mending = Mending(sources.root)
        findings, counts = check_sources(sources, self._progress)
        return [*findings, *self._outside(sources, None)], counts

    def _outside(self, sources: Sources | None, site: Path | None) -> tuple[Finding, ...]:
        """Findings on links to other hosts, where these are asked; of a site, what the sources do not have once."""
        external = self.request.external
        if external is None:
            return ()
        links = [] if sources is None else [link for link in sources.links() if link.external]
        if site is not None:
            known = {link.url for link in links}
            shown = {link.url: link for link in site_links(site) if link.external and link.url not in known}
            links += shown.values()
        own = self.request.base_url or ("" if sources is None else sources.places.site_url)
        self._report = check_external(links, replace(external, own=(own,) if own else ()), progress=self._progress)
        return self._report.findings

    def results(self) -> LinkResults:
        """What is wrong, without what is known where that is asked for, and with the edits worked out."""
        request = self.request
        known = None if request.baseline is None else load_baseline(request.baseline)
        findings, counts = self._find()
        mending = self._mending
        assert mending is not None
        taken = list(mending.take(findings, fix=request.fix))
        found: list[Found] = [item for item, made in taken if not made]
        fixed = [item for item, made in taken if made]
        if request.save_baseline is not None:
            save_baseline(request.save_baseline, found)
        number = 0
        if known is not None:
            new, old = split_known(found, known)
            number = len(old)
            found = new if request.new_only else found
        return LinkResults(found, fixed, counts, number)

    def write(self) -> None:
        """Write the edits."""
        if self._mending is not None:
            self._mending.write()

    @property
    def offline(self) -> str:
        """The line that says that there was no network; empty where there was one, or none was needed."""
        return self._report.lines()[-1] if self._report is not None and self._report.offline else ""

    def summary(self, results: LinkResults, counted: Callable[..., str], *, written: bool) -> Iterator[str]:
        """Lines for the person at the terminal."""
        counts = results.counts
        certain = sum(item.finding.safe and bool(item.finding.edits) and not item.refused for item in results.found)
        notes = sum(item.finding.severity is Severity.NOTE for item in results.found)
        line = (
            f"{counted(len(results), 'finding')} in {counted(counts.links, 'link')} of {counted(counts.pages, 'page')}"
        )
        if notes:
            line += f", {notes} of them notes"
        if results.known:
            line += f", {results.known} known"
        if certain and not self.request.fix:
            line += f", {certain} can be mended with --fix"
        yield f"{line}."
        if results.fixed:
            yield f"{counted(len(results.fixed), 'link')} {'mended' if written else 'would be mended by --fix'}."
        if self._report is not None:
            yield from self._report.lines()
        elif counts.external:
            yield f"{counted(counts.external, 'address of other hosts', 'addresses of other hosts')} not asked."
        for why, number in counts.skipped.items():
            yield f"{counted(number, 'link')} not judged: {why}."
