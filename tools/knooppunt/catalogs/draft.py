"""An entry of a PO file while it is being read, line by line."""

from __future__ import annotations

from knooppunt.model import Entry, Origin


class Draft:
    """An entry that is being read."""

    __slots__ = (
        "comments", "end", "extracted", "flags", "line", "named", "obsolete", "parts", "plural",
        "previous", "references", "stage", "start", "strings",
    )  # fmt: skip

    def __init__(self, line: int, start: int) -> None:
        self.line = line
        self.start = start
        self.end = start
        self.stage = 0
        self.named = line
        """Line of the msgid, for error messages."""
        self.obsolete = False
        self.plural = False
        self.parts: list[str] | None = None
        """Strings of the field that is being read."""
        self.strings: dict[str, list[str]] = {}
        self.previous: dict[str, list[str]] = {}
        self.comments: list[str] = []
        self.extracted: list[str] = []
        self.references: list[str] = []
        self.flags: list[str] = []

    def entry(self, path: str) -> Entry:
        """The entry, once all of it has been read."""
        strings = self.strings
        msgid = "".join(strings["msgid"])
        context = "".join(strings["msgctxt"]) if "msgctxt" in strings else None
        plurals: tuple[str, ...] = ()
        if self.plural:
            plurals = tuple("".join(parts) for name, parts in strings.items() if name.startswith("msgstr["))
        previous = self.previous
        return Entry(
            msgid,
            plurals[0] if self.plural else "".join(strings["msgstr"]),
            context,
            "".join(strings["msgid_plural"]) if self.plural else None,
            plurals,
            tuple(self.flags),
            "".join(previous["msgid"]) if "msgid" in previous else None,
            "".join(previous["msgctxt"]) if "msgctxt" in previous else None,
            self.obsolete,
            tuple(self.comments),
            tuple(self.extracted),
            tuple(self.references),
            Origin(path, self.line, 1, self.start, self.end),
        )
