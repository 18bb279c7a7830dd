"""Names restored from the source and the termbase: what is mended, and what is left alone with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.checks.unit import Unit
from knooppunt.repair import rules_for
from knooppunt.repair.names import NameFinder, kind_of, letters

LISTED = {
    letters(name): name
    for name in (
        "PowerShell",
        "kubelet",
        "Azure CNI",
        "Azure",
        "Virtual Kubelet",
        "Teams",
        "Word",
        "Access",
        "Excel",
        "Go",
    )
}
FINDER = NameFinder(LISTED, frozenset({"knooppunt"}), rules_for("nl"))
BARE = NameFinder({}, frozenset(), rules_for("nl"))


def fixed(target: str, source: str | None = None, finder: NameFinder = BARE, *, suggestions: bool = False) -> str:
    for found in reversed(list(finder.find(Unit(target=target, source=source)))):
        if found.safe or suggestions:
            target = target[: found.start] + found.new + target[found.end :]
    return target


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Open PowerShell.", "Open Power shell.", "Open PowerShell."),
        ("Open Windows PowerShell.", "Open Windows power shell.", "Open Windows PowerShell."),
        ("A PowerShell provider", "Een Power shell-provider", "Een PowerShell-provider"),
        ("PowerShell-based", "op Powershell gebaseerd", "op PowerShell gebaseerd"),
        ("It runs on Azure CNI.", "Het draait op Azure cni.", "Het draait op Azure CNI."),
        ("Start the kubelet.", "Start de KUBELET.", "Start de kubelet."),
        ("The kubelet starts.", "KUBELET start.", "Kubelet start."),
        ("It is from Microsoft.", "Het is van micro soft.", "Het is van Microsoft."),
        ("Sync with Salesforce now.", "Synchroniseer met Sales Force.", "Synchroniseer met Salesforce."),
        ("Use a ConfigMap.", "Gebruik een Config Map.", "Gebruik een ConfigMap."),
        ("Upload to SharePoint.", "Upload naar sharepoint.", "Upload naar SharePoint."),
        ("On GitHub", "Op Git hub", "Op GitHub"),
        ("Several APIs and one VM", "Meer Api's en één vm", "Meer API's en één VM"),
        ("On macOS only", "Alleen op Mac OS", "Alleen op macOS"),
        ("It needs IPv6.", "Het vereist ipv6.", "Het vereist IPv6."),
        ("The **MemberType** parameter", "De parameter **member type**", "De parameter **MemberType**"),
        ("[PowerShell](a.md) and PowerShell", "[Power shell](a.md) en Power Shell", "[PowerShell](a.md) en PowerShell"),
        ("In PowerShell you can", "In Power\nshell kun je", "In PowerShell\nkun je"),
        ("Read the CSV file.", "Lees het csv-bestand.", "Lees het CSV-bestand."),
        ("A StatefulSet has pods.", "Een STATEFULSET heeft pods.", "Een StatefulSet heeft pods."),
    ],
)
def test_the_spelling_of_the_source_is_restored(source: str, target: str, expected: str) -> None:
    assert fixed(target, source) == expected
    assert fixed(expected, source) == expected


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("Open Power shell en de KUBELET.", "Open PowerShell en de kubelet."),
        ("De azure CNI en AZURE", "De Azure CNI en Azure"),
        ("De Azure cni-invoegtoepassing", "De Azure CNI-invoegtoepassing"),
        ("Een Virtual kubelet op VirtualKubelet", "Een Virtual Kubelet op Virtual Kubelet"),
    ],
)
def test_names_of_the_termbase_need_no_source(target: str, expected: str) -> None:
    assert fixed(target, finder=FINDER) == expected
    assert fixed(expected, finder=FINDER) == expected


LEFT_ALONE = [
    ("De pods draaien.", "The pods run.", "an ordinary word"),
    ("De teams werken samen.", "The Teams work together.", "one capital may be that of a label; teams is a word"),
    ("Schrijf in word.", "Write in Word.", "word is a word of Dutch"),
    ("Vraag access aan.", "Request Access.", "access is a word of English"),
    ("Zet het in excel.", "Put it in Excel.", "one capital only"),
    ("Een go en een no-go", "A Go and a no-go", "go is a word"),
    ("De pc start.", "The PC starts.", "pc is a word of Dutch in small letters"),
    ("Jouw id", "Your ID", "id is a word of Dutch"),
    ("Als pdf opslaan", "Save as PDF", "pdf is a word of Dutch"),
    ("Het is op de tv.", "It is on TV.", "tv is a word of Dutch"),
    ("Zet de in-operator neer.", "Use the IN operator.", "in is a small word of Dutch"),
    ("De regio van het land", "The DE region of the country", "de is an article"),
    ("Werk je en ik", "The JE and EN codes", "small words of Dutch"),
    ("Voer `powershell` uit.", "Run PowerShell.", "code"),
    ("Ga naar https://github.com/a.", "Go to GitHub at https://github.com/a.", "an address"),
    ("Zie github.com.", "See GitHub.", "a domain without a scheme"),
    ("Zie docs/powershell/a.md.", "See PowerShell.", "a path"),
    ("Start powershell.exe.", "Start PowerShell.", "a file name"),
    ("Zet $powershell.", "Set PowerShell.", "a variable"),
    ("Het veld power_shell", "The PowerShell field", "an identifier"),
    ("[Powershell][powershell]", "[Powershell][powershell]", "the source has it so"),
    ("Powershell en PowerShell", "Powershell and PowerShell", "the source writes both"),
    ("De config map", "The config map of a ConfigMap", "the source has the two words as well"),
    ("LEES DIT", "Read this", "all in capitals"),
    ("lees dit", "READ THIS", "the source is all in capitals, which tells nothing"),
    ("De data base server", "The Database Server of a Region", "a title has capitals everywhere"),
    ("De para meter", "Parameter of the call", "a capital where the sentence begins"),
    ("Een data base.", "Use the Database.", "no vendor's name, and small: joined by another check in small letters"),
    ("3d-model", "A 3D model", "one capital beside a digit"),
    ("De power shell", "PowerShell or Powershell", "the source writes the name in two ways"),
    ("Lees de csv nu", "READ THE CSV NOW", "the source is all in capitals"),
    ("De Data Base server", "The Database Server of a Region", "a title, and two capitals in the target as well"),
    ("Versie V2", "Version v2", "one capital beside a digit"),
    ("Power, shell en meer", "PowerShell and more", "punctuation stands between"),
    ("Power **shell**", "PowerShell", "emphasis stands between"),
    ("Gebruik IK.", "Use ik.", "two letters in capitals are initials"),
    ("ノードのpowershell", "PowerShell of a node", "no word boundaries in Japanese"),
]


@pytest.mark.parametrize(("target", "source", "reason"), LEFT_ALONE)
def test_left_alone(target: str, source: str, reason: str) -> None:
    assert reason
    finder = NameFinder({}, frozenset(), rules_for("ja")) if "ノ" in target else BARE
    assert fixed(target, source, finder, suggestions=True) == target


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("De teams, een word, access en excel; go!", "names of the termbase that are ordinary words"),
        ("Een bestand azure-vote-front", "a label"),
        ("Het knooppunt", "a word of the locale"),
        ("Zie learn.azure.com en ~azure", "addresses"),
        ("Kubelet start.", "a capital where the sentence begins"),
        ("De Azure CNI van PowerShell", "as it should be"),
        ("Krachtige shell", "other letters"),
    ],
)
def test_left_alone_without_a_source(target: str, reason: str) -> None:
    assert reason
    assert fixed(target, finder=FINDER, suggestions=True) == target


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("Choose OPEN.", "Kies open.", "Kies OPEN."),
        ("Use a GMSA.", "Gebruik een gMSA.", "Gebruik een GMSA."),
        ("The SOFTWARE key", "De sleutel Software", "De sleutel SOFTWARE"),
        ("Set InOut.", "Stel in out in.", "Stel InOut in."),
    ],
)
def test_what_may_be_a_translation_is_a_suggestion(source: str, target: str, expected: str) -> None:
    assert fixed(target, source) == target
    assert fixed(target, source, suggestions=True) == expected


def test_a_name_of_the_termbase_that_the_source_lacks_is_a_suggestion() -> None:
    assert fixed("Open Power shell.", "Open the shell.", FINDER) == "Open Power shell."
    assert fixed("Open Power shell.", "Open the shell.", FINDER, suggestions=True) == "Open PowerShell."


def test_a_clean_text_is_remembered_and_a_wrong_one_still_found() -> None:
    finder = NameFinder(LISTED, frozenset(), rules_for("nl"))
    for _ in range(2):
        assert fixed("Niets aan de hand hier.", finder=finder) == "Niets aan de hand hier."
        assert fixed("Hier wel: Power shell.", finder=finder) == "Hier wel: PowerShell."


@given(st.text(alphabet="aAbBpPowersShl -*`\n.", max_size=40), st.text(alphabet="aAbBpPowersShl -.", max_size=40))
def test_only_spaces_and_case_change_and_a_second_time_nothing(target: str, source: str) -> None:
    once = fixed(target, source, FINDER)
    assert "".join(once.split()).casefold() == "".join(target.split()).casefold()
    assert fixed(once, source, FINDER) == once


def test_kinds() -> None:
    assert [kind_of(word) for word in ("iPhone", "IPv6", "AKS", "Go", "A", "x64", "a")] == [
        *("mixed", "mixed", "capitals", "capital", "", "", "small")
    ]
