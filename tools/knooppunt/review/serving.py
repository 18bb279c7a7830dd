"""Running the server: one port on the loopback address, until it is told to stop."""

from __future__ import annotations

import errno
import socket
import webbrowser
from typing import TYPE_CHECKING

import uvicorn

from knooppunt.errors import UsageError
from knooppunt.review.app import make_app
from knooppunt.review.security import Door
from knooppunt.reviewing import open_session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

HOST = "127.0.0.1"


def serve(
    root: Path, *, port: int = 0, locales: Sequence[str] = (), browser: bool = False, say: Callable[[str], None] = print
) -> None:
    """Serve the review of a project until SIGINT or SIGTERM; `say` is given the link.

    Port 0 takes any that is free. Requests that are being answered are finished. Raises UsageError for a port that is
    taken.
    """
    session = open_session(root, locales)
    with listening(port) as listener:
        door = Door(listener.getsockname()[1])
        config = uvicorn.Config(
            make_app(session, door),
            log_level="warning",
            access_log=False,  # the link has the token in it
            server_header=False,
            proxy_headers=False,
            ws="none",
            timeout_graceful_shutdown=5,
        )
        say(door.link)
        if browser:
            webbrowser.open(door.link)
        uvicorn.Server(config).run(sockets=[listener])


def listening(port: int) -> socket.socket:
    """A socket of the loopback address that listens. Raises UsageError where the port is taken."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        raise UsageError(f"port {port} is taken or not allowed; give another --port, or none for any") from None
    listener.listen(128)
    return listener
