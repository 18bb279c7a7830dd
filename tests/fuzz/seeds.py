"""What fuzzing starts from: pieces of this project's own files, and words that mean something to a reader."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

from knooppunt.catalogs import Catalog, new_catalog, parse_po
from knooppunt.exchange import Outgoing, catalog_units, formats
from knooppunt.exchange.tbx import render_terms
from knooppunt.repair.termbase import parse_terms

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("KNOOPPUNT_CORPORA") or ROOT.parent / "shared" / "corpora")
SIZE: Final = 1500
"""Characters of a piece; small ones are mutated to more effect."""
MOST: Final = 400
"""Pieces of one kind."""

_PLACES: Final = {
    "md": (ROOT / "docs", ROOT / "tests" / "cases", CORPORA / "material-docs", CORPORA / "aks-docs"),
    "po": (ROOT / "locales",),
    "jsonl": (),
    "yml": (ROOT / "docs", ROOT / "locales"),
}

_LINE: Final = '{"context": null, "hash": "%s", "action": "%s", "by": "Ada <a@b.c>", "at": "2026-01-31T12:00:00Z"%s}\n'
_OWN: Final = {
    "md": (
        "---\ntitle: A\ndescription: 'b'\n---\n\n# A {#a .b}\n\nText *a* [b](c \"d\")\n: e\n\n[^1]: note\n*[A]: abc\n",
        "!!! note \"T\"\n    - a\n      1. b\n\n          code\n    | a | b |\n    |---|---|\n    | `c|d` | e |\n",
        "> [!NOTE]\n> a\n\n:::image x=\"y\" alt-text=\"z\":::\n\n=== \"T\"\n\n    ```sh\n    a\n    ```\n\n<div>\n<p>a\n\nb</p>\n",
        "<!-- knooppunt: records kind=quota as=table -->\n<!-- knooppunt: skip-start -->\na\n<!-- knooppunt: skip-end -->\n",
        "/// note | T\na\n///\n\n{% if a %}\n{{ b }}\n$$\na\n$$\n- [ ] a\n+ b\\\n  c  \n  d\n\nTerm\n:   def\n\n    more\n",
        "a\r\nb\rc\n\n\tcode\n\n***\n___\na\n===\nb\n---\n<a name=\"x\"></a>&copy;&#x41;`` a`b ``:smile:\n--8<-- \"x\"\n",
    ),
    "po": (
        'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n# a\n#. b\n#: c.md\n#, fuzzy\n#| msgid "d"\nmsgctxt "e"\nmsgid ""\n"f "\n"g"\nmsgstr "h\\n\\"\\x41\\303\\251"\n',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n\n#~ msgid "e"\n#~ msgstr "f"\n',
        '#, fuzzy\n#~| msgid "a"\n#~ msgctxt "b"\n#~ msgid "c"\n#~ msgstr "d"\n#= no-wrap\n#@ e\nmsgid "f"\nmsgstr ""\n',
        '# mt: deepl: a\n#, fuzzy\nmsgid "Pods have 3 volumes."\nmsgstr "b"\r\n\r\nmsgid "c"\r\nmsgstr "d"\r\n',
    ),
    "jsonl": (
        _LINE % ("a1" * 32, "approve", "") + _LINE % ("b2" * 32, "reject", ', "note": "n"'),
        _LINE % ("c3" * 32, "carry", ', "from": {"x": [1, 2.5, null, true]}') + "\n" + _LINE % ("c3" * 32, "approve", ""),
    ),
    "yml": ("a: [b, {c: d}]\ne: |\n  f\n  g\nh: !!str 1\ni: 2024-01-01\n", "a: &b c\nd: *b\n", "- 'a'\n- \"\\u00e9\"\n- ? b\n"),
}  # fmt: skip

SPACES: Final = (
    "\n", "\r\n", "\r", "\n\n", "\t", "    ", "  \n", "\\\n", "\u2028", "\x85", "\x0b", "\x0c", "\0", "\ufeff", "é", "字",
    "\u200b", "\u00a0", "\u202e", "\U0001f600", "\u0301", " ",
)  # fmt: skip


def words() -> list[str]:
    """Pieces of syntax to put into a text; `&#32;` stands for a space in the file that lists them."""
    listed = (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").split()
    return [*(word.replace("&#32;", " ") for word in listed), *SPACES]


def seeds(kinds: tuple[str, ...]) -> list[str]:
    """Texts of these kinds: examples first, then pieces of real files, in a fixed order."""
    found: list[str] = []
    for kind in kinds:
        found += _OWN.get(kind, ())
        found += _made(kind)
        pieces = [piece for folder in _PLACES.get(kind, ()) for path in _some(folder, kind) for piece in _pieces(path)]
        found += pieces[:: max(1, len(pieces) // MOST)]
    return found


@cache
def small_catalog() -> Catalog:
    """A catalog with an entry of each kind, for what comes back from other tools."""
    return parse_po(f"{new_catalog('nl')}\n{_OWN['po'][1]}\n{_OWN['po'][3]}".replace("\r", ""), "network.po")


def _made(kind: str) -> list[str]:
    """What Knooppunt itself writes in this format."""
    if kind == "tbx":
        terms = parse_terms("pod: {source: pod, use: pod, plural: pods, never: [peul], note: a}\n", "terms.yml").terms
        return [render_terms(terms, "en", "nl")]
    if kind not in formats():
        return []
    units = tuple(catalog_units("network", small_catalog(), frozenset()))
    return [formats()[kind].render(Outgoing("Test", "en", "nl", units))]


def _some(folder: Path, kind: str) -> list[Path]:
    paths = sorted(folder.rglob(f"*.{kind}"))
    return paths[:: max(1, len(paths) // 60)]


def _pieces(path: Path) -> list[str]:
    lines = path.read_bytes().decode("utf-8", "replace").splitlines(keepends=True)
    pieces = [""]
    for line in lines:
        if len(pieces[-1]) > SIZE:
            pieces.append("")
        pieces[-1] += line
    return pieces
