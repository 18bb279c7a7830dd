"""Whether a workload can move: manifests and records with rules in, verdicts out."""

from knooppunt.assess.documents import Document, parse_manifests
from knooppunt.assess.engine import Engine, RuleError, RustEngine
from knooppunt.assess.limits import Limit, limits_of, limits_of_feed
from knooppunt.assess.run import Assessor
from knooppunt.assess.subjects import Subject, subjects
from knooppunt.assess.verdicts import Answer, Failure, Hit, Report, Verdict, Weight

__all__ = [
    "Answer",
    "Assessor",
    "Document",
    "Engine",
    "Failure",
    "Hit",
    "Limit",
    "Report",
    "RuleError",
    "RustEngine",
    "Subject",
    "Verdict",
    "Weight",
    "limits_of",
    "limits_of_feed",
    "parse_manifests",
    "subjects",
]
