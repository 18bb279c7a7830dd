"""The page as readers will see it, of the text that is in the catalog now, with one segment marked.

Python-Markdown reads it with the extensions of the project's mkdocs.yml, as far as they neither read files nor run
code: pages of the source and translations come out as MkDocs would make them, without its theme.
"""

from __future__ import annotations

import posixpath
import re
import threading
from html import escape
from typing import TYPE_CHECKING, Any, Final

import markdown

from knooppunt.errors import DataError, UsageError
from knooppunt.files import inside
from knooppunt.pages import front_matter_end, records_directives
from knooppunt.repair.proof import EXTENSIONS
from knooppunt.reviewing.model import ReviewError
from knooppunt.reviewing.sanitize import MARK, sanitized
from knooppunt.translated.pages import replace_ranges

if TYPE_CHECKING:
    from collections.abc import Mapping

    from knooppunt.reviewing.desk import Row
    from knooppunt.reviewing.shelf import ReviewProject
    from knooppunt.sources import SourcePage

LONGEST: Final = 8000
"""Characters of one text that are rendered as one types; a longer one is shown as it is written."""
LONGEST_PAGE: Final = 400_000

_SAFE: Final = frozenset(
    [
        "abbr",
        "admonition",
        "attr_list",
        "def_list",
        "fenced_code",
        "footnotes",
        "legacy_attrs",
        "legacy_em",
        "md_in_html",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
    ]
) | frozenset(
    f"pymdownx.{name}"
    for name in [
        "arithmatex",
        "betterem",
        "caret",
        "critic",
        "details",
        "escapeall",
        "highlight",
        "inlinehilite",
        "keys",
        "mark",
        "progressbar",
        "saneheaders",
        "smartsymbols",
        "superfences",
        "tabbed",
        "tasklist",
        "tilde",
    ]
)
"""Extensions that neither read files nor call what a setting names."""
_FIXED: Final[Mapping[str, Mapping[str, Any]]] = {
    "toc": {"permalink": False, "anchorlink": False, "toc_depth": 0},
    "pymdownx.highlight": {"use_pygments": False},
}
_ALWAYS: Final = ("toc", "tables", "fenced_code", "attr_list", "md_in_html", "admonition")
"""What MkDocs itself and the plugin of the site add to the extensions of a mkdocs.yml."""
_IMPLIED: Final = re.compile(r"(?:!!!|\?\?\?\+?|///)[ \t]{1,9}\Z")
_DEFINITION: Final = re.compile(r"^[ ]{0,3}\[[^\]^\n][^\]\n]*\]:[^\n]*$", re.MULTILINE)
_PICTURES: Final = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif"} | {
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
MOST_PICTURE: Final = 8 << 20


def extensions(settings: Mapping[str, Any]) -> tuple[list[str], dict[str, dict[str, Any]]]:
    """The extensions of a mkdocs.yml that are safe behind those of every site, and their settings as far as they are
    plain values.

    >>> names, configs = extensions({"markdown_extensions": ["footnotes", "unknown", {"toc": {"title": "In"}}]})
    >>> names
    ['toc', 'tables', 'fenced_code', 'attr_list', 'md_in_html', 'admonition', 'footnotes']
    >>> configs
    {'toc': {'title': 'In', 'permalink': False, 'anchorlink': False, 'toc_depth': 0}}
    """
    listed = settings.get("markdown_extensions")
    items = listed if isinstance(listed, list) else list(listed.items()) if isinstance(listed, dict) else []
    names = list(_ALWAYS)
    seen: set[str] = set()
    configs: dict[str, dict[str, Any]] = {"toc": dict(_FIXED["toc"])}
    for item in items:
        pairs = item.items() if isinstance(item, dict) else [item] if isinstance(item, tuple) else [(item, None)]
        for key, value in pairs:
            name = str(key).removeprefix("markdown.extensions.")
            if name not in _SAFE or name in seen:
                continue
            seen.add(name)
            if name not in names:
                names.append(name)
            plain = value.items() if isinstance(value, dict) else ()
            own = {str(key): item for key, item in plain if isinstance(item, bool | int) or (item and _is_text(item))}
            own |= _FIXED.get(name, {})
            if own:
                configs[name] = own
    return names, configs


def _is_text(value: object) -> bool:
    return isinstance(value, str) and not value.startswith(("!", "python"))


class Reader:
    """Markdown to HTML that may be shown; one text at a time."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._lock = threading.Lock()
        names, configs = extensions(settings)
        try:
            self._markdown = markdown.Markdown(extensions=names, extension_configs=configs)
        except (TypeError, ValueError, KeyError, AttributeError):  # a setting that an extension does not know
            self._markdown = markdown.Markdown(extensions=list(EXTENSIONS))

    def html(self, text: str, *, folder: str = "", mark: str = "") -> tuple[str, bool]:
        """The HTML of a Markdown text, and whether the marked segment is in it."""
        with self._lock:
            self._markdown.reset()
            made = self._markdown.convert(text)
        return sanitized(made, folder=folder, mark=mark)

    def fragment(self, text: str, definitions: str = "", *, folder: str = "") -> str:
        """The HTML of one text; `definitions` are those of its page that its links may need."""
        if len(text) > LONGEST:
            return f"<p>{escape(text, quote=False)}</p>"
        return self.html(f"{text}\n\n{definitions}" if definitions else text, folder=folder)[0]


class Previews:
    """Pages and fragments of a project."""

    def __init__(self, project: ReviewProject) -> None:
        self.project = project
        self.reader = Reader(project.mkdocs)

    def page(self, row: Row, side: str) -> tuple[str, str, bool]:
        """HTML and language of the page that shows a segment, and whether the segment is marked in it.

        Raises ReviewError where no page shows it.
        """
        wanted = None
        for source in self._pages(row):
            code, text = self._markdown(source, row, side)
            body = text[front_matter_end(text) :] if text.startswith("---") else text
            if len(body) > LONGEST_PAGE:
                raise ReviewError("refused", "the page is too long to be shown here")
            html, marked = self.reader.html(body, folder=posixpath.dirname(source.path), mark=row.ref.id)
            wanted = wanted or (html, code, marked)
            if marked:
                return html, code, True
        if wanted is None:
            raise ReviewError("unknown", "no page shows this text by itself")
        return wanted

    def _pages(self, row: Row) -> list[SourcePage]:
        """Pages that may show a segment, the likeliest first."""
        own = self.project.by_name.get(row.ref.catalog)
        found = [own] if own is not None else []
        record = (row.entry.context or "").rpartition(":")[0]
        if record in self.project.knowledge.records:
            others = (source for source in self.project.sources if source is not own and not source.made)
            found.extend(source for source in others if self._shows(source, record))
        return found

    def _shows(self, source: SourcePage, record: str) -> bool:
        try:
            return any(
                item.id == record
                for directive in records_directives(source.page)
                for item in self.project.knowledge.select(**directive.filters)
            )
        except DataError:
            return False

    def _markdown(self, source: SourcePage, row: Row, side: str) -> tuple[str, str]:
        project = self.project
        key = (row.entry.context, row.entry.msgid)
        project.forget()
        project.marked = key
        try:
            if side == "target":
                return row.ref.locale, project.rendered(source, row.ref.locale).markdown
            locale = project.settings.source_locale
            changes = [(insert.start, insert.end, insert.markdown) for insert in project.inserts(source, locale)]
            for segment in source.page.segments:
                at = segment.origin.end
                implied = _IMPLIED.search(source.text, max(segment.origin.start - 20, 0), segment.origin.start)
                if (segment.context, segment.msgid) == key and segment.kind != "front-matter" and not implied:
                    changes.append((at, at, MARK))
            return locale, replace_ranges(source.text, changes)
        finally:
            project.marked = None
            project.forget()

    def fragments(self, row: Row, target: str) -> dict[str, str]:
        """The HTML of a segment's source and of a text in the place of its translation."""
        source = self.project.by_name.get(row.ref.catalog)
        definitions, folder = "", ""
        if source is not None:
            folder = posixpath.dirname(source.path)
            if "]" in row.entry.msgid or "]" in target:
                definitions = "\n".join(_DEFINITION.findall(source.text))
        return {
            "source": self.reader.fragment(row.entry.msgid, definitions, folder=folder),
            "target": self.reader.fragment(target, definitions, folder=folder),
        }

    def picture(self, path: str) -> tuple[bytes, str]:
        """A picture below docs, and its type. Raises ReviewError for anything else."""
        kind = _PICTURES.get(posixpath.splitext(path)[1].lower())
        docs = self.project.settings.docs_path
        if kind is None:
            raise ReviewError("unknown", "there is no such picture")
        try:
            place = inside(docs, path, "picture")
            if place.is_file() and place.stat().st_size <= MOST_PICTURE:
                return place.read_bytes(), kind
        except (OSError, ValueError, UsageError):
            pass
        raise ReviewError("unknown", "there is no such picture")
