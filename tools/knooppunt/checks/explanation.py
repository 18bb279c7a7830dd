"""The page that explains a check, made from its documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.checks.documentation import parse_documentation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.checks.documentation import Example
    from knooppunt.checks.registry import Check


def explain(check: Check) -> str:
    """Markdown of the explanation of a check, one sentence a line, with front matter."""
    parts = parse_documentation(check.documentation)
    description = " ".join(parts.what.split("\n\n", maxsplit=1)[0].split())
    lines = ["---", f"title: {check.id}", f"description: {quoted(description)}", "---", ""]
    lines += [f"# `{check.id}`", "", *sentences(parts.what)]
    lines += [f"Severity: {check.severity.value}.", ""]
    lines += ["## Why", "", *sentences(parts.why)]
    lines += ["## Bad", "", *_fences(parts.bad)]
    lines += ["## Good", "", *_fences(parts.good)]
    lines += ["## Fix", "", *sentences(parts.fix)]
    lines += ["## Leave alone", ""]
    for example in parts.leave_alone:
        lines += [*_fences([example]), example.reason, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def sentences(text: str) -> list[str]:
    """Paragraphs with one sentence a line; a sentence that the docstring wraps is joined."""
    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        sentence: list[str] = []
        for line in paragraph.splitlines():
            sentence.append(line.strip())
            if line.rstrip().endswith((".", "!", "?")):
                lines.append(" ".join(sentence))
                sentence = []
        lines += [" ".join(sentence)] if sentence else []
        lines.append("")
    return lines


def _fences(examples: Iterable[Example]) -> list[str]:
    lines: list[str] = []
    for example in examples:
        fence = "````" if "```" in example.text else "```"
        lines += [f"{fence}text", *example.text.splitlines(), fence, ""]
    return lines


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
