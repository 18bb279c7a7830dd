"""A path under `fields` that no object of Kubernetes has, in any version asked for.

Why:
    Programs find the fields of a manifest by these paths.
    A misspelt one finds nothing, and nobody notices.

Bad:
    # Misspelt.
    fields: [spec.hostAlias]  <--

    # A capital letter is missing.
    fields:
      - spec.hostAliases
      - spec.volumes[].azurefile  <--

    # The field is one step further down.
    fields: ["spec.containers[].tcpSocket"]  <--

    # The field came after the versions that are named.
    #: kubernetes: 1.25, 1.26
    fields: ["spec.containers[].lifecycle.stopSignal"]  <--

Good:
    # A field of pods.
    fields: ["spec.containers[].livenessProbe.tcpSocket"]

    # A field of services.
    fields: [spec.ipFamilies]

    # A field of a pod inside a deployment.
    fields: [spec.template.spec.hostAliases]

    # A path of a cluster is none of Kubernetes.
    fields: [networkProfile.networkPlugin]

    # A label that an object can have.
    fields: ['metadata.labels["app"]']

Fix:
    Write the path as the API reference of Kubernetes has it, from `spec` on, with `[]` behind a list.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

from knooppunt.linting.kubernetes import about_kubernetes, parse_path, shown
from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.linting.around import Around
    from knooppunt.linting.document import Item
    from knooppunt.model import Finding

CODE: Final = "KR501"
SCOPE: Final = "item"
SEVERITY: Final = Severity.ERROR


def check(item: Item, around: Around) -> Iterator[Finding]:
    """Well-formed paths that lead nowhere."""
    for pointer, path in item.fields if around.kubernetes.kinds else ():
        if not about_kubernetes(path) or parse_path(path) is None:
            continue
        versions = around.kubernetes.versions_of(path)
        asked = around.versions or around.kubernetes.versions
        if around.kubernetes.misplaced(path) or set(versions) & set(asked):
            continue
        if versions:
            yield item.finding(pointer, f"'{path}' is in {shown(versions)} only, not in {shown(asked)}")
            continue
        last = path.rpartition(".")[2].removesuffix("[]")
        near = difflib.get_close_matches(last, sorted(set(around.kubernetes.names(path))), n=1)
        hint = f"; did you mean '{near[0]}'?" if near else "; write it from 'spec' on, with [] behind a list"
        yield item.finding(pointer, f"no object of Kubernetes has '{path}'{hint}")
