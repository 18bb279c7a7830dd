"""`PYTHONPATH=tests .venv/bin/python -m fidelity [CORPUS...]`: how faithful Knooppunt is on whole corpora.

For each corpus, over all files:

- `same`: share of files that come back byte for byte when each text is its own translation, on the way through a real
  PO file; `empty`: the same with a catalog in which nothing is translated;
- `pseudo`: share of files that, with an accent on each letter of their prose, render to the HTML of their source but
  for the accents, under Python-Markdown with Material's extensions; `CommonMark`: the same under markdown-it-py, for
  the corpora that are written for such a reader;
- `code`: lines that were translated though both readers show them as code;
- `words`: share of the words that people read in the rendered page, its title and description that were translated;
  `prose`: the same without the words that nobody may translate, such as addresses, macros and names of keys;
- `leaks`: messages that are no text.

With `-v` every miss is listed. `KNOOPPUNT_CORPORA` says where the corpora are.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from typing import TYPE_CHECKING

from corpora import ROOT
from fidelity.examine import examine
from fidelity.rendering import Renderer

if TYPE_CHECKING:
    from pathlib import Path

CORPORA = (
    "aks-docs", "material-docs", "fastapi-docs/en", "fastapi-docs/de", "fastapi-docs/es", "fastapi-docs/ja",
    "parallel/mim-nl/en", "parallel/mim-nl/nl", "parallel/mim-de/en", "parallel/mim-de/de",
)  # fmt: skip
FOR_COMMONMARK = ("aks-docs", "parallel")
HEAD = (
    f"{'corpus':20} {'files':>5} {'same':>7} {'empty':>7} {'pseudo':>7} {'CommonMark':>10} {'code':>5}"
    f" {'words':>8} {'prose':>8} {'messages':>8} {'leaks':>5}"
)


def main(arguments: list[str]) -> int:
    """Print the table; 1 where something is not as it should be."""
    verbose = "-v" in arguments
    names = [name for name in arguments if not name.startswith("-")] or CORPORA
    started = time.process_time()
    renderer = Renderer()
    worst = 0
    print(HEAD)
    for name in names:
        worst |= _corpus(name, renderer, verbose=verbose)
    print(f"{time.process_time() - started:.0f} CPU seconds")
    return worst


def _corpus(name: str, renderer: Renderer, *, verbose: bool) -> int:
    files = sorted((ROOT / name).rglob("*.md"))
    counts: Counter[str] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    kinds: Counter[str] = Counter()
    for path in files:
        result = examine(path.read_bytes().decode("utf-8"), renderer)
        counts["same"] += result.identical
        counts["empty"] += result.untouched
        counts["pseudo"] += not result.difference
        counts["CommonMark"] += not result.commonmark
        counts["code"] += len(result.code)
        counts["words"] += result.words
        counts["translated"] += result.translated
        counts["kept"] += result.kept
        counts["messages"] += result.segments
        counts["leaks"] += len(result.leaks)
        missed += result.missed
        kinds.update(kind for kind, _ in result.leaks)
        if verbose:
            _list(
                path,
                result.difference,
                result.commonmark if name.startswith(FOR_COMMONMARK) else "",
                result.code,
                result.leaks,
            )
    total = max(len(files), 1)
    shares = [100 * counts[key] / total for key in ("same", "empty", "pseudo")]
    plainly = counts["CommonMark"]
    shown = f"{100 * plainly / total:.2f}%" if name.startswith(FOR_COMMONMARK) else "-"
    words = 100 * counts["translated"] / max(counts["words"], 1)
    prose = 100 * counts["translated"] / max(counts["words"] - counts["kept"], 1)
    print(
        f"{name:20} {len(files):5} {shares[0]:6.2f}% {shares[1]:6.2f}% {shares[2]:6.2f}% "
        f"{shown:>10} {counts['code']:5} {words:7.3f}% {prose:7.3f}% "
        f"{counts['messages']:8} {counts['leaks']:5}"
    )
    if verbose:
        by_kind: Counter[str] = Counter()
        for (kind, _), count in missed.items():
            by_kind[kind] += count
        print("   not translated:", ", ".join(f"{kind} {count}" for kind, count in by_kind.most_common()))
        lost = Counter({word: count for (kind, word), count in missed.items() if kind == "lost"})
        print("   lost:", ", ".join(f"{word} {count}" for word, count in lost.most_common(60)))
        print("   leaks:", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    perfect = counts["same"] == counts["empty"] == counts["pseudo"] == len(files)
    perfect = perfect and (plainly == len(files) or not name.startswith(FOR_COMMONMARK))
    return 0 if perfect and not counts["code"] and not counts["leaks"] else 1


def _list(
    path: Path, difference: str, commonmark: str, code: tuple[str, ...], found: tuple[tuple[str, str], ...]
) -> None:
    for kind, text in (("pseudo", difference), ("CommonMark", commonmark)):
        if text:
            print(f"   {kind} {path.relative_to(ROOT)}: {text!r}")
    for line in code:
        print(f"   code {path.relative_to(ROOT)}: {line!r}")
    for kind, msgid in found:
        print(f"   leak {path.relative_to(ROOT)}: {kind}: {msgid!r}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
