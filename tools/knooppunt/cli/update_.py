"""Bring the catalogs up to date with the sources.

New texts become empty entries, changed ones keep their translation: for good where the change is mechanical
(links, code, case, closing punctuation), as fuzzy where the meaning may have changed. Texts that are gone become
obsolete entries and come back with the text. Only entries that change are written.

New texts are looked up in the translation memory: the very same text between the same neighbours takes its
translation, anything less becomes a suggestion, which is fuzzy and counts as untranslated until a person takes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.cli.common import add_locale, counted, project_of, root_of
from knooppunt.config import load_locales, load_settings
from knooppunt.update_report import quick_report, totals

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console
    from knooppunt.update_report import UpdateReport

_SHOWN = ("new", "carried", "remembered", "fuzzy", "suggested", "revived", "obsolete", "unchanged")


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("names", metavar="ARTICLE", nargs="*", help="names or paths of articles; default: all")
    add_locale(command)
    command.add_argument(
        "--fill", action="store_true", help="look older texts without a translation up in the memory too"
    )
    command.add_argument("--no-cache", action="store_true", help="read everything, whatever earlier updates have found")
    command.add_argument("--check", action="store_true", help="write nothing; exit with 1 if a catalog is behind")


def run(options: argparse.Namespace, console: Console) -> int:
    report = _quick(options) or _full(options, console)
    for change in report.behind:
        counts = ", ".join(f"{change.counts[name]} {name}" for name in _SHOWN if change.counts.get(name))
        console.say(f"{change.path}: {'behind' if options.check else 'updated'} ({counts})")
    for orphan in report.orphans:
        kept = f"{counted(orphan.translated, 'translation')} {'is' if orphan.translated == 1 else 'are'} kept"
        console.say(
            f"{orphan.path}: its article is gone; {kept} for a page that takes its place, remove the file when "
            "it is not needed"
        )
    if options.check:
        if report.behind:
            number = len(report.behind)
            behind = "is behind its" if number == 1 else "are behind their"
            console.error(f"{counted(number, 'catalog')} {behind} source; run 'knooppunt update'")
            return 1
        return 0
    total = totals(report.changes)
    counts = ", ".join(f"{total[name]} {name}" for name in _SHOWN if total.get(name))
    summary = f"{counted(len(report.changes), 'catalog')}, {len(report.behind)} changed"
    console.say(f"{summary}: {counts}" if counts else summary)
    return 0


def _quick(options: argparse.Namespace) -> UpdateReport | None:
    """The answer where nothing has changed since the last update."""
    if options.names or options.no_cache or options.fill:
        return None
    settings = load_settings(root_of(options))
    known = [locale.code for locale in load_locales(settings)]
    codes = list(dict.fromkeys(options.locale)) or known
    return quick_report(settings, codes) if set(codes) <= set(known) and settings.docs_path.is_dir() else None


def _full(options: argparse.Namespace, console: Console) -> UpdateReport:
    from knooppunt.updating import update_catalogs  # noqa: PLC0415 # takes longer than the whole quick answer

    return update_catalogs(
        project_of(options),
        locales=options.locale,
        names=options.names,
        write=not options.check,
        fill=options.fill,
        cached=not options.no_cache,
        progress=console.progress,
    )
