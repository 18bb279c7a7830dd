"""Documents for frames: the page that a segment stands in, what a check is, and pictures."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from knooppunt.cldr import describe
from knooppunt.pages import front_matter_end
from knooppunt.reviewing.model import ReviewError
from knooppunt.reviewing.preview import Previews

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.reviewing import Ref, Session

SIDES: Final = ("source", "target")


class Documents:
    """Makes whole HTML pages, each for a frame that runs nothing."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.previews = Previews(session.project)

    def preview(self, ref: Ref, side: str) -> str:
        """The page of a segment, as published from the catalog on disk; the block of the segment is marked."""
        if side not in SIDES:
            raise ReviewError("invalid", f"'side' is one of {', '.join(SIDES)}")
        with self.session.lock:
            row = self.session.row(ref)
            self.session.refresh_sources()
            try:
                html, code, _ = self.previews.page(row, side)
            except ReviewError as error:
                html, code = f"<p>{escape(error.message)}.</p>", ref.locale
        return _document(html, code, ref.catalog)

    def refusal(self, message: str, hint: str = "") -> str:
        """Why there is no page."""
        return _document(f"<p>{escape(message)}.</p>\n<p>{escape(hint)}</p>", "en", "Knooppunt")

    def explain(self, name: str) -> str:
        """What a check is, why, with examples."""
        text = self.session.explanation(name)
        html, _ = self.previews.reader.html(text[front_matter_end(text) :])
        return _document(html, "en", name)

    def fragments(self, ref: Ref, targets: Sequence[str]) -> dict[str, str]:
        """The HTML of a segment as it is being typed."""
        with self.session.lock:
            row = self.session.desk(ref.locale).find(ref) or self.session.row(ref)
        return self.previews.fragments(row, targets[0])

    def asset(self, path: str) -> tuple[bytes, str]:
        """A picture of the sources, and its type."""
        return self.previews.picture(path)


def _document(body: str, code: str, title: str) -> str:
    direction = describe(code)[1]
    return (
        f'<!doctype html>\n<html lang="{escape(code)}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<link rel="stylesheet" href="/static/preview.css">\n</head>\n'
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )
