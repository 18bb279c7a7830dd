"""A name in capitals and small letters, or the name of a file, was translated or lost.

Why:
    `DestinationPath` and `setup.exe` are what readers type and search for.
    A translated one ("doelpad") does not exist.

Bad:
    source: The **DestinationPath** parameter names the folder.
    target: De parameter **doelpad** noemt de map.

    source: Read the [StatefulSet](stateful.md) first.
    target: Lees eerst de [toestandsset](stateful.md).

    source: Run setup.exe as an administrator.
    target: Voer de installatie als beheerder uit.

    source: The MachineName property is empty.
    target: De eigenschap computernaam is leeg.

Good:
    source: The **DestinationPath** parameter names the folder.
    target: De parameter **DestinationPath** noemt de map.

    source: Read the [StatefulSet](stateful.md) first.
    target: Lees eerst de [StatefulSet](stateful.md).

    source: Run setup.exe as an administrator.
    target: Voer setup.exe als beheerder uit.

    source: The MachineName property is empty.
    target: De eigenschap MachineName is leeg.

Fix:
    Where the name is all that an emphasis or a link of the source shows, it is suggested for the same one here.
    So it is where it is the whole text.
    Elsewhere there is no fix, for nobody but a translator knows which words stand for the name; that is a warning.

Leave alone:
    - source: Use PowerShell to start.
      target: Start met Power shell.
      reason: Other capitals or spaces are another check's business.
    - source: Open `DestinationPath` now.
      target: Open dit nu.
      reason: Code is compared by another check.
    - source: All SKUs and APIs of VMs.
      target: Alle SKU's, API's en VM's.
      reason: The plural of an abbreviation has its own form in each language.
    - source: The iPhone and the GitHub page.
      target: De iPhone-app en de GitHub-pagina.
      reason: A name may be a part of a compound.
    - source: The JavaScript file and JavaScript code.
      target: Het JavaScript-bestand en de code ervan.
      reason: One of two mentions is enough.
    - source: See https://example.com/SomePage for more.
      target: Zie https://example.com/SomePage voor meer.
      reason: Addresses are compared by another check.
    - source: McDonald and the MacBook of O'Brien.
      target: McDonald en de MacBook van O'Brien.
      reason: Names of people are kept.
    - locale: ja
      source: The JavaScript engine starts.
      target: JavaScriptエンジンが起動します。
      reason: Japanese has no spaces around names.
    - source: Add 5GB or 10Mbps, in IPv4 and x86.
      target: Voeg 5 GB of 10 Mbps toe, in IPv4 en x86.
      reason: Units behind numbers are no names.
    - source: Keep e.g. this, i.e. version 1.2.x of Node.js.
      target: Bewaar bijvoorbeeld dit, dus versie 1.2.x van Node.js.
      reason: Abbreviations and versions are no files.
    - source: The PhD student and the WiFi network.
      target: De promovendus en het wifi-netwerk.
      reason: Some words of the language have capitals inside.
    - source: A text in ALL CAPITALS stays.
      target: Een tekst in hoofdletters blijft.
      reason: Capitals alone make no name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity
from knooppunt.repair.markup import partners

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language
    from knooppunt.repair.markup import Element

SCOPE: Final = "segment"
SEVERITY: Final = Severity.ERROR
BILINGUAL: Final = True

_EXTENSIONS: Final = """
bat cmd config cfg conf csproj css csv dll docx exe html inf ini jar js json log md mof msi nupkg pdf pfx png ps1
psd1 psm1 ps1xml py rdp sh sln sql svg tar ts txt vhd vhdx xls xlsx xml xsl yaml yml zip
"""
_NAME = re.compile(
    r"(?<![\w./@\\$%-])(?:(?P<camel>[A-Za-z]*[a-z][A-Z][A-Za-z0-9]*)"
    rf"|(?P<file>[\w-]+(?:\.[\w-]+)*\.(?:{'|'.join(_EXTENSIONS.split())})))(?![\w@/\\]|\.\w|\()"
)
_PLURAL = re.compile(r"[A-Z]{2,}s|[a-z][A-Z]{2,}s?")
_PERSON = re.compile(r"(?:Mc|Mac|O')[A-Z][a-z]+")
_WORDS: Final = frozenset({"phd", "wifi", "iot", "dos"})
_JOINTS = re.compile(r"[\s\u00ad\u2011_-]+")
SHORTEST: Final = 5


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Names of the source of which the target has nothing."""
    source = unit.source_prose
    if unit.target == unit.source:
        return
    squeezed: str | None = None
    for name in dict.fromkeys(found[0] for found in _NAME.finditer(source)):
        folded = name.casefold()
        if name in unit.target or len(name) < SHORTEST or folded in _WORDS:
            continue
        if _PLURAL.fullmatch(name) or _PERSON.fullmatch(name) or folded in language.vocabulary:
            continue
        if squeezed is None:
            squeezed = _JOINTS.sub("", unit.target.casefold())
        if _JOINTS.sub("", folded) in squeezed or _JOINTS.sub("", _singular(folded)) in squeezed:
            continue
        yield _finding(unit, name)


def _singular(name: str) -> str:
    """A name without the English ending of a plural."""
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else name


def _finding(unit: Unit, name: str) -> Finding:
    message = f"the name '{name}' of the source is missing"
    if name == (unit.source or "").strip():
        whole = unit.target.strip()
        start = unit.target.index(whole)
        if unit.mask.free(start, start + len(whole)):
            shown = f"'{whole}' stands for the name '{name}'"
            return unit.finding(start, start + len(whole), shown, name, safe=False, confidence=0.8)
    places = [element for element in unit.source_elements if _shows(unit.source or "", element, name)]
    if places:
        pairs = zip(unit.elements, partners(unit.elements, unit.source_elements), strict=True)
        chosen = [element for element, partner in pairs if partner in places]
        if len(chosen) == 1:
            start, end = chosen[0].inner_start, chosen[0].inner_end
            shown = unit.target[start:end]
            if shown.strip() and unit.mask.free(start, end):
                message = f"'{shown}' stands for the name '{name}'"
                return unit.finding(start, end, message, name, safe=False, confidence=0.8)
    return replace(unit.finding(0, 0, message), severity=Severity.WARNING)


def _shows(source: str, element: Element, name: str) -> bool:
    return element.kind != "code" and source[element.inner_start : element.inner_end] == name
