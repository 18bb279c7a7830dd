"""How translating goes, in figures: words by state, pace, how much of a draft people changed, errors by weight.

All of it is arithmetic on texts as they are and on lines of the ledger; nothing is read or written here.

- **Post-editing.** Of each text that began as a machine's draft and that a person answers for (translated or
  approved): Levenshtein's distance over words, divided by the words of the final text, summed up before dividing. That
  is HTER (Snover et al., "A Study of Translation Edit Rate with Targeted Human Annotation", AMTA 2006) without its
  shifts of whole phrases, so never below it. The same over characters, divided by the longer text of the two.
- **Quality.** Penalty points of named errors (MQM's weights, see `scheme`) for each 1,000 words that were judged, and
  MQM's linear score, 100 x (1 - points / words) (Lommel, Uszkoreit, Burchardt: "Multidimensional Quality Metrics
  (MQM)", Tradumatica 12, 2014; https://themqm.org). Judged is a text that somebody rejected, that an error was named
  of, or that somebody else than its author took or approved as it was. Who mends a draft and names no error says
  nothing of its quality, and who approves a text of their own does not judge it.
- **Pace.** Words of the source of saves that have a time, per hour of that time and per day with such a save. Times
  over `LONGEST_SAVE` are left out: a page that was left open measures nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Final, TypeVar

from rapidfuzz.distance import Levenshtein

from knooppunt.model import State
from knooppunt.reviewing.figures_saves import judgements, makers, saves_of
from knooppunt.reviewing.scheme import SEVERITIES
from knooppunt.reviewing.textdiff import word_distance, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from knooppunt.catalogs import Decision
    from knooppunt.reviewing.figures_saves import Judgement, Passage, Save

SMALLEST_SAMPLE: Final = 500
"""Judged words below which no verdict is given; MQM's samples have 500 to 20,000 words."""
LONGEST_SAVE: Final = 1800.0
"""Seconds beyond which the time of a save is left out."""
T = TypeVar("T")

DONE: Final = frozenset({State.TRANSLATED, State.APPROVED})


@dataclass(frozen=True, slots=True)
class Editing:
    """What people changed in drafts, summed up over texts."""

    segments: int = 0
    untouched: int = 0
    """Of these, how many were left as the machine wrote them."""
    words: int = 0
    """Of the final texts."""
    word_edits: int = 0
    characters: int = 0
    """Of the longer text of each pair."""
    character_edits: int = 0

    @property
    def hter(self) -> float | None:
        """Edited words for each word of the final texts; may be above 1. None where there are no texts."""
        return _ratio(self.word_edits, self.words)

    @property
    def character_rate(self) -> float | None:
        """Edited characters for each character, from 0 to 1."""
        return _ratio(self.character_edits, self.characters)

    def plus(self, other: Editing) -> Editing:
        """Both together."""
        return Editing(*(getattr(self, item.name) + getattr(other, item.name) for item in fields(self)))


@dataclass(frozen=True, slots=True)
class Work:
    """What was done, and how fast."""

    actions: Mapping[str, int] = field(default_factory=dict)
    """Saves by what was done in them: `edit`, `accept`, `approve`, `reject`, `restore`; one save may do two."""
    saves: int = 0
    seconds: float = 0.0
    timed_words: int = 0
    timed_saves: int = 0
    days: int = 0
    """Days (UTC) with a timed save."""
    overlong: int = 0
    """Saves whose time is over LONGEST_SAVE, and left out."""

    @property
    def words_per_hour(self) -> float | None:
        return None if not self.seconds else round(self.timed_words * 3600 / self.seconds, 1)

    @property
    def words_per_day(self) -> float | None:
        return None if not self.days else round(self.timed_words / self.days, 1)


@dataclass(frozen=True, slots=True)
class Quality:
    """Named errors and the words of the texts that were judged."""

    limit: float
    """Most penalty points for each 1,000 words that pass; see `mqm-limit` in locale.yml."""
    words: int = 0
    texts: int = 0
    errors: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """By category and severity."""

    @property
    def points(self) -> int:
        """Penalty points of all errors."""
        return sum(SEVERITIES[severity][2] * count for (_, severity), count in self.errors.items())

    @property
    def per_thousand(self) -> float | None:
        """Penalty points for each 1,000 judged words."""
        return None if not self.words else round(1000 * self.points / self.words, 2)

    @property
    def score(self) -> float | None:
        """MQM's linear score: 100 without errors, below 0 for a text that has more points than words."""
        return None if not self.words else round(100 * (1 - self.points / self.words), 2)

    @property
    def passed(self) -> bool | None:
        """Whether it is within the limit; None where too few words were judged to tell."""
        if self.words < SMALLEST_SAMPLE:
            return None
        return 1000 * self.points <= self.limit * self.words


@dataclass(frozen=True, slots=True)
class Tally:
    """All figures of one thing."""

    name: str
    segments: Mapping[State, int]
    words: Mapping[State, int]
    """Words of the source, by the state of their translation."""
    editing: Editing
    work: Work
    found: Quality
    """Errors named of any text, also of those that were mended since: how good the drafts were."""
    left: Quality
    """Errors named of texts as they stand now: how good what readers get is."""


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day."""

    day: str
    saves: int
    words: int
    """Of the source; a segment that was saved twice counts twice."""
    seconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one locale."""

    locale: str
    total: Tally
    articles: tuple[Tally, ...]
    engines: tuple[Tally, ...]
    people: tuple[Tally, ...]
    """By the words that they saved; a person's states are those of the texts that they wrote or took last."""
    days: tuple[Day, ...]
    """In order; those without a save are not there."""
    unread: int = 0
    """Times and errors in the ledger that are not what they should be, and so are not counted."""


def figures(locale: str, passages: Sequence[Passage], decisions: Iterable[Decision], limit: float) -> Figures:
    """The figures of a locale from its texts and the lines of its ledger; `limit` as in `Quality`."""
    read = saves_of(decisions, {passage.hash: passage.key for passage in passages})
    judged = judgements(read.saves, {passage.key: passage for passage in passages})
    maker = makers(read.saves)
    names = _names(read.saves)
    current = frozenset(passage.hash for passage in passages)

    def by(
        group: Iterable[str],
        of_passage: Callable[[Passage], str | None],
        of_save: Callable[[Save], str | None],
        of_judgement: Callable[[Judgement], str | None],
    ) -> list[Tally]:
        texts, saves, verdicts = (
            grouped(passages, of_passage),
            grouped(read.saves, of_save),
            grouped(judged, of_judgement),
        )
        return [
            _tally(name, texts.get(name, []), saves.get(name, []), verdicts.get(name, []), current, limit)
            for name in group
        ]

    articles = dict.fromkeys(passage.catalog for passage in passages)
    engines = sorted({name for name in (*(p.engine for p in passages), *(j.engine for j in judged)) if name})
    people = by(names, lambda item: maker.get(item.key), lambda save: save.person, lambda item: item.maker)
    return Figures(
        locale,
        _tally(locale, passages, read.saves, judged, current, limit),
        tuple(by(articles, lambda item: item.catalog, lambda save: save.key[0], lambda item: item.key[0])),
        tuple(by(engines, lambda item: item.engine, lambda save: save.engine, lambda item: item.engine)),
        tuple(replace(tally, name=names[tally.name]) for tally in people),
        _days(read.saves),
        read.unread,
    )


def grouped(items: Iterable[T], name_of: Callable[[T], str | None]) -> dict[str, list[T]]:
    """Items by a name; those without one are left out."""
    found: dict[str, list[T]] = {}
    for item in items:
        name = name_of(item)
        if name:
            found.setdefault(name, []).append(item)
    return found


def _tally(
    name: str,
    passages: Sequence[Passage],
    saves: Sequence[Save],
    judged: Sequence[Judgement],
    current: Container[str],
    limit: float,
) -> Tally:
    words: Counter[State] = Counter()
    for passage in passages:
        words[passage.state] += passage.words
    return Tally(
        name,
        Counter(passage.state for passage in passages),
        words,
        editing_of(passages),
        _work(saves),
        _quality(judged, limit),
        _quality(
            [replace(item, errors=item.standing) for item in judged if item.hash is not None and item.hash in current],
            limit,
        ),
    )


def editing_of(passages: Iterable[Passage]) -> Editing:
    """What people changed in the drafts of those texts that began with one, and that somebody answers for."""
    segments = untouched = words = word_edits = characters = character_edits = 0
    for passage in passages:
        machine, final = passage.machine, passage.final
        if machine is None or final is None or passage.state not in DONE:
            continue
        segments += 1
        untouched += machine == final
        words += max(len(words_of(final)), 1)
        characters += max(len(machine), len(final))
        if machine != final:
            word_edits += word_distance(machine, final)
            character_edits += Levenshtein.distance(machine, final)
    return Editing(segments, untouched, words, word_edits, characters, character_edits)


def _work(saves: Iterable[Save]) -> Work:
    actions: Counter[str] = Counter()
    seconds, count, words, timed, overlong = 0.0, 0, 0, 0, 0
    days = set()
    for save in saves:
        actions.update(save.actions)
        count += 1
        if save.seconds is None or save.seconds <= 0:
            continue
        if save.seconds > LONGEST_SAVE:
            overlong += 1
            continue
        seconds += save.seconds
        words += save.words
        timed += 1
        days.add(save.day)
    return Work(dict(actions), count, round(seconds, 1), words, timed, len(days), overlong)


def _quality(judged: Iterable[Judgement], limit: float) -> Quality:
    errors: Counter[tuple[str, str]] = Counter()
    words = texts = 0
    for item in judged:
        texts += 1
        words += item.words
        errors.update(item.errors)
    return Quality(limit, words, texts, dict(errors))


def _days(saves: Iterable[Save]) -> tuple[Day, ...]:
    return tuple(
        Day(day, len(own), sum(save.words for save in own), round(_work(own).seconds, 1))
        for day, own in sorted(grouped(saves, lambda save: save.day).items())
    )


def _names(saves: Iterable[Save]) -> dict[str, str]:
    """Names of people by their key, who saved most words first; those that share a name are told by their mail."""
    words: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for save in saves:
        words[save.person] += save.words
        shown[save.person] = save.by
    short = {person: by.rpartition("<")[0].strip() or by for person, by in shown.items()}
    twice = {name for name, count in Counter(short.values()).items() if count > 1}
    ordered = sorted(words, key=lambda person: (-words[person], person))
    return {person: shown[person] if short[person] in twice else short[person] for person in ordered}


def _ratio(part: int, whole: int) -> float | None:
    return None if not whole else round(part / whole, 4)
