"""PQL117: a histogram whose buckets end below what is normal."""

from cli.lint.asked import Asked
from cli.lint.bucket_limit import buckets_of
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.known import Known
from queries.promql import number
from queries.unit import SECONDS

#: What prometheus-fastapi-instrumentator gives its histogram by default: made for ratings, not for quantiles.
INSTRUMENTATOR = (0.1, 0.5, 1.0)


def _of_node(known: Known, _: Asked) -> Faults:
    buckets, series = buckets_of(known), known.series
    if not buckets or series is None or series.of.recorded:
        return
    of, top = series.of, buckets[-1]
    listed = ", ".join(map(number, buckets))
    if of.expected_max is not None and top < of.expected_max:
        yield Fault(
            f"{of.name} goes up to {number(of.expected_max)}, and no quantile exceeds its last bucket {number(top)}",
            known,
            f"give it buckets up to {number(of.expected_max)}; it has {listed}",
        )
    elif tuple(map(float, buckets)) == INSTRUMENTATOR and of.unit == SECONDS:
        yield Fault(
            f"{of.name} has the Instrumentator's three buckets {listed}: no quantile exceeds one second",
            known,
            "http_request_duration_highr_seconds has 21, or say buckets= where it is exposed",
        )


CATALOG = """
domain: example
metrics:
- {name: http_request_duration_seconds, type: histogram, unit: seconds, buckets: BUCKETS, expected_max: 30}
"""
QUANTILE = "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))"

RULE = Rule(
    id="PQL117",
    title="buckets that end below what is normal",
    severity=Severity.WARNING,
    why="""A quantile never exceeds the last finite bucket. Where ordinary values lie beyond it, the line on the page
    is flat at that bound while people wait for half a minute, and nobody sees that it got worse.""",
    wrong=Example(QUANTILE, catalogs=(CATALOG.replace("BUCKETS", "[0.1, 0.5, 1]"),)),
    right=Example(QUANTILE, catalogs=(CATALOG.replace("BUCKETS", "[0.1, 0.5, 1, 5, 30]"),)),
    needs_catalog=True,
    nodes=("histogram_quantile",),
    of_node=_of_node,
)
