"""What stands inside a line of Markdown: code spans, prose, attribute lists."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TICKS = re.compile(r"`+")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_NOT_PROSE = re.compile(
    r"""<(?P<code>code|tt|samp|var|script|style)\b[^<>]*>[^<]*</(?P=code)>   # elements of code
      | </?[A-Za-z][^<>]*>                      # tags
      | <[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*>      # autolinks
      | \{:?[ ]*[\#.][^{}\n]*\} | \{:[^{}\n]*\} # attribute lists
      | \{[ ]*[\w-]+=[^{}\n]*\}
      | \{[A-Za-z_$][\w.$]*(?:\([^(){}\n]*\))?\} # expressions of MDX
      | \]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*[ ]*\)   # link targets without a title
      | \]\(<?[^()\s]*>?                        # link targets before a title
      | \]\[[^\]\[]*\]                          # labels
      | \[\^[^\]\[\s]+\]                        # footnote references
      | \b[a-z][a-z0-9+.-]{0,40}://(?:[^\s<>)\]]|<[\w-]+>)*   # bare URLs
      | :::[^\s].*?:::                          # docfx directives
      | (?<![^\W_])(?<!:):[a-z0-9_+-]+:(?![^\W_])    # shortcodes
      | \[!(?:(?i:include|video|div)|code[\w-]*)\b(?:[^\[\]\n]|\[[^\[\]\n]*\])*+\]   # docfx markers
      | \+\+[\w-]++(?:\+[\w-]++)*+\+\+          # keys
      | \$(?=\S)[^$\n]*+(?<=\S)\$(?!\d) | \$\{?[A-Za-z_]\w*+\}? | \\\([^()\n]*\\\)   # variables, math
      | &(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);
    """,
    re.VERBOSE | re.DOTALL,
)
_MARKUP = re.compile(r"[<{\]:&$]|\+\+|\\\(")
"""What each alternative of _NOT_PROSE has: a text without it needs no second look."""
_PLAIN_WORDS = re.compile(r"[^<{\[\]:&$+`\\!\r\n]*[^\W\d_][ ,.]")
"""A whole word in front of all that could be the start of markup: most texts begin so."""
_PAIRS = {"<!--": "-->", "{{": "}}", "{%": "%}", "{#": "#}", "{*": "*}", "{/*": "*/}"}
_OPENER = re.compile(r"<!--|\{[{%#*]|\{/\*")
_LETTER = re.compile(r"[^\W\d_]")
_ATTRIBUTES = re.compile(r"[ \t]++(\{:?[ \t]*[^{}\s][^{}\n]*\})[ \t]*$")
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\([^()]*\)|\[[^\[\]]*\])?")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\](?:\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\])?")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_FOOTNOTE = re.compile(r"\[\^[^\]\[\s]+\]")
_SHORTCODE = re.compile(r"(?<![^\W_])(?<!:):[a-z0-9_+-]+:(?!\w)")
_OPEN_SHORTCODE = re.compile(r"\{\{([<%])[ \t]*([\w/.-]+)(?:[^{}\n\"]|\"[^\"\n]*\")*[>%]\}\}[ \t]*")
_STARS = re.compile(r"\*{1,3}(?=\S)|~~(?=\S)|\^\^(?=\S)|==(?=\S)")
_UNDERSCORES = re.compile(r"(?<!\w)_{1,3}(?=\S)")
_CLOSERS = {
    mark: re.compile(rf"(?<=\S){re.escape(mark)}" + (r"(?!\w)" if mark[0] == "_" else ""))
    for mark in ("*", "**", "***", "~~", "^^", "==", "_", "__", "___")
}


def code_spans(text: str) -> list[tuple[int, int]]:
    """Ranges of the code spans of an inline text, with their backticks, in order and apart.

    A run of backticks opens a span that the next run of the same length closes; a run without a partner is text,
    and so is one behind a backslash. Linear in the length of the text.

    >>> text = "Run `kubectl get pods` now."
    >>> [text[start:end] for start, end in code_spans(text)]
    ['`kubectl get pods`']
    """
    if "`" not in text:
        return []
    if "``" not in text and "\\`" not in text:  # each backtick opens a span or closes one
        ticks = [found.start() for found in _TICKS.finditer(text)]
        return [(start, end + 1) for start, end in zip(ticks[::2], ticks[1::2], strict=False)]
    runs = [(found.start(), found.end()) for found in _TICKS.finditer(text)]
    by_length: dict[int, list[int]] = {}
    for number in range(len(runs) - 1, -1, -1):
        by_length.setdefault(runs[number][1] - runs[number][0], []).append(number)
    spans = []
    number = 0
    while number < len(runs):
        start, end = runs[number]
        length = end - start
        if _is_escaped(text, start):  # the first backtick is text, the rest may open a shorter span
            start, length = start + 1, length - 1
        later = by_length.get(length, [])
        while later and later[-1] <= number:
            later.pop()
        if length and later:
            spans.append((start, runs[later[-1]][1]))
            number = later[-1] + 1
        else:
            number += 1
    return spans


def _is_escaped(text: str, at: int) -> bool:
    slashes = 0
    while at > slashes and text[at - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def without_code(text: str, filler: str = "") -> str:
    """The text with each code span replaced by `filler`."""
    spans = code_spans(text)
    if not spans:
        return text
    parts = []
    at = 0
    for start, end in spans:
        parts += [text[at:start], filler]
        at = end
    return "".join([*parts, text[at:]])


def without_pairs(text: str, openers: Collection[str] = tuple(_PAIRS), filler: str = "\0") -> str:
    """The text with each comment and macro replaced by `filler`; one that is never closed is text.

    Linear in the length of the text, which a pattern that looks for the closing sign from every opening one is not.
    """
    parts = []
    dead = set()
    at = copied = 0
    while (found := _OPENER.search(text, at)) is not None:
        opener, at = found[0], found.start()
        end = text.find(_PAIRS[opener], found.end()) if opener in openers and opener not in dead else -1
        if end < 0:
            dead.add(opener)
            at += 1
            continue
        parts += [text[copied:at], filler]
        copied = at = end + len(_PAIRS[opener])
    return "".join([*parts, text[copied:]])


def enclosing_shortcode(text: str) -> tuple[int, int]:
    """Lengths of a shortcode of Hugo that opens at the start of a text, and of its closing one at the end; or zeros.

    >>> enclosing_shortcode("{{< note >}}Mind the gap.{{< /note >}}")
    (12, 13)
    """
    opening = _OPEN_SHORTCODE.match(text)
    if opening is None or not text.rstrip().endswith("}}"):
        return 0, 0
    at = text.rfind("{{")
    sign, name = opening[1], re.escape(opening[2])
    closing = re.compile(rf"[ \t]*+\{{\{{{sign}[ \t]*/[ \t]*{name}[ \t]*[>%]\}}\}}\s*$")
    behind = len(text) - len(text[:at].rstrip(" \t"))
    if at < opening.end() or closing.match(text, len(text) - behind) is None:
        return 0, 0
    if re.search(rf"\{{\{{{sign}[ \t]*/?[ \t]*{name}\b", text[opening.end() : at]):  # two of them, side by side
        return 0, 0
    return opening.end(), behind


def has_prose(text: str) -> bool:
    """Whether anything is left to translate when code, targets, tags, macros and shortcodes are taken away.

    >>> has_prose("`kubectl get pods`"), has_prose("Run `kubectl get pods`.")
    (False, True)
    """
    if _PLAIN_WORDS.match(text):
        return True
    if _LETTER.search(text) is None:
        return False
    if "`" in text:
        text = without_code(text)
    if _MARKUP.search(text) is None:
        return _LETTER.search(text) is not None
    if "{" in text or "<!--" in text:
        text = without_pairs(text)
    return _LETTER.search(_NOT_PROSE.sub(" ", text)) is not None


def trailing_attributes(text: str) -> int:
    """Where a heading's or cell's closing attribute list begins, with the space before it; len(text) if none."""
    if "}" not in text or not text.rstrip(" \t").endswith("}"):
        return len(text)
    found = _ATTRIBUTES.search(text)
    return found.start() if found else len(text)


def plain_text(text: str) -> str:
    """The words that a reader sees of an inline text, as Python-Markdown's table of contents takes them.

    Code spans keep their content, links their text; images, tags, footnote references and shortcodes go.

    >>> plain_text("Use *the* [`az` tool](az.md)[^1]")
    'Use the az tool'
    """
    text = text.replace("\0", "\ufffd")  # as every reader of Markdown does; below it marks what is kept
    kept: list[str] = []

    def keep(content: str) -> str:
        kept.append(content)
        return f"\x00{len(kept) - 1}\x00"

    parts = []
    at = 0
    for start, end in code_spans(text):
        ticks = len(text[start:end]) - len(text[start:end].lstrip("`"))
        parts += [text[at:start], keep(text[start + ticks : end - ticks].strip(" "))]
        at = end
    text = "".join([*parts, text[at:]])
    text = _ESCAPED.sub(lambda found: keep(found[0][1]), text)
    text = _IMAGE.sub("", text)
    text = _FOOTNOTE.sub("", text)
    text = _LINK.sub(lambda found: found[1] if len(found[0]) > len(found[1]) + 2 else found[0], text)
    text = _TAG.sub("", without_pairs(text, ("<!--",), "") if "<!--" in text else text)
    text = _SHORTCODE.sub("", text)
    for openers in (_STARS, _UNDERSCORES):
        for _ in range(2):
            text = "\n".join(_bare(line, openers) for line in text.split("\n"))
    text = re.sub(r"\x00(\d+)\x00", lambda found: kept[int(found[1])], text)
    return html.unescape(text).strip()


def _bare(line: str, openers: re.Pattern[str]) -> str:
    """The line without the signs of its emphasis, outermost pairs only; linear in its length."""
    parts = []
    dead = set()
    at = copied = 0
    while (found := openers.search(line, at)) is not None:
        at = found.start()
        for mark in _marks(found[0]):
            inside = at + len(mark)
            if mark in dead or line[inside].isspace():
                continue
            close = _CLOSERS[mark].search(line, inside + 1)
            if close is not None:
                parts += [line[copied:at], line[inside : close.start()]]
                copied = at = close.end()
                break
            dead.add(mark)
        else:
            at += 1
    return "".join([*parts, line[copied:]])


def _marks(run: str) -> Iterator[str]:
    """What an opening run can be: `***`, then `**`, then `*`."""
    return (run[:length] for length in range(len(run), 0, -1) if run[:length] in _CLOSERS)
