"""PQL122: a quantile of everything since the process started."""

from cli.lint.asked import Asked
from cli.lint.finding import Change, Severity
from cli.lint.mending import wrapped
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Select
from queries.known import Known


def _of_node(known: Known, asked: Asked) -> Faults:
    of = known.parts[-1]
    while isinstance(of.node, Aggregate) and of.node.op == "sum":
        of = of.parts[-1]
    if not isinstance(of.node, Select) or known.empty is not None:
        return
    if of.series is None:
        # without a catalog the name alone says what it is, and a batch job may mean it
        if not of.node.name.endswith("_bucket"):
            return
        sure = False
    elif of.kind != "bucket":
        return
    else:
        sure = not of.series.of.recorded
    name = of.node.name
    window = "$__rate_interval" if asked.reader == "panel" else "5m"
    unless = "" if sure else ", unless its buckets are gauges"
    yield Fault(
        f"the quantile of {name} is that of everything since the process started{unless}",
        of,
        f"rate({name}[{window}])",
        severity=None if sure else Severity.WARNING,
        change=_rate(asked, of) if sure else None,
    )


def _rate(asked: Asked, of: Known) -> Change | None:
    """On a page Grafana knows the window; how far back an alert looks is the person's choice."""
    return wrapped(asked, of, "rate(", "[$__rate_interval])") if asked.reader == "panel" and not _shifted(of) else None


def _shifted(of: Known) -> bool:
    return isinstance(of.node, Select) and bool(of.node.offset or of.node.at)


RULE = Rule(
    id="PQL122",
    title="a quantile without rate()",
    severity=Severity.ERROR,
    why="""Buckets are counters: without rate() the quantile is that of every request since the process started. It
    moves slower with every hour, an outage is visible for days after it is over, and the first minutes of the next one
    are not visible at all.""",
    wrong=Example("histogram_quantile(0.95, sum by (le) (http_request_duration_seconds_bucket))"),
    right=Example("histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))"),
    nodes=("histogram_quantile",),
    of_node=_of_node,
)
