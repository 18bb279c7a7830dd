"""A name is written with other capitals or other spaces than in the source or the termbase.

Why:
    A name is how readers search, and how vendors write it.
    Machine translation splits and recases names ("Power shell", "KUBELET").

Bad:
    target: Open Power shell en start de KUBELET.

    source: The Azure CNI plug-in is needed.
    target: De Azure cni-invoegtoepassing is nodig.

    target: Virtual kubelet staat op Git Hub.

    source: Read the CSV file with a PowerShell provider from Microsoft.
    target: Lees het csv-bestand met een Power shell-provider van micro soft.

    source: Put the values in a ConfigMap, not in SharePoint or Salesforce.
    target: Zet de waarden in een Config Map, niet in sharepoint of Sales Force.

    source: Use the APIs of the node.
    target: Gebruik de Api's van de NODE.

Good:
    target: Open PowerShell en start de kubelet.

    source: The Azure CNI plug-in is needed.
    target: De Azure CNI-invoegtoepassing is nodig.

    target: Virtual Kubelet staat op GitHub.

    source: Read the CSV file with a PowerShell provider from Microsoft.
    target: Lees het CSV-bestand met een PowerShell-provider van Microsoft.

    source: Put the values in a ConfigMap, not in SharePoint or Salesforce.
    target: Zet de waarden in een ConfigMap, niet in SharePoint of Salesforce.

    source: Use the APIs of the node.
    target: Gebruik de API's van de node.

Fix:
    The name is written as the source has it: a word with capitals inside, in capitals, or with a capital in the middle
    of a sentence, whose letters stand in the target in another way.
    Names of the termbase are written as they stand there, with or without a source.
    A name stays as it is where the source has the same other spelling.
    What may be an ordinary word too is a suggestion, or nothing.

Leave alone:
    - target: Voer `powershell` uit op github.com.
      reason: Code and addresses have their own spelling.
    - target: Kubelet start de containers.
      reason: A name may have a capital at the start of a sentence.
    - target: Het knooppunt is klaar.
      reason: The word is also a word of the language.
    - source: POWERSHELL
      target: POWERSHELL
      reason: The whole text is in capitals.
    - source: Open Teams and invite the teams of your office.
      target: Open Teams en nodig de teams van je kantoor uit.
      reason: A name with one capital is often an ordinary word too.
    - source: Write the text in Word.
      target: Schrijf de tekst in word.
      reason: One capital at the start is not enough to tell a name from a word.
    - source: The PC has an ID.
      target: De pc heeft een id.
      reason: Such initials are words of the language, in small letters.
    - source: The POD runs in its own pod.
      target: De pod draait in zijn eigen pod.
      reason: The source writes the word in two ways, so neither is wrong.
    - source: Set `ConfigMap` in the config map.
      target: Zet `ConfigMap` in de config map.
      reason: Only the code of the source has the name.
    - source: IN OR OUT
      target: in of uit
      reason: In a source that is all in capitals they tell nothing.
    - source: Use the IN operator.
      target: De operator staat in de lijst.
      reason: A small word of the target that has the letters of a name by chance.
    - source: Add a Database Server for Every Region
      target: Een data base server voor elke regio
      reason: In a title every word has a capital.
    - source: Press OPEN.
      target: Druk op Open.
      reason: An English word in capitals may be translated; that is a suggestion at most.
      suggestions: true
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "segment"
SEVERITY: Final = Severity.WARNING


def check(unit: Unit, language: Language) -> Iterator[Finding]:
    """Names that are written in another way, each with its spelling."""
    for found in language.spelling.find(unit):
        written = " ".join(unit.target[found.start : found.end].split())
        message = f"'{written}' is written '{found.name}'"
        yield unit.finding(found.start, found.end, message, found.new, safe=found.safe, confidence=found.confidence)
