"""A page and its translation, paired text by text; what that gives for a catalog, and notes on the rest."""

from knooppunt.alignment.adoption import THRESHOLD, Adopted, PageAdoption, adopt_page
from knooppunt.alignment.align import Alignment, Match, align
from knooppunt.alignment.items import Item, page_items
from knooppunt.alignment.lengths import Lengths
from knooppunt.alignment.lengths import learn as learn_lengths
from knooppunt.alignment.lexicon import Lexicon
from knooppunt.alignment.lexicon import learn as learn_lexicon
from knooppunt.alignment.marks import engine_of
from knooppunt.alignment.merging import Merged, merge, published
from knooppunt.alignment.notes import LEFT, Note, Reason
from knooppunt.alignment.report import AdoptedPage, AdoptReport, as_json
from knooppunt.alignment.verify import Difference, Verdict, verify

__all__ = (
    "LEFT",
    "THRESHOLD",
    "AdoptReport",
    "Adopted",
    "AdoptedPage",
    "Alignment",
    "Difference",
    "Item",
    "Lengths",
    "Lexicon",
    "Match",
    "Merged",
    "Note",
    "PageAdoption",
    "Reason",
    "Verdict",
    "adopt_page",
    "align",
    "as_json",
    "engine_of",
    "learn_lengths",
    "learn_lexicon",
    "merge",
    "page_items",
    "published",
    "verify",
)
