"""A comment `# lint: ignore` that passes over nothing, names no rule, or gives no reason.

Why:
    An exception that nothing needs any more hides the next mistake.
    Without a reason nobody dares to remove it.

Bad:
    # The text has nothing of what is passed over.
    # lint: ignore KR405: the product writes it so  <--
    title: Host aliases have no effect

    # No reason.
    title: Host aliases have no effect.  # lint: ignore KR405  <--

    # There is no such rule.
    title: Host aliases have no effect  # lint: ignore KR999: it is unusual  <--

    # One of the two rules finds nothing.
    title: Host aliases have no effect.  # lint: ignore KR405, KR408: the product writes it so  <--

Good:
    # A reason, and a finding that it passes over.
    title: Hosts of example.com.  # lint: ignore KR405: the name ends with a full stop

    # The comment stands above the line.
    # lint: ignore KR407: the word is the name of a setting
    workaround: None.

    # A comment about something else.
    title: Host aliases have no effect  # KR405 has nothing to say here

Fix:
    Remove the comment, or write why it is there: `# lint: ignore KR405: reason`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Finding, Origin, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from knooppunt.linting.registry import Rule
    from knooppunt.linting.run import Ignore

CODE: Final = "KR105"
SCOPE: Final = "ignore"
SEVERITY: Final = Severity.WARNING


def check(ignore: Ignore, used: Collection[tuple[str, int, str]], rules: Mapping[str, Rule]) -> Iterator[Finding]:
    """What is wrong with a comment; a rule that was not run says nothing about it."""
    path = ignore.document.path
    origin = Origin(path, ignore.line)
    if not ignore.reason:
        yield Finding("", "give a reason: '# lint: ignore CODE: why'", origin)
        return
    for code in ignore.codes:
        if not any((path, line, code) in used for line in ignore.lines) and (code in rules or not known(code)):
            what = "finds nothing here" if known(code) else "is no rule"
            yield Finding("", f"{code} {what}; remove it from the comment", origin)


def known(code: str) -> bool:
    """Whether there is a rule of this code."""
    from knooppunt.linting.registry import load  # noqa: PLC0415 # the registry loads this module

    return code in load()
