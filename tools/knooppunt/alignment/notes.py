"""What a person should know of a page that was adopted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from knooppunt.model import Origin


class Reason(StrEnum):
    """Why something is noted."""

    UNSURE = "unsure"
    """The two texts may belong together, but not surely enough."""
    NO_TRANSLATION = "no-translation"
    """A text of the source that nothing on the translated page goes with."""
    NO_SOURCE = "no-source"
    """A text of the translated page that nothing in the source goes with."""
    JOINED = "joined"
    """Two texts of the source are one in the translation."""
    DUPLICATE = "duplicate"
    """The same text of the source has another translation elsewhere on the page, which was taken."""
    REFUSED = "refused"
    """The translation adds markup, and would not be published."""
    UNTRANSLATED = "untranslated"
    """The translated page has the text of the source."""
    KEPT = "kept"
    """The catalog has another translation already, which stays."""
    CUT = "cut"
    """The text is two blocks in the translation; taken as one."""
    DIFFERS = "differs"
    """Taken, but code, links, numbers or tags are not those of the source."""
    MOVED = "moved"
    """Taken, but in another place than in the source."""
    FORM = "form"
    """The signs around a text differ, such as the marker of a list."""
    CODE = "code"
    """A block of code differs."""
    BLOCK = "block"
    """A block without text to translate differs or is on one page only."""
    FRONT_MATTER = "front-matter"
    """Keys of the front matter that are not translated differ."""


LEFT: Final = (
    Reason.UNSURE, Reason.NO_TRANSLATION, Reason.NO_SOURCE, Reason.JOINED,
    Reason.DUPLICATE, Reason.REFUSED, Reason.UNTRANSLATED, Reason.KEPT,
)  # fmt: skip
"""Reasons for which a text was not taken; the others tell of differences that remain."""


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to know, with its place on either page."""

    reason: Reason
    message: str
    source: Origin | None = None
    target: Origin | None = None
    source_text: str = ""
    target_text: str = ""
    confidence: float | None = None
    """Estimated probability that the two texts belong together; None where that is not the question."""
    source_block: int | None = None
    """Index of the block of the source page that it is about."""
    target_block: int | None = None

    @property
    def left(self) -> bool:
        """Whether a text was not taken."""
        return self.reason in LEFT
