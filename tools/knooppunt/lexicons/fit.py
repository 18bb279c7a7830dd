"""Fitting the weights of a model to examples. Needs scikit-learn, which nothing else does."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from importlib import import_module
from math import log
from typing import TYPE_CHECKING, Any, Final

from knooppunt.errors import UsageError
from knooppunt.lexicons.examples import dealt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from knooppunt.lexicons.examples import Examples
    from knooppunt.repair import SplitModel

STRENGTH: Final = 0.3
"""Inverse of the strength of the L2 penalty."""
DEALS: Final = 3
"""Parts into which types are dealt to find wrong labels: each part is judged by a model of the others."""
TOLERANCE: Final = 1e-5
"""Slope at which the weights are good enough."""
DOUBTFUL: Final = 0.8
"""Probability from which a pair labelled as two words is taken for an unlabelled error, and left out."""


@dataclass(frozen=True)
class Fitted:
    """Weights of all bins, family after family, and the bias."""

    bias: float
    weights: tuple[float, ...]
    sizes: tuple[int, ...]

    def scores(self, rows: Sequence[Sequence[int]]) -> list[float]:
        """The score of each row of bins."""
        offsets = [sum(self.sizes[:at]) for at in range(len(self.sizes))]
        weights = self.weights
        return [
            self.bias + sum([weights[offset + at] for offset, at in zip(offsets, row, strict=True)]) for row in rows
        ]

    def into(self, model: SplitModel) -> SplitModel:
        """The model with these weights, rounded to three decimals so that the same data makes the same file."""
        left = iter(self.weights)
        weights = {
            group: {name: tuple(round(next(left), 3) for _ in table) for name, table in families.items()}
            for group, families in model.weights.items()
        }
        return replace(model, bias=round(self.bias, 3), weights=weights)


def sizes_of(model: SplitModel) -> tuple[int, ...]:
    """Number of bins of each family, those of pairs first."""
    return tuple(len(table) for families in model.weights.values() for table in families.values())


def fit(examples: Examples, sizes: tuple[int, ...], *, strength: float = STRENGTH) -> Fitted:
    """Weights fitted to examples whose labels were cleaned first. Raises UsageError where scikit-learn is missing."""
    return solve(clean(examples, sizes), sizes, strength=strength)


def solve(
    examples: Examples, sizes: tuple[int, ...], *, tolerance: float = TOLERANCE, strength: float = STRENGTH
) -> Fitted:
    """Weights fitted to examples as they are. Raises UsageError where scikit-learn is missing."""
    return _fit(examples.rows, examples.labels, examples.types, sizes, tolerance, strength)


def clean(examples: Examples, sizes: tuple[int, ...], *, tolerance: float = TOLERANCE) -> Examples:
    """The examples without those labelled as two words that are most likely errors that nobody has labelled."""
    rows, labels, types = examples.rows, examples.labels, examples.types
    deals = [dealt(" ".join(kind), DEALS) for kind in types]
    keep = [True] * len(rows)
    wanted = majority(examples)
    for at, kind in enumerate(types):
        if not labels[at] and kind in wanted:
            keep[at] = False
    for deal in range(DEALS):
        others = [at for at in range(len(rows)) if deals[at] != deal and keep[at]]
        known = examples.chosen(others)
        judge = _fit(known.rows, known.labels, known.types, sizes, tolerance)
        judged = [at for at in range(len(rows)) if deals[at] == deal and not labels[at]]
        limit = log(DOUBTFUL / (1 - DOUBTFUL))
        for at, score in zip(judged, judge.scores([rows[at] for at in judged]), strict=True):
            if score > limit:
                keep[at] = False
    return examples.chosen([at for at, kept in enumerate(keep) if kept])


def majority(examples: Examples) -> set[tuple[str, str]]:
    """Types that are joined more often than kept: where they are labelled as two words, the good text has the error."""
    joined = Counter(kind for kind, label in zip(examples.types, examples.labels, strict=True) if label)
    kept = Counter(kind for kind, label in zip(examples.types, examples.labels, strict=True) if not label)
    return {kind for kind, count in joined.items() if count > kept[kind]}


def _fit(
    rows: list[list[int]],
    labels: list[bool],
    types: list[tuple[str, str]],
    sizes: tuple[int, ...],
    tolerance: float,
    strength: float = STRENGTH,
) -> Fitted:
    numpy, sparse, linear = _libraries()
    offsets = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])
    columns = numpy.array(rows, dtype=numpy.int64) + offsets
    ones = numpy.ones(columns.size)
    ends = numpy.arange(0, columns.size + 1, columns.shape[1])
    matrix = sparse.csr_matrix((ones, columns.ravel(), ends), shape=(len(rows), int(sum(sizes))))
    counts = Counter(zip(types, labels, strict=True))
    weights = [counts[key] ** -0.5 for key in zip(types, labels, strict=True)]
    model = linear.LogisticRegression(C=strength, solver="lbfgs", max_iter=400, tol=tolerance)
    model.fit(matrix, numpy.array(labels), sample_weight=numpy.array(weights))
    return Fitted(float(model.intercept_[0]), tuple(map(float, model.coef_[0])), sizes)


def _libraries() -> tuple[Any, Any, Any]:
    try:
        numpy, sparse, linear = (import_module(name) for name in ("numpy", "scipy.sparse", "sklearn.linear_model"))
    except ImportError as error:
        message = f"training needs scikit-learn ({error}): pip install -r .ci/requirements-train.txt"
        raise UsageError(message) from None
    return numpy, sparse, linear
