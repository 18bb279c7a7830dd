"""What becomes of each entry of a catalog when its source has changed.

In order, a text that is new takes the translation of

1. the same text, among the obsolete entries of the file and the entries that other catalogs give up (`donors`), and
   of a text that is back after a change, which is approved again if that pair was approved;
2. the same text of a record (msgctxt) in its former wording: an editorial change unless the revision was bumped;
3. a text that differs only mechanically (see `mechanical`), with the same change made in the translation;
4. a memory of other texts, where it stands between the same neighbours;
5. the text that it is a part of, or the texts that it is joined from, as a mere suggestion (see `regroup`);
6. a text that is at least 70 % alike, as fuzzy, with the previous msgid;
7. a text that it has much of, then a memory of other texts, as a mere suggestion (see `suggestions`).

Each translation is taken once, for 5 and 7 only lend. An unreviewed machine draft survives 1 to 3 only: as fuzzy text
with a previous msgid it would count as stale, that is as a person's work on an older text, and be published where
drafts are not; and a part of it is made anew as easily. A suggestion that nobody has taken survives with its text only.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.catalogs.donors import Donors, Pool, field_of, is_draft, made_for
from knooppunt.catalogs.ledger import Ledger, render_decision
from knooppunt.catalogs.matching import nearest
from knooppunt.catalogs.mechanical import carry, meaning_moved, mechanical, skeleton, swap_tokens
from knooppunt.catalogs.regroup import Former, regroup
from knooppunt.catalogs.sentences import split_sentences
from knooppunt.catalogs.states import entry_hash, is_translated, without_machine
from knooppunt.catalogs.suggestions import Question, is_suggestion, suggested
from knooppunt.catalogs.wanted import Wanted, revision_of

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from knooppunt.catalogs.catalog import Catalog, Key
    from knooppunt.catalogs.donors import Donor, Way
    from knooppunt.catalogs.regroup import Regrouped
    from knooppunt.catalogs.suggestions import Suggest, Suggestion
    from knooppunt.model import Entry

COUNTS: Final = ("new", "carried", "remembered", "fuzzy", "suggested", "obsolete", "revived", "unchanged")


class Plan:
    """What becomes of each entry; the steps run in order, and each takes what the one before left."""

    def __init__(
        self,
        catalog: Catalog,
        wanted: Mapping[Key, Wanted],
        locale: str,
        ledger: Ledger,
        donors: Donors,
        suggest: Suggest | None = None,
    ) -> None:
        self.catalog = catalog
        self.wanted = wanted
        self.locale = locale
        self.ledger = ledger
        self.suggest = suggest
        self.changes: dict[Key, Entry | None] = {}
        self.counts = dict.fromkeys(COUNTS, 0)
        self.ledger_lines: list[str] = []
        self.in_place: dict[Key, Key] = {}
        """Messages that are an entry of the file: their key -> the key of that entry before."""
        self.made: dict[Key, Entry] = {}
        """Entries that the file does not have yet."""
        self.gone = [entry for entry in catalog.active if entry.key not in wanted]
        self.own = Pool(Donors(self.givers()), catalog, own=True)
        self.others = Pool(donors, catalog, own=False)

    def run(self) -> None:
        missing = [message for message in self.wanted.values() if not self.exact(message)]
        for step in (self.same_text, self.taken_back, self.same_field, self.same_skeleton):
            missing = list(step(missing))
        missing = list(self.fill(missing, self.offers(missing, certain=True)))
        parts = self.parts(missing)
        missing = list(self.fill(missing, {key: part.suggestion for key, part in parts.items() if part.sure}))
        missing = list(self.alike(missing))
        missing = list(self.fill(missing, {key: part.suggestion for key, part in parts.items()}))
        for message in self.fill(missing, self.offers(missing)):
            self.made[message.key] = message.entry()
            self.counts["new"] += 1
        taken = {donor.entry.key for donor in self.own.seen.values() if donor.taken}
        for entry in self.gone:
            if entry.key not in taken:
                keep = (is_translated(entry) or any(entry.plurals)) and not is_suggestion(entry)
                self.changes[entry.key] = replace(entry, obsolete=True) if keep else None
                self.counts["obsolete"] += keep

    def givers(self) -> Iterable[Entry]:
        """Entries of the file whose translation is free, those that go away now first, then obsolete ones."""
        yield from self.gone
        yield from (entry for entry in self.catalog.obsolete if entry.key not in self.wanted)

    def free(self, way: Way, key: Hashable) -> Iterable[Donor]:
        """Donors that are found this way and are not taken, those of the file first."""
        for pool in (self.own, self.others):
            yield from (donor for donor in pool.find(way, key) if not donor.taken)

    def additions(self) -> Iterable[tuple[Key | None, Entry]]:
        """New entries, each after the entry of the file that precedes it in the source."""
        after: Key | None = None
        for key in self.wanted:
            after = self.in_place.get(key, after)
            if key in self.made:
                yield after, self.made[key]

    def exact(self, message: Wanted) -> bool:
        """An entry of the file with this very text, obsolete or not, as it was."""
        entry = self.catalog.by_key.get(message.key)
        if entry is None:
            return False
        fresh = message.refresh(entry)
        if fresh is not entry:
            self.changes[entry.key] = fresh
        self.in_place[message.key] = entry.key
        self.counts["revived" if entry.obsolete else "unchanged"] += 1
        return True

    def same_text(self, missing: Sequence[Wanted]) -> Iterable[Wanted]:
        """This very text, among entries that other catalogs give up."""
        for message in missing:
            donor = next(iter(self.others.find("key", message.key)), None)
            if donor is None:
                yield message
            else:
                self.take(message, donor, message.refresh(donor.entry), "revived")

    def taken_back(self, missing: Sequence[Wanted]) -> Iterable[Wanted]:
        """A text that had changed, which made its translation stale, and is again what that was made for.

        A person may have begun to adapt the translation since, so only an approval of this very pair makes it whole.
        """
        for message in missing:
            found = next(iter(self.free("former", message.key)), None)
            if found is None:
                yield message
                continue
            whole = replace(
                found.entry,
                msgid=message.msgid,
                context=message.context,
                flags=tuple(flag for flag in found.entry.flags if flag != "fuzzy"),
                previous_msgid=None,
                previous_context=None,
            )
            if entry_hash(whole) in self.ledger.approved:
                self.take(message, found, message.refresh(whole), "revived")
            else:
                self.stale(message, found)

    def same_field(self, missing: Sequence[Wanted]) -> Iterable[Wanted]:
        """The former wording of the same text of a record, or of the same word of Knooppunt's own."""
        for message in missing:
            found = self.free("context", message.context) if message.context is not None else ()
            donor = next(iter(found), None)
            if donor is None or not self.reword(message, donor):
                yield message

    def reword(self, message: Wanted, donor: Donor) -> bool:
        old = donor.entry
        revision = revision_of(old)
        bumped = None not in {revision, message.revision} and revision != message.revision
        if not message.record or bumped or meaning_moved(old.msgid, message.msgid):
            if not bumped and self.mend(message, donor):
                return True
            return self.stale(message, donor)
        msgstr = (
            carry(old.msgid, message.msgid, old.msgstr, self.locale) if mechanical(old.msgid, message.msgid) else None
        )
        self.keep(message, donor, msgstr or swap_tokens(old.msgid, message.msgid, old.msgstr) or old.msgstr)
        return True

    def same_skeleton(self, missing: Sequence[Wanted]) -> Iterable[Wanted]:
        """A text that differs mechanically only."""
        for message in missing:
            free = list(self.free("skeleton", (field_of(message.context), skeleton(message.msgid))))
            if not any(self.mend(message, donor) for donor in free) and not any(
                self.stale(message, donor) for donor in free if not meaning_moved(donor.entry.msgid, message.msgid)
            ):
                yield message

    def mend(self, message: Wanted, donor: Donor) -> bool:
        """Carry a translation over with a mechanical change made in it, if that is what it takes, and safe."""
        old = donor.entry
        if not mechanical(old.msgid, message.msgid):
            return False
        msgstr = carry(old.msgid, message.msgid, old.msgstr, self.locale)
        if msgstr is None:
            return False
        self.keep(message, donor, msgstr)
        return True

    def alike(self, missing: Sequence[Wanted]) -> Iterable[Wanted]:
        """A text that is much like it."""
        numbers = {number for message in missing for number in self.others.donors.alike(message.msgid)}
        others = self.others.get(sorted(numbers))
        free = [donor for donor in (*self.own.all(), *others) if not donor.taken and not is_draft(donor.entry)]
        pairs = nearest([message.msgid for message in missing], [donor.entry.msgid for donor in free])
        for index, message in enumerate(missing):
            if index not in pairs or not self.stale(message, free[pairs[index]]):
                yield message

    def offers(self, missing: Sequence[Wanted], *, certain: bool = False) -> Mapping[Key, Suggestion]:
        """What a memory offers for texts that nothing else was found for; with `certain`, final offers only."""
        if self.suggest is None or not missing:
            return {}
        keys = ["", *(message.msgid for message in self.wanted.values()), ""]
        places = {key: place for place, key in enumerate(self.wanted)}
        found = {}
        for message in missing:
            place = places[message.key]
            offer = self.suggest(Question(message.context, message.msgid, keys[place], keys[place + 2], certain))
            if offer is not None and (offer.final or not certain):
                found[message.key] = offer
        return found

    def parts(self, missing: Sequence[Wanted]) -> Mapping[Key, Regrouped]:
        """What becomes of paragraphs that were split, joined or gave a sentence to a neighbour."""
        texts = [message.msgid for message in missing]
        keys = dict.fromkeys(skeleton(sentence) for text in texts for sentence in split_sentences(text))
        others = sorted({number for key in keys for number in self.others.donors.find("sentence", key)})
        donors = [*(self.own.all() if texts else ()), *self.others.get(others)]
        free = [donor.entry for donor in donors if not donor.taken or donor.reworded]
        formers = [Former(made_for(entry)[1], entry.msgstr) for entry in free if not is_draft(entry)]
        found = regroup(texts, formers, self.locale)
        return {missing[number].key: part for number, part in found.items()}

    def fill(self, missing: Sequence[Wanted], offers: Mapping[Key, Suggestion]) -> Iterable[Wanted]:
        """Fill new entries with what is offered for them."""
        for message in missing:
            offer = offers.get(message.key)
            if offer is None:
                yield message
            else:
                self.made[message.key] = suggested(message, message.entry(), offer)
                self.counts["remembered" if offer.final else "suggested"] += 1

    def keep(self, message: Wanted, donor: Donor, msgstr: str) -> None:
        """Carry a translation over; what was approved stays so."""
        old = donor.entry
        new = message.refresh(replace(old, msgid=message.msgid, context=message.context, msgstr=msgstr))
        self.take(message, donor, new, "carried")
        before, after = entry_hash(old), entry_hash(new)
        if not new.fuzzy and before in self.ledger.approved and after not in self.ledger.latest:
            decision = self.ledger.latest[before]
            extra = {"from": before}
            self.ledger_lines.append(
                render_decision(new.context, after, "carry", by=decision.by, at=decision.at, extra=extra)
            )

    def stale(self, message: Wanted, donor: Donor) -> bool:
        """Carry a translation over as fuzzy; False for a machine draft, which is not worth that.

        The previous msgid is the text that the translation was made for, however often it has changed since.
        """
        old = donor.entry
        if is_draft(old):
            return False
        context, previous = made_for(old)
        if previous == message.msgid:
            previous = old.msgid
        new = replace(
            old,
            msgid=message.msgid,
            context=message.context,
            flags=old.flags if old.fuzzy else ("fuzzy", *old.flags),
            previous_msgid=previous,
            previous_context=None if context == message.context else context,
            comments=without_machine(old.comments),
        )
        self.take(message, donor, message.refresh(new), "fuzzy")
        return True

    def take(self, message: Wanted, donor: Donor, entry: Entry, count: str) -> None:
        donor.taken = True
        donor.reworded = skeleton(donor.entry.msgid) != skeleton(message.msgid)
        self.counts[count] += 1
        if donor.own:
            self.changes[donor.entry.key] = entry
            self.in_place[message.key] = donor.entry.key
        else:
            self.made[message.key] = entry
