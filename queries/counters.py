"""Numbers from counters: how fast, how many, how much in an hour."""

from queries.duration import canonical
from queries.expr import RATE_INTERVAL, Aggregate, Call, Window
from queries.metric import Counter, Histogram, Metric, Summary, what_is
from queries.query import Query
from queries.selector import Wanted, keeps, select
from queries.source import Mistake
from queries.unit import HOURS, SECONDS


def rate(counter: Counter, /, *by: str, **match: Wanted) -> Query:
    """Per second, all series together or one for each value of `by`.

    `rate(REQUESTS, "handler", status="5xx")` is `sum by (handler) (rate(...{status="5xx"}[...]))`.
    """
    _counter(counter)
    kept = keeps(counter, by)
    inner = Call("rate", (Window(select(counter, match), RATE_INTERVAL),))
    return Query(Aggregate("sum", inner, kept), counter.unit / SECONDS, kept, kind="rate", low=0)


def average_rate(counter: Counter, /, *by: str, **match: Wanted) -> Query:
    """Per second, of each series on average: the share of the time that a CPU idles."""
    summed = rate(counter, *by, **match)
    inner = Call("rate", (Window(select(counter, match), RATE_INTERVAL),))
    return Query(Aggregate("avg", inner, summed.labels), summed.unit, summed.labels, kind="rate", low=0)


def increase(counter: Counter, window: str, /, *by: str, **match: Wanted) -> Query:
    """How many within the window."""
    _counter(counter)
    kept = keeps(counter, by)
    inner = Call("increase", (Window(select(counter, match), canonical(window)),))
    return Query(Aggregate("sum", inner, kept), counter.unit, kept, kind="increase", low=0)


def per_hour(counter: Counter, /, *by: str, **match: Wanted) -> Query:
    """How many within the last hour, as an amount per hour: tokens per hour."""
    within = increase(counter, "1h", *by, **match)
    return Query(within.expr, counter.unit / HOURS, within.labels, kind="increase", low=0)


def _counter(metric: Metric) -> None:
    # for whoever does not run a type checker
    if not isinstance(metric, Counter):
        fix = "its .count or .sum" if isinstance(metric, Histogram | Summary) else "total(), average()"
        raise Mistake(f"{what_is(metric)}, and only a counter has a rate", fix=fix)
