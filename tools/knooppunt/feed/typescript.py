"""`types.d.ts`: the types of the feed's documents for TypeScript, made from the schemas alone."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knooppunt.knowledge.schema import Schema

PATH = "types.d.ts"
_HEAD = """\
// Types of the feed, made from its JSON Schemas. Do not edit: the next build makes this file again.
"""
_PRIMITIVES = {"string": "string", "integer": "number", "number": "number", "boolean": "boolean", "null": "null"}
_RENAMED = {"Date": "Day", "Text": "LocalText"}
"""Names that mean something else in every TypeScript program."""
_NAME = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*")


def declarations(documents: Mapping[str, Schema]) -> str:
    """The declarations of documents, by the name of their type: `{"Limitations": schema}`.

    What the schemas define in the same way, under the same name, is declared once. Raises ValueError where two
    schemas give one name to different things, and for what a type cannot say.

    >>> schema = {"type": "object", "required": ["id"], "properties": {"id": {"$ref": "#/$defs/id"}}}
    >>> print(declarations({"Thing": schema | {"$defs": {"id": {"type": "string"}}}}), end="")
    // Types of the feed, made from its JSON Schemas. Do not edit: the next build makes this file again.
    <BLANKLINE>
    export type Id = string;
    <BLANKLINE>
    export interface Thing {
      readonly id: Id;
    }
    """
    parts: dict[str, str] = {}
    for document, schema in documents.items():
        named = {_pascal(name): inner for name, inner in schema.get("$defs", {}).items()}
        for name, inner in [*named.items(), (document, schema)]:
            text = _declaration(name, inner)
            if parts.setdefault(name, text) != text:
                raise ValueError(f"two schemas define {name} in different ways")
    return "\n".join([_HEAD, *(parts[name] for name in sorted(parts))])


def _declaration(name: str, schema: Schema) -> str:
    comment = "".join(_comment([schema.get("title"), schema.get("description")], ""))
    if "properties" in schema:
        return f"{comment}export interface {name} {_object(schema, '')}\n"
    return f"{comment}export type {name} = {_type(schema, '')};\n"


def _type(schema: Any, indent: str) -> str:
    """The type of a value; `indent` is that of the line on which it stands."""
    if "$ref" in schema:
        return _pascal(schema["$ref"].rpartition("/")[2])
    if "const" in schema:
        return json.dumps(schema["const"], ensure_ascii=False)
    if "enum" in schema:
        return " | ".join(json.dumps(value, ensure_ascii=False) for value in schema["enum"])
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(part, indent) for part in schema["anyOf"]))
    if "properties" in schema:
        return _object(schema, indent)
    kinds = [schema["type"]] if isinstance(schema.get("type"), str) else list(schema.get("type", ()))
    if kinds == ["array"]:
        return f"ReadonlyArray<{_type(schema['items'], indent)}>" if "items" in schema else "readonly []"
    if not kinds or not all(kind in _PRIMITIVES for kind in kinds):
        raise ValueError(f"no type says this: {schema}")
    return " | ".join(dict.fromkeys(_PRIMITIVES[kind] for kind in kinds))


def _object(schema: Schema, indent: str) -> str:
    inner = f"{indent}  "
    required = set(schema.get("required", ()))
    lines = ["{"]
    for name, value in schema["properties"].items():
        lines += [line.rstrip("\n") for line in _comment([value.get("description")], inner)]
        key = name if _NAME.fullmatch(name) else json.dumps(name)
        lines.append(f"{inner}readonly {key}{'' if name in required else '?'}: {_type(value, inner)};")
    return "\n".join([*lines, f"{indent}}}"])


def _comment(texts: Iterable[str | None], indent: str) -> Iterator[str]:
    said = ". ".join(text.rstrip(".") for text in texts if text)
    if said:
        yield f"{indent}/** {said.replace('*/', '* /')}. */\n"


def _pascal(name: str) -> str:
    """`text-value` as `TextValue`."""
    whole = "".join(part[:1].upper() + part[1:] for part in re.split(r"[^A-Za-z0-9]+", name))
    return _RENAMED.get(whole, whole)
