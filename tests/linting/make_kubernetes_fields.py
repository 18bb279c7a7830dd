"""Make `tools/knooppunt/linting/kubernetes.json`: which fields Kubernetes' objects have, by version.

    python tests/linting/make_kubernetes_fields.py

The JSON Schemas come with kubernetes-validate (Apache License 2.0), whose schemas are made from the OpenAPI description
of Kubernetes (Apache License 2.0, Copyright The Kubernetes Authors). Only names of kinds, types and fields are kept.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import kubernetes_validate  # type: ignore[import-untyped] # it ships no types

TARGET: Final = Path(__file__).parents[2] / "tools/knooppunt/linting/kubernetes.json"
GROUPS: Final = (
    *("api.core.", "api.apps.", "api.batch.", "api.networking.", "api.policy.", "api.autoscaling."),
    *("api.storage.", "api.discovery.", "api.scheduling.", "api.rbac.", "api.node.", "api.coordination."),
)
"""Groups whose kinds are kept: what people deploy, and what it needs."""
PREFIX: Final = "io.k8s."


def definitions(folder: Path) -> dict[str, Any]:
    """The definitions of one version by name, without the names' common part."""
    value = json.loads((folder / "_definitions.json").read_bytes())
    found = value.get("$defs") or value["definitions"]
    return {name.removeprefix(PREFIX): definition for name, definition in found.items()}


def target(schema: dict[str, Any]) -> tuple[str, str]:
    """The type that a field leads to, empty for a plain value, and its shape: `list`, `map` or empty."""
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[-1].removeprefix(PREFIX), ""
    for key, shape in (("items", "list"), ("additionalProperties", "map")):
        inner = schema.get(key)
        if isinstance(inner, dict):
            return target(inner)[0], shape
        if key == "items" and "array" in schema.get("type", ()):
            return "", "list"
    if "object" in schema.get("type", ()):
        return "", "map"
    return "", ""


def make(folders: dict[str, Path]) -> dict[str, Any]:
    """The graph of all versions, of what is reached from the kinds."""
    versions = list(folders)
    fields: dict[str, dict[str, list[list[Any]]]] = {}
    kinds: dict[str, str] = {}
    for number, folder in enumerate(folders.values()):
        found = definitions(folder)
        for name, definition in found.items():
            for group in definition.get("x-kubernetes-group-version-kind", ()):
                kind = group["kind"]
                if name.startswith(GROUPS) and not kind.endswith(("List", "Options", "Status")) and ".v1." in name:
                    kinds[kind] = name
            for field, schema in definition.get("properties", {}).items():
                spans = fields.setdefault(name, {}).setdefault(field, [])
                leads, shape = target(schema)
                if spans and spans[-1][:2] == [leads, shape] and spans[-1][3] == number - 1:
                    spans[-1][3] = number
                elif spans:
                    spans[-1] = [leads, shape, spans[-1][2], number]
                else:
                    spans.append([leads, shape, number, number])
    types: dict[str, dict[str, list[Any]]] = {}
    waiting = list(kinds.values())
    while waiting:
        name = waiting.pop()
        if name not in types and name in fields:
            types[name] = {field: spans[0] for field, spans in sorted(fields[name].items())}
            waiting += [entry[0] for entry in types[name].values() if entry[0]]
    short = {name: _short(name) for name in sorted(types)}
    if len(set(short.values())) < len(short):
        raise ValueError("two types have one short name")
    return {
        "versions": versions,
        "kinds": {kind: short[name] for kind, name in sorted(kinds.items())},
        "types": {
            short[name]: {
                field: [short.get(leads, ""), shape, first, last]
                for field, (leads, shape, first, last) in entry.items()
            }
            for name, entry in sorted(types.items())
        },
    }


def _short(name: str) -> str:
    """`core.v1.PodSpec` of `api.core.v1.PodSpec`."""
    return name.removeprefix("api.").removeprefix("apimachinery.pkg.apis.")


def write(path: Path) -> None:
    """Write the file, a type a line."""
    schemas = Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
    folders = {}
    for folder in schemas.glob("v*-local-strict"):
        found = re.fullmatch(r"v1\.([0-9]+)\.0-local-strict", folder.name)
        if found:
            folders[int(found[1])] = folder
    graph = make({f"1.{minor}": folders[minor] for minor in sorted(folders)})
    lines = [f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in graph["types"].items()]
    head = f'{{"versions": {json.dumps(graph["versions"])},\n"kinds": {json.dumps(graph["kinds"])},\n"types": {{\n'
    path.write_text(head + ",\n".join(lines) + "\n}}\n", "utf-8")


if __name__ == "__main__":
    write(TARGET)
