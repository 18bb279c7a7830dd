"""A path that some of the versions of Kubernetes have, and others not.

Why:
    A reader with an older or newer cluster looks for a field that is not there.

Bad:
    # It came with 1.28.
    #: kubernetes: 1.27, 1.28
    fields: ["spec.initContainers[].restartPolicy"]  <--

    # It came with 1.33.
    #: kubernetes: 1.32, 1.33, 1.34
    fields: ["spec.containers[].lifecycle.stopSignal"]  <--

    # Without versions, all that are known count.
    fields: ["spec.containers[].lifecycle.stopSignal"]  <--

Good:
    # All versions named have it.
    #: kubernetes: 1.28, 1.29
    fields: ["spec.initContainers[].restartPolicy"]

    # It has always been there.
    fields: ["spec.initContainers[].resources"]

    # A note tells the version.
    variants:
      v1: {status: active, note: The field came with Kubernetes 1.33.}
    fields: ["spec.containers[].lifecycle.stopSignal"]

Fix:
    Say in the statement or in a note since which version the field is there.
    Or name the versions that the records are about: `--kubernetes 1.33,1.34`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.linting.kubernetes import about_kubernetes, shown
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR502"
SCOPE: Final = "item"
SEVERITY: Final = Severity.WARNING


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Paths of some versions, where no text names the version in which that changes."""
    for pointer, path in item.fields if around.kubernetes.kinds else ():
        versions = around.kubernetes.versions_of(path) if about_kubernetes(path) else ()
        asked = [name for name in around.kubernetes.versions if not around.versions or name in around.versions]
        there = [name for name in asked if name in versions]
        if not there or len(there) == len(asked):
            continue
        told = (versions[0], versions[-1])
        if not any(name in text for _, text in item.texts for name in told):
            yield item.finding(pointer, f"'{path}' is in Kubernetes {shown(versions)}; say so, or name the versions")
