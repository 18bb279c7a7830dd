"""What is measured on: the pages of the AKS documentation where that corpus is, else our own, repeated."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measure import OURS, PEERS, ROOT, driver, measure, succeeded
from corpora import ROOT as CORPORA

OWN_PAGES = 600
"""How many pages our own are repeated to."""
LOCALE = "nl"
KNOOPPUNT = ROOT / ".venv" / "bin" / "knooppunt"


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages to measure on, in a folder that nothing writes to."""

    label: str
    folder: Path
    names: tuple[str, ...]

    @property
    def size(self) -> int:
        """Bytes of all pages."""
        return sum((self.folder / name).stat().st_size for name in self.names)


def gather(scratch: Path) -> Pages:
    """Copy the pages of the corpus, or repeat our own, into a folder of `scratch`."""
    folder = scratch / "sources"
    corpus = CORPORA / "aks-docs"
    found = sorted(corpus.rglob("*.md"))
    if found:
        for path in found:
            _copy(path, folder / path.relative_to(corpus))
        label = "azure-aks-docs"
    else:
        own = sorted((ROOT / "docs").rglob("*.md"))
        for number in range(-(-OWN_PAGES // len(own))):
            for path in own:
                _copy(path, folder / f"{number:02}" / path.relative_to(ROOT / "docs"))
        label = "own docs, repeated"
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.md"))
    return Pages(label, folder, tuple(names))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def make_project(folder: Path, pages: Pages | None) -> Path:
    """A project of these pages with one locale and no catalogs yet; without pages where there are none."""
    (folder / "locales" / LOCALE).mkdir(parents=True)
    (folder / "locales" / LOCALE / "locale.yml").write_text("name: Nederlands\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text("site_name: Benchmark\n", encoding="utf-8")
    (folder / "docs").mkdir()
    for name in pages.names if pages else ():
        # A directive would ask for records, which only the repository's own pages have.
        text = (pages.folder / name).read_bytes().replace(b"<!-- knooppunt: records", b"<!-- records") if pages else b""
        target = folder / "docs" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text)
    return folder


def catalogs_of(project: Path) -> Path:
    """The folder of a project's catalogs."""
    return project / "locales" / LOCALE / "LC_MESSAGES"


def forget(project: Path) -> None:
    """Remove what `update` made: catalogs and cache."""
    for folder in (catalogs_of(project), project / ".knooppunt"):
        shutil.rmtree(folder, ignore_errors=True)


def fill(*folders: Path) -> None:
    """Translate the catalogs under some folders; see drivers/fill.py."""
    succeeded(measure(driver(PEERS, "fill", *folders)), "filling the catalogs")


def fill_same(*folders: Path) -> None:
    """Translate the catalogs under some folders with their own msgids."""
    succeeded(measure(driver(PEERS, "fill", "--same", *folders)), "filling the catalogs")


def update(project: Path) -> list[str | Path]:
    """The command that updates a project's catalogs."""
    return [OURS, KNOOPPUNT, "update", "--project", project, "--quiet"]


def generate(project: Path, out: Path) -> list[str | Path]:
    """The command that writes a project's translated pages."""
    return [OURS, KNOOPPUNT, "generate", "--project", project, "--out", out, "--quiet"]


def update_catalogs(project: Path) -> Path:
    """Update a project's catalogs, which is not measured, and give their folder."""
    succeeded(measure(update(project)), "making the catalogs")
    return catalogs_of(project)
