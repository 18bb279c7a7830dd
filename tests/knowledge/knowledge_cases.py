"""A whole record, and the table of everything that can be wrong with one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knooppunt.config import Settings

PATH = "docs/virtual-nodes/network/limitations.yml"
ID = "aks.virtual-nodes.host-aliases"
SETTINGS = Settings(
    Path(),
    layers={"provider": "Virtual Kubelet provider", "aci": "Azure Container Instances"},
    variants={"v1": "Add-on", "v2": "Virtual Nodes v2"},
)

WHOLE = """\
aks.virtual-nodes.host-aliases:
  kind: limitation
  title: Host aliases have no effect
  statement: The provider never reads them.
  workaround: Add a record to your DNS zone.
  layer: provider
  effect: ignored
  subject: spec.hostAliases
  fields: [spec.hostAliases]
  variants:
    v1: {status: active, since: 2019-01-15}
    v2: {status: lifted, until: 2024-09-20, note: "A kubelet writes them, at last."}
  amounts:
    - {value: 60, unit: entries, per: pod, adjustable: false}
  evidence:
    - {source: azure-aci/README.md, url: "https://example.org/a", commit: d16bd42, version: "1.4", date: 2019-01-15}
  disputed:
    - {text: It does not work., evidence: {source: one}}
    - {text: It works., evidence: {source: two}}
  references:
    - {title: Host aliases, url: "https://example.org/"}
  revision: 2
"""

LAYERS = "one of provider, aci"
DATE = "write a date such as 2019-01-15"
ADDRESS = "write an address that starts with https://"
STATUSES = "one of active, permanent, lifted, withdrawn, not-applicable, unknown"
EVIDENCE = "name a public source: {source: ..., url: ..., date: ...}"


@dataclass(frozen=True)
class Broken:
    """`WHOLE` with one thing changed, and the one problem that follows."""

    name: str
    old: str
    new: str
    line: int
    field: str
    """Pointer inside the record; `=` for a pointer as it is."""
    message: str
    """Message and hint."""
    schema: bool = True
    """Whether JSON Schema can express it."""

    @property
    def text(self) -> str:
        assert WHOLE.count(self.old) == 1, self.name
        return WHOLE.replace(self.old, self.new)

    @property
    def problem(self) -> str:
        pointer = self.field[1:] if self.field.startswith("=") else f"{ID}.{self.field}" if self.field else ID
        return f"{PATH}:{self.line}: {pointer}: {self.message}"


def _without(line: int) -> tuple[str, str]:
    return WHOLE.splitlines(keepends=True)[line - 1], ""


REDIRECT = "aks.virtual-nodes.host-aliases: {moved: aks.virtual-nodes.new}\n"
_KIND = "one of limitation, requirement, quota, region, incompatibility"
_EFFECT = "one of rejected, ignored, pending, unavailable, throttled, rounded, truncated"
_ID = "write product.area.slug with a-z, 0-9 and hyphens"

BROKEN = (
    Broken("no kind", *_without(2), 1, "kind", f"'kind' is missing; {_KIND}"),
    Broken("no title", *_without(3), 1, "title", "'title' is missing; name the fact in a few words"),
    Broken(
        "no statement",
        *_without(4),
        1,
        "statement",
        "'statement' is missing; say in a sentence or two what does not work",
    ),
    Broken("no layer", *_without(6), 1, "layer", f"'layer' is missing; {LAYERS}"),
    Broken(
        "no effect",
        *_without(7),
        1,
        "effect",
        f"'effect' is missing, and a record of kind limitation must say it; {_EFFECT}",
    ),
    Broken(
        "incompatibility without effect",
        "limitation\n  title: Host aliases have no effect\n  statement: The provider never reads them.\n"
        "  workaround: Add a record to your DNS zone.\n  layer: provider\n  effect: ignored\n",
        "incompatibility\n  title: T\n  statement: S\n  layer: aci\n",
        1,
        "effect",
        f"'effect' is missing, and a record of kind incompatibility must say it; {_EFFECT}",
    ),
    Broken(
        "no variants",
        WHOLE[WHOLE.index("  variants") : WHOLE.index("  amounts")],
        "",
        1,
        "variants",
        "'variants' is missing; map each variant to its status: {v1: {status: active}}",
    ),
    Broken(
        "empty variants",
        WHOLE[WHOLE.index("  variants") : WHOLE.index("  amounts")],
        "  variants: {}\n",
        10,
        "variants",
        "'variants' is empty; map each variant to its status: {v1: {status: active}}",
    ),
    Broken(
        "list of variants",
        WHOLE[WHOLE.index("  variants") : WHOLE.index("  amounts")],
        "  variants: [v1]\n",
        10,
        "variants",
        "must map variants to their status, not be a list; map each variant to its status: {v1: {status: active}}",
    ),
    Broken(
        "no evidence",
        WHOLE[WHOLE.index("  evidence:\n") : WHOLE.index("  disputed")],
        "",
        1,
        "evidence",
        f"'evidence' is missing; {EVIDENCE}",
    ),
    Broken(
        "empty evidence",
        WHOLE[WHOLE.index("  evidence:\n") : WHOLE.index("  disputed")],
        "  evidence: []\n",
        15,
        "evidence",
        f"'evidence' is empty; {EVIDENCE}",
    ),
    Broken("unknown kind", "kind: limitation", "kind: limit", 2, "kind", f"unknown kind 'limit'; {_KIND}"),
    Broken("unknown effect", "effect: ignored", "effect: lost", 7, "effect", f"unknown effect 'lost'; {_EFFECT}"),
    Broken("unknown layer", "layer: provider", "layer: moon", 6, "layer", f"unknown layer 'moon'; {LAYERS}"),
    Broken("unknown status", "active", "on", 11, "variants.v1.status", f"unknown status 'on'; {STATUSES}"),
    Broken("no status", "status: active, ", "", 11, "variants.v1.status", f"'status' is missing; {STATUSES}"),
    Broken("unknown variant", "    v1:", "    v3:", 11, "variants.v3", "unknown variant 'v3'; one of v1, v2"),
    Broken(
        "variant as a word",
        "{status: active, since: 2019-01-15}",
        "active",
        11,
        "variants.v1",
        "must be a mapping with a status, not 'active'; write {status: active}",
    ),
    Broken(
        "unknown field",
        "  subject:",
        "  about:",
        8,
        "about",
        "unknown field 'about'; known here: kind, title, statement, workaround, layer, effect, subject, fields, "
        "variants, amounts, evidence, disputed, references, rule, revision",
    ),
    Broken(
        "unknown field of a variant",
        "since: 2019-01-15",
        "from: 2019-01-15",
        11,
        "variants.v1.from",
        "unknown field 'from'; known here: status, since, until, note, evidence",
    ),
    Broken(
        "unknown field of evidence",
        "commit: d16bd42",
        "sha: d16bd42",
        16,
        "evidence[0].sha",
        "unknown field 'sha'; known here: source, url, commit, version, date, note, match",
    ),
    Broken(
        "words of a source that cannot be looked for",
        "commit: d16bd42",
        'match: "/host(/"',
        16,
        "evidence[0].match",
        "'host(' is not a regular expression: missing ), unterminated subpattern; "
        "write some words of the source, or a regular expression between slashes, or leave it out",
        schema=False,
    ),
    Broken(
        "duplicate field",
        "  revision: 2",
        "  kind: quota",
        22,
        "kind",
        "duplicate key 'kind', first on line 2",
        schema=False,
    ),
    Broken("two parts", f"{ID}:", "aks.hosts:", 1, "=aks.hosts", f"'aks.hosts' is not an id; {_ID}"),
    Broken("four parts", f"{ID}:", "aks.a.b.c:", 1, "=aks.a.b.c", f"'aks.a.b.c' is not an id; {_ID}"),
    Broken("capitals", f"{ID}:", "aks.nodes.IPv6:", 1, "=aks.nodes.IPv6", f"'aks.nodes.IPv6' is not an id; {_ID}"),
    Broken("underscore", f"{ID}:", "aks.nodes.a_b:", 1, "=aks.nodes.a_b", f"'aks.nodes.a_b' is not an id; {_ID}"),
    Broken("no date", "since: 2019-01-15", "since: soon", 11, "variants.v1.since", f"'soon' is not a date; {DATE}"),
    Broken(
        "date with a short month",
        "since: 2019-01-15",
        "since: 2019-1-15",
        11,
        "variants.v1.since",
        f"'2019-1-15' is not a date; {DATE}",
    ),
    Broken(
        "year", "since: 2019-01-15", "since: 2019", 11, "variants.v1.since", f"the number 2019 is not a date; {DATE}"
    ),
    Broken(
        "time of day",
        "since: 2019-01-15",
        "since: 2019-01-15T10:00:00Z",
        11,
        "variants.v1.since",
        f"'2019-01-15T10:00:00Z' has a time of day; {DATE}",
    ),
    Broken(
        "impossible date",
        "since: 2019-01-15",
        "since: 2019-02-30",
        11,
        "variants.v1.since",
        f"'2019-02-30' is not a date; {DATE}",
    ),
    Broken(
        "impossible date in quotes",
        "date: 2019-01-15",
        'date: "2019-02-30"',
        16,
        "evidence[0].date",
        f"'\"2019-02-30\"' is not a date; {DATE}",
    ),
    Broken(
        "empty date",
        "since: 2019-01-15",
        "since: ",
        11,
        "variants.v1.since",
        f"'since' is empty; {DATE}, or leave it out",
    ),
    Broken(
        "until before since",
        "until: 2024-09-20",
        "since: 2024-09-21, until: 2024-09-20",
        12,
        "variants.v2.until",
        "2024-09-20 is before 'since' 2024-09-21; swap the dates or mend the wrong one",
        schema=False,
    ),
    Broken(
        "end of what is active",
        "since: 2019-01-15",
        "until: 2019-01-15",
        11,
        "variants.v1.until",
        "a variant that is active has no end; remove the date or make the status 'lifted'",
    ),
    Broken(
        "since when it never applied",
        "status: active",
        "status: not-applicable",
        11,
        "variants.v1.since",
        "a variant that is not-applicable has no date; remove the date or change the status",
    ),
    Broken(
        "mail address",
        'url: "https://example.org/"',
        'url: "mailto:a@example.org"',
        21,
        "references[0].url",
        f"'mailto:a@example.org' is not an http or https address; {ADDRESS}",
    ),
    Broken(
        "relative address",
        "https://example.org/a",
        "/a",
        16,
        "evidence[0].url",
        f"'/a' is not an http or https address; {ADDRESS}",
    ),
    Broken(
        "address with a space",
        "https://example.org/a",
        "https://example.org/a b",
        16,
        "evidence[0].url",
        f"'https://example.org/a b' is not an http or https address; {ADDRESS}",
    ),
    Broken(
        "address without a host",
        "https://example.org/a",
        "https:///a",
        16,
        "evidence[0].url",
        f"'https:///a' is not an http or https address; {ADDRESS}",
    ),
    Broken(
        "reference without address",
        ', url: "https://example.org/"',
        "",
        21,
        "references[0].url",
        f"'url' is missing; {ADDRESS}",
    ),
    Broken(
        "one claim",
        "    - {text: It works., evidence: {source: two}}\n",
        "",
        17,
        "disputed",
        "a dispute needs two claims or more, here is 1; "
        "give two claims or more, each with its text and evidence, or leave it out",
    ),
    Broken(
        "evidence without source",
        "source: azure-aci/README.md, ",
        "",
        16,
        "evidence[0].source",
        "'source' is missing; name the document or file, such as azure-aci/README.md",
    ),
    Broken(
        "claim without text",
        "text: It works., ",
        "",
        19,
        "disputed[1].text",
        "'text' is missing; say what this source claims",
    ),
    Broken(
        "reference without title",
        "title: Host aliases, ",
        "",
        21,
        "references[0].title",
        "'title' is missing; name the fact in a few words",
    ),
    Broken(
        "claim without evidence",
        "{text: It works., evidence: {source: two}}",
        "{text: It works.}",
        19,
        "disputed[1].evidence",
        f"'evidence' is missing; {EVIDENCE}",
    ),
    Broken(
        "claim with a list of evidence",
        "{source: two}",
        "[{source: two}]",
        19,
        "disputed[1].evidence",
        f"must be a mapping of keys to values, not a list; {EVIDENCE}",
    ),
    Broken(
        "revision zero",
        "revision: 2",
        "revision: 0",
        22,
        "revision",
        "must be a positive whole number, not the number 0; write 1, 2, 3 and so on",
    ),
    Broken(
        "revision true",
        "revision: 2",
        "revision: true",
        22,
        "revision",
        "must be a positive whole number, not the boolean true; write 1, 2, 3 and so on",
    ),
    Broken(
        "revision half",
        "revision: 2",
        "revision: 1.5",
        22,
        "revision",
        "must be a positive whole number, not the number 1.5; write 1, 2, 3 and so on",
    ),
    Broken(
        "revision in quotes",
        "revision: 2",
        "revision: '2'",
        22,
        "revision",
        "must be a positive whole number, not '2'; write 1, 2, 3 and so on",
    ),
    Broken(
        "amount without value",
        "value: 60, ",
        "",
        14,
        "amounts[0].value",
        "'value' is missing; write a number such as 60 or 0.5",
    ),
    Broken(
        "amount with an empty value",
        "value: 60",
        "value: ",
        14,
        "amounts[0].value",
        "'value' is empty; write a number such as 60 or 0.5",
    ),
    Broken(
        "amount in words",
        "value: 60",
        "value: sixty",
        14,
        "amounts[0].value",
        "must be a number, not 'sixty'; write a number such as 60 or 0.5",
    ),
    Broken(
        "negative amount",
        "value: 60",
        "value: -60",
        14,
        "amounts[0].value",
        "must not be negative, but is -60; write a number such as 60 or 0.5",
    ),
    Broken(
        "octal amount",
        "value: 60",
        "value: 060",
        14,
        "amounts[0].value",
        "'060' is not a plain number of at most 15 digits; write a number such as 60 or 0.5",
        schema=False,
    ),
    Broken(
        "sexagesimal amount",
        "value: 60",
        "value: 1:30",
        14,
        "amounts[0].value",
        "'1:30' is not a plain number of at most 15 digits; write a number such as 60 or 0.5",
        schema=False,
    ),
    Broken(
        "endless amount",
        "value: 60",
        "value: .inf",
        14,
        "amounts[0].value",
        "must be a number, not the number inf; write a number such as 60 or 0.5",
        schema=False,
    ),
    Broken(
        "amount of 401 digits",
        "value: 60",
        f"value: 1{'0' * 400}",
        14,
        "amounts[0].value",
        f"'1{'0' * 39}…' is not a plain number of at most 15 digits; write a number such as 60 or 0.5",
        schema=False,
    ),
    Broken(
        "amount without unit", "unit: entries, ", "", 14, "amounts[0].unit", "'unit' is missing; say what is counted"
    ),
    Broken(
        "adjustable maybe",
        "adjustable: false",
        "adjustable: no",
        14,
        "amounts[0].adjustable",
        "must be true or false, not 'no'; write true or false, or leave it out",
    ),
    Broken(
        "empty title",
        "title: Host aliases have no effect",
        'title: " "',
        3,
        "title",
        "'title' is empty; name the fact in a few words",
    ),
    Broken(
        "empty workaround",
        "workaround: Add a record to your DNS zone.",
        "workaround:",
        5,
        "workaround",
        "'workaround' is empty; say what to do instead, or leave the field out",
    ),
    Broken(
        "empty note",
        '"A kubelet writes them, at last."',
        '""',
        12,
        "variants.v2.note",
        "'note' is empty; write a sentence, or leave it out",
    ),
    Broken(
        "number as version",
        'version: "1.4"',
        "version: 1.4",
        16,
        "evidence[0].version",
        "must be text, not the number 1.4; put it in quotes",
    ),
    Broken(
        "word as fields",
        "fields: [spec.hostAliases]",
        "fields: spec.hostAliases",
        9,
        "fields",
        "must be a list, not 'spec.hostAliases'; write a list such as [spec.hostAliases], or leave it out",
    ),
    Broken(
        "empty field",
        "fields: [spec.hostAliases]",
        "fields: [spec.hostAliases, '']",
        9,
        "fields[1]",
        "must be text, not ''; write a list such as [spec.hostAliases], or leave it out",
    ),
    Broken(
        "record of nothing",
        WHOLE,
        f"{ID}:\n",
        1,
        "",
        "must be a mapping of keys to values, not nothing; "
        "write the fields of a record, or {moved: ID} for a retired id",
    ),
    Broken(
        "moved to itself",
        WHOLE,
        f"{ID}: {{moved: {ID}}}\n",
        1,
        "moved",
        f"'{ID}' is moved to itself; name the id that took its place",
        schema=False,
    ),
    Broken(
        "moved and split",
        WHOLE,
        f"{ID}: {{moved: aks.a.b, split: [aks.a.b, aks.a.c]}}\n",
        1,
        "split",
        "an id is either moved or split, not both; keep one of the two",
    ),
    Broken(
        "moved to a bad id",
        WHOLE,
        f"{ID}: {{moved: elsewhere}}\n",
        1,
        "moved",
        f"'elsewhere' is not an id; {_ID}",
    ),
    Broken(
        "split to one",
        WHOLE,
        f"{ID}: {{split: [aks.a.b]}}\n",
        1,
        "split",
        "must name two different ids or more; write {moved: ID} for a single one",
    ),
    Broken(
        "split to one, twice",
        WHOLE,
        f"{ID}: {{split: [aks.a.b, aks.a.b]}}\n",
        1,
        "split",
        "must name two different ids or more; write {moved: ID} for a single one",
    ),
    Broken(
        "split with a repeated id",
        WHOLE,
        f"{ID}: {{split: [aks.a.b, aks.a.c, aks.a.b]}}\n",
        1,
        "split",
        "names an id twice; remove one of them",
    ),
    Broken(
        "retired id with a title",
        WHOLE,
        f"{ID}:\n  moved: aks.a.b\n  title: Old\n",
        3,
        "title",
        "unknown field 'title' of a retired id; a retired id has only 'moved'",
    ),
    *(
        Broken(
            f"{name} in a text",
            "statement: The provider never reads them.",
            "statement: |\n" + "".join(f"    {line}\n" if line else "\n" for line in lines).rstrip("\n"),
            4,
            "statement",
            f"{what}; a record's text is one paragraph",
            schema=False,
        )
        for name, lines, what in (
            ("list", ("Not read:", "- hosts", "- names"), "'- hosts' begins a block of its own"),
            ("numbered list", ("3. Hosts", "4. Names"), "'3. Hosts' begins a block of its own"),
            ("fence", ("For example:", "```yaml", "a: b", "```"), "'```yaml' begins a block of its own"),
            ("heading", ("## Hosts", "Never read."), "'## Hosts' begins a block of its own"),
            ("table", ("a | b", "--- | ---", "c | d"), "'--- | ---' begins a block of its own"),
            ("quote", ("> Never read.",), "'> Never read.' begins a block of its own"),
            ("raw HTML", ("<div>Never read.</div>",), "'<div>Never read.</div>' begins a block of its own"),
            ("second paragraph", ("Never read.", "", "Nor written."), "it has a blank line"),
        )
    ),
    Broken(
        "list in a note",
        'note: "A kubelet writes them, at last."',
        'note: "* One\\n* Two"',
        12,
        "variants.v2.note",
        "'* One' begins a block of its own; a record's text is one paragraph",
        schema=False,
    ),
)
