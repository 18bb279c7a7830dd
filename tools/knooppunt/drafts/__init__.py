"""Machine drafts: what is sent to an engine, what its answer is worth, and one file per engine. Text in, text out.

An engine is given a text in which everything that is not for translation is a mark (`guard`); its answer counts only
if every mark has come back (`restore`). Whoever uses this room sends the calls and writes the catalogs.
"""

from knooppunt.drafts.batches import Batch, Plan, in_batches
from knooppunt.drafts.engine import Call, Engine, EngineError, Send, Setup
from knooppunt.drafts.entries import Drafted, Refusal, apply_drafts
from knooppunt.drafts.glossary import glossary
from knooppunt.drafts.guard import Guarded, guard, restore
from knooppunt.drafts.journal import Journal, journal_key
from knooppunt.drafts.registry import EngineKind, engine_kind, engine_kinds

__all__ = (
    "Batch",
    "Call",
    "Drafted",
    "Engine",
    "EngineError",
    "EngineKind",
    "Guarded",
    "Journal",
    "Plan",
    "Refusal",
    "Send",
    "Setup",
    "apply_drafts",
    "engine_kind",
    "engine_kinds",
    "glossary",
    "guard",
    "in_batches",
    "journal_key",
    "restore",
)
