"""Review translations in the browser, on this machine only; stop it with Ctrl+C.

It prints one link; the token in it is new at each start, and without it nobody gets in.
What you save goes straight into the catalogs and the ledger of the locale, so 'git diff' shows it.

examples:
  knooppunt review --open            all locales, in your browser
  knooppunt review --locale nl       Dutch only
  knooppunt review --port 8100       the same port each time
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from knooppunt.cli.common import add_locale, root_of
from knooppunt.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    add_locale(command, "the locales to review; default: all")
    command.add_argument("--port", type=int, default=0, help="port on this machine; default: any that is free")
    command.add_argument("--open", action="store_true", help="open a browser")


def run(options: argparse.Namespace, console: Console) -> int:
    try:
        from knooppunt.review.serving import serve  # noqa: PLC0415 # an extra, and other verbs need not wait for it
    except ModuleNotFoundError as error:
        if error.name not in {"starlette", "uvicorn", "jinja2", "anyio"}:
            raise
        raise UsageError("the review page needs more packages: pip install 'knooppunt[review]'") from None
    if not 0 <= options.port < 65536:
        raise UsageError(f"--port {options.port} is not a port; give one from 1 to 65535, or 0 for any")

    def say(link: str) -> None:
        console.print(link)
        console.say("Open this link; stop with Ctrl+C.")
        sys.stdout.flush()  # whoever reads it from a pipe need not wait

    serve(root_of(options), port=options.port, locales=options.locale, browser=options.open, say=say)
    return 0
