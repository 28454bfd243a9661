"""What an answer is worth: too many series, no number, a number that cannot be. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cli.prometheus.answered import Answered, Sample
from cli.verify.question import Question
from cli.verify.verdict import Status
from queries.expr import Aggregate, Binary, Call, Minus, Select, Subquery, walk
from queries.known import Known
from queries.unit import BOOL, CELSIUS, TIMESTAMP

#: Sums in another order differ in the last digits.
CLOSE = 1e-9
#: What cannot be below 0 when it is added up or its speed is taken.
COUNTED = frozenset({"counter", "bucket", "sum", "count"})
#: Functions and operators whose answer may be below 0 whatever they read; or is of another kind.
SIGNED = frozenset(
    {
        *("delta", "idelta", "deriv", "predict_linear", "double_exponential_smoothing", "holt_winters", "clamp_max"),
        *("ln", "log2", "log10", "stddev", "stdvar", "label_replace", "time", "timestamp", "sin", "cos"),
    }
)
#: What lets a gauge's own limits stand.
KEEPING = frozenset(
    {
        *("avg", "min", "max", "quantile", "topk", "bottomk"),
        *("avg_over_time", "min_over_time", "max_over_time", "last_over_time", "quantile_over_time"),
    }
)
ABSOLUTE_ZERO = -273.15
#: A time before it (2000) was never measured, only left at 0.
SINCE = 946_684_800.0
DAY = 86_400.0


class Limits(NamedTuple):
    """Within what a value can be; `whose` says who says so."""

    low: float
    high: float
    whose: str


class Judged(NamedTuple):
    """A status and its reason."""

    status: Status
    why: str = ""


def numbers(answered: Answered) -> list[Sample]:
    """The series whose last value is a number; infinite ones are."""
    return [one for one in answered.samples if not math.isnan(one.value)]


def judged(question: Question, answered: Answered, known: Known | None, now: float) -> Judged:
    """The verdict on an answer that has series, and not only NaN."""
    there = numbers(answered)
    boundless = [one for one in there if math.isinf(one.value)]
    if boundless:
        return Judged(Status.NAN, f"{_of(boundless, answered)} infinite: something is divided by 0")
    for limits in _limits(question, known, now):
        slack = CLOSE * max(1.0, abs(limits.low) if math.isfinite(limits.low) else 0, _finite(limits.high))
        wrong = [one for one in there if not limits.low - slack <= one.value <= limits.high + slack]
        if wrong:
            worst = max(wrong, key=lambda one: max(limits.low - one.value, one.value - limits.high))
            return Judged(
                Status.OUT_OF_RANGE, f"{_of(wrong, answered)} out of range: {_said(worst)}, and {limits.whose}"
            )
    missing = len(answered.samples) - len(there)
    return Judged(Status.OK, f"{missing} of {len(answered.samples)} series are NaN" if missing else "")


def _limits(question: Question, known: Known | None, now: float) -> Iterator[Limits]:
    if known is not None:
        yield from _of_known(known, now)
    if question.low is not None or question.high is not None:
        low = -math.inf if question.low is None else question.low
        high = math.inf if question.high is None else question.high
        shown = " to ".join("any" if math.isinf(one) else f"{one:g}" for one in (low, high))
        yield Limits(low, high, f"the panel shows {shown}")


def _of_known(known: Known, now: float) -> Iterator[Limits]:
    unit, series = known.unit, known.series
    if unit == BOOL:
        yield Limits(0, 1, "it is a yes or a no, or a share of yes")
    elif unit == TIMESTAMP:
        yield Limits(SINCE, now + DAY, "it is a moment, of this century and not to come")
    elif unit == CELSIUS:
        yield Limits(ABSOLUTE_ZERO, math.inf, "nothing is that cold")
    if series is not None and series.kind == "gauge" and _keeps(known):
        low = -math.inf if series.of.low is None else series.of.low
        high = math.inf if series.of.high is None else series.of.high
        if (low, high) != (-math.inf, math.inf):
            yield Limits(low, high, f"{series.of.name} is declared within {low:g} and {high:g}")
    elif _never_below(known):
        yield Limits(0, math.inf, "what is counted is never below 0")


def _keeps(known: Known) -> bool:
    """Whether nothing on the way makes another number of a gauge."""
    for one in known.walk():
        match one.node:
            case Aggregate(op=op) if op not in KEEPING:
                return False
            case Call(function) if function not in KEEPING:
                return False
            case Binary() | Minus() | Subquery():
                return False
    return True


def _never_below(known: Known) -> bool:
    parts = list(known.walk())
    counted = [one.series is not None and one.series.kind in COUNTED for one in parts if isinstance(one.node, Select)]
    signed = any(
        isinstance(node, Minus)
        or (isinstance(node, Binary) and node.op in ("-", "^", "atan2"))
        or (isinstance(node, Call) and node.function in SIGNED)
        for node in walk(known.node)
    )
    return bool(counted) and all(counted) and not signed


def _finite(value: float) -> float:
    return abs(value) if math.isfinite(value) else 0.0


def _of(some: Sequence[Sample], answered: Answered) -> str:
    if len(answered.samples) == 1:
        return "it is"
    return f"{len(some)} of {len(answered.samples)} series are"


def _said(one: Sample) -> str:
    labels = ", ".join(f'{name}="{value}"' for name, value in sorted(one.labels.items()) if name != "__name__")
    return f"{one.value:g} of {{{labels}}}" if labels else f"{one.value:g}"
