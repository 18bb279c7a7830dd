"""The messages of an adopted page, put into its catalog without touching what is translated there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knooppunt.alignment.notes import Note, Reason
from knooppunt.catalogs import edit_po, is_suggestion, is_translated, machine_comment, machine_text, parse_po, update_po
from knooppunt.catalogs.states import MACHINE_MARK
from knooppunt.catalogs.suggestions import SUGGESTION_MARK
from knooppunt.model import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.alignment.adoption import Adopted, PageAdoption
    from knooppunt.catalogs import Catalog, Key
    from knooppunt.model import Segment


@dataclass(frozen=True, slots=True)
class Merged:
    """A catalog with what was adopted."""

    text: str
    changed: bool
    kept: tuple[Note, ...]
    """Places whose translation was left out for the one that the catalog has."""


def merge(
    catalog: Catalog | None,
    segments: Sequence[Segment],
    adoption: PageAdoption,
    *,
    locale: str,
    engine: str | None = None,
    force: bool = False,
    earlier: bool = False,
    project: str = "PROJECT",
) -> Merged:
    """Fill the entries of a catalog that have no translation; with `force` those too that have another one.

    `catalog` is None for a page that has none: then `segments` are what it holds. With an `engine`, entries are
    machine drafts (fuzzy, with the original in a comment); else they are translated. `earlier` says that the source is
    one of an earlier day: entries of the catalog that are empty and that it does not have are taken out, so that the
    next update finds them new and looks for a translation among those of the earlier texts. Raises ValueError for a
    name that no engine can have.
    """
    before = "" if catalog is None else catalog.text
    if catalog is None or not catalog.text.strip():
        path = "" if catalog is None else catalog.path
        catalog = parse_po(update_po(None, segments, locale=locale, project=project).text, path)
    changes: dict[Key, Entry | None] = {}
    additions: list[tuple[Key | None, Entry]] = []
    kept: set[str] = set()
    previous: Key | None = None
    for message in adoption.messages:
        key = (None, message.msgid)
        old = catalog.by_key.get(key)
        if old is not None:
            previous = key
        if not message.msgstr and (engine is None or (old is not None and is_translated(old))):
            continue
        entry = _filled(old or Entry(message.msgid, "", references=_reference(message)), message, engine)
        if old is None:
            additions.append((previous, entry))
        elif not _has_translation(old):
            if entry != old:
                changes[key] = entry
        elif not force:
            if old.msgstr != message.msgstr:
                kept.add(message.msgid)
        elif old.msgstr != message.msgstr or _other_maker(old, engine):
            changes[key] = entry
    if earlier and additions:
        ours = {message.msgid for message in adoption.messages}
        changes |= {entry.key: None for entry in catalog.active if _blank(entry) and entry.msgid not in ours}
    text = edit_po(catalog, changes, additions) if changes or additions else catalog.text
    notes = tuple(_kept(pair, catalog) for pair in adoption.pairs if pair.msgid in kept)
    return Merged(text, text != before, notes)


def published(text: str, path: str) -> dict[str, str]:
    """Translations of the texts of a page in a catalog, by msgid, drafts included and mere suggestions not."""
    return {
        entry.msgid: entry.msgstr
        for entry in parse_po(text, path).active
        if entry.context is None and entry.msgstr and not is_suggestion(entry)
    }


def _other_maker(entry: Entry, engine: str | None) -> bool:
    """Whether the same text counts as a machine's and must be people's, or the other way round."""
    return entry.fuzzy if engine is None else machine_text(entry) is None


def _blank(entry: Entry) -> bool:
    """Whether nobody has put anything into an entry of a page."""
    return entry.context is None and not (is_translated(entry) or entry.comments or entry.flags)


def _has_translation(entry: Entry) -> bool:
    return is_translated(entry) and not is_suggestion(entry)


def _filled(entry: Entry, message: Adopted, engine: str | None) -> Entry:
    marks = (MACHINE_MARK, SUGGESTION_MARK)
    comments = tuple(line for line in entry.comments if not line.startswith(marks))
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    if engine is not None:
        comments = (*comments, machine_comment(engine, message.original))
        if message.msgstr:
            flags = ("fuzzy", *flags)
    return replace(
        entry,
        msgstr=message.msgstr,
        flags=flags,
        comments=comments,
        previous_msgid=None,
        previous_context=None,
        obsolete=False,
    )


def _reference(message: Adopted) -> tuple[str, ...]:
    return (message.source.path,) if message.source.path else ()


def _kept(pair: Adopted, catalog: Catalog) -> Note:
    entry = catalog.by_key[None, pair.msgid]
    return Note(
        Reason.KEPT,
        f"the catalog has '{entry.msgstr}' already",
        pair.source,
        pair.target,
        pair.msgid,
        pair.original,
        source_block=pair.source_block,
        target_block=pair.target_block,
    )
