"""Histograms: which buckets there are, and what share of the observations lies below each bound."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from cli.scenarios.derive.uses import Use
from queries.exposed import Series

#: Around a limit, where nobody knows the buckets.
AROUND = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0)


def bounds_for(
    used: Iterable[Use], known: Series | None, limits: Sequence[float]
) -> tuple[tuple[float, ...], Mapping[float, str]]:
    """The upper bounds, rising, +Inf last; and how those that a selector says are written there.

    Args:
        used: the selectors of the buckets.
        known: what the catalogs say of them.
        limits: the numbers of the alert: the judged one is taken to be the greatest change of scale away from one.
    """
    written: dict[float, str] = {}
    for use in used:
        for one in use.select.match:
            if one.label == "le" and one.op == "=":
                try:
                    written[float(one.value.replace("Inf", "inf"))] = one.value
                except ValueError:
                    continue
    if known is not None and known.of.buckets:
        bounds = {*known.of.buckets}
    else:
        bounds = {limit * share for limit in limits if limit > 0 for share in AROUND} or {0.1, 0.5, 1.0, 5.0, 10.0}
    bounds |= {one for said in written for one in (said / 2, said, said * 2) if said < math.inf and said > 0}
    return (*sorted(float(f"{one:.6g}") for one in bounds), math.inf), written


def share_below(bound: int, spread: float, replica: int, replicas: int) -> float:
    """Which share of all observations one replica counts up to a bound.

    At a whole number they lie all in the bucket of that number; between two they are divided, and where there are two
    replicas the quick ones are on the first and the slow ones on the second: only both together have the quantile.
    """
    low = math.floor(spread)
    late = spread - low
    quick = 1 - late if bound >= low else 0.0
    slow = late if bound > low else 0.0
    if replicas == 1:
        return quick + slow
    return quick if replica == 0 else slow
