"""How the cost of hostile inputs grows: twice the length shall cost about twice the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from fuzz.targets import TARGETS, refusal
from knooppunt.catalogs import edit_po, parse_po

SHORT: Final = 0.08
"""CPU seconds: inputs are made longer until a run takes this long, so that the clock can measure it."""
LONGEST: Final = 4_000_000
LONG: Final = 3.0
"""CPU seconds for one run after which nothing is measured anew."""
SLOWEST: Final = 20_000
"""Characters in a CPU second, for the slowest input that is still called fast enough."""
LIMIT: Final = 3.0
"""Ratio of cost to be called linear, with room for noise and caches; 4 is quadratic."""


def repeated(sign: str) -> Callable[[int], str]:
    """An input that is nothing but this, n times."""
    return lambda n: sign * n


HOSTILE: Final[dict[str, dict[str, Callable[[int], str]]]] = {
    "walker": {
        **{
            f"{sign!r} repeated": repeated(sign)
            for sign in [
                "[", "]", ">", "> ", "*", "_", "|", " ", "`", "`a", "\\", "{", "{{", "{%", "<", "<!--", "<a ", "(", "![",
                "[a](", "[^", "&", "~", "=", "$", ":", ":::", "- ", "1. ", "#", "\t", "**a", "__a ", "a*", "http://",
                "\"", "'", "{#a}", "<div>", "</div>", "-->", "]:", "a\n", "\n", "\r", "> a\n", "- a\n", "    a\n", "| a | b |\n",
                "# a\n", "# a{#a}\n", "a\n===\n", "!!! note\n", "??? a\n    b\n", "```\n", "<div>\n", "<!--\n", "[^1]: a\n",
                "[a]: b\n", "*[A]: b\n", "a\n: b\n", "===\n", "---\n", "{% a %}\n", ":::\n", "/// a\n", "$$\n", "- a\n\n", "1. a\n   b\n",
                "|---|\n", "* * ", "- - ", "a  \n", "a\\\n", "[a][b]", "![a][b]", "`` ` ", "<a href=\"b\">", "&amp;", ":a:",
                "a: b\n", "'a', ", "<b>*", "**[a](b)", "{a=b}", "{ .a }", "[[", "[](", "<http:", "<span markdown>\n",
                "{%\n", "<pre>\n\n", "\\[\n", "a.", "{{a", "--8<--\n", "<?\n", "<![CDATA[\n", "<a '", "<div '", "[a[b]", "(a", "<div>\n\n", "a|",
                "<!-- knooppunt: skip -->\n", "<!-- knooppunt: skip-start -->\n", "--8<-- \"a\"\n", "> - a\n", ">\n", "-\n", "|\n",
            ]
        },
        "nested quotes": lambda n: "> " * (n // 4) + "a\n" + "> " * (n // 4) + "b\n",
        "deepening list": lambda n: "".join(" " * (2 * i) + "- a\n" for i in range(int(n**0.5))),
        "front matter that never ends": lambda n: "---\n" + "a: b\n" * (n // 5),
        "long title": lambda n: "---\ntitle: " + "a " * (n // 2) + "\n---\n",
        "table of one row": lambda n: "| a | b |\n|---|---|\n|" + " c |" * (n // 4) + "\n",
        "wide table rule": lambda n: "|a" * (n // 4) + "\n" + "|-" * (n // 4) + "\n",
    },
    "inline": {
        f"{sign!r} repeated": repeated(sign)
        for sign in [
            "*", "**a", "*a ", "_a", "__a__", "[", "[a", "[a](", "![", "`", "`a", "``a`", "<", "<!--", "<a ", "{{", "{%", "{#", "{*",
            "\\", "\\`", "&", "&#", ":::a", ":a", "](", "][", "~~a", "^^a", "==a", "==a==", "a*", "[^a", "a_b ", "[[", "(((", "http://",
            "https://a ", "::: ", "{:a", "{a=", "[a](b", "***a", "a`b", "]", "{", "}", "<b", "a:", ":", "{#a", "![a](b", "\0", "0",
        ]
    },
    "catalog": {
        "entries": lambda n: "".join(f'msgid "a{i}"\nmsgstr "b"\n\n' for i in range(n // 25)),
        "lines of one string": lambda n: 'msgid ""\n' + '"a "\n' * (n // 5) + 'msgstr "b"\n',
        "escapes": lambda n: 'msgid "' + '\\"' * (n // 2) + '"\nmsgstr "b"\n',
        "backslashes without an end": lambda n: 'msgid "' + "\\\\" * (n // 2) + "\nmsgstr\n",
        "octal escapes": lambda n: 'msgid "' + "\\101" * (n // 4) + '"\nmsgstr "b"\n',
        "flags": lambda n: "#, a, b\n" * (n // 8) + 'msgid "a"\nmsgstr "b"\n',
        "one line of flags": lambda n: "#," + " a," * (n // 3) + '\nmsgid "a"\nmsgstr "b"\n',
        "references": lambda n: "#: a.md\n" * (n // 8) + 'msgid "a"\nmsgstr "b"\n',
        "comments": lambda n: "# a\n" * (n // 4) + 'msgid "a"\nmsgstr "b"\n',
        "previous": lambda n: '#| msgid ""\n' + '#| "a"\n' * (n // 7) + 'msgid "a"\nmsgstr "b"\n',
        "obsolete": lambda n: "".join(f'#~ msgid "a{i}"\n#~ msgstr "b"\n' for i in range(n // 28)),
        "plural forms": lambda n: 'msgid "a"\nmsgid_plural "b"\n' + "".join(f'msgstr[{i}] "c"\n' for i in range(n // 15)),
        "blank lines": lambda n: 'msgid "a"\nmsgstr "b"\n' + "\n" * n,
        "strings on one line": lambda n: 'msgid "a"' + ' "b"' * (n // 4) + '\nmsgstr "b"\n',
        "spaces": lambda n: 'msgid "a"\nmsgstr "b"' + " " * n + "\n",
        "spaces before a string": lambda n: "msgid" + " " * n + '"a"\nmsgstr "b"\n',
        "errors": lambda n: "what\n\n" * (n // 6),
        "marks of conflicts in strings": lambda n: 'msgid ""\n' + '"======="\n' * (n // 10) + 'msgstr ""\n',
        "quotes": lambda n: '"' * n,
        "isolated references": lambda n: "#: " + "\u2068" * n + '\nmsgid "a"\nmsgstr "b"\n',
    },
    "update": {
        "messages alike": lambda n: "".join(f'msgid "Pods have {i} a b c"\nmsgstr "b"\n\n' for i in range(n // 40)),
        "a long message": lambda n: 'msgid "' + "ab " * (n // 6) + '"\nmsgstr "' + "cd " * (n // 6) + '"\n',
        "backticks": lambda n: 'msgid "' + "`a" * (n // 4) + '"\nmsgstr "' + "`b" * (n // 4) + '"\n\nmsgid "b`"\nmsgstr "c"\n',
        "brackets": lambda n: 'msgid "x"\nmsgstr "y"\n\nmsgid "' + "](" * (n // 4) + '"\nmsgstr "' + "](" * (n // 4) + '"\n',
        "targets": lambda n: 'msgid "x"\nmsgstr "y"\n\nmsgid "' + "](a(" * (n // 8) + '"\nmsgstr "' + "](a(" * (n // 8) + '"\n',
        "wide letters": lambda n: 'msgid "' + "字" * n + '"\nmsgstr "b"\n',
    },
    "ledger": {
        "lines": lambda n: ('{"context": null, "hash": "' + "a" * 64 + '", "action": "approve", "by": "b", "at": "2026-01-31T12:00:00Z"}\n') * (n // 140),
        "nested": lambda n: "[" * n,
        "keys": lambda n: "{" + ",".join(f'"{i}":1' for i in range(n // 8)) + "}",
        "the same key": lambda n: "{" + '"a":1,' * (n // 6) + '"a":1}',
        "errors": lambda n: "x\n" * (n // 2),
        "digits": lambda n: "9" * n,
    },
    "yaml": {
        "list": lambda n: "- a\n" * (n // 4),
        "nested": lambda n: "[" * n,
        "mapping": lambda n: "".join(f"k{i}: v\n" for i in range(n // 8)),
        "spaces": lambda n: "a:" + " " * n + "b\n",
        "quoted": lambda n: '"' + "\\\\" * (n // 2) + '"',
        "block": lambda n: "a: |\n" + "  b\n" * (n // 4),
        "dashes": lambda n: "- " * (n // 2),
    },
    "codes": {
        f"{sign!r} repeated": repeated(sign)
        for sign in ["[", "`a", "*a ", "<a ", "{{", "<!--", "](", "[a](b", "![", "&", "http://", "%(", "{0}", "${", "<", "\\", "{#a", "[^a", ":a"]
    },
    "tmx": {  # many attributes in one tag are left out: their cost is that of expat, which takes 8 s for 8 MB
        "nested": lambda n: "<a>" * (n // 3),
        "entities": lambda n: "<a>" + "&amp;" * (n // 5) + "</a>",
        "closed": lambda n: "<tmx version='1.4'><body>" + "<tu/>" * (n // 5) + "</body></tmx>",
    },
    "csv": {
        "quotes": lambda n: '"' * n,
        "lines": lambda n: "catalog,id,source,target\n" + "a,b,c,d\n" * (n // 8),
        "cells": lambda n: "a," * (n // 2),
    },
    "comment": {"backslashes": lambda n: "\\" * n, "newlines": lambda n: "\n" * n},
    "translation": {
        "backslashes": lambda n: "\\" * (n // 2) + "\n" + "a\n\n" * 9,
        "tags": lambda n: "<a " * (n // 6) + "\n\n# a\n\nb\n",
        "brackets": lambda n: "[" * (n // 2) + "\n\n# a\n\n[a]: b\n\nc [a] d\n",
        "ticks": lambda n: "`a" * (n // 4) + "\n\n| a | b |\n|---|---|\n| a | b |\n",
        "pipes": lambda n: "|" * (n // 2) + "\n\n| a | b |\n|---|---|\n| a | b |\n",
        "headings": lambda n: "x\n" + "# a\n" * (n // 4),
    },
}  # fmt: skip


def read_back(text: str) -> None:
    """A catalog read and written; edits of several entries would measure the fuzz target and not the reader."""
    refusal(lambda: edit_po(parse_po(text, "a.po"), {}), text)


RUNS: Final = {**{name: target.run for name, target in TARGETS.items()}, "catalog": read_back}


def cost(run: Callable[[str], None], text: str, runs: int = 3) -> float:
    """CPU seconds, the best of some runs."""
    best = float("inf")
    for _ in range(runs):
        before = time.process_time()
        run(text)
        best = min(best, time.process_time() - before)
    return best


def ratio(run: Callable[[str], None], make: Callable[[int], str]) -> tuple[float, int, float]:
    """Cost of twice the length over that of the length, the length, and its cost."""
    size = 2000
    spent = cost(run, make(size), 1)
    while spent < SHORT and size < LONGEST:
        size *= 2
        spent = cost(run, make(size), 1)
    half, full = cost(run, make(size // 2)), cost(run, make(size))
    return full / max(half, 1e-6), size, full


def growth(run: Callable[[str], None], make: Callable[[int], str]) -> tuple[float, int, float]:
    """As `ratio`; what seems to grow too fast is measured anew at greater lengths, for a busy machine is no finding."""
    grown, size, spent = ratio(run, make)
    for _ in range(3):
        if (grown <= LIMIT and size / spent > SLOWEST) or spent > LONG:
            break
        size *= 2
        half, spent = cost(run, make(size // 2)), cost(run, make(size))
        grown = spent / max(half, 1e-6)
    return grown, size, spent


def main() -> int:
    """Print what grows faster than its length; 1 if anything does."""
    bad = 0
    count = 0
    for name, inputs in HOSTILE.items():
        for label, make in inputs.items():
            grown, size, spent = growth(RUNS[name], make)
            count += 1
            speed = len(make(size)) / spent
            if grown > LIMIT or speed < SLOWEST:
                bad += 1
                print(
                    f"{name}: {label}: {grown:.1f} times for twice the length ({size}: {spent:.2f} s, {speed / 1e6:.3f} M/s)",
                    flush=True,
                )
    print(f"{count} hostile inputs, {bad} that grow faster than {LIMIT} for twice the length")
    return 1 if bad else 0
