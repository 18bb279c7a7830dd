"""The language engine: termbase, words, split compounds, and what of a text is protected. Text in, text out."""

from knooppunt.repair.compounds import Split, SplitDetector, WordListDetector
from knooppunt.repair.edits import apply
from knooppunt.repair.evidence import Evidence
from knooppunt.repair.language import Language, make_language
from knooppunt.repair.languages import LanguageRules, rules_for
from knooppunt.repair.lexicon import Lexicon, level, parse_lexicon, render_lexicon
from knooppunt.repair.split_detector import CompoundDetector
from knooppunt.repair.split_features import Features, Source
from knooppunt.repair.split_model import NEVER, SplitModel, parse_model, render_model
from knooppunt.repair.termbase import Term, Termbase, Wrong, parse_terms
from knooppunt.repair.terms import TermFinder, TermMatch
from knooppunt.repair.text import Link, Mask, Span, mask
from knooppunt.repair.words import parse_keep, parse_words

__all__ = (
    "NEVER",
    "CompoundDetector",
    "Evidence",
    "Features",
    "Language",
    "LanguageRules",
    "Lexicon",
    "Link",
    "Mask",
    "Source",
    "Span",
    "Split",
    "SplitDetector",
    "SplitModel",
    "Term",
    "TermFinder",
    "TermMatch",
    "Termbase",
    "WordListDetector",
    "Wrong",
    "apply",
    "level",
    "make_language",
    "mask",
    "parse_keep",
    "parse_lexicon",
    "parse_model",
    "parse_terms",
    "parse_words",
    "render_lexicon",
    "render_model",
    "rules_for",
)
