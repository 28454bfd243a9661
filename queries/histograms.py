"""Numbers from histograms and summaries: quantiles, means, the share below a limit, the buckets themselves."""

from queries.expr import RATE_INTERVAL, Aggregate, Binary, Call, Number, Window
from queries.metric import Histogram, Metric, Summary, what_is
from queries.promql import bucket
from queries.query import Query
from queries.selector import Wanted, keeps, select
from queries.source import Mistake
from queries.unit import RATIO, Quantity


def quantile(q: float, histogram: Histogram, /, *by: str, **match: Wanted) -> Query:
    """The value that a share `q` of the observations stays below: `quantile(0.95, LATENCY)` is the p95.

    Between two buckets it is interpolated, and it cannot pass the last finite one.
    """
    _histogram(histogram)
    if not isinstance(q, int | float) or not 0 < q < 1:
        raise Mistake(f"a quantile of {q!r}", fix="a share: 0.95")
    kept = keeps(histogram, by)
    buckets = _buckets(histogram, ("le", *kept), match)
    expr = Call("histogram_quantile", (Number(q), buckets))
    low, high = min(0.0, histogram.buckets[0]), histogram.buckets[-1]
    name = f"p{100 * q:g}"
    return Query(expr, histogram.unit, kept, name, "quantile", low, high, histogram.buckets)


def mean(of: Histogram | Summary, /, *by: str, **match: Wanted) -> Query:
    """The mean of the observations: their sum by their count."""
    if not isinstance(of, Histogram | Summary):
        raise Mistake(f"{what_is(of)}, and has no observations", fix="average()")
    kept = keeps(of, by)
    total, count = (_rates(of, part, kept, match) for part in ("_sum", "_count"))
    high = 1 if isinstance(of, Histogram) and of.unit == RATIO and of.buckets[-1] <= 1 else None
    return Query(Binary("/", total, count), of.unit, kept, "mean", low=0, high=high)


def share_below(limit: Quantity | float, histogram: Histogram, /, *by: str, **match: Wanted) -> Query:
    """The share of observations at or below the limit, which must be a bucket's: an SLA share."""
    _histogram(histogram)
    bound = limit.to(histogram.unit).value if isinstance(limit, Quantity) else limit
    if bound not in histogram.buckets:
        listed = ", ".join(f"{one:g}" for one in histogram.buckets)
        raise Mistake(f"{bound:g} is no bucket of {histogram.name}", fix=f"one of {listed}")
    kept = keeps(histogram, by)
    below = Aggregate("sum", _rate_of(histogram, "_bucket", match, bucket(bound)), kept)
    expr = Binary("/", below, _rates(histogram, "_count", kept, match))
    said = histogram.unit.says(bound)
    return Query(expr, RATIO, kept, f"within {said}", "ratio", low=0, high=1)


def buckets(histogram: Histogram, /, **match: Wanted) -> Query:
    """The observations per second by bucket: what a heatmap draws."""
    _histogram(histogram)
    expr = _buckets(histogram, ("le",), match)
    return Query(expr, histogram.unit, ("le",), kind="buckets", low=0, bounds=histogram.buckets)


def _buckets(metric: Histogram, by: tuple[str, ...], match: dict[str, Wanted]) -> Aggregate:
    return Aggregate("sum", _rate_of(metric, "_bucket", match), tuple(sorted(by)))


def _rates(metric: Metric, suffix: str, by: tuple[str, ...], match: dict[str, Wanted]) -> Aggregate:
    return Aggregate("sum", _rate_of(metric, suffix, match), by)


def _rate_of(metric: Metric, suffix: str, match: dict[str, Wanted], le: str = "") -> Call:
    return Call("rate", (Window(select(metric, match, suffix=suffix, le=le), RATE_INTERVAL),))


def _histogram(metric: Metric) -> None:
    # for whoever does not run a type checker
    if not isinstance(metric, Histogram):
        raise Mistake(f"{what_is(metric)}, and has no buckets", fix="a Histogram")
