"""Building and serving the site from a program: MkDocs with its plugin, without its command line."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.commands.serve import serve as mkdocs_serve
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from knooppunt.errors import KnooppuntError, UsageError
from knooppunt.site.plugin import KnooppuntPlugin
from knooppunt.site.preflight import CONFIG

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from knooppunt.site.prepared import Prepared

PLUGIN = "knooppunt"


class BuildFailedError(KnooppuntError):
    """MkDocs refused to build the site; the text has everything that it complained about."""


@dataclass(frozen=True, slots=True)
class LocaleReport:
    """What was built in one language."""

    locale: str
    pages: int
    share: float
    """Mean of the pages' shares of translated words, 0 to 1; 1 for the source."""
    fallback_pages: int
    """Pages that are the text of the source."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    site_dir: Path
    locales: tuple[LocaleReport, ...]
    feed_files: int
    seconds: float
    warnings: tuple[str, ...] = ()
    """What MkDocs complained about; empty where the build is strict, since such a build fails."""

    @property
    def pages(self) -> int:
        """Pages in all languages."""
        return sum(item.pages for item in self.locales)


def build(
    project_root: Path,
    *,
    locales: Sequence[str] | None = None,
    strict: bool = True,
    site_dir: Path | None = None,
    quiet: bool = True,
    progress: Callable[[str], None] | None = None,
) -> BuildReport:
    """Build the site of a project.

    `locales` are those to build beside the source (None for all), `site_dir` is where it goes (as mkdocs.yml says
    where None), `progress` is called with the code of each language when its build begins, and `quiet` keeps MkDocs'
    own messages from standard error. Raises BuildFailedError, DataError or UsageError.
    """
    started = time.monotonic()
    plugin: KnooppuntPlugin | None = None
    with _messages(quiet=quiet) as messages:
        try:
            config = _load(project_root, strict=strict, site_dir=site_dir)
            plugin = _plugin(config)
            plugin.config.locales = list(locales) if locales is not None else None
            plugin.progress = progress
            mkdocs_build(config)
        except (Abort, ConfigurationError) as error:
            if plugin_error := _plugin_error(error):
                raise plugin_error from None
            raise BuildFailedError("\n".join(_at_home(messages, plugin)) or str(error)) from None
        except Exception as error:
            if not _of_a_page(messages):
                raise
            raise BuildFailedError("\n".join(_at_home(messages, plugin))) from error
        finally:
            messages_seen = tuple(_at_home(messages, plugin))
    if plugin.prepared is None:
        raise BuildFailedError("MkDocs did not run the plugin")
    prepared = plugin.prepared
    return BuildReport(
        site_dir=Path(config.site_dir),
        locales=tuple(_report(prepared, item.code) for item in prepared.locales),
        feed_files=len(prepared.feed),
        seconds=time.monotonic() - started,
        warnings=messages_seen,
    )


def serve(project_root: Path, *, address: str = "127.0.0.1:8000", strict: bool = False, browser: bool = False) -> None:
    """Serve a live preview until it is interrupted; each change to a source or a catalog makes it again."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    file = _config_file(project_root)
    try:
        mkdocs_serve(str(file), dev_addr=address, strict=strict, open_in_browser=browser)
    except (Abort, ConfigurationError) as error:
        raise _plugin_error(error) or BuildFailedError(str(error)) from None


def _config_file(root: Path) -> Path:
    file = root / CONFIG
    if not file.is_file():
        raise UsageError(f"there is no {CONFIG} in {root}; 'knooppunt init' makes one")
    return file


def _load(root: Path, *, strict: bool, site_dir: Path | None) -> MkDocsConfig:
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    return load_config(
        str(_config_file(root)), strict=strict, site_dir=str(site_dir.resolve()) if site_dir is not None else None
    )


def _plugin(config: MkDocsConfig) -> KnooppuntPlugin:
    plugin = config.plugins.get(PLUGIN)
    if not isinstance(plugin, KnooppuntPlugin):
        raise UsageError(f"{CONFIG}: the plugin '{PLUGIN}' is not listed; add '- {PLUGIN}' under 'plugins'")
    return plugin


def _report(prepared: Prepared, code: str) -> LocaleReport:
    states = [prepared.states[code, path] for path in prepared.pages]
    return LocaleReport(
        locale=code,
        pages=len(states),
        share=sum(state.share for state in states if not state.fallback) / len(states) if states else 1.0,
        fallback_pages=sum(state.fallback for state in states),
    )


def _plugin_error(error: BaseException) -> KnooppuntError | None:
    """The error of ours that MkDocs wrapped, where it was one."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, KnooppuntError):
            return seen
        seen = seen.__cause__ or seen.__context__
    return None


def _of_a_page(messages: Sequence[str]) -> bool:
    """Whether MkDocs named a page that an extension of Markdown or a template broke off at."""
    return any(message.startswith(("Error reading page ", "Error building page ")) for message in messages)


def _at_home(messages: Sequence[str], plugin: KnooppuntPlugin | None) -> list[str]:
    """Messages that name a file where its author finds it, and the language where it is not the source's."""
    prepared = plugin.prepared if plugin is not None else None
    if prepared is None:
        return list(messages)
    codes = "|".join(re.escape(item.code) for item in prepared.locales)
    folder = re.escape(f"{prepared.folder}{os.sep}")
    staged = re.compile(rf"(?<![^\s'\"(\[])(?:{folder})?(?P<code>{codes})/(?P<path>[^\s'\"]*\.\w+)(?P<quote>['\"]?)")

    def source(found: re.Match[str]) -> str:
        language = "" if found["code"] == prepared.source.code else f" ({found['code']})"
        return f"{prepared.project.settings.docs}/{found['path']}{found['quote']}{language}"

    return [staged.sub(source, message) for message in messages]


_LOCALE_FOLDER = re.compile(r"(?<=['\s])[a-z]{2,3}(?:-[A-Za-z0-9]+)*/")


class _Keep(logging.Handler):
    """Keeps warnings and errors; one that comes again for another language is the same."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []
        self.seen: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        key = _LOCALE_FOLDER.sub("", message)
        if key not in self.seen:
            self.seen.add(key)
            self.messages.append(message)


@contextlib.contextmanager
def _messages(*, quiet: bool) -> Iterator[list[str]]:
    """Gather what MkDocs complains about, and keep it from standard error where asked to."""
    logger = logging.getLogger("mkdocs")
    keep = _Keep()
    propagates = logger.propagate
    handler = logging.StreamHandler()
    handler.setLevel(logging.INFO)
    logger.addHandler(keep)
    logger.propagate = False
    if not quiet:
        logger.addHandler(handler)
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        yield keep.messages
    finally:
        logger.removeHandler(keep)
        logger.removeHandler(handler)
        logger.propagate = propagates
        logger.setLevel(level)
