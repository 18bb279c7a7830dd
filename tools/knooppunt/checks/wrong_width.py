"""A Japanese text has Latin punctuation, or letters and signs of the wrong width.

Why:
    Japanese has its own full stop, comma and quotation marks, and engines forget them behind code and names.
    Katakana of half a width are hard to read, and search does not find a name in letters of full width.

Bad:
    locale: ja
    target: ノードを削除します.

    locale: ja
    target: ポッドは停止し,ノードは残ります。

    locale: ja
    target: ｺﾝﾃﾅｰ グループがあります。

    locale: ja
    source: Use the CLI with version 2.
    target: ＣＬＩのバージョン２を使います。

    locale: ja
    target: "保存"を選びます。

    locale: ja
    target: 名前は、、必要です。

Good:
    locale: ja
    target: ノードを削除します。

    locale: ja
    target: ポッドは停止し、ノードは残ります。

    locale: ja
    target: コンテナー グループがあります。

    locale: ja
    source: Use the CLI with version 2.
    target: CLIのバージョン2を使います。

    locale: ja
    target: 「保存」を選びます。

    locale: ja
    target: 名前は、必要です。

Fix:
    Katakana, full stops and commas behind Japanese letters are written as Japanese has them, and Latin letters and
    digits as in the source.
    Quotation marks are a suggestion, for they may belong to a program.

Leave alone:
    - locale: ja
      target: バージョン 1.2 と v2.3 と 10,000 個。
      reason: Points and commas inside numbers stay.
    - locale: ja
      target: Node.js と example.com と setup.exe です。
      reason: Points inside names stay.
    - locale: ja
      target: "`a.b` , `c.d` と (例: x, y) を使う。"
      reason: Between Latin words and code, Latin punctuation is usual.
    - locale: ja
      target: "次のとおりです: 1. 開く 2. 閉じる!"
      reason: A colon, numbers of a list and an exclamation mark are a matter of style.
    - locale: ja
      target: Ｗｅｂ と ６０個のコンテナー
      reason: Without a source, full width may be meant.
    - locale: ja
      target: Azure CLI を使う、または Azure の CLI を使う。
      reason: Spaces between Latin and Japanese words are a matter of the locale.
    - locale: ja
      target: "`\"値\"` と \"value\" を指定します。"
      reason: Code, and Latin words between quotation marks, are as a program has them.
    - locale: nl
      target: Verwijder de pod, en wacht.
      reason: Other languages have Latin punctuation.
    - locale: ja
      target: 待機中...です。
      reason: Three points are an ellipsis.
    - locale: zh
      target: 删除节点,然后等待.
      reason: Chinese has rules of its own, which this check does not know.
    - locale: ja
      source: Enter ＡＢＣ in full width.
      target: 全角で「ＡＢＣ」と入力します。
      reason: The source has the same letters of full width.
    - locale: ja
      target: えーっと。。。はい。
      reason: Three full stops are meant as an ellipsis.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from unicodedata import normalize

from knooppunt.model import Edit, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING
LANGUAGES: Final = frozenset({"ja"})

_LETTER: Final = "\u3041-\u3096\u30a1-\u30fa\u30fc\u3005\u3400-\u9fff"
"""Kana and Han, with the sign of a long vowel."""
HINT: Final = re.compile(
    f"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff61-\uff9f]"
    rf"|[.,](?<=[{_LETTER}\u300d\uff09].)|\"|\u3001\u3001|\u3002\u3002"
)
_HALF_KANA = re.compile("[\uff61-\uff9f]+")
_STOP = re.compile(rf"(?<=[{_LETTER}\u300d\uff09])\.(?=[ \t\u3000]*(?:$|[\n{_LETTER}\u300c]))", re.MULTILINE)
_COMMA = re.compile(rf"(?<=[{_LETTER}\u300d\uff09]),(?=[ \t]?[{_LETTER}\u300c])")
_FULL = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a][\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff0d\uff0e]*")
_DOUBLED = re.compile("(?<![\u3001\u3002])(?:\u3001\u3001|\u3002\u3002)(?![\u3001\u3002])")
_QUOTED = re.compile(rf"\"([^\"\n]{{0,60}}[{_LETTER}][^\"\n]{{0,60}})\"")


def check(unit: Unit, language: Language) -> Iterator[Finding]:  # noqa: ARG001 # one form for all checks
    """Signs to write as Japanese has them."""
    source = unit.source or ""
    for pattern, new, message in ((_STOP, "\u3002", "a Latin full stop"), (_COMMA, "\u3001", "a Latin comma")):
        for found in pattern.finditer(unit.target):
            if unit.mask.free(*found.span()):
                space = re.match(r"[ \t]?", unit.target[found.end() :]) if pattern is _COMMA else None
                end = found.end() + (space.end() if space else 0)
                yield unit.finding(found.start(), end, f"{message} in a Japanese sentence", new)
    for found in _HALF_KANA.finditer(unit.target):
        if unit.mask.free(*found.span()) and found[0] not in source:
            yield unit.finding(*found.span(), f"'{found[0]}' has half the width", normalize("NFKC", found[0]))
    for found in _FULL.finditer(unit.target):
        plain = normalize("NFKC", found[0])
        if unit.mask.free(*found.span()) and found[0] not in source and plain in source:
            yield unit.finding(*found.span(), f"'{found[0]}' has full width, '{plain}' in the source", plain)
    for found in _DOUBLED.finditer(unit.target):
        if unit.mask.free(*found.span()):
            yield unit.finding(found.start() + 1, found.end(), f"'{found[0][0]}' stands twice", "")
    for found in _QUOTED.finditer(unit.target):
        start, end = found.span()
        if unit.mask.free(start, end) and unit.target.count('"', 0, start) % 2 == 0:
            edits = (Edit(start, start + 1, "\u300c"), Edit(end - 1, end, "\u300d"))
            yield unit.finding_with(
                start, "Latin quotation marks around a Japanese word", edits, safe=False, confidence=0.7
            )
