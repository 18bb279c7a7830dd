"""An existing translated docs tree -> catalogs: files in, catalogs out; `alignment` has the rules."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from knooppunt.alignment import (
    THRESHOLD,
    AdoptedPage,
    AdoptReport,
    Item,
    Lengths,
    Lexicon,
    adopt_page,
    align,
    engine_of,
    learn_lengths,
    learn_lexicon,
    merge,
    page_items,
    published,
    verify,
)
from knooppunt.catalogs import machine_comment, parse_po
from knooppunt.config import LOCALE_PATTERN
from knooppunt.errors import DataError, Problem, UsageError
from knooppunt.files import Writes, alone, inside, listed, read_text
from knooppunt.pages import parse_front_matter, parse_page
from knooppunt.sources import SITE, article_name
from knooppunt.translated import translate_page

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from knooppunt.catalogs import Catalog
    from knooppunt.model import Page, Segment
    from knooppunt.project import Project

_FRONT_MATTER: Final = ("title", "description")
_HELD: Final = 60_000
"""Items of pages that are held in memory between the first and the second look, about 100 MB."""
_LEARNED: Final = 20_000
"""Pairs of texts to learn words from; more would not make them surer."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to adopt."""

    machine: str | None = None
    """Name of the engine that made every page, whatever its front matter says."""
    human: bool = False
    """Whether people made every page, whatever its front matter says."""
    threshold: float = THRESHOLD
    """Least confidence with which a translation is taken, 0 to 1."""
    force: bool = False
    """Whether translations that the catalogs have already are replaced."""
    verify: bool = False
    """Whether each page is made again from its catalog and compared with the translated page."""


@dataclass(frozen=True, slots=True)
class PagePair:
    """A source page and its translation, by their files."""

    name: str
    source: Path
    source_shown: str
    reference: str
    """Path as catalogs name it."""
    target: Path
    target_shown: str


@dataclass(frozen=True, slots=True)
class _Side:
    """One page of a pair."""

    page: Page
    items: list[Item]


@dataclass(frozen=True, slots=True)
class _Known:
    """What all pages together teach of the two languages."""

    lengths: Lengths
    lexicon: Lexicon


def adopt(
    source: Path,
    translated: Path,
    locale: str,
    *,
    project: Project | None = None,
    out: Path | None = None,
    options: Options = Options(),
    write: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> AdoptReport:
    """Make catalogs of `locale` out of a docs tree and its translation, or of two single files.

    The catalogs go to those of `project`, which must have the locale, or to the folder `out`. Translated pages are
    found by the same path, or as `name.LOCALE.md` in either tree. Everything is read and worked out before the first
    file takes its name, and the project is held against other runs that write. Raises UsageError for folders and
    options that do not fit, DataError for broken files.
    """
    _check(locale, project, out, options)
    pairs, lonely, orphans = page_pairs(source, translated, locale, project)
    if not pairs:
        raise UsageError(f"no page of '{translated}' has the path of a page of '{source}'; give the two roots")
    problems: list[Problem] = []
    reader = _Reader(_keys(project))
    known = _learn(pairs, reader, problems, progress)
    if problems:
        raise DataError(problems)
    pages: list[AdoptedPage] = []
    held = alone(project.settings.root) if project is not None and write else nullcontext()
    with held, Writes() as writes:
        for pair in pairs:
            progress(f"{locale} {pair.name}")
            try:
                pages.append(_adopt(pair, locale, reader, known, project, out, options, writes if write else None))
            except DataError as error:
                problems.extend(error.problems)
        if problems:
            raise DataError(problems)
        writes.commit()
    return AdoptReport(locale, tuple(pages), tuple(lonely), tuple(orphans))


def _check(locale: str, project: Project | None, out: Path | None, options: Options) -> None:
    if options.machine is not None and options.human:
        raise UsageError("--machine and --human exclude each other: give one of the two, or none to read front matter")
    if options.machine is not None:
        try:
            machine_comment(options.machine, "")
        except ValueError:
            raise UsageError(f"'{options.machine}' is not a name for an engine; write it without a colon") from None
    if not 0 <= options.threshold <= 1:
        raise UsageError(f"a confidence of {options.threshold} is not one; give a number from 0 to 1")
    if not LOCALE_PATTERN.fullmatch(locale):
        raise UsageError(f"'{locale}' is not a BCP 47 tag in its usual case; write it like nl, ja, pt-BR or zh-Hant")
    if out is None:
        if project is None:
            raise UsageError("there is no project here to put catalogs into; give --out with a folder for them")
        project.locale(locale)


# Files -----------------------------------------------------------------------------------------------------------


def page_pairs(
    source: Path, translated: Path, locale: str, project: Project | None
) -> tuple[list[PagePair], list[str], list[str]]:
    """Pages with their translations, pages without one, translations without a page.

    Raises UsageError for folders that do not fit, DataError for pages whose catalogs would have one name.
    """
    for place in (source, translated):
        if not place.exists():
            raise UsageError(f"there is no file or folder '{place}'")
    if source.is_file() != translated.is_file():
        raise UsageError(f"'{source}' and '{translated}' are not alike: give two folders or two files")
    if source.is_file():
        name, reference = _named(source, source.name, project)
        return [PagePair(name, source, str(source), reference, translated, str(translated))], [], []
    suffix = f".{locale}.md"
    originals = [path for path in _listed(source, translated) if not path.endswith(suffix)]
    copies = {_plain(path, suffix): path for path in _listed(translated, source)}
    if source.resolve() == translated.resolve():
        copies = {_plain(path, suffix): path for path in copies.values() if path.endswith(suffix)}
    by_name = {article_name(path).casefold(): path for path in copies}
    pairs: list[PagePair] = []
    lonely: list[str] = []
    used: set[str] = set()
    for path in originals:
        found = path if path in copies else by_name.get(article_name(path).casefold())
        if found is None or found in used:
            lonely.append(f"{source}/{path}")
            continue
        used.add(found)
        name, reference = _named(source / path, path, project)
        copy = copies[found]
        target = inside(translated, copy, "page")
        pairs.append(
            PagePair(name, inside(source, path, "page"), f"{source}/{path}", reference, target, f"{translated}/{copy}")
        )
    _refuse_clashes(pairs)
    return pairs, lonely, [f"{translated}/{copies[path]}" for path in sorted(set(copies) - used)]


def _listed(folder: Path, other: Path) -> list[str]:
    """Markdown files of a tree, without those of the other tree where that is a part of it."""
    paths = listed(folder, str(folder), (".md",))
    root, inner = folder.resolve(), other.resolve()
    if inner == root or not inner.is_relative_to(root):
        return paths
    part = f"{inner.relative_to(root).as_posix()}/"
    return [path for path in paths if not path.startswith(part)]


def _plain(path: str, suffix: str) -> str:
    return f"{path.removesuffix(suffix)}.md" if path.endswith(suffix) else path


def _named(path: Path, relative: str, project: Project | None) -> tuple[str, str]:
    """Name of the catalog and path in it: those of the project where the page is one of its pages."""
    if project is not None:
        docs = project.settings.docs_path.resolve()
        if path.resolve().is_relative_to(docs):
            relative = path.resolve().relative_to(docs).as_posix()
            return article_name(relative), f"{project.settings.docs}/{relative}"
    return article_name(relative), relative


def _refuse_clashes(pairs: Sequence[PagePair]) -> None:
    first: dict[str, PagePair] = {}
    problems = []
    for pair in pairs:
        other = first.setdefault(pair.name.casefold(), pair)
        if other is not pair:
            message = f"has the catalog '{pair.name}', as {other.source_shown} has"
            problems.append(Problem(pair.source_shown, 0, "", message, "rename one of the two, or adopt them apart"))
        if pair.name == SITE:
            message = f"'{SITE}' is the name of Knooppunt's own catalog"
            problems.append(Problem(pair.source_shown, 0, "", message, "rename it"))
    if problems:
        raise DataError(problems)


# Pages -----------------------------------------------------------------------------------------------------------


def _keys(project: Project | None) -> tuple[str, ...]:
    return project.settings.front_matter if project is not None else _FRONT_MATTER


class _Reader:
    """Pages and their items, which are needed twice; of a large site only the first ones are held meanwhile."""

    def __init__(self, keys: Sequence[str]) -> None:
        self.keys = keys
        self._held: dict[str, tuple[_Side, _Side]] = {}
        self._size = 0

    def sides(self, pair: PagePair) -> tuple[_Side, _Side]:
        """The source page and the translated page. Raises DataError for a file that is not text."""
        found = self._held.pop(pair.name, None)
        if found is not None:
            return found
        return self._side(pair.source, pair.source_shown), self._side(pair.target, pair.target_shown)

    def hold(self, pair: PagePair, sides: tuple[_Side, _Side]) -> None:
        """Keep pages for the second time, within bounds."""
        self._size += sum(len(side.items) for side in sides)
        if self._size <= _HELD:
            self._held[pair.name] = sides

    def _side(self, path: Path, shown: str) -> _Side:
        page = parse_page(read_text(path, shown), path=shown, front_matter=self.keys)
        return _Side(page, page_items(page))


def _learn(
    pairs: Sequence[PagePair], reader: _Reader, problems: list[Problem], progress: Callable[[str], None]
) -> _Known:
    """Align the pages once without knowing the language, and learn lengths and words from what is sure."""
    sizes: list[tuple[int, int]] = []
    words: list[tuple[frozenset[str], frozenset[str]]] = []
    for pair in pairs:
        if len(words) >= _LEARNED:
            break
        progress(f"learning from {pair.name}")
        try:
            sides = reader.sides(pair)
        except DataError as error:
            problems.extend(error.problems)
            continue
        reader.hold(pair, sides)
        found = align(sides[0].items, sides[1].items)
        for match in found.matches:
            one, other = found.source[match.source], found.target[match.target]
            if match.confidence >= THRESHOLD and _both_texts(one, other):
                sizes.append((one.length, other.length))
                words.append((one.words, other.words))
    return _Known(learn_lengths(sizes), learn_lexicon(words))


def _both_texts(one: Item, other: Item) -> bool:
    return one.segment is not None and other.segment is not None


def _adopt(
    pair: PagePair,
    locale: str,
    reader: _Reader,
    known: _Known,
    project: Project | None,
    out: Path | None,
    options: Options,
    writes: Writes | None,
) -> AdoptedPage:
    first, second = reader.sides(pair)
    source, target = first.page, second.page
    engine = options.machine
    if engine is None and not options.human:
        engine = engine_of(parse_front_matter(target.text, pair.target_shown))
    alignment = align(first.items, second.items, known.lengths, known.lexicon)
    adoption = adopt_page(source, target, alignment, threshold=options.threshold)
    catalog, path, shown = _catalog(pair, locale, project, out)
    own = _own(pair, project)
    merged = merge(
        catalog,
        project.segments(pair.name) if own and project is not None else _renamed(source, pair.reference),
        adoption,
        locale=locale,
        engine=engine,
        force=options.force,
        earlier=project is not None and not own,
        project=str(project.mkdocs.get("site_name") or "PROJECT") if project is not None else "PROJECT",
    )
    if merged.changed and writes is not None:
        writes.add(path, merged.text, before=catalog.text if catalog is not None else None)
    notes = (*adoption.notes, *merged.kept)
    verdict = None
    if options.verify:
        verdict = verify(source, _made(source, published(merged.text, shown)), target, notes)
    taken = adoption.taken_without({note.source_text for note in merged.kept})
    return AdoptedPage(
        pair.name, pair.source_shown, pair.target_shown, shown, engine, adoption.segments, taken, notes,
        merged.changed, project is not None and not own, verdict,
    )  # fmt: skip


def _made(source: Page, texts: Mapping[str, str]) -> str:
    return translate_page(source, lambda segment: texts.get(segment.msgid))


def _catalog(
    pair: PagePair, locale: str, project: Project | None, out: Path | None
) -> tuple[Catalog | None, Path, str]:
    """The catalog as it is, where it is or will be, and its path as messages name it."""
    if out is not None:
        path = inside(out, f"{pair.name}.po", "catalog")
        shown = path.as_posix()
        return (parse_po(read_text(path, shown), shown) if path.is_file() else None), path, shown
    if project is None:
        raise UsageError("there is no project here to put catalogs into; give --out with a folder for them")
    path = project.catalog_path(locale, pair.name)
    return project.catalog(locale, pair.name), path, path.relative_to(project.settings.root).as_posix()


def _own(pair: PagePair, project: Project | None) -> bool:
    """Whether the source is a page of the project itself, whose records are in its catalog too."""
    if project is None or pair.name not in project.by_name:
        return False
    return pair.reference == project.by_name[pair.name].shown


def _renamed(source: Page, reference: str) -> Sequence[Segment]:
    """The texts of a page, with its path as catalogs name it."""
    return [replace(segment, origin=replace(segment.origin, path=reference)) for segment in source.segments]
