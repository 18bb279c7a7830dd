"""The settings of a project, and the settings of each of its locales."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from knooppunt.errors import DataError, Problem, UsageError
from knooppunt.files import inside, read_text
from knooppunt.linkrules import LinkRules, read_rules
from knooppunt.origin import Locale, Origin
from knooppunt.reviewkeys import REVIEW_KEYS, review_keys
from knooppunt.yamltext import Places, Reader, describe, join, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE_NAME = "knooppunt.yml"
PYPROJECT = "pyproject.toml"
TABLE = "tool.knooppunt"
LOCALE_FILE = "locale.yml"
LOCALE_PATTERN = re.compile(r"^[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?$")
"""BCP 47 language, script and region in their usual case: `nl`, `zh-Hant`, `pt-BR`, `es-419`."""

_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

DIRECTIONS = ("ltr", "rtl")
REGISTERS = ("formal", "informal", "neutral")
PUBLISHED = ("approved", "translated", "machine")
SETTINGS = (
    "docs",
    "locales",
    "source-locale",
    "front-matter",
    "layers",
    "variants",
    "sources",
    "check-pages",
    "ignore",
    "links",
    "review",
)
"""Keys of knooppunt.yml, and of [tool.knooppunt] in pyproject.toml."""
STALE_POLICIES = ("translation", "source")

MQM_LIMIT = 10.0
"""Two major errors, or ten minor ones, for each 1,000 words: a score of 99. MQM leaves the limit to each project."""
SOURCE_LOCALE = Locale("en")
NO_RULES = LinkRules()


@dataclass(frozen=True, slots=True)
class LocaleConfig:
    """What `locales/<code>/locale.yml` says."""

    code: Locale
    name: str
    """Name in the language itself: `Nederlands`."""
    direction: str = "ltr"
    register: str = "neutral"
    """How readers are addressed: `formal` (u, Sie), `informal` (je, du) or `neutral`."""
    publish: str = "translated"
    """Least state that is published: `approved`, `translated`, or `machine` (with a notice)."""
    stale: str = "translation"
    """What readers see of a stale entry: the old `translation` with a notice, or the `source`."""
    two_people: bool = False
    """Whether whoever approves a text must be another person than who wrote it (ISO 17100)."""
    mqm_limit: float = MQM_LIMIT
    """Most penalty points for named errors, for each 1,000 judged words, with which a translation passes."""
    theme: str | None = None
    """Language of MkDocs Material's own words; None for the nearest that the theme has."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `[tool.knooppunt]` in pyproject.toml, or knooppunt.yml, says; paths are relative to the root."""

    root: Path
    docs: str = "docs"
    locales: str = "locales"
    source_locale: Locale = SOURCE_LOCALE
    front_matter: tuple[str, ...] = ("title", "description")
    """Keys of front matter that are translated."""
    layers: Mapping[str, str] = field(default_factory=dict)
    """Who can impose a limitation: id -> label in the source language. Empty: any word."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """Variants of the product: id -> label in the source language. Empty: any word."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Prefix of an evidence's source -> base URL, to make links."""
    check_pages: str | None = None
    """Folder under docs in which each check gets a page made from its own documentation; None for no such pages."""
    ignore: tuple[str, ...] = ()
    """Glob patterns, relative to docs, of Markdown files that are not pages."""
    review_keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: dict(REVIEW_KEYS))
    """Keys of the review page: action -> combinations such as `Ctrl+Enter`."""
    links: LinkRules = NO_RULES
    """Links to other hosts that are passed over, and private hosts that are asked."""

    @property
    def docs_path(self) -> Path:
        return self.root / self.docs

    @property
    def locales_path(self) -> Path:
        return self.root / self.locales

    @property
    def cache_path(self) -> Path:
        """Folder for what can be thrown away."""
        return self.root / ".knooppunt"


def find_root(start: Path) -> Path:
    """The nearest folder, from `start` upward, that holds knooppunt.yml, a [tool.knooppunt] table or mkdocs.yml.

    Raises UsageError where there is none.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / FILE_NAME).is_file() or (folder / "mkdocs.yml").is_file() or _tool_table(folder) is not None:
            return folder
    raise UsageError(f"no project at {start} or above it; run 'knooppunt init' beside your mkdocs.yml")


def load_settings(root: Path, text: str | None = None) -> Settings:
    """Settings of the project at `root`, with defaults where a file or key is absent. Raises DataError.

    `text` is that of a knooppunt.yml that has not been written yet.
    """
    own = root / FILE_NAME
    if text is not None or own.is_file():
        value, places = load(read_text(own, FILE_NAME) if text is None else text, FILE_NAME)
    else:
        value, places = _tool_table(root), _tool_places(root)
    return _settings(root, Reader({} if value is None else value, places))


def _settings(root: Path, reader: Reader) -> Settings:
    reader.known(*SETTINGS)
    default = Settings(root)
    source = reader.text("source-locale") or default.source_locale
    if not LOCALE_PATTERN.fullmatch(source):
        reader.fault("source-locale", f"'{source}' is not a BCP 47 tag", "write it like en or pt-BR")
    paths = {key: reader.text(key) for key in ("docs", "locales", "check-pages")}
    for key, path in paths.items():
        if path is not None:
            try:
                inside(root, path, key)
            except UsageError as error:
                reader.fault(key, str(error))
    settings = Settings(
        root=root,
        docs=paths["docs"] or default.docs,
        locales=paths["locales"] or default.locales,
        source_locale=Locale(source),
        front_matter=reader.texts("front-matter") or default.front_matter,
        layers=_labels(reader, "layers", words=True),
        variants=_labels(reader, "variants", words=True),
        sources=_labels(reader, "sources"),
        check_pages=paths["check-pages"],
        ignore=reader.texts("ignore"),
        links=_links(reader),
        review_keys=review_keys(reader),
    )
    if reader.problems:
        raise DataError(reader.problems)
    return settings


def _links(reader: Reader) -> LinkRules:
    if "links" not in reader.value:
        return NO_RULES
    inner = Reader(reader.value["links"], reader.places, "links")
    rules = read_rules(inner)
    reader.take(inner)
    return rules


def _labels(reader: Reader, key: str, *, words: bool = False) -> dict[str, str]:
    value = reader.value.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(label, str) and label for label in value.values()):
        reader.fault(key, "must map ids to text")
        return {}
    for name in value:
        if words and not _WORD.fullmatch(name):
            reader.fault(f"{key}.{name}", f"'{name}' is not a word", "write it with a-z, 0-9 and hyphens")
    return dict(value)


def _tool_table(folder: Path) -> dict[str, Any] | None:
    path = folder / PYPROJECT
    if not path.is_file():
        return None
    import tomllib  # noqa: PLC0415 # most projects have no pyproject.toml, and the quick answer counts milliseconds

    try:
        tool = tomllib.loads(read_text(path, PYPROJECT)).get("tool")
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        raise DataError.single(PYPROJECT, int(found[1]) if found else 1, f"not valid TOML: {error}") from None
    table = tool.get("knooppunt") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise DataError.single(PYPROJECT, 0, "must be a table", pointer=TABLE, hint=f"write [{TABLE}]")
    return table


def _tool_places(folder: Path) -> Places:
    """Lines of the settings in pyproject.toml, as far as they are written a line each; tomllib tells none."""
    places = Places(PYPROJECT)
    path = folder / PYPROJECT
    table: str | None = None
    for number, line in enumerate(read_text(path, PYPROJECT).splitlines() if path.is_file() else (), 1):
        if found := re.match(r"\s*\[([^\[\]]+)\]", line):
            name = found[1].strip()
            table = (
                name.removeprefix(TABLE).removeprefix(".") if name == TABLE or name.startswith(f"{TABLE}.") else None
            )
            pointer = table
        elif table is not None and (found := re.match(r"\s*[\"']?([^\s\"'=#]+)[\"']?\s*=", line)):
            pointer = join(table, found[1])
        else:
            continue
        if pointer is not None:
            places[pointer] = Origin(PYPROJECT, number, pointer=pointer)
    return places


def parse_locale(text: str, code: str, path: str) -> LocaleConfig:
    """The locale of one locale.yml. Raises DataError with every problem of the file."""
    value, places = load(text, path)
    reader = Reader({} if value is None else value, places)
    reader.known("name", "direction", "register", "publish", "stale", "two-people", "mqm-limit", "theme")
    default = LocaleConfig(Locale(code), code)
    config = LocaleConfig(
        code=Locale(code),
        name=reader.text("name", required=True) or code,
        direction=reader.choice("direction", DIRECTIONS) or default.direction,
        register=reader.choice("register", REGISTERS) or default.register,
        publish=reader.choice("publish", PUBLISHED) or default.publish,
        stale=reader.choice("stale", STALE_POLICIES) or default.stale,
        two_people=reader.flag("two-people"),
        mqm_limit=_limit(reader, "mqm-limit", default.mqm_limit),
        theme=reader.text("theme"),
    )
    if reader.problems:
        raise DataError(reader.problems)
    return config


def _limit(reader: Reader, key: str, default: float) -> float:
    value = reader.value.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 25_000:
        reader.fault(key, f"must be a number from 0 to 25,000, not {describe(value)}", "points for each 1,000 words")
        return default
    return float(value)


def load_locales(settings: Settings) -> tuple[LocaleConfig, ...]:
    """All target locales of a project, in the order of their codes.

    A folder of `locales/` is a locale if it has a locale.yml; its name must be a BCP 47 tag. Raises DataError.
    """
    folder = settings.locales_path
    found: list[LocaleConfig] = []
    problems: list[Problem] = []
    for path in _sorted(folder.iterdir() if folder.is_dir() else ()):
        file = path / LOCALE_FILE
        shown = f"{settings.locales}/{path.name}/{LOCALE_FILE}"
        if not file.is_file():
            continue
        if not LOCALE_PATTERN.fullmatch(path.name):
            problems.append(Problem(shown, 0, "", f"'{path.name}' is not a BCP 47 tag", "name the folder like pt-BR"))
            continue
        if path.name == settings.source_locale:
            problems.append(Problem(shown, 0, "", f"'{path.name}' is the source locale", "remove this folder"))
            continue
        try:
            found.append(parse_locale(read_text(file, shown), path.name, shown))
        except DataError as error:
            problems.extend(error.problems)
    if problems:
        raise DataError(problems)
    return tuple(found)


def _sorted(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: path.name)
