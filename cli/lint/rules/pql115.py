"""PQL115: a quantile that cannot exceed its limit, because the buckets end before it."""

from cli.lint.asked import Asked
from cli.lint.bucket_limit import buckets_of, in_buckets, limits, quantile_in
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.known import Known
from queries.promql import number


def _of_query(asked: Asked) -> Faults:
    whole = asked.known
    if whole is None or not asked.catalogs:
        return
    for known in whole.walk():
        for limit in limits(known):
            top = limit.buckets[-1]
            if (limit.op == ">" and limit.value >= top) or (limit.op in (">=", "==") and limit.value > top):
                yield _fault(limit.quantile, limit.said, known)
    yield from _of_panel(whole, asked)


def _of_panel(whole: Known, asked: Asked) -> Faults:
    """Thresholds of a panel whose colour is never seen."""
    panel, quantile = asked.panel, quantile_in(whole)
    if panel is None or quantile is None or not panel.absolute or panel.transformed or len(panel.targets) != 1:
        return
    for value, _ in panel.steps:
        limit = None if value is None else in_buckets(value, whole.unit, quantile)
        if limit is not None and value is not None and limit > buckets_of(quantile)[-1]:
            name = quantile.names[0]
            yield Fault(
                f"the panel's threshold {number(value)} is above the last bucket of {name}, "
                f"{number(buckets_of(quantile)[-1])}: its colour is never seen",
                quantile,
                "give the histogram buckets up to there",
                severity=Severity.WARNING,
            )
            return


def _fault(quantile: Known, said: float, at: Known) -> Fault:
    top = buckets_of(quantile)[-1]
    recorded = quantile.series is not None and quantile.series.of.recorded
    return Fault(
        f"this is never above {number(said)}: the last bucket of {quantile.names[0]} is {number(top)}",
        at,
        "give the histogram buckets beyond the limit, or lower the limit",
        severity=Severity.WARNING if recorded else None,
    )


RULE = Rule(
    id="PQL115",
    title="a limit above the last bucket",
    severity=Severity.ERROR,
    why="""histogram_quantile() cannot tell more than the buckets know: everything beyond the last finite one is
    reported as that one. A limit at or above it is never exceeded, however slow the service is, so the alert cannot
    fire.""",
    wrong=Example(
        "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 10", reader="alert"
    ),
    right=Example(
        "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 5", reader="alert"
    ),
    needs_catalog=True,
    nodes=("histogram_quantile",),
    of_query=_of_query,
)
