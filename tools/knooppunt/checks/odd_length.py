"""A translation is much shorter or much longer than its source.

Why:
    Half of the text may be missing, or the translation of another text may have slipped in.

Bad:
    source: |
        The virtual node creates a container group for each pod, and deletes it as soon as the pod is gone.
        Do not change container groups by hand, since the virtual node would not notice.
    target: Wijzig ze niet.

    source: Delete the pod that does not answer, and wait.
    target: |
        Verwijder de pod die niet antwoordt, en wacht. Het virtuele knooppunt maakt voor elke pod een containergroep en
        verwijdert die zodra de pod weg is. Wijzig containergroepen niet met de hand, want het virtuele knooppunt zou
        dat niet merken, en de gegevens die erin staan gaan verloren zodra de containergroep weer verwijderd wordt.

Good:
    source: |
        The virtual node creates a container group for each pod, and deletes it as soon as the pod is gone.
        Do not change container groups by hand, since the virtual node would not notice.
    target: |
        Het virtuele knooppunt maakt voor elke pod een containergroep, en verwijdert die zodra de pod weg is.
        Wijzig containergroepen niet met de hand, want het virtuele knooppunt zou dat niet merken.

Fix:
    There is no fix, for a person has to compare the two.

Leave alone:
    - source: Yes.
      target: Dat is inderdaad zo, ja.
      reason: A short text says little about lengths.
    - source: No pods.
      target: Er zijn geen pods gevonden.
      reason: Languages are of different lengths in short labels.
    - locale: ja
      source: The virtual node creates a container group for each pod, and deletes it as soon as the pod is gone.
      target: 仮想ノードは Pod ごとにコンテナー グループを作成し、Pod がなくなるとすぐに削除します。
      reason: Japanese needs half as many signs.
    - source: Run `kubectl get pods --all-namespaces --output wide` first.
      target: Voer dit eerst uit.
      reason: Lost code is another check's business; both the prose and the whole text have to be odd.
    - source: See [the guide](https://example.com/a/very/long/address/that/goes/on/and/on/and/on/and/on.html).
      target: Zie [de handleiding](gids.md).
      reason: An address is no prose.
    - source: A CNAME record, an AAAA record, an MX record, a TXT record or an SRV record.
      target: Een CNAME-, AAAA-, MX-, TXT- of SRV-record.
      reason: What is left out by the rules of a language makes no half.
"""

from __future__ import annotations

import math
from statistics import median
from typing import TYPE_CHECKING, Final

from knooppunt.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from knooppunt.checks.unit import Unit
    from knooppunt.model import Finding
    from knooppunt.repair import Language

SCOPE: Final = "text"
SEVERITY: Final = Severity.NOTE
BILINGUAL: Final = True

_USUAL: Final = {"ja": 0.47, "zh": 0.35, "ko": 0.55, "th": 0.9}
"""Signs of a translation for each sign of English prose; 1.1 for languages that are not here."""
SHORTEST: Final = 40
"""Signs of prose of the longer text from which lengths are compared."""
FEWEST: Final = 30
"""Texts of a file from which its own median counts."""
LEAST: Final = math.log(2.2)
"""Distance of the logarithm of a ratio from the usual one that no longer text may have."""
LEAST_MIXED: Final = math.log(3.0)
"""The same in a language of short words whose texts hold names in Latin letters, which are as long as in the source."""
SLACK: Final = 30.0
"""By this many signs a text may be longer or shorter beside: labels and short sentences differ more."""


def check(units: Sequence[Unit], language: Language) -> Iterator[Finding]:
    """Strong outliers among the ratios of lengths."""
    given = [unit for unit in units if unit.target != unit.source]
    usual = math.log(_USUAL.get(language.locale.split("-", maxsplit=1)[0], 1.1))
    least = LEAST_MIXED if language.rules.spaceless else LEAST
    plain = _outliers([(_length(unit.source_prose), _length(unit.prose)) for unit in given], usual, least)
    if not plain:
        return
    whole = _outliers([(_length(unit.source or ""), _length(unit.target)) for unit in given], usual, least)
    for place in sorted(plain.keys() & whole.keys()):
        times = plain[place]
        what = f"{times:.1f} times as long" if times > 1 else f"{times:.0%} as long"
        yield given[place].finding(0, 0, f"{what} as a translation of this source usually is")


def _outliers(lengths: Sequence[tuple[int, int]], usual: float, least: float) -> dict[int, float]:
    """Places of pairs of lengths that are far from the usual ratio: by how much the second is longer than expected."""
    ratios = [math.log(target / source) for source, target in lengths if source >= SHORTEST and target]
    middles = [usual, median(ratios)] if len(ratios) >= FEWEST else [usual]
    found = {}
    for place, (source, target) in enumerate(lengths):
        if not source or not target:
            continue
        expected = min((source * math.exp(middle) for middle in middles), key=lambda one: abs(math.log(target / one)))
        short, long = sorted((expected, float(target)))
        if long >= SHORTEST and math.log(long / short) > least and long - short > SLACK + least * math.sqrt(long):
            found[place] = target / expected
    return found


def _length(text: str) -> int:
    """Signs without white space, asterisks and what stands for protected parts."""
    return len("".join(text.replace("\ufffc", "").replace("*", "").split()))
