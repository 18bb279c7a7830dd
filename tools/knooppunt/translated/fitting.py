"""A translation fitted into the place of its source: escapes, line prefixes, labels of reference links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from knooppunt.pages import code_spans, render_value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from knooppunt.model import Page, Segment

ONE_LINE = frozenset(["heading", "cell", "title", "term", "abbreviation", "alt", "front-matter", "html"])
"""Kinds of segments whose text cannot have a second line."""

_BLANK_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_BLOCK_START = re.compile(
    r"(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|[-=]+[ \t]*$|(?:[*_-][ \t]*+){3,}+$|!!!|\?\?\?|:::|={3}|~{3}|`{3}|\|)"
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)
_SHORTCUT = re.compile(
    r"(?<!\\)\[(?P<text>(?:[^\[\]\\]|\\.)++)\](?P<label>(?P<gap>[ \n]?)\[(?P<name>[^\[\]\n]*+)\](?!\())?(?!\()"
)
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\]:")
_BARE_PIPE = re.compile(r"(?<!\\)\|")


def labels(page: Page) -> frozenset[str]:
    """The labels that the page's reference definitions give, normalised as Markdown compares them."""
    found = set()
    for block in page.blocks:
        if block.kind == "reference":
            label = _LABEL.search(page.text, block.start, block.end)
            if label:
                found.add(_normal(label[1]))
    return frozenset(found)


def fit(segment: Segment, text: str, written: str, known: Collection[str], newline: str = "\n") -> str:
    """`text` as it goes into the page in place of `written`, the source's own characters.

    `known` are the labels that the page defines. The result starts no block that the source did not start.
    """
    text = keep_definitions(segment.msgid, text, known)
    text = text.replace("\r\n", "\n").strip("\n")
    if segment.kind in ONE_LINE and "\n" in text:
        text = re.sub(r"\s*\n\s*", " ", text)
    match segment.kind:
        case "front-matter":
            return render_value(text, written)
        case "cell":
            return outside_code(text, lambda part: _BARE_PIPE.sub(r"\\|", part))
        case "title" | "alt" | "html":
            return text
        case _:
            return _lines(segment, text, newline)


def quoted(text: str, before: str) -> str:
    """A text as it goes between the quotes or brackets that `before`, what stands before it in the page, ends with.

    In HTML and in titles of links that is an entity; the head of a fence and a shortcode know none.

    >>> quoted('Say "hi"', '!!! note "')
    'Say &quot;hi&quot;'
    >>> quoted('Say "hi"', '``` py title="')
    "Say 'hi'"
    """
    line = before[before.rfind("\n") + 1 :].lstrip(" \t>")
    quote = before[-1:]
    if quote in {'"', "'"} and line.startswith(("```", "~~~")):
        return text.replace(quote, "'" if quote == '"' else "\u2019")
    if quote == '"' and before.rfind("{{") > before.rfind("}}"):
        return text.replace("\\", "\\\\").replace('"', '\\"')
    match quote:
        case '"':
            return text.replace('"', "&quot;")
        case "'":
            return text.replace("'", "&#39;")
        case "(":
            return text.replace("(", "&#40;").replace(")", "&#41;")
        case "[" if text.count("[") != text.count("]"):
            return re.sub(r"(?<!\\)([\[\]])", r"\\\1", text)
        case _:
            return text


def _lines(segment: Segment, text: str, newline: str) -> str:
    lines = _BLANK_LINES.sub("\n", text).split("\n") if "\n" in text else [text]
    escaped = [_escaped(line.lstrip(" \t")) for line in lines]
    if _BLOCK_START.match(segment.msgid):  # the source itself starts so, in a place where it is text
        escaped[0] = lines[0]
    return (newline + segment.prefix).join(escaped)


def _escaped(line: str) -> str:
    found = _BLOCK_START.match(line)
    if found is None:
        return line
    at = found.end() if found["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text changed everywhere but in its code spans, in which a backslash is a backslash."""
    parts = []
    at = 0
    for start, end in code_spans(text):
        parts += [change(text[at:start]), text[start:end]]
        at = end
    return "".join([*parts, change(text[at:])])


def keep_definitions(msgid: str, msgstr: str, known: Collection[str]) -> str:
    """`msgstr` with each shortcut link tied to the definition that its source uses.

    `[term]` and `[term][]` find their definition by their own text, so a translated text would lose it:
    the first becomes `[vertaling][term]`. `[term][]` leads somewhere even where the page does not define it, to what a
    plugin knows. Shortcuts that are in both texts are left alone; the others are matched in order.

    >>> keep_definitions("See [nodes].", "Zie [knooppunten].", {"nodes"})
    'Zie [knooppunten][nodes].'
    >>> keep_definitions("See [a.Node][].", "Zie [punt][].", set())
    'Zie [punt][a.Node].'
    """
    if "[" not in msgid:
        return msgstr
    asked = [(label, collapsed or _normal(label) in known) for _, _, label, collapsed in _shortcuts(msgid, known)]
    if not any(bound for _, bound in asked):
        return msgstr
    given = []
    for start, end, label, _ in _shortcuts(msgstr, known):
        same = next((ask for ask in asked if _normal(ask[0]) == _normal(label)), None)
        if same is not None:
            asked.remove(same)
        elif _normal(label) not in known:
            given.append((start, end, label))
    if len(asked) != len(given):  # brackets that are no links came or went: those that are links keep their order
        asked = [ask for ask in asked if ask[1]]
    parts = []
    at = 0
    for (start, end, label), (target, bound) in zip(given, asked, strict=False):
        if bound:
            parts += [msgstr[at:start], f"[{label}][{target}]"]
            at = end
    return "".join([*parts, msgstr[at:]])


def _shortcuts(text: str, known: Collection[str]) -> Iterator[tuple[int, int, str, bool]]:
    """Links by their own text: start, end, that text, and whether an empty label follows it.

    A label that nothing defines is text behind such a link; so is one behind a space, unless only that makes it one.
    """
    if "[" not in text:
        return
    at = 0
    spans = code_spans(text)
    while (found := _SHORTCUT.search(text, at)) is not None:
        at = found.end("text") + 1
        if found["text"][0] in "^!" or any(start <= found.start() < end for start, end in spans):
            continue
        label = _normal(found["name"] or "")
        if label in known and not (found["gap"] and _normal(found["text"]) in known):
            at = found.end()
            continue
        collapsed = found["label"] == "[]"
        yield found.start(), found.end() if collapsed else at, found["text"], collapsed


def _normal(label: str) -> str:
    return " ".join(label.split()).casefold()
