"""PQL116: a limit between two buckets, where a straight line decides."""

from itertools import pairwise

from cli.lint.asked import Asked
from cli.lint.bucket_limit import limits
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Binary
from queries.known import Known
from queries.promql import number


def _of_node(known: Known, _: Asked) -> Faults:
    for limit in limits(known):
        buckets = (0.0, *limit.buckets)
        between = next(((low, high) for low, high in pairwise(buckets) if low < limit.value < high), None)
        if between is not None and limit.op not in ("==", "!="):
            low, high = map(number, between)
            yield Fault(
                f"{number(limit.said)} lies between the buckets {low} and {high} of {limit.quantile.names[0]}",
                known,
                f"ask for {high}, or give the histogram a bucket at {number(limit.value)}",
            )


RULE = Rule(
    id="PQL116",
    title="a limit between two buckets",
    severity=Severity.INFO,
    why="""Between two bounds histogram_quantile() guesses on a straight line. With buckets at 10 and 30 seconds, calls
    that all take 11 seconds have a 95th percentile of 29, and an alert above 15 fires; a bound at the limit makes the
    answer exact.""",
    wrong=Example(
        "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 2", reader="alert"
    ),
    right=Example(
        "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 2.5", reader="alert"
    ),
    needs_catalog=True,
    nodes=(Binary,),
    of_node=_of_node,
)
