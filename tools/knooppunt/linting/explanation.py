"""The page that explains a rule, made from its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.checks.explanation import quoted, sentences
from knooppunt.linting.documentation import parse_documentation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.linting.documentation import Example
    from knooppunt.linting.registry import Rule


def explain(rule: Rule) -> str:
    """Markdown of the explanation of a rule, one sentence a line, with front matter."""
    parts = parse_documentation(rule.documentation)
    lines = ["---", f'title: "{rule.code}: {rule.name}"', f"description: {quoted(summary(rule))}", "---", ""]
    lines += [f"# {rule.code}: `{rule.name}`", "", *sentences(parts.what)]
    lines += [f"Severity: {rule.severity.value}.", ""]
    lines += ["## Why", "", *sentences(parts.why)]
    lines += ["## Bad", "", *_fence(parts.bad)]
    lines += ["## Good", "", *_fence(parts.good)]
    lines += ["## Fix", "", *sentences(parts.fix)]
    return "\n".join(lines).rstrip("\n") + "\n"


def summary(rule: Rule) -> str:
    """What the rule finds, in a sentence."""
    return " ".join(rule.documentation.strip().split("\n\n", maxsplit=1)[0].split())


def _fence(examples: Iterable[Example]) -> list[str]:
    return ["```yaml", *"\n\n".join(example.shown for example in examples).splitlines(), "```", ""]
