"""Weights of the features of split compounds, and the two thresholds: what to fix and what to suggest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Final

from knooppunt.errors import DataError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

GROUPS: Final = ("first", "second", "pair", "place")
"""What the families of features are about."""
NEVER: Final = 99.0
"""A threshold that no score reaches: a model with it only suggests."""

Tables = tuple[tuple[float, ...], ...]
"""The weights of the bins of some families, family after family."""


@dataclass(frozen=True, eq=False)
class SplitModel:
    """A logistic model: one weight for each bin of each family of features."""

    frequent: tuple[str, ...]
    before: tuple[str, ...]
    behind: tuple[str, ...]
    """Words that the features ask for; see `Features`."""
    bias: float
    weights: Mapping[str, Mapping[str, tuple[float, ...]]]
    """By group and family."""
    floor: float
    """Least sum of the weights of a pair, without those of its place, for which a place is looked at."""
    fix: float
    """Least score (natural logarithm of the odds) of a join that is made without a person."""
    suggest: float
    """Least score of a join that is shown."""

    def tables(self, group: str, families: Mapping[str, int]) -> Tables:
        """Weights of one group of families with these numbers of bins; 0 for a family that the model does not know.

        Raises DataError where a family has another number of bins.
        """
        found = []
        for name, size in families.items():
            table = self.weights[group].get(name, (0.0,) * size)
            if len(table) != size:
                why = f"the model of split compounds has {len(table)} weights for '{name}', not {size}"
                raise DataError([Problem("", 0, f"{group}.{name}", why, "train it again, or install Knooppunt again")])
            found.append(table)
        return tuple(found)


def total(tables: Sequence[Sequence[float]], bins: Sequence[int]) -> float:
    """Sum of the weights of the bins that hold."""
    return sum([table[at] for table, at in zip(tables, bins, strict=True)])


def probability(score: float) -> float:
    """The probability of a score, from 0 to 1, rounded to four places."""
    return round(1 / (1 + exp(-max(-50.0, min(50.0, score)))), 4)


def parse_model(text: str, path: str) -> SplitModel:
    """Read a model. Raises DataError for anything else."""
    try:
        data = json.loads(text)
        weights = {
            group: {name: tuple(map(float, table)) for name, table in data["weights"][group].items()}
            for group in GROUPS
        }
        words = (tuple(map(str, data[name])) for name in ("frequent", "before", "behind"))
        frequent, before, behind = words
        bias, floor, fix, suggest = (float(data[name]) for name in ("bias", "floor", "fix", "suggest"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        why = f"this is no model of split compounds: {error}"
        raise DataError([Problem(path, 1, "", why, "train it again, or install Knooppunt again")]) from None
    return SplitModel(frequent, before, behind, bias, weights, floor, fix, suggest)


def render_model(model: SplitModel, notes: Mapping[str, object]) -> str:
    """The text of a model, a family a line, weights with three decimals."""
    lines = [f'  "notes": {json.dumps(notes, ensure_ascii=False, sort_keys=True)}']
    words = ("frequent", "before", "behind")
    lines += [f'  "{name}": {json.dumps(getattr(model, name), ensure_ascii=False)}' for name in words]
    lines += [f'  "{name}": {getattr(model, name):.3f}' for name in ("bias", "floor", "fix", "suggest")]
    groups = []
    for group, families in model.weights.items():
        rows = [
            f"      {json.dumps(family, ensure_ascii=False)}: [{', '.join(map(_short, table))}]"
            for family, table in families.items()
        ]
        groups.append(f'    "{group}": {{\n' + ",\n".join(rows) + "\n    }")
    lines.append('  "weights": {\n' + ",\n".join(groups) + "\n  }")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _short(weight: float) -> str:
    return f"{weight:.3f}".rstrip("0").rstrip(".") if abs(weight) >= 0.0005 else "0"
