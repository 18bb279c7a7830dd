"""Figures of a check as JSON, version 1; `schemas` has the schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from knooppunt.checking import WEIGHTS

if TYPE_CHECKING:
    from knooppunt.checking import Stats, Tally

VERSION = 1


def render(stats: Stats) -> str:
    """One JSON document."""
    document = {
        "version": VERSION,
        "weights": {severity.value: weight for severity, weight in WEIGHTS.items()},
        "before": _tally(stats.before),
        "after": _tally(stats.after),
        "types": [
            {
                "check": check,
                "old": old,
                "new": new,
                "count": typed.count,
                "fixes": typed.fixes,
                "confidence": None if typed.confidence is None else round(typed.confidence, 4),
            }
            for (check, old, new), typed in stats.before.frequent()
        ],
        "worst": [
            {
                "path": file.shown,
                "sentences": file.sentences,
                "findings": {"before": file.findings, "after": file.left},
                "score": {"before": file.score, "after": file.after},
            }
            for file in stats.worst()
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _tally(tally: Tally) -> dict[str, Any]:
    classes: dict[str, dict[str, Any]] = {}
    for (name, severity), count in sorted(tally.classes.items()):
        item = classes.setdefault(
            name, {"count": 0, "per_1000_sentences": round(tally.rate(name), 2), "severities": {}}
        )
        item["count"] += count
        item["severities"][severity.value] = count
    return {
        "files": tally.files,
        "sentences": tally.sentences,
        "words": tally.words,
        "findings": tally.findings,
        "score": tally.score,
        "classes": classes,
    }
