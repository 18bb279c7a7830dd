"""Options for links to other hosts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.errors import UsageError
from knooppunt.links.external import External
from knooppunt.links.external_model import Limits
from knooppunt.links.external_report import Patience
from knooppunt.links.link_cache import DAYS

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from knooppunt.project import Project

DEFAULTS = Limits()
_MOST_DAYS = 36_500
"""A hundred years: what is meant to last for ever."""
_MOST = 1_000_000_000
"""Of everything else."""


def add_external(command: argparse.ArgumentParser) -> None:
    """`--external`, and what goes with it."""
    group = command.add_argument_group("links to other hosts")
    add = group.add_argument
    add("--external", action="store_true", help="ask other hosts whether links to them still lead somewhere")
    add("--rate", metavar="N", type=float, help=f"requests a second to one host; default: {DEFAULTS.rate:g}")
    add("--per-host", metavar="N", type=int, help=f"requests to one host at once; default: {DEFAULTS.per_host}")
    add("--timeout", metavar="S", type=float, help=f"seconds for one request; default: {DEFAULTS.timeout:g}")
    add("--patience", metavar="S", type=float, help=f"longest pause for a host; default: {DEFAULTS.patience:g}")
    add("--deadline", metavar="S", type=float, help=f"seconds for all of it; default: {DEFAULTS.deadline:g}")
    add("--runs", metavar="N", type=int, help="a broken link fails after so many runs in a row; default: 1")
    add("--days", metavar="N", type=int, help="or after so many days")
    add("--cache-days", metavar="N", type=float, help=f"days for which a good link is believed; default: {DAYS:g}")
    add("--allow-private", metavar="HOST", action="append", help="ask this private host, address or network too")
    add("--archive", action="store_true", help="ask web.archive.org for copies of broken pages")


def external_of(options: argparse.Namespace, project: Project | None, own: tuple[str, ...] = ()) -> External | None:
    """How links to other hosts are checked; None where they are not. Raises UsageError."""
    given = {
        "rate": options.rate,
        "per_host": options.per_host,
        "timeout": options.timeout,
        "patience": options.patience,
        "deadline": options.deadline,
    }
    counts = {"runs": options.runs, "days": options.days, "cache_days": options.cache_days}
    for name, value in {**given, **counts}.items():
        least_open = name not in {"rate", "patience", "days", "cache_days"}
        most = _MOST_DAYS if name in {"days", "cache_days"} else _MOST
        if value is not None and (not 0 <= value <= most or (least_open and value == 0)):  # nor what is no number
            flag = f"--{name.replace('_', '-')}"
            shown = f"{value:g}" if isinstance(value, float) else str(value)
            least = "above" if least_open else "from"
            raise UsageError(f"{flag} {shown} cannot be; give a number {least} 0, {most} at most")
    if not options.external:
        used = [name for name, value in {**given, **counts}.items() if value is not None]
        used += ["allow-private"] if options.allow_private else []
        used += ["archive"] if options.archive else []
        if used:
            raise UsageError(f"--{used[0].replace('_', '-')} goes with --external, which asks other hosts")
        return None
    cache: Path | None = None if project is None or options.no_cache else project.settings.cache_path
    return External(
        limits=Limits(**{name: value for name, value in given.items() if value is not None}),
        patience=Patience(options.runs or 1, options.days or 0),
        allow=tuple(options.allow_private or ()),
        archive=options.archive,
        cache=cache,
        days=DAYS if options.cache_days is None else options.cache_days,
        own=own,
        **({} if project is None else {"rules": project.settings.links}),
    )
