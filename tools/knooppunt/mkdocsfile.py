"""mkdocs.yml as far as Knooppunt reads it: strictly as data, whatever tags it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml

from knooppunt.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def parse_mkdocs(text: str, path: str) -> dict[str, Any]:
    """The settings in a mkdocs.yml; values with tags (`!ENV`, `!!python/name:`) are read as if they had none.

    Raises DataError where it is not valid YAML or no mapping.
    """
    try:
        value = yaml.load(text, Loader=_TaglessLoader)  # noqa: S506 # a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DataError.single(path, line, f"not valid YAML: {error.problem}") from None
    if value is not None and not isinstance(value, dict):
        raise DataError.single(path, 1, "must be a mapping of settings to values")
    return value or {}


def navigation_titles(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """Titles that the navigation gives, in order, each once."""
    return tuple(dict.fromkeys(_titles(settings.get("nav"))))


def _titles(nav: object) -> Iterator[str]:
    if isinstance(nav, list):
        for item in nav:
            yield from _titles(item)
    elif isinstance(nav, dict):
        for title, below in nav.items():
            yield str(title)
            yield from _titles(below)


class _TaglessLoader(yaml.SafeLoader):
    """SafeLoader that reads a value with an unknown tag as if it had none, and runs nothing."""


def _untagged(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    return None


_TaglessLoader.add_multi_constructor("!", _untagged)
_TaglessLoader.add_multi_constructor("tag:yaml.org,2002:python/", _untagged)
