"""What an authored record may look like: patterns, fields and hints, shared by the loader and the JSON Schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.model import Effect, Kind, Status, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

# Written so that Python and ECMA 262, the dialect of JSON Schema, read them alike: no \d, no \Z, no lookbehind.
ID_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*([.][a-z0-9]+(-[a-z0-9]+)*){2}$"
WORD_PATTERN = "^[a-z0-9]+(-[a-z0-9]+)*$"
URL_PATTERN = '^https?://[A-Za-z0-9.-]+(:[0-9]+)?([/?#][^\\s<>"]*)?$'
DATE_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
TEXT_PATTERN = "\\S"
NUMBER = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
"""How an amount is spelt: `010` is eight and `1:30` is ninety in YAML 1.1, so digits are counted as written."""

KINDS = tuple(kind.value for kind in Kind)
EFFECTS = tuple(effect.value for effect in Effect)
STATUSES = tuple(status.value for status in Status)
TARGETS = tuple(target.value for target in Target)

NEED_EFFECT = (Kind.LIMITATION.value, Kind.INCOMPATIBILITY.value)
"""Kinds that say what goes wrong, and so must say how."""
WITHOUT_SINCE = (Status.NOT_APPLICABLE.value,)
WITHOUT_UNTIL = (Status.NOT_APPLICABLE.value, Status.ACTIVE.value, Status.PERMANENT.value)
"""Statuses that contradict a date of end: what has ended is `lifted` or `withdrawn`."""

RECORD_FIELDS = (
    "kind",
    "title",
    "statement",
    "workaround",
    "layer",
    "effect",
    "subject",
    "fields",
    "variants",
    "amounts",
    "evidence",
    "disputed",
    "references",
    "rule",
    "revision",
)
DRAFT = "draft"
"""The field that only a draft has: no file of records may hold it, so that no draft is ever published as a fact."""
REQUIRED_FIELDS = ("kind", "title", "statement", "layer", "variants", "evidence")
VARIANT_FIELDS = ("status", "since", "until", "note", "evidence")
EVIDENCE_FIELDS = ("source", "url", "commit", "version", "date", "note", "match")
CLAIM_FIELDS = ("text", "evidence")
REFERENCE_FIELDS = ("title", "url")
RULE_FIELDS = ("target", "cel")
AMOUNT_FIELDS = ("value", "unit", "per", "adjustable")
REDIRECT_FIELDS = ("moved", "split")

HINTS: Mapping[str, str] = {
    "kind": f"one of {', '.join(KINDS)}",
    "title": "name the fact in a few words",
    "statement": "say in a sentence or two what does not work",
    "workaround": "say what to do instead, or leave the field out",
    "layer": "say which layer imposes it",
    "effect": f"one of {', '.join(EFFECTS)}",
    "subject": "name the field or resource, or leave it out",
    "fields": "write a list such as [spec.hostAliases], or leave it out",
    "variants": "map each variant to its status: {v1: {status: active}}",
    "status": f"one of {', '.join(STATUSES)}",
    "since": "write a date such as 2019-01-15, or leave it out",
    "until": "write a date such as 2019-01-15, or leave it out",
    "date": "write a date such as 2019-01-15, or leave it out",
    "note": "write a sentence, or leave it out",
    "match": "write some words of the source, or a regular expression between slashes, or leave it out",
    "evidence": "name a public source: {source: ..., url: ..., date: ...}",
    "source": "name the document or file, such as azure-aci/README.md",
    "url": "write an address that starts with https://",
    "commit": "write the revision in quotes, or leave it out",
    "version": "write the version in quotes, or leave it out",
    "disputed": "give two claims or more, each with its text and evidence, or leave it out",
    "text": "say what this source claims",
    "references": "write a list of {title: ..., url: ...}, or leave it out",
    "rule": "write {target: manifest, cel: ...}, or leave it out",
    "target": f"one of {', '.join(TARGETS)}",
    "cel": "write a condition that is true where the record applies",
    "amounts": "write a list of {value: 60, unit: containers}, or leave it out",
    "value": "write a number such as 60 or 0.5",
    "unit": "say what is counted",
    "per": "say for what the amount holds, or leave it out",
    "adjustable": "write true or false, or leave it out",
    "revision": "write 1, 2, 3 and so on",
    "moved": "give the id that took its place: {moved: aks.virtual-nodes.new-id}",
    "split": "give two ids or more: {split: [aks.virtual-nodes.a, aks.virtual-nodes.b]}",
}
"""The way out of a problem with a field, where the problem itself has none to offer."""
ENTRY_HINT = "write the fields of a record, or {moved: ID} for a retired id"
