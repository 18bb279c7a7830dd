"""Rules for records: one file per rule, found by name; a rule yields findings and never writes."""

from knooppunt.linting.around import Around
from knooppunt.linting.explanation import explain
from knooppunt.linting.kubernetes import Fields, parse_fields
from knooppunt.linting.registry import Rule, find, load, select
from knooppunt.linting.run import lint, order

__all__ = ("Around", "Fields", "Rule", "explain", "find", "lint", "load", "order", "parse_fields", "select")
