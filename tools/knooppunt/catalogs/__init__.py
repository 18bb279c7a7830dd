"""PO catalogs: text in, text out; see `parse_po`, `edit_po`, `update_po` and the states of an entry."""

from knooppunt.catalogs.catalog import Catalog, Key
from knooppunt.catalogs.donors import Donors
from knooppunt.catalogs.edit import edit_po
from knooppunt.catalogs.fill import Filled, fill_po
from knooppunt.catalogs.header import new_catalog
from knooppunt.catalogs.ledger import ACTIONS, Decision, Ledger, parse_ledger, render_decision
from knooppunt.catalogs.parse import parse_po
from knooppunt.catalogs.render import render_entry
from knooppunt.catalogs.states import entry_hash, entry_state, is_translated, machine_comment, machine_text
from knooppunt.catalogs.suggestions import Question, Suggest, Suggestion, is_suggestion
from knooppunt.catalogs.update import Update, update_po

__all__ = (
    "ACTIONS",
    "Catalog",
    "Decision",
    "Donors",
    "Filled",
    "Key",
    "Ledger",
    "Question",
    "Suggest",
    "Suggestion",
    "Update",
    "edit_po",
    "entry_hash",
    "entry_state",
    "fill_po",
    "is_suggestion",
    "is_translated",
    "machine_comment",
    "machine_text",
    "new_catalog",
    "parse_ledger",
    "parse_po",
    "render_decision",
    "render_entry",
    "update_po",
)
