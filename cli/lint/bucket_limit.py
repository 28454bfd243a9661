"""A histogram's quantile and the limit it is compared with, both measured as the buckets are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from queries.expr import Aggregate, Binary, Call
from queries.known import Known
from queries.unit import Unit

#: The comparison seen from its other side.
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
#: What picks one of several quantiles, and so never exceeds the last bucket either.
PICKS = frozenset({"max", "min", "avg", "topk", "bottomk", "quantile"})


class Limit(NamedTuple):
    """A quantile, a comparison and a number.

    Attributes:
        quantile: what is known of the `histogram_quantile()`.
        op: the comparison, the quantile on its left.
        value: the limit, in the unit of the buckets.
        said: the limit as it was written.
    """

    quantile: Known
    op: str
    value: float
    said: float

    @property
    def buckets(self) -> tuple[float, ...]:
        """The bounds between which it is interpolated."""
        return buckets_of(self.quantile)


def buckets_of(quantile: Known) -> tuple[float, ...]:
    """The finite bounds that the catalog says; none where nobody knows."""
    return quantile.series.of.buckets if quantile.series is not None else ()


def limits(known: Known) -> Iterator[Limit]:
    """The limit of a comparison, where it is a number and the other side a quantile."""
    node = known.node
    if not isinstance(node, Binary) or node.op not in TURNED:
        return
    left, right = known.parts
    for side, other, op in ((left, right, node.op), (right, left, TURNED[node.op])):
        quantile = quantile_in(side)
        if quantile is None or other.type != "scalar" or other.value is None:
            continue
        value = in_buckets(other.value, side.unit, quantile)
        if value is not None:
            yield Limit(quantile, op, value, other.value)


def quantile_in(known: Known) -> Known | None:
    """The quantile that an expression is, perhaps the greatest of several or in another unit; None where it is none."""
    while True:
        node, parts = known.node, known.parts
        if isinstance(node, Call) and node.function == "histogram_quantile":
            return known if buckets_of(known) else None
        if isinstance(node, Aggregate) and node.op in PICKS:
            known = parts[-1]
        elif isinstance(node, Binary) and node.op in ("*", "/") and parts[1].type == "scalar":
            known = parts[0]
        elif isinstance(node, Binary) and node.op == "*" and parts[0].type == "scalar":
            known = parts[1]
        else:
            return None


def in_buckets(value: float, unit: Unit | None, quantile: Known) -> float | None:
    """A value in the unit of the buckets; None where the units do not say."""
    own = quantile.series.of.unit if quantile.series is not None else None
    if unit == own:
        return value
    if unit is None or own is None or unit.dimension != own.dimension:
        return None
    return float(f"{value * unit.scale / own.scale:.12g}")
