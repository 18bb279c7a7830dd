"""Checks of a whole project or of any files given, and the fixes of what they find, written at their origin.

Every file is read at least twice: first all texts are counted, since what they say themselves is evidence, then they
are checked. Memory holds the files that are being worked on, the counts, and nothing else that grows.
"""

from knooppunt.checking.files import Kind, gather_files, kind_of
from knooppunt.checking.language import load_language
from knooppunt.checking.links import GENERATED, link_index
from knooppunt.checking.results import ALL, FileResult, Found, Mark, Tier, Wanted, confidence_of, tier_of
from knooppunt.checking.run import Checking, Collected, Options, check_files, check_project
from knooppunt.checking.stats import WEIGHTS, FileScore, Stats, Tally, count_sentences, score

__all__ = (
    "ALL",
    "GENERATED",
    "WEIGHTS",
    "Checking",
    "Collected",
    "FileResult",
    "FileScore",
    "Found",
    "Kind",
    "Mark",
    "Options",
    "Stats",
    "Tally",
    "Tier",
    "Wanted",
    "check_files",
    "check_project",
    "confidence_of",
    "count_sentences",
    "gather_files",
    "kind_of",
    "link_index",
    "load_language",
    "score",
    "tier_of",
)
