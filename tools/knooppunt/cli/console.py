"""What the command line prints: results on standard output, everything else on standard error."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

COLORS: Final = ("auto", "always", "never")
_STYLES: Final = {"bold": "1", "red": "31", "green": "32", "yellow": "33", "dim": "2"}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\x80-\x9f]")
_OURS = re.compile(rf"(\x1b\[(?:0|{'|'.join(_STYLES.values())})m)")


class Console:
    """Plain where the output is no terminal; progress only where somebody watches."""

    def __init__(self, *, quiet: bool = False, color: str = "auto") -> None:
        self.quiet = quiet
        self._color = color
        self._progress = not quiet and sys.stderr.isatty() and not os.environ.get("CI")
        self._shown = False

    def print(self, text: str = "") -> None:
        """A line of the result."""
        self.clear()
        print(_safe(text, styled=self._styled(sys.stdout)))  # this is the place that prints

    def write(self, text: str) -> None:
        """A result as it is, such as a JSON document."""
        self.clear()
        sys.stdout.write(text)

    def write_bytes(self, data: bytes) -> None:
        """A result as it is, whatever encoding and line ends standard output has."""
        self.clear()
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()

    def say(self, text: str = "") -> None:
        """A line for the person at the terminal; nothing with --quiet."""
        if not self.quiet:
            self.print(text)

    def error(self, text: str, *, lead: bool = True) -> None:
        """An error; `lead` puts the name of the program before it."""
        self.clear()
        mark = self.style("error: ", "red", sys.stderr) if lead else ""
        print(f"{mark}{_safe(text)}", file=sys.stderr)  # this is the place that prints

    def progress(self, text: str) -> None:
        """What is being worked on, on one line that the next one replaces."""
        if self._progress:
            import shutil  # noqa: PLC0415 # only where somebody watches

            width = shutil.get_terminal_size().columns - 1
            sys.stderr.write(f"\r\x1b[K{_safe(text)[:width]}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line of progress away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False

    def style(self, text: str, style: str, stream: TextIO | None = None) -> str:
        """The text in a style (`bold`, `red`, `green`, `yellow`, `dim`) where colours are wanted."""
        return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if self._styled(stream or sys.stdout) else text

    @property
    def colored(self) -> bool:
        """Whether results are printed in colours."""
        return self._styled(sys.stdout)

    def _styled(self, stream: TextIO) -> bool:
        """Whether colours are wanted there."""
        if self._color == "auto":
            return stream.isatty() and not os.environ.get("NO_COLOR")
        return self._color == "always"

    def table(self, rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
        """Rows in columns, the first row as the head; `right` are the columns that are set to the right."""
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        for number, row in enumerate(rows):
            cells = [
                cell.rjust(widths[column]) if column in right else cell.ljust(widths[column])
                for column, cell in enumerate(row)
            ]
            text = "  ".join(cells).rstrip()
            self.print(self.style(text, "bold") if number == 0 else text)


def _safe(text: str, *, styled: bool = False) -> str:
    """The text without the control characters by which a hostile file could steer the terminal or hide text.

    With `styled`, the styles of `Console.style` pass, and no others.
    """
    if not styled:
        return _CONTROL.sub("\ufffd", text)
    return "".join(
        part if number % 2 else _CONTROL.sub("\ufffd", part) for number, part in enumerate(_OURS.split(text))
    )
