"""The language engine: termbase, words, split compounds, and what of a text is protected. Text in, text out."""

from knooppunt.repair.compounds import SAFE, Split, SplitDetector, WordListDetector
from knooppunt.repair.edits import apply
from knooppunt.repair.evidence import Evidence
from knooppunt.repair.language import Language, make_language
from knooppunt.repair.languages import LanguageRules, rules_for
from knooppunt.repair.termbase import Term, Termbase, Wrong, parse_terms
from knooppunt.repair.terms import TermFinder, TermMatch
from knooppunt.repair.text import Link, Mask, Span, mask
from knooppunt.repair.words import parse_keep, parse_words

__all__ = (
    "SAFE",
    "Evidence",
    "Language",
    "LanguageRules",
    "Link",
    "Mask",
    "Span",
    "Split",
    "SplitDetector",
    "Term",
    "TermFinder",
    "TermMatch",
    "Termbase",
    "WordListDetector",
    "Wrong",
    "apply",
    "make_language",
    "mask",
    "parse_keep",
    "parse_terms",
    "parse_words",
    "rules_for",
)
