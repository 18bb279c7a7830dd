"""Numbers and units of a text, and whether a translation has the same ones."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from knooppunt.repair.months import months

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from knooppunt.repair.languages import LanguageRules
    from knooppunt.repair.months import Month
    from knooppunt.repair.text import Mask

_NO_SPACES: Final = "\u0e00-\u0e7f\u3005-\u30ff\u31f0-\u31ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f"
"""Letters that a number may follow without a space between: Thai, kana, Han and Hangul."""
_NUMBER = re.compile(rf"(?<![^\W_{_NO_SPACES}])(?<![.,]\d)(?P<v>v)?(?P<digits>\d+(?:[.,]\d+)*)", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?:[1-9]|0[1-9]|[12]\d|3[01])\.(?:[1-9]|0[1-9]|1[0-2])\.(?:19|20)\d\d|(?:19|20)\d\d\.\d{1,2}\.\d{1,2})"
)
_VERSION_BEFORE = re.compile(r"(?:\bversions?|\bversie|\brelease|[A-Z][\w.]*[A-Z#+]\w*|[A-Z][a-z]+)[ \u00a0]$")
_SENTENCE = re.compile(r"(?:^|[.!?:|][ \t]+)(?:\w+)[ \u00a0]$")
_VERSION_AFTER = re.compile(r"\+|\.x\b|[ ]or (?:later|higher|newer)\b|[ ]versions?\b")
_VERSION_IS = re.compile(r"\bversion (?:of|is|number) $", re.IGNORECASE)
_LISTED = re.compile(r"[*_]{0,2}(?:,? (?:and |or |to |through |and/or )?|/|, ?)[*_]{0,2}")
"""What stands between two numbers of which the second is a version if the first one is."""
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})+")
_UNIT = re.compile(
    r"\d[ \u00a0\u202f]?(?P<unit>[KMGTP]i?B|kB|GHz|MHz|[MG]bps|vCPU|[%\uff05]"
    r"|(?i:(?:kilo|mega|giga|tera)byte|percent|prozent|procent|por ciento|pour cent))"
)
_UNIT_WORDS: Final = {"kilobyte": "KB", "megabyte": "MB", "gigabyte": "GB", "terabyte": "TB"}

_SPOKEN: Final = {
    "en": """one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12
        first=1 second=2 third=3 once=1 twice=2 single=1 a=1 an=1 another=1 both=2""",
    "nl": """één=1 een=1 twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12
        eerste=1 tweede=2 derde=3""",
    "de": """ein=1 eine=1 einen=1 einem=1 einer=1 eines=1 zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9
        zehn=10 elf=11 zwölf=12 erste=1 ersten=1 zweite=2 zweiten=2 dritte=3 dritten=3""",
}


def _table(text: str) -> Mapping[str, int]:
    pairs = (item.split("=") for item in text.split())
    return {word: int(value) for word, value in pairs}


_WORDS: Final = {language: _table(text) for language, text in _SPOKEN.items()}
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Number:
    """One number as it is written."""

    start: int
    end: int
    text: str
    digits: str
    readings: frozenset[str]
    """What it may mean, with a decimal point and without groups."""
    literal: bool = False
    """Whether it is a version, which is written the same in all languages."""

    def same(self, other: Number) -> bool:
        """Whether a number of the translation stands for this one of the source."""
        return self.digits == other.digits or (not self.literal and bool(self.readings & other.readings))


def numbers(mask: Mask, rules: LanguageRules | None = None) -> Iterator[Number]:
    """Numbers in the prose of a text: with the rules of a language its readings there, without them English."""
    text = mask.prose()
    literal, end = False, 0
    for found in _NUMBER.finditer(text):
        digits = normalize("NFKC", found["digits"])
        if rules is not None:
            readings = _readings(digits, rules.decimal, rules.group) | {digits}
        else:
            readings = _readings(digits, ".", ",")
            listed = literal and "." in digits and _LISTED.fullmatch(text, end, found.start()) is not None
            literal = bool(found["v"]) or digits.count(".") > 1 or _is_version(text, found.start(), found.end())
            literal = (literal or listed) and not _UNIT.match(text, found.end() - 1)
            end = found.end()
        trimmed = frozenset(_trimmed(item) for item in readings)
        yield Number(found.start(), found.end(), found[0], digits, trimmed, literal)


def _is_version(text: str, start: int, end: int) -> bool:
    """Whether a name or the word `version` stands before a number with a point: `PowerShell 6.0`, but not `At 6.0`."""
    if "." not in text[start:end]:
        return False
    before = text[max(0, start - 40) : start]
    if _VERSION_AFTER.match(text, end) or _VERSION_IS.search(before):
        return True
    named = _VERSION_BEFORE.search(before)
    return named is not None and (named[0].strip().lower().startswith(("version", "release")) or not _plain(before))


def _plain(before: str) -> bool:
    return _SENTENCE.search(before) is not None and not re.search(r"[a-z][A-Z]|[A-Z]{2}", before.rsplit(maxsplit=1)[-1])


def _readings(digits: str, decimal: str, group: str) -> set[str]:
    found = set()
    grouped = _GROUPED.fullmatch(digits)
    if grouped and grouped[1] == group:
        found.add(digits.replace(group, ""))
    if group not in digits or digits.rfind(group) < digits.find(decimal):
        found.add(digits.replace(group, "").replace(decimal, "."))
    return found or {digits}


def _trimmed(digits: str) -> str:
    return digits.lstrip("0") or "0" if digits.isdigit() else digits


def differences(source: Mask, target: Mask, rules: LanguageRules, language: str) -> tuple[list[str], list[Number]]:
    """Numbers of the source that the target lacks, and numbers that only the target has.

    Small numbers may be written as words on either side, months by their names, and dates in any order.
    """
    left = list(numbers(target, rules))
    missing = _take(numbers(source), left)
    dates = [number for number in left if _DATE.fullmatch(number.digits)]
    parts = [part for date in dates for part in _date_parts(date)]
    missing = _take(missing, parts)
    left = [number for number in left if number not in dates] + parts
    wanted, named = list(months(source.prose(), "en")), list(months(target.prose(), language))
    for month in list(wanted):
        same = next((other for other in named if other.number == month.number), None)
        if same is not None:
            wanted.remove(month)
            named.remove(same)
    missing = [number for number in missing if not _is_month(number, named)]
    added = [number for number in left if not _is_month(number, wanted)]
    spoken = _spoken(target, _WORDS.get(language, {}))
    written = _spoken(source, _WORDS["en"])
    lost = [number.text for number in missing if not _is_spoken(number, spoken, lenient=language not in _WORDS)]
    if language in _WORDS:
        lost += [source.text[month.start : month.end] for month in wanted if month.dated]
    added = [number for number in added if not _is_spoken(number, written, lenient=language not in _WORDS)]
    return lost, list({number.start: number for number in added}.values())


def recast(source: Mask, target: Mask, rules: LanguageRules) -> list[tuple[Number, Number]]:
    """Versions of the source that the target writes as decimals: each with the number of the target.

    >>> from knooppunt.repair import mask, rules_for
    >>> [(one.text, other.text) for one, other in recast(mask("Use TLS 1.2"), mask("Gebruik TLS 1,2"), rules_for("nl"))]
    [('1.2', '1,2')]
    """
    if "," not in target.text:
        return []
    here = list(numbers(target, rules))
    left = _take(numbers(source), [number for number in here if "," not in number.digits])
    found = []
    for number in left:
        if not number.literal or "." not in number.digits:
            continue
        written = number.digits.replace(".", ",")
        other = next((item for item in here if item.digits == written), None)
        if other is not None:
            here.remove(other)
            found.append((number, other))
    return found


def _take(wanted: Iterable[Number], left: list[Number]) -> list[Number]:
    """What is not among the numbers that are left; what is, is taken out of them."""
    missing = []
    for number in wanted:
        match = next((other for other in left if number.same(other)), None)
        if match is None:
            missing.append(number)
        else:
            left.remove(match)
    return missing


def _date_parts(date: Number) -> Iterator[Number]:
    """`21.11.2018` as three numbers, all of them standing where the date stands."""
    for part in date.digits.split("."):
        yield Number(date.start, date.end, date.text, part, frozenset({_trimmed(part)}))


def _is_month(number: Number, names: list[Month]) -> bool:
    """Whether one of these names stands for a number, which is then used up."""
    same = next((name for name in names if str(name.number) in number.readings), None)
    if same is not None:
        names.remove(same)
    return same is not None


def _spoken(mask: Mask, words: Mapping[str, int]) -> Counter[int]:
    found = (words.get(match[0].casefold()) for match in _WORD.finditer(mask.prose()))
    return Counter(value for value in found if value is not None)


def _is_spoken(number: Number, words: Counter[int], *, lenient: bool = False) -> bool:
    """Whether one of these words stands for a number, which is then used up."""
    values = [int(item) for item in number.readings if item.isdigit() and int(item) <= 12]
    if not values:
        return False
    if lenient:
        return True
    if words[values[0]] > 0:
        words[values[0]] -= 1
        return True
    return False


def units(mask: Mask) -> Counter[str]:
    """How often each unit of measurement stands behind a number; `kB` counts as `KB`, and a word as its sign."""
    return Counter(_sign(found["unit"]) for found in _UNIT.finditer(mask.prose()))


def _sign(unit: str) -> str:
    """One spelling of a unit.

    >>> _sign("kB"), _sign("Megabyte"), _sign("procent")
    ('KB', 'MB', '%')
    """
    if len(unit) > 4:
        return _UNIT_WORDS.get(unit.lower(), "%")
    return unit.replace("kB", "KB").replace("\uff05", "%")
