"""How English articles say that something does not work, or is needed: the patterns of the classifier.

All are written for what a reader sees of a text, with straight apostrophes and each span of code as one sign. Every
repetition is bounded, so the time that they take grows with the length of a text and no faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from knooppunt.model import Kind


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns that say one thing."""

    reason: str
    kind: Kind
    pattern: re.Pattern[str]
    anywhere: bool
    """Whether it is a proposal in any section; if not, it says as often how a thing works as what it cannot do."""
    negative: bool = False
    """Whether an introduction that says so makes each item below it a limitation."""


def _wording(reason: str, kind: Kind, *alternatives: str, anywhere: bool = False, negative: bool = False) -> Wording:
    return Wording(reason, kind, re.compile("|".join(alternatives), re.IGNORECASE), anywhere, negative)


_BE: Final = r"(?:is|are|was|were|be|being|been|isn't|aren't|can't be|cannot be|won't be)"
_NEWER: Final = r"(?:or|and) (?:later|higher|newer|above|greater|earlier|lower|older)\b"
_NUMBER: Final = r"\W?(?:v?\d[\w.+-]{0,30}|X\b)\W?"
"""A version, or the sign of a span of code, which behind the word `version` is one."""
_UNIT: Final = r"\d+ (?!minutes|hours|seconds|days)"

WORDINGS: Final = (
    _wording(
        "not supported",
        Kind.LIMITATION,
        r"(?:\bnot|(?<!should)n't|\bno longer|\bnever|\bnor)(?: \w{1,30}){0,3} "
        r"(?:supported|available|allowed|possible|permitted|implemented)\b",
        r"\bnot supported\b",
        rf"\b{_BE}(?: \w{{1,30}}){{0,2}} (?:unsupported|unavailable|disallowed|prohibited)\b",
        r"^\W{0,9}(?:currently )?unsupported\b(?=\W{0,9}(?:$|[.:❌]))",
        r"\b(?:but|as|renders? .{1,40}) unsupported\b",
        anywhere=True,
        negative=True,
    ),
    _wording(
        "does not support",
        Kind.LIMITATION,
        r"(?:\b(?:does|do|did|can|could|will|would)(?:n't| not)|\bcannot|\bcan't|\bwon't)(?: \w{1,30}){0,2} "
        r"(?:support|allow|permit)\b",
        anywhere=True,
        negative=True,
    ),
    _wording(
        "incompatible",
        Kind.INCOMPATIBILITY,
        r"\bincompatible\b",
        r"(?:\bnot|n't)(?: \w{1,30})? compatible\b",
        anywhere=True,
        negative=True,
    ),
    _wording(
        "version",
        Kind.REQUIREMENT,
        r"\b(?:requires?|required|needs?|must)\b.{0,80}\b(?:minimum|specific|same|following|latest|later|supported) "
        r"versions?\b",
        rf"\b(?:requires?|required|needs?|must)\b.{{0,80}}\bversions? (?:of )?{_NUMBER}",
        rf"\b(?:requires?|required|needs?|must)\b.{{0,80}}\d\.\d[\w.+-]{{0,30}}\W? {_NEWER}",
        rf"^\W{{0,9}}(?:\w{{1,30}} ){{0,4}}versions? (?:\w{{1,30}} ){{0,2}}{_NUMBER} {_NEWER}",
        rf"\b(?:available|supported|supports?|works?)\b.{{0,40}}\bversions? {_NUMBER} {_NEWER}",
        r"\bminimum (?:supported |required )?version\b",
        r"\bat least (?:\w{1,30} ){0,2}version\b",
        anywhere=True,
    ),
    _wording(
        "versions",
        Kind.REQUIREMENT,
        rf"\bversions?\b.{{0,40}}\b{_NEWER}",
        rf"\b\d{{1,9}}\.\d{{1,9}}[\w.+-]{{0,30}} {_NEWER}",
        r"\bversions? \d[\w.]{0,30}\+",
        r"\brequires?\b.{0,60}\bversions?\b",
        anywhere=True,
    ),
    _wording(
        "limit",
        Kind.QUOTA,
        r"\b(?:maximum|limit|minimum) (?:of|is|number|allowed)\b.{0,60}\d",
        rf"\b(?:up to|at most|no more than|more than|limited to|at least|fewer than)\b.{{0,30}}{_UNIT}",
    ),
    _wording(
        "only",
        Kind.LIMITATION,
        r"\bonly (?:supported|supports?|available|works?|compatible|allowed|applies|apply)\b",
        r"\b(?:supported|supports?|available|works?|allowed) only\b",
        r"\b(?:are|is) limited to\b",
    ),
    _wording(
        "cannot",
        Kind.LIMITATION,
        r"\b(?:can't|cannot|can not|unable to|not possible to|won't|will not|must not|mustn't|ha(?:s|ve) no effect)\b",
    ),
    _wording("must", Kind.REQUIREMENT, r"\b(?:must|requires?|required|prerequisite|(?:is|are) needed|mandatory)\b"),
)
"""In the order in which they are asked; the first that holds gives the reason."""
UNSURE: Final = frozenset({"versions"})
"""Reasons that as often tell of a version as ask for one."""

_CUES: Final = (
    *("not ", "n't", "n’t", "no longer", "never ", "nor ", "incompat", "unsupp", "unavail", "disallow", "prohibit"),
    *("version", " later", " higher", " newer", " above", " greater", " earlier", " lower", " older"),
)
"""What each wording that holds anywhere needs, in small letters."""


def cued(text: str) -> bool:
    """Whether a text can have a wording that holds anywhere; most texts cannot, and are passed over at once."""
    small = text.lower()
    return any(cue in small for cue in _CUES)


VAGUE: Final = re.compile(r"\bunsupported\b", re.IGNORECASE)
NO: Final = re.compile(
    r"^\W{0,9}(?:generally |currently )?(?:(?:not |un)(?:supported|available)|not allowed|no support)\b",
    re.IGNORECASE,
)
"""How a cell begins that says no."""
ADVICE: Final = re.compile(r"^\W{0,9}(?:ensure|verify|make sure|avoid)\b", re.IGNORECASE)
"""How a cell begins that tells what to do."""

CONDITION: Final = re.compile(
    r"^\W{0,9}(?:if|when|where|whenever|unless|because|since|although|while|for|from|under|to|in|on|once|before|after)\b"
    r"[^,]{0,200},",
    re.IGNORECASE,
)
"""The clause that a sentence begins with, and which it does not state."""
PART: Final = re.compile(r"\b(?:if|whether|when|where|because|which|that|who|unless)\b[^,.;]{0,80}$", re.IGNORECASE)
"""What stands before a match that belongs to a clause about when something holds, or of which things."""
POINTER: Final = re.compile(
    r"^\W{0,9}(?:see|learn|read|review|check|for (?:more|details|information)"
    r"|to (?:learn|check|view|verify|install|find))\b",
    re.IGNORECASE,
)
"""How a sentence begins that sends readers elsewhere."""
STEP: Final = re.compile(
    r"^\W{0,9}(?:add|apply|assign|build|choose|clone|complete|configure|connect|consider|copy|create|define|delete"
    r"|deploy|download|edit|enable|export|follow|get|go to|identify|install|log in|navigate|open|provide|register"
    r"|remove|replace|restart|run|save|scale|select|set|sign in|start|test|update|upgrade|use|view)\b",
    re.IGNORECASE,
)
"""How an item begins that is a step: it may be a requirement too, and as often is none."""
OPTIONAL: Final = re.compile(r"^\W{0,9}optional(?:ly)?\b|\(optional\)", re.IGNORECASE)
AMOUNTS: Final = re.compile(r"\brequests?\b|\bcpu\b|\bmemory\b|\bhandles?\b|\bset\b", re.IGNORECASE)
"""What a heading has that is about limits that a reader sets, as `Requests and limits` is."""
LINK: Final = re.compile(r"\W{0,9}\[[^\[\]]{1,300}\](?:\([^()]{0,900}\)|\[[^\[\]]{0,300}\])?\W{0,9}")
"""An item that is a link and nothing else."""
