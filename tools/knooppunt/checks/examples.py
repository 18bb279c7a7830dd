"""The examples of a check, run: a small fixed language and site, the same for the documentation and the tests."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from knooppunt.checks.link_index import LinkIndex, page_anchors
from knooppunt.checks.registry import load
from knooppunt.checks.run import run_page, run_segments
from knooppunt.checks.unit import Unit, parse_ignores
from knooppunt.config import LocaleConfig
from knooppunt.model import Locale, Origin, State
from knooppunt.pages import parse_page
from knooppunt.repair import Language, apply, make_language

if TYPE_CHECKING:
    from collections.abc import Iterable

    from knooppunt.checks.documentation import Example
    from knooppunt.checks.registry import Check
    from knooppunt.model import Finding

TERMS: Final = {
    "nl": """
pod: {source: pod, use: pod, plural: pods, never: [peul]}
node: {source: node, use: knooppunt, gender: het, plural: knooppunten, avoid: [node]}
workload: {source: workload, use: werkbelasting, plural: werkbelastingen, never: [werklast]}
powershell: {source: PowerShell, use: PowerShell, translate: false}
kubelet: {source: kubelet, use: kubelet, translate: false}
virtual-kubelet: {source: Virtual Kubelet, use: Virtual Kubelet, translate: false}
azure-cni: {source: Azure CNI, use: Azure CNI, translate: false}
github: {source: GitHub, use: GitHub, translate: false}
azure-cni-node-subnet: {source: Azure CNI Node Subnet, use: Azure CNI Node Subnet, translate: false}
knooppunt: {source: Knooppunt, use: Knooppunt, translate: false}
""",
    "ja": """
pod: {source: pod, use: Pod, never: [ポッド]}
cluster: {source: cluster, use: クラスター, never: [クラスタ]}
container-group: {source: container group, use: コンテナー グループ, forms: [コンテナーグループ]}
""",
}
WORDS: Final = "knooppunt\ntoegangsbeheerlijst\nvoorbeeld\nvoorwaarde\nwerkruimte\nloadbalancer\n"
KEEP: Final = "load balancer\n"

PAGE: Final = "guide/page.md"
"""Path of the page of an example."""
SITE: Final = LinkIndex(
    pages={"index.md": frozenset(), "guide/other.md": frozenset({"install", "network"})},
    files=frozenset({"guide/picture.png"}),
)


@cache
def example_language(locale: str, register: str = "neutral") -> Language:
    """The language of an example: Dutch has a termbase and word lists, Japanese a termbase, others only their rules."""
    config = LocaleConfig(Locale(locale), locale, register=register)
    if locale != "nl":
        return make_language(config, terms=TERMS.get(locale, ""), folder="example")
    return make_language(config, terms=TERMS[locale], words=WORDS, keep=KEEP, folder="example")


def run_example(check: Check, example: Example) -> list[Finding]:
    """What a check finds in an example."""
    if check.scope == "page":
        page = parse_page(example.entries[0]["page"] + "\n", path=PAGE)
        site = LinkIndex({**SITE.pages, PAGE: page_anchors(page)}, SITE.files)
        return run_page(page, site, [check.id])
    selected = (
        [name for name, other in load().items() if other.scope != "page"] if check.scope == "ignore" else [check.id]
    )
    found = run_segments(example_units(example), example_language(example.locale, example.register), selected)
    return [finding for finding in found if finding.check == check.id]


def example_units(example: Example) -> list[Unit]:
    """The entries of an example; without a state, they are translated."""
    units = []
    for number, entry in enumerate(example.entries, start=1):
        target = entry.get("target", "")
        state = State(entry["state"]) if "state" in entry else State.TRANSLATED if target else State.UNTRANSLATED
        comments = (f"knooppunt: ignore {entry['ignore']}",) if "ignore" in entry else ()
        units.append(
            Unit(
                target=target,
                source=entry.get("source"),
                kind=entry.get("kind", "paragraph"),
                context=entry.get("context"),
                origin=Origin("example.po", number),
                state=state,
                locale=Locale(example.locale),
                ignores=parse_ignores(comments),
                forms=int(entry.get("forms", 1)),
                wanted_forms=int(entry.get("nplurals", entry.get("forms", 1))),
            )
        )
    return units


def healed(example: Example, findings: Iterable[Finding]) -> str:
    """The target of an example of one entry with all edits made, suggestions included."""
    return apply(example.entries[0].get("target", ""), [edit for finding in findings for edit in finding.edits])
