"""The feed: records in every language as files for tools, the schemas that they follow, and a client that reads them.

What reads a feed must start quickly and needs no project, so the rest is loaded when it is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from knooppunt.feed.client import Feed
from knooppunt.feed.fetching import FeedError

if TYPE_CHECKING:
    from knooppunt.feed.input import FeedInput
    from knooppunt.feed.of_project import project_feed
    from knooppunt.feed.render import render_feed

__all__ = ("Feed", "FeedError", "FeedInput", "project_feed", "render_feed")

_WHERE = {"FeedInput": "input", "project_feed": "of_project", "render_feed": "render"}


def __getattr__(name: str) -> Any:
    """The names above that need a project, each from the module that has it."""
    if name not in _WHERE:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    from importlib import import_module  # noqa: PLC0415 # most who import this want the client alone

    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
