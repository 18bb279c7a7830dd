"""The feed: records in every language as JSON for tools, with the schemas that it follows."""

from knooppunt.feed.input import FeedInput
from knooppunt.feed.project_feed import project_feed
from knooppunt.feed.render import render_feed

__all__ = ("FeedInput", "project_feed", "render_feed")
