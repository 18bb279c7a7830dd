"""The errors that a reviewer can name, after the MQM error typology (themqm.org), with the weights of its severities.

The seven dimensions of MQM and four of its types that documentation has most of; weights are those of MQM's linear
scoring model: neutral 0, minor 1, major 5, critical 25.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from knooppunt.reviewing.model import Error

CATEGORIES: Final = {
    "terminology": ("Terminology", "t"),
    "mistranslation": ("Mistranslation", "m"),
    "omission": ("Omission", "o"),
    "addition": ("Addition", "a"),
    "untranslated": ("Untranslated", "u"),
    "linguistic-conventions": ("Language conventions", "l"),
    "style": ("Style", "s"),
    "locale-conventions": ("Locale conventions", "c"),
    "audience-appropriateness": ("Audience", "d"),
    "design-and-markup": ("Markup", "k"),
    "other": ("Other", "x"),
}
"""Id -> title and key."""
SEVERITIES: Final = {
    "neutral": ("Neutral", "1", 0),
    "minor": ("Minor", "2", 1),
    "major": ("Major", "3", 5),
    "critical": ("Critical", "4", 25),
}
"""Id -> title, key and weight."""

SCHEME: Final[dict[str, Any]] = {
    "categories": [{"id": name, "name": title, "key": key} for name, (title, key) in CATEGORIES.items()],
    "severities": [
        {"id": name, "name": title, "key": key, "weight": weight} for name, (title, key, weight) in SEVERITIES.items()
    ],
}


def problem_of(error: Error) -> str | None:
    """Why this is no error of the scheme; None where it is one."""
    if error.category not in CATEGORIES:
        return f"there is no category '{error.category[:40]}'; one of {', '.join(CATEGORIES)}"
    if error.severity not in SEVERITIES:
        return f"there is no severity '{error.severity[:40]}'; one of {', '.join(SEVERITIES)}"
    if len(error.note) > 1000:
        return "a note on an error has at most 1,000 characters"
    return None
