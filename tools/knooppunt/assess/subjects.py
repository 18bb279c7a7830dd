"""Documents -> what can be assessed: pods wherever they are described, other objects, clusters and tools."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knooppunt.errors import DataError
from knooppunt.model import Target

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from knooppunt.assess.documents import Document

Steps = tuple[str | int, ...]

_POD_AT: Mapping[str, Steps] = {
    "Pod": (),
    "PodTemplate": ("template",),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
    **dict.fromkeys(
        ("Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job"), ("spec", "template")
    ),
}
"""Where the pod of each kind of Kubernetes' own is described: the holder of its `metadata` and `spec`."""
_OWN_GROUPS = ("", "apps", "batch", "extensions")
_MAX_FOUND = 200
"""Pod templates of one custom resource; beyond it the resource is no workload but a catalogue."""
_SEARCH_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that the rules of a target are run on."""

    target: Target
    kind: str
    """`Deployment`, `Service`, `Cluster` or `Tool`."""
    name: str
    document: Document
    value: Mapping[str, Any]
    """The whole object."""
    line: int
    namespace: str = ""
    pod: Mapping[str, Any] | None = None
    """Holder of the pod's metadata and spec; None for what is no workload."""
    at: Steps = ()
    """Steps from the object to the pod."""

    @property
    def title(self) -> str:
        """`Deployment/web`, with the namespace where it is named: `Deployment/shop/web`."""
        return "/".join(part for part in (self.kind, self.namespace, self.name) if part)


def subjects(document: Document) -> Iterator[Subject]:
    """What a document holds; nothing where it is no object of Kubernetes, no cluster and no tool.

    Raises DataError where an object of a known kind describes no pod.
    """
    stack = [document.value]
    while stack:
        value = stack.pop()
        if isinstance(value, list):
            stack.extend(reversed(value))
        elif isinstance(value, dict):
            kind, members = value.get("kind"), value.get("items")
            if isinstance(kind, str) and kind.endswith("List") and isinstance(members, list):
                stack.extend(reversed(members))
            else:
                yield from _subject(value, document)


def _subject(value: dict[str, Any], document: Document) -> Iterator[Subject]:
    kind = value.get("kind")
    if isinstance(kind, str) and isinstance(value.get("apiVersion"), str):
        yield from _object(kind, value, document)
    elif str(value.get("type", "")).lower() == "microsoft.containerservice/managedclusters":
        name = str(value.get("name") or "cluster")
        yield Subject(Target.CLUSTER, "Cluster", name, document, value, _line(value, document))
    elif isinstance(value.get("azure-cli"), str):
        yield Subject(Target.TOOL, "Tool", "azure-cli", document, value, _line(value, document))


def _object(kind: str, value: dict[str, Any], document: Document) -> Iterator[Subject]:
    metadata = value.get("metadata")
    metadata = metadata if isinstance(metadata, dict) else {}
    name = str(metadata.get("name") or metadata.get("generateName") or "unnamed")
    namespace = str(metadata.get("namespace") or "")
    line = _line(value, document)
    group, _, version = value["apiVersion"].rpartition("/")
    if kind in _POD_AT and group in _OWN_GROUPS:
        at = _POD_AT[kind]
        pod = _reach(value, at)
        if not isinstance(pod, dict) or not isinstance(pod.get("spec"), dict):
            place = ".".join((*map(str, at), "spec"))
            hint = "complete the object; nothing can be said of a workload that describes no pod"
            raise DataError.single(document.path, line, f"{kind}/{name} has no '{place}'", hint=hint)
        if kind == "StatefulSet":
            pod = pod | {"spec": _with_claims(value, pod["spec"])}
        yield Subject(Target.MANIFEST, kind, name, document, value, line, namespace, pod, at)
        return
    found = list(_templates(value)) if version and group not in _OWN_GROUPS else []
    for at, pod in found[:_MAX_FOUND]:
        shown = name if len(found) == 1 else f"{name}/{_short(at)}"
        where = document.line_of(_reach(value, at[:-1]), at[-1]) if at else line
        yield Subject(Target.MANIFEST, kind, shown, document, value, where, namespace, pod, at)
    if not found:
        yield Subject(Target.MANIFEST, kind, name, document, value, line, namespace)


def _templates(value: dict[str, Any]) -> Iterator[tuple[Steps, dict[str, Any]]]:
    """Pods in a custom resource: mappings with a `spec` that has a list of containers, each with an image."""
    stack: list[tuple[Steps, Any]] = [((), value)]
    while stack:
        at, here = stack.pop()
        if isinstance(here, dict):
            if _is_pod_spec(here.get("spec")):
                yield at, here
                continue
            children: list[tuple[str | int, Any]] = list(here.items())
        else:
            children = list(enumerate(here))
        if len(at) < _SEARCH_DEPTH:
            stack.extend(((*at, step), child) for step, child in reversed(children) if isinstance(child, dict | list))


def _is_pod_spec(spec: object) -> bool:
    containers = spec.get("containers") if isinstance(spec, dict) else None
    return (
        isinstance(containers, list)
        and bool(containers)
        and all(isinstance(item, dict) and isinstance(item.get("image"), str) for item in containers)
    )


def _with_claims(value: Mapping[str, Any], spec: dict[str, Any]) -> dict[str, Any]:
    """The pod of a StatefulSet with a volume for each of its claim templates, as the controller makes it."""
    outer = value.get("spec")
    claims = outer.get("volumeClaimTemplates") if isinstance(outer, dict) else None
    made = [
        {"name": str(claim["metadata"].get("name")), "persistentVolumeClaim": {}}
        for claim in (claims if isinstance(claims, list) else [])
        if isinstance(claim, dict) and isinstance(claim.get("metadata"), dict)
    ]
    if not made:
        return spec
    volumes = spec.get("volumes")
    names = {volume["name"] for volume in made}
    others = [
        volume
        for volume in (volumes if isinstance(volumes, list) else [])
        if not (isinstance(volume, dict) and volume.get("name") in names)
    ]
    return spec | {"volumes": [*others, *made]}


def _reach(value: Any, steps: Steps) -> Any:
    for step in steps:
        if isinstance(value, dict):
            value = value.get(str(step))
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _short(steps: Steps) -> str:
    """The steps that tell one pod of a resource from another."""
    words = [str(step) for step in steps if step not in {"spec", "template"}]
    return "/".join(words[-2:]) or "pod"


def _line(value: dict[str, Any], document: Document) -> int:
    """Line of the first key of a mapping."""
    return document.line_of(value, next(iter(value), ""))


def version_numbers(text: str) -> list[int]:
    """The numbers of a version, always three: `2.61.0` is [2, 61, 0]."""
    return [*(int(number) for number in re.findall(r"[0-9]{1,9}", text)[:3]), 0, 0, 0][:3]
