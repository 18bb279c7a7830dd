"""MkDocs plugin, notices, search, status page and build."""

from knooppunt.site.building import BuildFailedError, BuildReport, LocaleReport, build, serve

__all__ = ("BuildFailedError", "BuildReport", "LocaleReport", "build", "serve")
