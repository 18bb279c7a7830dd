"""One page, looked at from all sides."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from fidelity.leaks import leaks
from fidelity.pseudo import ACCENT, kept_ranges, plain
from fidelity.rendering import TEXT_ATTRIBUTES, Renderer, accented_code, difference, front_matter
from fidelity.through import abbreviations, empty, identity, pseudo
from knooppunt.pages import parse_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fidelity.rendering import Node

FRONT_MATTER: Final = ("title", "description")
_WORD = re.compile(r"[^\W\d_]+")
_MARKER = re.compile(r"\[![\w-]+\s*$")
_OWN_WORDS: Final = {"footnote-backref"}
"""Classes of elements whose title Python-Markdown makes itself."""
_SYNTAX = re.compile(
    r"""(?P<options> :{3,}[ ]+[\w.]+\s+options:.*)
      | (?P<docfx> \[![\w-]+\s*$ | \[![^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\] | :{3,}[^\n]*)
      | (?P<macro> \{[%{*#].*?[%}*#]\} | \{:?[^{}\n]*\})
      | (?P<markup> </?[A-Za-z][^<>]*>)""",
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Result:
    """What came out for one page."""

    identical: bool
    """Whether the page translated with its own texts is the page, byte for byte."""
    untouched: bool
    """Whether the page translated with an empty catalog is the page, byte for byte."""
    difference: str
    """Where the pseudo page renders otherwise than its source, but for the words; empty where nowhere."""
    commonmark: str
    """The same, as CommonMark reads both."""
    code: tuple[str, ...]
    """Lines that both readers show as code and that were translated."""
    words: int = 0
    """Words of the rendered page that people read, front matter included."""
    translated: int = 0
    missed: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Kind and word of what was not translated."""
    segments: int = 0
    leaks: tuple[tuple[str, str], ...] = ()
    """Kind and msgid of what is no text to translate and became a message."""

    @property
    def kept(self) -> int:
        """Words that no translator may change: addresses, macros, labels and such."""
        return sum(count for (kind, _), count in self.missed.items() if kind != "lost")


def examine(text: str, renderer: Renderer) -> Result:
    """All measures of one page."""
    made = pseudo(text)
    body, values = front_matter(text)
    other, translated = front_matter(made)
    source, target = renderer.nodes(body), renderer.nodes(other)
    plain_source, plain_target = renderer.commonmark(body), renderer.commonmark(other)
    differs = difference(source, target) or _front_matter_difference(values, translated)
    code = accented_code(target) & accented_code(plain_target)
    code_of_commonmark = " ".join(" ".join(node.value for node in plain_target if node.verbatim).split())
    words, missed = _words(target, translated, frozenset(abbreviations(text)), code_of_commonmark)
    page = parse_page(text)
    return Result(
        identity(text) == text,
        empty(text) == text,
        differs,
        difference(plain_source, plain_target),
        tuple(sorted(code)),
        words,
        words - missed.total(),
        missed,
        len(page.segments),
        tuple(leaks(page)),
    )


def _front_matter_difference(before: dict[str, object], after: dict[str, object]) -> str:
    for key, value in before.items():
        other = after.get(key)
        if other != value and (key not in FRONT_MATTER or plain(str(other)).strip() != str(value).strip()):
            return f"front matter {key}: {value!r} -> {other!r}"
    return "" if before.keys() == after.keys() else "front matter: other keys"


def _words(
    nodes: list[Node], values: dict[str, object], known: frozenset[str], code: str
) -> tuple[int, Counter[tuple[str, str]]]:
    """How many words people read, and those without an accent, each with the reason for it; `lost` where none is.

    `code` is what CommonMark shows as code, for the pages that Python-Markdown reads otherwise than they are written.
    """
    total = 0
    missed: Counter[tuple[str, str]] = Counter()
    for context, text in _texts(nodes, values):
        kept = [(found.start(), found.end(), found.lastgroup or "") for found in _SYNTAX.finditer(text)]
        kept += kept_ranges(plain(text)) if ACCENT not in text else kept_ranges(text)
        for word in _WORD.finditer(text):
            total += 1
            if ACCENT in word[0]:
                continue
            kind = context or next((kind for start, end, kind in kept if start <= word.start() < end), "")
            if not kind and any(word[0] in label for label in known):
                kind = "abbreviation"
            if not kind and _around(text, word.start()) in code:
                kind = "code"
            missed[kind or "lost", word[0] if kind else _around(text, word.start())] += 1
    return total, missed


def _around(text: str, at: int) -> str:
    return " ".join(plain(text[max(at - 20, 0) : at + 30]).split())


def _texts(nodes: list[Node], values: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Every text that people read; with it the reason why it cannot be translated, where there is one."""
    for key in FRONT_MATTER:
        if isinstance(values.get(key), str):
            yield "", str(values[key])
    opening = None
    before = ""
    for node in nodes:
        if node.kind == "text" and not node.verbatim:
            shown = dict(opening.attributes).get("class", "") if opening is not None else ""
            address = dict(opening.attributes).get("href", "") if opening is not None else ""
            yield (
                "keys" if node.parent == "kbd" and "key-" in shown else
                "docfx" if node.parent == "a" and _MARKER.search(before) else
                "url" if node.parent == "a" and node.value and _is_address(node.value, address) else "",
                node.value,
            )  # fmt: skip
        elif node.kind == "start" and not node.verbatim:
            attributes = dict(node.attributes)
            classes = set(attributes.get("class", "").split())
            for key in TEXT_ATTRIBUTES & attributes.keys():
                own = "own" if classes & _OWN_WORDS else "emoji" if classes & {"twemoji", "emojione"} else ""
                yield own, attributes[key]
        opening = node if node.kind == "start" else None
        before = node.value if node.kind == "text" else before


def _is_address(text: str, address: str) -> bool:
    return text in address or address in text or text.startswith(("http://", "https://", "www."))
