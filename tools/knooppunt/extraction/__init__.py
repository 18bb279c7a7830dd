"""Drafts of records out of articles: text in, drafts out. What is proposed is no record until a person makes it one."""

from knooppunt.extraction.existing import DraftsFile, parse_drafts
from knooppunt.extraction.model import LIKELY, POSSIBLE, Draft, Passage, Source
from knooppunt.extraction.propose import Known, Proposals, known_of, propose
from knooppunt.extraction.render import draft_json, drafts_yaml, with_drafts

__all__ = (
    "LIKELY",
    "POSSIBLE",
    "Draft",
    "DraftsFile",
    "Known",
    "Passage",
    "Proposals",
    "Source",
    "draft_json",
    "drafts_yaml",
    "known_of",
    "parse_drafts",
    "propose",
    "with_drafts",
)
