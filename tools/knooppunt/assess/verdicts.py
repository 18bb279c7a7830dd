"""What an assessment says: the answer for each workload, and the records that it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from knooppunt.model import Effect, Kind, Status, Target

if TYPE_CHECKING:
    from knooppunt.assess.limits import Limit


class Weight(StrEnum):
    """What a record that applies means for a move."""

    BLOCKER = "blocker"
    """The workload does not run as it is."""
    CHANGE = "change"
    """It runs, but something of it has no effect or is lost."""
    STEP = "step"
    """It runs once this is done; a move consists of such steps."""
    NOTE = "note"
    """Good to know, or not known for sure: sources disagree, or none says."""


class Answer(StrEnum):
    """Whether a workload can move to a variant."""

    YES = "yes"
    CHANGED = "changed"
    NO = "no"
    UNKNOWN = "unknown"
    """A rule could not be evaluated."""


BLOCKING = (Effect.REJECTED, Effect.PENDING, Effect.UNAVAILABLE)
CHANGING = (Effect.IGNORED, Effect.TRUNCATED)


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that applies to a subject."""

    limit: Limit
    weight: Weight
    line: int
    pointer: str
    """The field that the rule found: `spec.template.spec.containers[1].args`; "" where there is no single one."""
    reason: str = ""
    """`disputed` or `unknown` where the weight is a note for want of certainty."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that could not be evaluated on a subject."""

    record: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that is known of one subject under one variant."""

    variant: str
    hits: tuple[Hit, ...]
    failures: tuple[Failure, ...]

    @property
    def answer(self) -> Answer:
        """No, where something blocks; unknown, where nothing does but a rule failed."""
        weights = {hit.weight for hit in self.hits}
        if Weight.BLOCKER in weights:
            return Answer.NO
        if self.failures:
            return Answer.UNKNOWN
        return Answer.CHANGED if Weight.CHANGE in weights else Answer.YES


@dataclass(frozen=True, slots=True)
class Report:
    """One subject with its verdicts, one for each variant that was asked for."""

    title: str
    """`Deployment/web`."""
    target: Target
    is_workload: bool
    path: str
    line: int
    verdicts: tuple[Verdict, ...]

    @property
    def answer(self) -> Answer:
        """The best answer of all variants: a workload can move where one variant takes it."""
        order = (Answer.YES, Answer.CHANGED, Answer.UNKNOWN, Answer.NO)
        return min((verdict.answer for verdict in self.verdicts), key=order.index)

    @property
    def failed(self) -> bool:
        """Whether a rule could not be evaluated."""
        return any(verdict.failures for verdict in self.verdicts)


def weigh(limit: Limit, status: Status) -> tuple[Weight, str]:
    """What it means that a record applies under a status, and why it is but a note where it is no more."""
    if limit.disputed:
        return Weight.NOTE, "disputed"
    if status is Status.UNKNOWN:
        return Weight.NOTE, "unknown"
    if limit.kind is Kind.REQUIREMENT and limit.effect is Effect.PENDING:
        return Weight.STEP, ""
    if limit.effect in BLOCKING or (limit.effect is None and limit.kind is Kind.REQUIREMENT):
        return Weight.BLOCKER, ""
    return (Weight.CHANGE if limit.effect in CHANGING else Weight.NOTE), ""
