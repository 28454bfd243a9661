"""Numbers from gauges: the value now, added up, averaged, the greatest, the least, since when, how much of it is up."""

from typing import Literal

from queries.expr import Aggregate, Binary, Call, Number, Select
from queries.metric import Counter, Gauge, Metric, Role, what_is
from queries.query import Query
from queries.selector import Wanted, keeps, select
from queries.source import Mistake
from queries.unit import BOOL, RATIO, SECONDS, TIMESTAMP, Unit


def latest(gauge: Gauge, /, **match: Wanted) -> Query:
    """The value of every series as it is, each replica for itself."""
    _gauge(gauge)
    labels = tuple(sorted(gauge.label_names))
    return _query(gauge, select(gauge, match), labels)


def total(gauge: Gauge, /, *by: str, **match: Wanted) -> Query:
    """The values of all series added up: what waits in all queues."""
    _gauge(gauge)
    if not gauge.unit.adds_up:
        raise Mistake(f"{gauge.unit} does not add up", fix="average(), maximum() or minimum()")
    kept = keeps(gauge, by)
    low = 0 if gauge.low == 0 else None
    return Query(Aggregate("sum", select(gauge, match), kept), gauge.unit, kept, low=low)


def average(gauge: Gauge, /, *by: str, **match: Wanted) -> Query:
    """The mean of the series; of a flag, the share of them that is set."""
    unit = RATIO if gauge.unit == BOOL else gauge.unit
    return _aggregated("avg", gauge, by, match, unit)


def maximum(gauge: Gauge, /, *by: str, **match: Wanted) -> Query:
    """The greatest of the series: a quantity that every replica reports of one thing."""
    return _aggregated("max", gauge, by, match, gauge.unit)


def minimum(gauge: Gauge, /, *by: str, **match: Wanted) -> Query:
    """The least of the series: of a flag, whether all are set."""
    return _aggregated("min", gauge, by, match, gauge.unit)


def up(role: Role, /, *by: str) -> Query:
    """The share of the role's targets that answer: 0, and not nothing, when all of them are down."""
    return average(role.up, *by).named("up")


def since(gauge: Gauge, /, *by: str, **match: Wanted) -> Query:
    """How long ago the latest of the times was; a time that was never set (0) does not count."""
    _gauge(gauge)
    if gauge.unit != TIMESTAMP:
        raise Mistake(f"{gauge.name} is no time but {gauge.unit}", fix="a gauge of TIMESTAMP")
    kept = keeps(gauge, by)
    latest_time = Aggregate("max", Binary(">", select(gauge, match), Number(0)), kept)
    return Query(Binary("-", Call("time"), latest_time), SECONDS, kept)


def _aggregated(
    op: Literal["avg", "max", "min"],
    gauge: Gauge,
    by: tuple[str, ...],
    match: dict[str, Wanted],
    unit: Unit,
) -> Query:
    _gauge(gauge)
    kept = keeps(gauge, by)
    return _query(gauge, Aggregate(op, select(gauge, match), kept), kept, unit)


def _query(gauge: Gauge, expr: Select | Aggregate, labels: tuple[str, ...], unit: Unit | None = None) -> Query:
    kind = "ratio" if unit == RATIO else "value"
    return Query(expr, unit or gauge.unit, labels, "", kind, gauge.low, gauge.high)  # type: ignore[arg-type]


def _gauge(metric: Metric) -> None:
    # for whoever does not run a type checker
    if not isinstance(metric, Gauge):
        hint = "rate() or increase()" if isinstance(metric, Counter) else "quantile() or mean()"
        raise Mistake(f"{what_is(metric)}, not a gauge", fix=hint)
