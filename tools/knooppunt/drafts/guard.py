"""What an engine must not touch, taken out of a text before it is sent and put back into the answer.

Guarded are all codes that translation tools protect (code, targets of links, tags, macros: see `exchange.codes`), and
beside them marks of emphasis, names that the termbase does not translate, identifiers such as `hostAliases`,
`spec.nodeName` or `--no-wait`, placeholders such as `{date}`, escapes and hard line breaks.

An answer is taken only if each mark is there exactly once and pairs enclose whole pairs. What can be put back in one
way alone is put back: a code that the source begins or ends with, and spaces around marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from knooppunt.exchange.codes import Code, Form, damage, join_parts, split_codes
from knooppunt.repair.markup import elements
from knooppunt.repair.text import mask
from knooppunt.translated.safety import added_markup

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from knooppunt.drafts.marks import Mark, Marks
    from knooppunt.exchange.codes import Found, Part

_IDENTIFIERS: Final = r"""
    (?<![\w./@-])(?:
        --?[A-Za-z][\w-]*+(?:=[\w./:-]++)?          # --no-wait
      | /?[A-Za-z_][\w-]*+(?:\.[\w-]{2,}+)++(?:/[\w.-]++)*+   # spec.nodeName, example.com/x
      | [A-Za-z0-9]++_\w++                          # kube_system
      | [a-z]+[A-Z]\w* | [A-Z]+[a-z]+[A-Z]\w*       # hostAliases, DaemonSet
      | [A-Z]+v[0-9]+                               # IPv6
      | /(?:[\w-]++/)++[\w.-]*\w                    # /etc/hosts
      | v?[0-9]+(?:\.[0-9]+){2,}(?:/[0-9]+)?        # 10.0.0.0/16, v1.4.8
    )(?![\w@])
  | \{[A-Za-z_][\w.]*\} | %(?:\([A-Za-z_]+\))?[sd]  # {date}, %s
  | (?<![ ])[ ]*+\\?\n[ \t]*+                       # a hard line break
  | \\[!-/:-@\[-`{-~]                               # \*
  | [*^~|]+
"""
_SPACES: Final = re.compile(r" {2,}")
_BREAK: Final = re.compile(r"(?<![^\S\n])[^\S\n]*+\n\s*+")
_UNFIT: Final = re.compile(r"[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]")
"""What no text of a page has: control characters, and halves of surrogate pairs."""
_CLOSING: Final = frozenset(".,;:!?…)")


@dataclass(frozen=True, slots=True)
class Guarded:
    """A source text, and what is sent of it."""

    source: str
    parts: tuple[Part, ...]
    sent: str
    """The text with its marks; empty where there is nothing to translate."""


class Names:
    """Finds names that stay as they are, identifiers and placeholders."""

    def __init__(self, names: Collection[str] = ()) -> None:
        spellings = sorted({name for name in names if name.strip()}, key=lambda name: (-len(name), name))
        listed = "|".join(re.escape(name).replace(r"\ ", "[ ]") for name in spellings)
        # A plural or a possessive of a name keeps its ending outside of the mark.
        own = rf"(?<![\w-])(?:{listed})(?![\w])|" if listed else ""
        self._pattern = re.compile(own + _IDENTIFIERS, re.VERBOSE)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Their ranges, in order."""
        return (found.span() for found in self._pattern.finditer(text))


def guard(text: str, names: Names, marks: Marks) -> Guarded:
    """A text with marks in the place of what an engine must not touch.

    >>> from knooppunt.drafts.marks import TagMarks
    >>> guard("Run `az` on *AKS* first.", Names(["AKS"]), TagMarks('<k id="{}">', "</k>")).sent
    'Run <k id="1">az</k> on <g2><k id="3">AKS</k></g2> first.'
    """
    parts = split_codes(text, _more(text, names))
    prose = any(sign.isalpha() for part in parts if isinstance(part, str) for sign in part)
    return Guarded(text, parts, marks.write(parts).strip() if prose else "")


def _more(text: str, names: Names) -> list[Found]:
    """Codes that only an engine must be kept from: emphasis, names, identifiers."""
    taken = []
    at = 0
    for part in split_codes(text):
        size = len(part) if isinstance(part, str) else len(part.data)
        if not isinstance(part, str):
            taken.append((at, at + size))
        at += size
    found: list[Found] = []
    number = 0
    for element in elements(mask(text)):
        opening, closing = (element.start, element.inner_start), (element.inner_end, element.end)
        if element.kind in {"bold", "italic"} and _free(opening, taken) and _free(closing, taken):
            number -= 1
            found += [(opening, Form.OPEN, "emphasis", number), (closing, Form.CLOSE, "emphasis", number)]
            taken += [opening, closing]
    for span in names.spans(text):
        if _free(span, taken):
            number -= 1
            found.append((span, Form.ALONE, "name", number))
            taken.append(span)
    return found


def _free(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


# Putting back --------------------------------------------------------------------------------------------------------


def restore(guarded: Guarded, answer: str, marks: Marks) -> tuple[str | None, str]:
    """The translation in an engine's answer, or None with what is wrong with it, in words.

    >>> from knooppunt.drafts.marks import TagMarks
    >>> marks = TagMarks('<k id="{}">', "</k>")
    >>> guarded = guard("Run `az` first.", Names(), marks)
    >>> restore(guarded, 'Ejecute primero <k id = "1">az</k>.', marks)
    ('Ejecute primero `az`.', '')
    >>> restore(guarded, "Ejecute az primero.", marks)
    (None, "has lost '`az`', which the source has")
    """
    codes = [part for part in guarded.parts if isinstance(part, Code)]
    tokens: list[str | Mark] = list(marks.read(answer, guarded.parts))
    tokens = _with_ends(guarded.parts, tokens)
    problem = _misplaced(codes, [token for token in tokens if not isinstance(token, str)])
    if problem:
        return None, problem
    known = {(code.number, code.form): code for code in codes}
    # Line breaks of a text are marks; those that an engine makes are spaces.
    parts = [_BREAK.sub(" ", token) if isinstance(token, str) else known[token] for token in tokens]
    if not any(isinstance(part, str) and "  " in part for part in guarded.parts):
        parts = [_SPACES.sub(" ", part) if isinstance(part, str) else part for part in parts]
    text = join_parts(_spaced(parts, guarded.parts)).strip()
    if _UNFIT.search(text) and not _UNFIT.search(guarded.source):
        return None, "has control characters"
    if not text or not any(sign.isalnum() for sign in text):
        return None, "is empty"
    source = guarded.source
    before = len(source) - len(source.lstrip())
    text = source[:before] + text + source[len(source.rstrip()) :]
    added = added_markup(source, text)
    problem = f"has the {added}, which the source has not" if added else damage(source, text)
    return (None, problem) if problem else (text, "")


def _with_ends(source: Sequence[Part], tokens: list[str | Mark]) -> list[str | Mark]:
    """The tokens of an answer with codes put back that the source begins or ends with; they have no other place."""
    present = {token for token in tokens if not isinstance(token, str)}
    tokens = list(tokens)
    for part in source:
        if isinstance(part, str):
            break
        if (part.number, part.form) not in present and part.form is not Form.CLOSE:
            tokens.insert(0, (part.number, part.form))
            present.add((part.number, part.form))
        break
    for part in reversed(source):
        if isinstance(part, str):
            if part.strip() and not set(part.strip()) <= _CLOSING:
                break
            continue
        if (part.number, part.form) not in present and part.form is not Form.OPEN:
            at = len(tokens)
            tail = source[-1].strip() if isinstance(source[-1], str) else ""
            last = tokens[-1] if tokens else ""
            if tail and isinstance(last, str) and last.rstrip().endswith(tail):
                stem = last.rstrip().removesuffix(tail)
                tokens[-1:] = [f"{stem.rstrip()} " if part.form is Form.ALONE else stem, tail]
                at = len(tokens) - 1
            tokens.insert(at, (part.number, part.form))
        break
    return tokens


def _misplaced(codes: Sequence[Code], found: Sequence[Mark]) -> str:
    """What is wrong with the marks of an answer, in words; empty where nothing is."""
    wanted = {(code.number, code.form): code for code in codes}
    lost = [code for mark, code in wanted.items() if mark not in found]
    if lost:
        shown = " ".join(lost[0].data.split())
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        return f"has lost '{shown[:40]}'{more}, which the source has"
    if len(found) != len(wanted):
        twice = next((mark for mark in found if mark not in wanted or found.count(mark) > 1), found[0])
        data = wanted[twice].data if twice in wanted else f"mark {twice[0]}"
        return f"has '{' '.join(data.split())[:40]}' more often than the source"
    stack: list[int] = []
    for number, form in found:
        if form is Form.OPEN:
            stack.append(number)
        elif form is Form.CLOSE and (not stack or stack.pop() != number):
            return "has markup that crosses or is the wrong way round"
    return ""


def _spaced(parts: Sequence[Part], source: Sequence[Part]) -> list[Part]:
    """The parts of an answer with the spaces around its codes as the source has them.

    No space inside of a pair that has none in the source; a space between a word and a code where the source has one.
    """
    inside = {}
    for number, part in enumerate(source):
        if isinstance(part, Code):
            before = source[number - 1] if number else ""
            after = source[number + 1] if number + 1 < len(source) else ""
            inside[part.number, part.form] = (_ends_spaced(before), _begins_spaced(after))
    made: list[Part] = list(parts)
    for number, part in enumerate(made):
        if isinstance(part, str):
            continue
        space_before, space_after = inside[part.number, part.form]
        if part.form is Form.OPEN and not space_after:
            _move_space(made, number, number + 1, number - 1)
        if part.form is Form.CLOSE and not space_before:
            _move_space(made, number, number - 1, number + 1)
        before = made[number - 1] if number else ""
        if part.form is not Form.CLOSE and space_before and isinstance(before, str) and before[-1:].isalnum():
            made[number - 1] = f"{before} "
        after = made[number + 1] if number + 1 < len(made) else ""
        if part.form is not Form.OPEN and space_after and isinstance(after, str) and after[:1].isalnum():
            made[number + 1] = f" {after}"
    return made


def _ends_spaced(part: Part) -> bool:
    return isinstance(part, str) and part[-1:].isspace()


def _begins_spaced(part: Part) -> bool:
    return isinstance(part, str) and part[:1].isspace()


def _move_space(made: list[Part], code: int, inner: int, outer: int) -> None:
    """Take the space between a code and what it encloses to its other side, where there is none yet."""
    if not 0 <= inner < len(made):
        return
    text = made[inner]
    if not isinstance(text, str):
        return
    stripped = text.lstrip() if inner > code else text.rstrip()
    if stripped == text or not stripped:
        return
    made[inner] = stripped
    if not 0 <= outer < len(made):
        return
    other = made[outer]
    if isinstance(other, str):
        if inner > code and not other[-1:].isspace():
            made[outer] = f"{other} "
        elif inner < code and not other[:1].isspace():
            made[outer] = f" {other}"
