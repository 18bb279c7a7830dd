"""A small feed with something in every field, in English and half translated Dutch.

After a wanted change, write the golden files anew: PYTHONPATH=tools:tests/feed python tests/feed/feed_cases.py
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from knooppunt.catalogs import entry_hash, parse_po
from knooppunt.config import LocaleConfig, Settings
from knooppunt.feed import FeedInput, render_feed
from knooppunt.feed.changelog import parse_log
from knooppunt.knowledge import link, parse_records
from knooppunt.model import Locale, Text, TranslatedRecord
from knooppunt.strings import STRINGS
from knooppunt.translated import Policy, source_record, translate_record

GOLDEN = Path(__file__).parent / "golden"
URL = "https://docs.example/base/"
SETTINGS = Settings(
    Path(),
    layers={"provider": "Provider", "aci": "Container Instances"},
    variants={"v1": "Add-on", "v2": "Version 2"},
    sources={"code": "https://code.example/repo"},
)

RECORDS = """\
shop.till.hosts:
  kind: limitation
  title: Host aliases have no effect
  statement: The provider never reads `spec.hostAliases`, “not once”.
  workaround: Add a record to your DNS zone.
  layer: provider
  effect: ignored
  subject: host aliases
  fields: [spec.hostAliases]
  variants:
    v1:
      status: lifted
      since: 2019-01-15
      until: 2024-09-20
      note: It came back.
      evidence: [{source: code/v1/main file.go, date: 2024-10-01}]
    v2: {status: unknown}
  amounts:
    - {value: 60, unit: entries, per: pod, adjustable: false}
    - {value: 0.5, unit: GB}
  evidence:
    - {source: code/main.go, commit: d16bd42, version: v1.4, date: 2019-01-15, note: First listed.}
    - {source: elsewhere/README.md, url: "https://example.org/a"}
  disputed:
    - {text: It works., evidence: {source: code, date: 2023-05-06}}
    - {text: It does not., evidence: {source: two}}
  references: [{title: Host aliases, url: "https://example.org/"}]
  revision: 2
shop.till.coins:
  kind: requirement
  title: Coins
  statement: Coins are needed.
  layer: aci
  variants: {v2: {status: active}}
  evidence: [{source: README.md}]
shop.till.aliases: {moved: shop.till.names}
shop.till.names: {moved: shop.till.hosts}
shop.till.money: {split: [shop.till.coins, shop.till.aliases]}
"""

DUTCH = """\
msgctxt "shop.till.hosts:title"
msgid "Host aliases have no effect"
msgstr "Hostaliassen hebben geen effect"

msgctxt "shop.till.hosts:statement"
msgid "The provider never reads `spec.hostAliases`, “not once”."
msgstr "De provider leest `spec.hostAliases` nooit, “geen enkele keer”."

# mt: engine: Voeg een record toe aan je DNS-zone.
#, fuzzy
msgctxt "shop.till.hosts:workaround"
msgid "Add a record to your DNS zone."
msgstr "Voeg een record toe aan je DNS-zone."

#, fuzzy
#| msgid "It came back once."
msgctxt "shop.till.hosts:variants.v1.note"
msgid "It came back."
msgstr "Het kwam één keer terug."

msgctxt "shop.till.hosts:amounts[0].unit"
msgid "entries"
msgstr "vermeldingen"

msgctxt "shop.till.coins:title"
msgid "Coins"
msgstr ""
"""

LOG = """\
{"date": "2023-05-06", "release": "1.0", "id": "shop.till.hosts", "change": "added", "revision": 1}
{"date": "2024-10-02", "id": "shop.till.hosts", "change": "editorial", "revision": 1, "fields": [\
{"field": "title", "before": "No hosts", "after": "Host aliases have no effect"}]}

{"date": "2024-11-01", "release": "2.0", "id": "shop.till.hosts", "change": "meaning", "revision": 2, "fields": [\
{"field": "variants.v1.status", "before": "active", "after": "lifted"}]}
{"date": "2024-11-01", "id": "shop.till.gone", "change": "removed", "title": "No <gone> `thing`"}
{"date": "2024-11-02", "id": "shop.till.names", "change": "moved", "to": ["shop.till.hosts"]}
"""

DUTCH_WORDS = {"kind.limitation": "Beperking", "effect.ignored": "Stil genegeerd", "layer.aci": "Containerinstanties"}
DUTCH_WORDS |= {"change.meaning": "Gewijzigd", "news.title": "{project}: wat er veranderde"}


def source_words(name: str) -> Text:
    labels = {f"layer.{key}": label for key, label in SETTINGS.layers.items()}
    labels |= {f"variant.{key}": label for key, label in SETTINGS.variants.items()}
    return Text({**STRINGS, **labels}[name], "en", "source")


def dutch_words(name: str) -> Text:
    if name in DUTCH_WORDS:
        return Text(DUTCH_WORDS[name], "nl", "translated")
    return Text(source_words(name).value, "en", "fallback")


def small_feed(
    *,
    records: str = RECORDS,
    dutch: str = DUTCH,
    site_url: str = URL,
    words: Mapping[str, Callable[[str], Text]] | None = None,
    revision: str | None = "0a1b2c3",
    log: str = LOG,
) -> FeedInput:
    knowledge = link([parse_records(records, "docs/till/a.yml", article="till", settings=SETTINGS)])
    catalog = parse_po(dutch, "till.po")
    approved = {entry_hash(entry) for entry in catalog.entries if entry.context == "shop.till.hosts:statement"}
    policy = Policy(LocaleConfig(Locale("nl"), "Nederlands", publish="machine"), "en", approved)
    translated: Mapping[str, Sequence[TranslatedRecord]] = {
        "en": [source_record(record, "en") for record in knowledge.records.values()],
        "nl": [translate_record(record, catalog, policy) for record in knowledge.records.values()],
    }
    return FeedInput(
        site_url=site_url,
        project="Shop",
        source_locale="en",
        records=translated,
        redirects=knowledge.redirects,
        words=words or {"en": source_words, "nl": dutch_words},
        settings=SETTINGS,
        revision=revision,
        changes=parse_log(log),
    )


def documents(files: Mapping[str, bytes]) -> dict[str, Any]:
    """The JSON files as values, schemas too."""
    return {path: json.loads(data) for path, data in files.items() if path.endswith(".json")}


def validator(files: Mapping[str, bytes], name: str) -> Draft202012Validator:
    """A validator, with formats, of one of the feed's own schemas."""
    schema = json.loads(files[f"api/v1/schemas/{name}.schema.json"])
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def schema_names(files: Mapping[str, bytes]) -> dict[str, str]:
    """Name of the schema of each document that follows one, by its path, as the index has it; the index too."""
    index = json.loads(files["api/v1/index.json"])
    named = {file["path"]: file["schema"] for file in index["files"] if file["schema"]}
    named["api/v1/index.json"] = index["$schema"]
    return {path: url.rpartition("/")[2].removesuffix(".schema.json") for path, url in named.items()}


if __name__ == "__main__":
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for path, data in render_feed(small_feed()).items():
        (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
        (GOLDEN / path).write_bytes(data)
