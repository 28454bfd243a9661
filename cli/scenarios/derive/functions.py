"""PromQL's functions of one series at a time, and the quantile of a histogram's buckets."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from cli.scenarios.derive.labels import Labels, labels
from cli.scenarios.derive.operators import Vector
from cli.scenarios.derive.unsolved import Unsolved


def _log(value: float, base: Callable[[float], float]) -> float:
    return base(value) if value > 0 else -math.inf if value == 0 else math.nan


def _rounded(value: float, nearest: float = 1.0) -> float:
    return math.floor(value / nearest + 0.5) * nearest if math.isfinite(value) else value


OF_VALUE: Mapping[str, Callable[..., float]] = {
    "abs": abs,
    "ceil": lambda value: float(math.ceil(value)) if math.isfinite(value) else value,
    "floor": lambda value: float(math.floor(value)) if math.isfinite(value) else value,
    "round": _rounded,
    "sqrt": lambda value: math.sqrt(value) if value >= 0 else math.nan,
    "exp": lambda value: math.exp(min(value, 700.0)),
    "ln": lambda value: _log(value, math.log),
    "log2": lambda value: _log(value, math.log2),
    "log10": lambda value: _log(value, math.log10),
    "sgn": lambda value: float((value > 0) - (value < 0)),
    "clamp": lambda value, low, high: max(low, min(high, value)),
    "clamp_min": lambda value, low: max(low, value),
    "clamp_max": lambda value, high: min(high, value),
    "sort": lambda value: value,
    "sort_desc": lambda value: value,
}


def of_each(function: str, of: Vector, args: Sequence[str | float]) -> Vector:
    """A function of each series' value, or of its labels."""
    if function in OF_VALUE:
        try:
            return {one: OF_VALUE[function](value, *args) for one, value in of.items()}
        except TypeError:
            raise Unsolved(f"{function}() is not turned round with such arguments") from None
    texts = [str(one) for one in args]
    if function == "label_replace":
        return {_replaced(one, *texts): value for one, value in of.items()}
    if function == "label_join":
        target, separator, *sources = texts
        return {
            labels(dict(one) | {target: separator.join(dict(one).get(source, "") for source in sources)}): value
            for one, value in of.items()
        }
    raise Unsolved(f"{function}() is not turned round")


def _replaced(of: Labels, target: str, replacement: str, source: str, pattern: str) -> Labels:
    found = re.fullmatch(pattern, dict(of).get(source, ""))
    if found is None:
        return of
    return labels(dict(of) | {target: found.expand(re.sub(r"\$\{?(\w+)\}?", r"\\g<\1>", replacement))})


def quantiles(q: float, buckets: Vector) -> Vector:
    """The quantile of each histogram of the vector."""
    histograms: dict[Labels, dict[float, float]] = defaultdict(dict)
    for of, count in buckets.items():
        held = dict(of)
        if "le" in held:
            bound = float(held.pop("le").replace("Inf", "inf"))
            own = histograms[labels(held)]
            own[bound] = own.get(bound, 0.0) + count
    made = {of: _quantile(q, sorted(own.items())) for of, own in histograms.items()}
    return {of: value for of, value in made.items() if value is not None}


def _quantile(q: float, below: list[tuple[float, float]]) -> float | None:
    """Between the two bounds of the bucket where the rank falls, as if it were filled evenly."""
    if below[-1][0] != math.inf or len(below) == 1:
        return math.nan
    if not 0 <= q <= 1:
        return -math.inf if q < 0 else math.inf
    rank = q * below[-1][1]
    if not below[-1][1]:
        return math.nan
    low, before = 0.0, 0.0
    for number, (bound, count) in enumerate(below[:-1]):
        if count >= rank:
            if number == 0 and bound <= 0:
                return bound
            return low + (bound - low) * divided_evenly(rank - before, count - before)
        low, before = bound, count
    return low


def divided_evenly(part: float, whole: float) -> float:
    """The share; none of nothing."""
    return part / whole if whole else 0.0
