"""The records that have a rule, as an assessment needs them: from a project, or from a published feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from knooppunt.errors import DataError
from knooppunt.model import Effect, Kind, Rule, Status, Target

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from knooppunt.model import Text, TranslatedRecord

HOLDS = (Status.ACTIVE, Status.PERMANENT)
"""Statuses under which a record applies."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One record with its rule, and its texts in the language of the reader."""

    id: str
    kind: Kind
    effect: Effect | None
    rule: Rule
    status: Mapping[str, Status]
    """By variant."""
    title: str
    statement: str
    workaround: str | None
    effect_label: str
    url: str
    disputed: bool = False


def limits_of(
    records: Iterable[TranslatedRecord], words: Callable[[str], Text], link: Callable[[str], str]
) -> tuple[Limit, ...]:
    """The records with a rule, in the order of their ids.

    `words` are the labels of the locale by ids such as `effect.ignored`; `link` gives the address of the page of a
    record in that locale, or "" where there is none.
    """
    return tuple(
        Limit(
            id=item.record.id,
            kind=item.record.kind,
            effect=item.record.effect,
            rule=item.record.rule,
            status={variant.name: variant.status for variant in item.record.variants},
            title=item.texts["title"].value,
            statement=item.texts["statement"].value,
            workaround=item.texts["workaround"].value if "workaround" in item.texts else None,
            effect_label=words(f"effect.{item.record.effect.value}").value if item.record.effect else "",
            url=link(item.record.id),
            disputed=bool(item.record.disputed),
        )
        for item in sorted(records, key=lambda item: item.record.id)
        if item.record.rule is not None
    )


def limits_of_feed(document: Any, path: str) -> tuple[Limit, ...]:
    """The records with a rule of a feed's `limitations.json` in any language, in the order of their ids.

    Raises DataError where the document is none, or of a feed of another major version.
    """
    try:
        if str(document["schema_version"]).split(".")[0] != "1":
            version = document["schema_version"]
            raise DataError.single(path, 0, f"is of version {version} of the feed", hint="update knooppunt")
        found = [_of_feed(record) for record in document["records"] if record.get("rule")]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        hint = "give limitations.json, or limitations.LOCALE.json, of a feed"
        raise DataError.single(path, 0, f"is no document of a limitations feed: {error!r}", hint=hint) from None
    return tuple(sorted(found, key=lambda limit: limit.id))


def _of_feed(record: Mapping[str, Any]) -> Limit:
    effect, workaround = record["effect"], record["workaround"]
    return Limit(
        id=str(record["id"]),
        kind=Kind(record["kind"]["id"]),
        effect=Effect(effect["id"]) if effect else None,
        rule=Rule(Target(record["rule"]["target"]), str(record["rule"]["cel"])),
        status={variant["id"]: Status(variant["status"]["id"]) for variant in record["variants"]},
        title=str(record["title"]["text"]),
        statement=str(record["statement"]["text"]),
        workaround=str(workaround["text"]) if workaround else None,
        effect_label=str(effect["label"]["text"]) if effect else "",
        url=str(record["url"]),
        disputed=bool(record["disputed"]),
    )
