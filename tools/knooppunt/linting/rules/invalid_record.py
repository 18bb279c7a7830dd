"""A value that the schema of records refuses: an unknown field, a wrong type, a word that is not in the list.

Why:
    Programs that read the feed rely on its schema.
    What another rule says about the same value is not said twice.

Bad:
    # The kind is not one of the five.
    kind: restriction  <--

    # A field is misspelt.
    workarround: Add a record to your DNS zone.  <--

    # A limitation does not say its effect.  <--
    #: without: effect

    # A list is needed, not a text.
    fields: spec.hostAliases  <--

    # A revision counts from one.
    revision: 0  <--

    # The file holds a list.
    - acme.agent.ipv6  <--

Good:
    # All fields are there, each with its type.
    workaround: Add a record to your DNS zone.
    revision: 2

    # A requirement needs no effect.
    kind: requirement
    #: without: effect

    # A retired id has one field alone.
    acme.agent.old: {moved: acme.agent.new}
    acme.agent.new:
      ...

Fix:
    Mend the value as the message says.
    An editor that knows `records.schema.json` shows the same while you type.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.document import problem_finding
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.document import Document
    from knooppunt.model import Finding

CODE: Final = "KR102"
SCOPE: Final = "file"
SEVERITY: Final = Severity.ERROR


def check(document: Document) -> Iterator[Finding]:
    """What the loader refuses."""
    if not document.broken:
        for problem in document.problems:
            yield problem_finding(document, problem)
