"""A file name, a file extension, a version or a dotted name has a space behind its dot.

Why:
    Readers copy names, and search finds no name with a space in it.
    Machine translation takes the dot for the end of a sentence (". psd1", "6.2. x").

Bad:
    source: Save it as HelloWorld.ps1 in a folder.
    target: Sla het op als HelloWorld. ps1 in een map.

    target: Het manifest (. psd1) en de bibliotheken (. dll) staan daar.

    source: It works with PowerShell 6.2.x and later.
    target: Het werkt met PowerShell 6.2. x en hoger.

    source: Find packages with AzureRM.Profile in the name.
    target: Zoek pakketten met AzureRM. profile in de naam.

    target: Open setup. exe en wacht.

Good:
    source: Save it as HelloWorld.ps1 in a folder.
    target: Sla het op als HelloWorld.ps1 in een map.

    target: Het manifest (.psd1) en de bibliotheken (.dll) staan daar.

    source: It works with PowerShell 6.2.x and later.
    target: Het werkt met PowerShell 6.2.x en hoger.

    source: Find packages with AzureRM.Profile in the name.
    target: Zoek pakketten met AzureRM.Profile in de naam.

    target: Open setup.exe en wacht.

Fix:
    The space is removed, and the name written as in the source.
    Without a source only known extensions and versions are joined.

Leave alone:
    - source: Use Windows. Profile files are created.
      target: Gebruik Windows. Profielbestanden worden gemaakt.
      reason: A sentence ends there.
    - source: See app.config. The app starts.
      target: Zie app.config. App start.
      reason: The dot inside the name is whole, and the other one ends the sentence.
    - target: Wacht even. md5 is een hash, en dit is deel 2. x is onbekend.
      reason: Words that only begin like an extension are words, and one number is no version.
    - target: Gebruik `setup. exe` niet.
      reason: Code is no prose.
    - target: Kies bijv. html of tekst. log daarna in.
      reason: Without a source, an extension that is also a word is left.
    - source: Read node.js docs.
      target: Lees de documentatie van node. Js is een taal.
      reason: A capital begins a sentence, unless the source has it so.
    - locale: ja
      source: Save it as start.ps1.
      target: start.ps1 として保存します。
      reason: Nothing is split.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR
HINT: Final = re.compile(r"\.[ \t][ \t]?[^\W_]")

_EXTENSIONS: Final = """
bat bmp cab cer cfg cmd conf cpp csproj css csv dll docx dsn exe gif gz htm html ini iso jpeg jpg js json log mof msi
msu nupkg nuspec pdf pem pfx png ppt pptx ps1 ps1xml psc1 psd1 psm1 psrc pssc py rdp rtf sln sql svg tar tgz ts tsv txt
vbs vhd vhdx wim xls xlsx xml xsd xsl yaml yml zip
"""
_ALSO_WORDS: Final = """
bat cab cpp css gif html ini iso js log mof pdf png sql tar ts
"""
_WORDS: Final = frozenset(_ALSO_WORDS.split())
"""Extensions that are also words or names, so that they may begin what follows a full stop."""
_KNOWN: Final = frozenset(_EXTENSIONS.split())
_CHAIN = re.compile(r"(?<![\w.-])(?:[\w-]++(?:\.[\w-]+)*)?(?:\.[ \t]{1,2}[^\W_][\w-]*(?:\.[\w-]+)*)+")
_BREAK = re.compile(r"\.[ \t]+")
_SMALL = re.compile(r"\.[ \t]{1,2}[a-z]")
_NEXT = re.compile(r"[ \t]+|(?=\.)")
_DOTTED = re.compile(r"(?<![\w.-])(?:[\w-]+)?(?:\.[^\W_][\w-]*)+")
_EXTENSION = re.compile(r"(?P<before>[(\s]|[\w-])\.(?P<gap>[ \t]{1,2})(?P<extension>[a-z]+\d?(?:xml)?)(?![\w.]|-\d)")
_VERSION = re.compile(r"(?<![\w.])v?\d{1,3}(?:\.\d{1,4}){1,3}\.(?P<gap>[ \t])x(?!\w)")


def check(unit: Unit, language: Language) -> Iterator[Finding]:  # noqa: ARG001 # one form for all checks
    """Dots with a space behind them that the source has without, or that cannot end a sentence."""
    if unit.source is not None:
        yield from _by_source(unit, unit.source)
    elif _SMALL.search(unit.target):
        yield from _by_form(unit)


def _by_source(unit: Unit, source: str) -> Iterator[Finding]:
    """Chains of words with dots and spaces, as far as the source has them without spaces."""
    names = {found[0].casefold(): found[0] for found in _DOTTED.finditer(source)}
    if not names:
        return
    reach = 2 * max(map(len, names)) + 2
    for found in _CHAIN.finditer(unit.target):
        at, end = found.start(), found.end()
        while at < end:
            stop = _longest(unit.target, at, min(end, at + reach), names)
            if stop is None:
                following = _NEXT.search(unit.target, at + 1, end)
                at = following.end() if following else end
                continue
            written = unit.target[at:stop]
            name = names[_BREAK.sub(".", written).casefold()]
            if _BREAK.search(written) and unit.mask.free(at, stop) and not _begins_sentence(written, name):
                yield unit.finding(at, stop, f"'{written}' is written '{name}'", name)
            at = stop


def _begins_sentence(written: str, name: str) -> bool:
    """Whether a word behind a dot and a space has a capital that the name of the source has not."""
    removed = 0
    for gap in _BREAK.finditer(written):
        at = gap.start() + 1 - removed
        removed += len(gap[0]) - 1
        if written[gap.end()].isupper() and name[at].islower():
            return True
    return False


def _longest(text: str, at: int, end: int, names: dict[str, str]) -> int | None:
    """Where the longest name of the source ends that stands here, with or without spaces."""
    stops = [match.end() for match in re.finditer(r"\w(?![\w-])", text[at:end])]
    for stop in reversed(stops):
        joined = _BREAK.sub(".", text[at : at + stop]).casefold()
        if joined in names and (at == 0 or not text[at - 1].isalnum()):
            return at + stop
    return None


def _by_form(unit: Unit) -> Iterator[Finding]:
    text = unit.target
    for found in _EXTENSION.finditer(text):
        extension = found["extension"]
        word = found["before"] not in "( \t"
        if extension not in _KNOWN or (word and extension in _WORDS) or not unit.mask.free(*found.span("gap")):
            continue
        if found["before"] == "\n":
            continue
        yield unit.finding(*found.span("gap"), f"space behind the dot of '.{extension}'", "")
    for found in _VERSION.finditer(text):
        if unit.mask.free(*found.span()):
            yield unit.finding(*found.span("gap"), f"space inside the version '{found[0]}'", "")
