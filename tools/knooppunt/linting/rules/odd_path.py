"""A path that is not written as one: an index, a leading dot or `$`, no `[]` behind a list, or `[]` behind a value.

Why:
    There is one way to write a path, so that programs can compare two of them.

Bad:
    # The step into the list has no brackets.
    fields: [spec.containers.args]  <--

    # An index.
    fields: ["spec.containers[0].args"]  <--

    # The form of another language.
    fields: ["$.spec.hostAliases"]  <--

    # Brackets behind what is no list.
    fields: ["spec.hostNetwork[]"]  <--

    # A slash.
    fields: [spec/hostAliases]  <--

Good:
    # Brackets behind each list that the path goes through.
    fields: ["spec.containers[].args"]

    # A list itself.
    fields: [spec.containers]

    # All items of a list.
    fields: ["spec.volumes[]"]

    # A key of a map.
    fields: ['metadata.annotations["acme.example/size"]']

Fix:
    Write steps with dots between them, and `[]` behind each list that the path goes through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.kubernetes import about_kubernetes, parse_path
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR503"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Paths that cannot be read, and brackets that do not fit."""
    for pointer, path in item.fields:
        if parse_path(path) is None:
            yield item.finding(pointer, f"'{path}' is no path; write steps such as spec.containers[].args")
        elif about_kubernetes(path):
            better = around.kubernetes.misplaced(path)
            if better:
                yield item.finding(pointer, f"the brackets of '{path}' do not fit; write '{better}'")
