"""Moved to `knooppunt.loading`."""

from knooppunt.loading import check_pages, load_project

__all__ = ("check_pages", "load_project")
