"""Two states of a feed -> what happened to each id, and what that means for the version of a release.

A change of meaning is one that raises a record's revision or moves a fact: a status, a day, an effect, an amount, a
field, a layer. Everything else in the source is editorial, evidence and rules too, since they tell why and how one
sees it, not what holds; what moves in translations alone is that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from knooppunt.feed.changelog import (
    ADDED,
    EDITORIAL,
    MEANING,
    MOVED,
    REMOVED,
    SPLIT,
    WITHDRAWN,
    Change,
    FieldChange,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from knooppunt.feed.texts import Json

TRANSLATION: Final = "translation"
NONE, PATCH, MINOR, MAJOR = "none", "patch", "minor", "major"
LEVELS: Final = (NONE, PATCH, MINOR, MAJOR)
"""What a release has to be, from nothing to the most."""
_OVER: Final = ("withdrawn", "not-applicable")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A feed as far as it is compared; a single file has records of one language alone."""

    name: str
    """What to call it: a revision, a path or an address."""
    records: Mapping[str, Json]
    """Of the source's language, by id."""
    translations: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    """By locale, the source's not among them: records by id."""
    redirects: Mapping[str, Json] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    """Addresses that others may have stored: those of all files but the ones of single records; may be unknown."""
    schema: Json | None = None
    """The schema of records; None where it is not known."""
    alone: bool = False
    """Whether this is one file of records, which tells nothing of the languages of its feed."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What happened to one id."""

    change: Change
    """`change` is one of CHANGES, or `translation`."""
    locales: Mapping[str, int] = field(default_factory=dict)
    """Number of translated texts that changed, by locale; none for an id that came or went."""
    problem: str | None = None
    """What is wrong with the change itself, and so should be mended before it is published."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that is different, in the order of the ids."""

    old: str
    new: str
    differences: tuple[Difference, ...]
    api: tuple[tuple[str, str], ...]
    """What changed in the form of the feed: level and sentence."""

    @property
    def verdict(self) -> str:
        """What the next release has to be: `none`, `patch`, `minor` or `major`."""
        levels = [level for level, _ in self.api]
        levels += [MAJOR if item.change.change == REMOVED else PATCH for item in self.differences]
        return max(levels, key=LEVELS.index, default=NONE)

    @property
    def problems(self) -> tuple[Difference, ...]:
        return tuple(item for item in self.differences if item.problem)


def compare(old: Snapshot, new: Snapshot) -> Comparison:
    """What the new state has, or has not, against the old one."""
    differences = [*_gone(old, new), *_came(old, new), *_stayed(old, new)]
    differences.sort(key=lambda item: item.change.id)
    return Comparison(old.name, new.name, tuple(differences), tuple(_api(old, new)))


# Ids --------------------------------------------------------------------------------------------------------------


def _gone(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    for name in sorted({*old.records, *old.redirects} - set(new.records)):
        record, redirect = old.records.get(name), new.redirects.get(name)
        title = record["title"]["text"] if record else None
        if redirect is None:
            what = "" if record else "a retired id stays for ever: put its redirect back"
            yield Difference(Change(name, REMOVED, title=title), problem=what or None)
        elif record is not None:
            to = tuple(redirect["to"])
            target = new.records.get(to[0]) if len(to) == 1 else None
            fields = field_changes(record, target) if target else ()
            yield Difference(
                Change(name, MOVED if redirect["kind"] == "moved" else SPLIT, title=title, to=to, fields=fields)
            )


def _came(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    took_over = {end for name in old.records if name in new.redirects for end in new.redirects[name]["to"]}
    for name in new.records:
        if name not in old.records and name not in took_over:
            record = new.records[name]
            back = name in old.redirects
            problem = "this id was retired; an id is never given again" if back else None
            change = Change(name, ADDED, revision=record["revision"], title=record["title"]["text"])
            yield Difference(change, problem=problem)


def _stayed(old: Snapshot, new: Snapshot) -> Iterator[Difference]:
    for name, after in new.records.items():
        before = old.records.get(name)
        if before is None:
            continue
        fields = field_changes(before, after)
        locales = dict(_translated(name, old, new))
        raised = after["revision"] - before["revision"]
        moved = facts(before) != facts(after)
        if not (fields or raised or locales):
            continue
        kind = MEANING if raised or moved else EDITORIAL if fields else TRANSLATION
        if kind == MEANING and _is_over(after) and not _is_over(before):
            kind = WITHDRAWN
        change = Change(name, kind, revision=after["revision"], title=after["title"]["text"], fields=fields)
        yield Difference(change, locales, _problem(raised, moved=moved, changed=bool(fields)))


def _problem(raised: int, *, moved: bool, changed: bool) -> str | None:
    if raised < 0:
        return "the revision is lower than it was; a revision only rises"
    if moved and not raised:
        return "facts changed and the revision did not: raise it, so that translators and readers are told"
    if raised and not changed:
        return "the revision rose and nothing else changed"
    return None


def _is_over(record: Json) -> bool:
    statuses = [variant["status"]["id"] for variant in record["variants"]]
    return "withdrawn" in statuses and all(status in _OVER for status in statuses)


# Fields -----------------------------------------------------------------------------------------------------------


def facts(record: Json) -> Counter[tuple[str, str]]:
    """What a record states to programs: pairs of field and value, of a list one for each item."""
    found = Counter(
        {
            ("kind", record["kind"]["id"]): 1,
            ("layer", record["layer"]["id"]): 1,
            **{("fields", path): 1 for path in record["fields"]},
            **{("amounts", _amount(amount)): 1 for amount in record["amounts"]},
        }
    )
    if record["effect"]:
        found["effect", record["effect"]["id"]] = 1
    if record["subject"]:
        found["subject", record["subject"]["text"]] = 1
    for variant in record["variants"]:
        for name, value in (
            ("status", variant["status"]["id"]),
            ("since", variant["since"]),
            ("until", variant["until"]),
        ):
            if value:
                found[f"variants.{variant['id']}.{name}", value] = 1
    return found


def texts(record: Json) -> dict[str, Json]:
    """The translatable texts of a record by field, each with its language and state."""
    found = {name: record[name] for name in ("title", "statement", "workaround")}
    found |= {f"variants.{variant['id']}.note": variant["note"] for variant in record["variants"]}
    found |= {f"disputed[{index}].text": claim["text"] for index, claim in enumerate(record["disputed"])}
    found |= {f"references[{index}].title": item["title"] for index, item in enumerate(record["references"])}
    for index, amount in enumerate(record["amounts"]):
        found |= {f"amounts[{index}].unit": amount["unit"], f"amounts[{index}].per": amount["per"]}
    return {name: text for name, text in found.items() if text}


def field_changes(before: Json, after: Json) -> tuple[FieldChange, ...]:
    """The fields of a record that are not the same, sorted; of lists, each item that came or went."""
    old, new = _all_fields(before), _all_fields(after)
    gone, came = old - new, new - old
    found = []
    for name in sorted({name for name, _ in (*gone, *came)}):
        olds = sorted(value for key, value in gone if key == name)
        news = sorted(value for key, value in came if key == name)
        if name in _LISTS:
            found += [FieldChange(name, value, None) for value in olds]
            found += [FieldChange(name, None, value) for value in news]
        else:
            found.append(FieldChange(name, olds[0] if olds else None, news[0] if news else None))
    return tuple(found)


_LISTS: Final = ("fields", "amounts", "evidence", "references")


def _all_fields(record: Json) -> Counter[tuple[str, str]]:
    found = facts(record)
    for name, text in texts(record).items():
        if not name.startswith("amounts["):  # which are facts
            found[name, text["text"]] = 1
    sources = [*record["evidence"], *(claim["evidence"] for claim in record["disputed"])]
    sources += [source for variant in record["variants"] for source in variant["evidence"]]
    for source in sources:
        found["evidence", _evidence(source)] = 1
    for reference in record["references"]:
        found["references", reference["url"]] = 1
    found["article", record["article"]] = 1
    if rule := record.get("rule"):
        found["rule", f"{rule['target']}: {rule['cel']}"] = 1
    return found


def _amount(amount: Json) -> str:
    per = f" per {amount['per']['text']}" if amount["per"] else ""
    adjustable = {True: ", adjustable", False: ", not adjustable", None: ""}[amount["adjustable"]]
    return f"{amount['value']} {amount['unit']['text']}{per}{adjustable}"


def _evidence(source: Json) -> str:
    parts = [source["source"], source["commit"], source["version"], source["date"]]
    note = source["note"]["text"] if source["note"] else None
    return " · ".join(part for part in (*parts, note) if part)


def _translated(name: str, old: Snapshot, new: Snapshot) -> Iterator[tuple[str, int]]:
    """Locale and number of texts whose translation is not the same."""
    for locale in sorted(set(old.translations) & set(new.translations)):
        before, after = old.translations[locale].get(name), new.translations[locale].get(name)
        if before and after:
            olds, news = texts(before), texts(after)
            count = sum(1 for key in {*olds, *news} if _shown(olds.get(key)) != _shown(news.get(key)))
            if count:
                yield locale, count


def _shown(text: Json | None) -> tuple[str, str] | None:
    """What is translated; a fallback moves with its source, and says nothing of the translation."""
    if text is None:
        return None
    return ("", text["state"]) if text["state"] == "fallback" else (text["text"], text["state"])


# Form of the feed -------------------------------------------------------------------------------------------------


def _api(old: Snapshot, new: Snapshot) -> Iterator[tuple[str, str]]:
    if not (old.alone or new.alone):
        gone, came = set(old.translations) - set(new.translations), set(new.translations) - set(old.translations)
        yield from ((MAJOR, f"the language {locale} is gone") for locale in sorted(gone))
        yield from ((MINOR, f"the language {locale} is new") for locale in sorted(came))
    if old.paths and new.paths:
        languages = tuple(f".{locale}." for locale in {*old.translations, *new.translations})
        neutral = [{path for path in side.paths if not any(part in path for part in languages)} for side in (old, new)]
        yield from ((MAJOR, f"the file {path} is gone") for path in sorted(neutral[0] - neutral[1]))
        yield from ((MINOR, f"the file {path} is new") for path in sorted(neutral[1] - neutral[0]))
    if old.schema and new.schema:
        before, after = set(_promises(old.schema)), set(_promises(new.schema))
        yield from ((MAJOR, f"{what} is gone") for what in sorted(before - after))
        yield from ((MINOR, f"{what} is new") for what in sorted(after - before))


def _promises(schema: Json) -> Iterator[str]:
    """Fields and words that a schema of records names: what a program may rely on."""
    for name, inner in schema.get("$defs", {}).items():
        for key, value in inner.get("properties", {}).items():
            yield f"the field {name}.{key}"
            yield from (f"the word '{word}' of {name}.{key}" for word in _words(value))
        yield from (f"the word '{word}' of {name}" for word in _words(inner))


def _words(schema: Any) -> Sequence[str]:
    values = schema.get("enum", ()) if isinstance(schema, dict) else ()
    return [str(value) for value in values]
