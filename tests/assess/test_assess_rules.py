"""The rules of the records for virtual nodes: each breaks what it should and nothing else, in two engines."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from assess_cases import ENGINES, RULES, assessor, own_rules

from knooppunt.assess import parse_manifests, subjects
from knooppunt.assess.limits import HOLDS
from knooppunt.knowledge.cel import Has, parse_cel, walk
from knooppunt.model import Status, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from knooppunt.assess import Limit, Report, Subject

AREA = "aks.virtual-nodes."
SLUGS = sorted(path.name for path in RULES.iterdir())


@cache
def found(slug: str, which: str, engine: str) -> tuple[tuple[Subject, Report], ...]:
    """Each subject of a rule's fixtures with its report."""
    return tuple(_found(slug, which, engine))


def _found(slug: str, which: str, engine: str) -> Iterator[tuple[Subject, Report]]:
    path = RULES / slug / f"{which}.yaml"
    for document in parse_manifests(path.read_text("utf-8"), path.name):
        for subject in subjects(document):
            report = assessor(engine).assess(subject)
            assert report is not None
            assert not report.failed
            yield subject, report


def applies(slug: str, report: Report) -> bool:
    """Whether a record applies under the first variant that it holds for."""
    limit = next(limit for limit in own_rules() if limit.id == AREA + slug)
    variant = "v1" if limit.status["v1"] in HOLDS else "v2"
    return any(hit.limit is limit for verdict in report.verdicts if verdict.variant == variant for hit in verdict.hits)


def test_every_rule_has_fixtures_and_every_fixture_a_rule() -> None:
    assert [limit.id.removeprefix(AREA) for limit in own_rules()] == SLUGS


def test_there_are_rules_for_both_variants() -> None:
    holding = {"v1": 0, "v2": 0}
    for limit in own_rules():
        for variant in holding:
            holding[variant] += limit.status[variant] in {Status.ACTIVE, Status.PERMANENT, Status.UNKNOWN}
    assert holding["v1"] >= 40
    assert holding["v2"] >= 25


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("slug", SLUGS)
def test_a_rule_tells_what_breaks_from_what_does_not(slug: str, engine: str) -> None:
    breaks, keeps = found(slug, "breaks", engine), found(slug, "keeps", engine)
    assert breaks
    assert len(keeps) >= 2
    assert [subject.title for subject, report in breaks if not applies(slug, report)] == []
    assert [subject.title for subject, report in keeps if applies(slug, report)] == []


def test_both_engines_agree_on_every_rule_and_fixture() -> None:
    compared = 0
    for slug in SLUGS:
        for which in ("breaks", "keeps"):
            rust, python = (found(slug, which, engine) for engine in ENGINES)
            for (subject, one), (_, other) in zip(rust, python, strict=True):
                assert one == other, f"{slug}: {subject.title}"
                compared += 1
    assert compared > 250


@pytest.mark.parametrize("record", own_rules(), ids=lambda limit: limit.id.removeprefix(AREA))
def test_a_rule_says_where(record: Limit) -> None:
    """What breaks a rule that looks at a field has the field's own line, not that of the whole object."""
    if not any(isinstance(part, Has) for part in walk(parse_cel(record.rule.cel))):
        return
    if record.rule.target is not Target.MANIFEST or record.id.endswith(("toleration-and-selector", "pull-secret-type")):
        return
    for _, report in found(record.id.removeprefix(AREA), "breaks", "rust"):
        hits = [hit for verdict in report.verdicts for hit in verdict.hits if hit.limit.id == record.id]
        assert all(hit.pointer for hit in hits), report.title


@pytest.mark.parametrize("engine", ENGINES)
def test_version_two_has_labels_of_its_own(engine: str) -> None:
    text = """\
apiVersion: v1
kind: Pod
metadata: {name: placed}
spec:
  containers: [{name: app, image: registry.example/app:1}]
  nodeSelector: {virtualization: virtualnode2}
  tolerations: [{key: virtual-kubelet.io/provider, operator: Exists, effect: NoSchedule}]
"""
    (document,) = parse_manifests(text, "m.yaml")
    (subject,) = subjects(document)
    report = assessor(engine).assess(subject)
    assert report is not None
    steps = {
        verdict.variant: any(hit.limit.id == f"{AREA}toleration-and-selector" for hit in verdict.hits)
        for verdict in report.verdicts
    }
    assert steps == {"v1": True, "v2": False}


def test_no_rule_rests_on_the_article_alone_where_the_code_says_otherwise() -> None:
    """The article lists init containers as unsupported, and the provider runs them: a rule would be wrong."""
    assert "init-containers" not in SLUGS
    assert "ports-per-ip" not in SLUGS
