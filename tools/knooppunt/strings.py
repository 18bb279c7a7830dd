"""The words that Knooppunt itself puts on a page or into the feed, in the source language.

Each has an id, which is its msgctxt in `site.po`; the text is the msgid. Braces are filled in by the caller.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from knooppunt.model import Origin, Segment

if TYPE_CHECKING:
    from collections.abc import Mapping

STRINGS: Mapping[str, str] = {
    # Kinds, effects and statuses of records
    "kind.limitation": "Limitation",
    "kind.requirement": "Requirement",
    "kind.quota": "Quota",
    "kind.region": "Region",
    "kind.incompatibility": "Incompatibility",
    "effect.rejected": "Rejected",
    "effect.ignored": "Silently ignored",
    "effect.pending": "Stays pending",
    "effect.unavailable": "Unavailable",
    "effect.throttled": "Throttled",
    "effect.rounded": "Rounded",
    "effect.truncated": "Truncated",
    "status.active": "Active",
    "status.permanent": "By design",
    "status.lifted": "Lifted",
    "status.withdrawn": "Withdrawn",
    "status.not-applicable": "Not applicable",
    "status.unknown": "Unknown",
    # Parts of a record on a page
    "record.title": "Title",
    "record.kind": "Kind",
    "record.effect": "Effect",
    "record.layer": "Imposed by",
    "record.status": "Status",
    "record.variant": "Variant",
    "record.workaround": "Workaround:",
    "record.disputed": "Sources disagree:",
    "record.fields": "Fields:",
    "record.since": "since {date}",
    "record.until": "until {date}",
    "record.evidence": "Evidence:",
    "record.references": "Read more:",
    # What happened to a record, in the feeds of news
    "change.added": "Added",
    "change.meaning": "Changed",
    "change.editorial": "Reworded",
    "change.moved": "Moved",
    "change.split": "Split",
    "change.withdrawn": "Withdrawn",
    "change.removed": "Removed",
    "news.title": "{project}: changes of records",
    # A block of a page
    "block.stale": "The source of this passage has changed; this translation is older.",
    # Around every page of the site
    "site.palette.system": "Follow the system's light or dark mode",
    "site.palette.light": "Switch to light mode",
    "site.palette.dark": "Switch to dark mode",
    "site.made-with": "Made with {knooppunt} and {theme}",
    "site.feed": "Feed of records",
    "site.news": "Changes of records",
    "site.not-found.title": "Page not found",
    "site.not-found.text": "There is no page at this address.",
    "site.not-found.home": "Go to the home page",
    # What a reader is told about a translated page
    "notice.label": "About this translation",
    "notice.fallback": "This page has not been translated yet, so you are reading the original.",
    "notice.machine": "This page was translated by a machine and has not been reviewed.",
    "notice.machine-part": "Parts of this page were translated by a machine and have not been reviewed.",
    "notice.stale": "The original of this page has changed since parts of it were translated.",
    "notice.partial": "{percent} of this page has been translated; the rest is in the original language.",
    "notice.original": "Read the original",
    # Titles of admonitions that have none of their own
    "admonition.note": "Note",
    "admonition.abstract": "Abstract",
    "admonition.info": "Info",
    "admonition.tip": "Tip",
    "admonition.success": "Success",
    "admonition.question": "Question",
    "admonition.warning": "Warning",
    "admonition.failure": "Failure",
    "admonition.danger": "Danger",
    "admonition.bug": "Bug",
    "admonition.example": "Example",
    "admonition.quote": "Quote",
    # How far a translation is
    "state.untranslated": "Untranslated",
    "state.machine": "Machine translation",
    "state.stale": "Out of date",
    "state.translated": "Translated",
    "state.approved": "Approved",
    # The page with all records
    "records-page.title": "Records",
    "records-page.description": "Every limitation, requirement and quota, with its status, workaround and evidence.",
    "records-page.intro": "Every record in one place. Its id is the same in all languages and never changes.",
    "records-page.filter": "Filter the records",
    "records-page.text": "Search in records",
    "records-page.any": "All",
    "records-page.reset": "Clear the filters",
    "records-page.count": "{shown} of {total} records",
    "records-page.none": "No record matches these filters.",
    "records-page.overview": "Overview",
    "records-page.details": "Details",
    "records-page.moved": "This record has moved to:",
    "records-page.split": "This record was replaced by:",
    # The page of one record
    "record-page.all": "All records",
    "record-page.data": "This record as JSON",
    # The page about the translations
    "status-page.title": "Translation status",
    "status-page.description": "How far each language is, article by article.",
    "status-page.intro": "How far each language is, counted in words of the original.",
    "status-page.article": "Article",
    "status-page.words": "Words",
    "status-page.done": "Done",
    "status-page.total": "All articles",
    "status-page.site": "Navigation and labels",
    "status-page.progress": "{percent} of {words} words translated",
    "status-page.empty": "There are no translations yet.",
}


def string_segments(path: str = "strings") -> tuple[Segment, ...]:
    """Each string as a segment, for extraction into `site.po`."""
    return tuple(
        Segment(text, Origin(path, 1, pointer=name), kind="string", context=name) for name, text in STRINGS.items()
    )
