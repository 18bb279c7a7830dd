"""Quantities of Kubernetes, such as `250m` and `1.5Gi`, as whole numbers, and their sums over a pod."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_QUANTITY = re.compile(
    r"([+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30}))(?:([eE][+-]?[0-9]{1,2})|([numkMGTPE]|[KMGTPE]i)?)"
)
_SUFFIXES: Mapping[str | None, Decimal] = {
    None: Decimal(1),
    "n": Decimal("1e-9"),
    "u": Decimal("1e-6"),
    "m": Decimal("1e-3"),
    "k": Decimal(1000),
    **{suffix: Decimal(1000) ** power for power, suffix in enumerate("MGTPE", 2)},
    **{f"{suffix}i": Decimal(1024) ** power for power, suffix in enumerate("KMGTPE", 1)},
}
_SCALE = {"cpu": 1000, "memory": 1}
_MOST = 2**62
"""What every engine holds in a whole number."""


class QuantityError(ValueError):
    """A value that is no quantity, with where it stands in the pod."""


def parse_quantity(value: object, scale: int = 1) -> int:
    """A quantity times `scale`, rounded up as Kubernetes does. Raises QuantityError.

    The grammar is that of https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/.

    >>> parse_quantity("250m", 1000), parse_quantity("1.5Gi"), parse_quantity(2, 1000), parse_quantity("1e3")
    (250, 1610612736, 2000, 1000)
    """
    found = None
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        found = _QUANTITY.fullmatch(str(value).strip())
    if found is None:
        raise QuantityError(f"'{value}' is no quantity such as 500m or 2Gi")
    number = Decimal(found[1]) * (Decimal("1" + found[2]) if found[2] else _SUFFIXES[found[3]]) * scale
    whole = int(number.to_integral_value(rounding=ROUND_CEILING)) if abs(number) < _MOST else _MOST
    return max(whole, 0)


def measure(spec: Mapping[str, Any]) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """`totals` and `sizes` of a pod, as the rules read them: thousandths of a CPU, and bytes.

    A container that sets a limit and no request asks for the limit, as the API server fills it in. Raises
    QuantityError, with the place of the value in front.
    """
    totals = dict.fromkeys(("cpu", "memory", "withoutCpu", "withoutMemory", "cpuLimit", "memoryLimit", "ports"), 0)
    sizes = []
    for index, container in enumerate(_mappings(spec.get("containers"))):
        resources = container.get("resources")
        resources = resources if isinstance(resources, dict) else {}
        size: dict[str, Any] = {"name": str(container.get("name", ""))}
        for unit, missing in (("cpu", "withoutCpu"), ("memory", "withoutMemory")):
            where = f"spec.containers[{index}].resources"
            request = _amount(resources, "requests", unit, where)
            limit = _amount(resources, "limits", unit, where)
            request = limit if request is None else request
            size[unit] = request or 0
            totals[unit] += request or 0
            totals[missing] += request is None
            totals[f"{unit}Limit"] = max(totals[f"{unit}Limit"], limit or 0)
        ports = container.get("ports")
        totals["ports"] += len(ports) if isinstance(ports, list) else 0
        sizes.append(size)
    return totals, sizes


def _amount(resources: Mapping[str, Any], kind: str, unit: str, where: str) -> int | None:
    held = resources.get(kind)
    if not isinstance(held, dict) or unit not in held:
        return None
    try:
        return parse_quantity(held[unit], _SCALE[unit])
    except QuantityError as error:
        raise QuantityError(f"{where}.{kind}.{unit}: {error}") from None


def _mappings(value: object) -> Iterable[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
