"""Serve a live preview of the site; stop it with Ctrl+C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.cli.common import root_of
from knooppunt.errors import UsageError

if TYPE_CHECKING:
    import argparse

    from knooppunt.cli.console import Console


def add_arguments(command: argparse.ArgumentParser) -> None:
    command.add_argument("--port", type=int, default=8000, help="port on this machine; default: 8000")
    command.add_argument("--open", action="store_true", help="open a browser")


def run(options: argparse.Namespace, console: Console) -> int:
    from knooppunt.site import serve  # noqa: PLC0415 # MkDocs takes a second to import; other verbs need not wait

    if not 0 < options.port < 65536:
        raise UsageError(f"--port {options.port} is not a port; give one from 1 to 65535")
    root = root_of(options)
    console.say(f"Serving on http://127.0.0.1:{options.port}/ ; stop with Ctrl+C.")
    serve(root, address=f"127.0.0.1:{options.port}", browser=options.open)
    return 0
