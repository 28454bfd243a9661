"""PQL141: the mean or the sum of quantiles."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Call
from queries.known import Known


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Aggregate) or node.op not in ("avg", "sum"):
        return
    of = known.parts[-1]
    computed = isinstance(of.node, Call) and of.node.function == "histogram_quantile"
    if not computed and of.kind != "quantile":
        return
    # nothing is put together where there is one series for each group already
    if not of.open and of.labels <= known.labels:
        return
    name = f" of {of.names[0]}" if of.names else ""
    by = f" by ({', '.join(sorted({*node.by, 'le'}))})" if not node.without else ""
    hint = f"add up the buckets first: histogram_quantile(0.95, sum{by} (rate(...)))" if computed else ""
    yield Fault(f"{node.op}() of quantiles{name} is no quantile of anything", known, hint)


RULE = Rule(
    id="PQL141",
    title="the mean of quantiles",
    severity=Severity.WARNING,
    why="""Quantiles cannot be averaged or added: two replicas with 95th percentiles of 0.1 s and 10 s, of which the
    second served three requests, do not make 5 s. The buckets can be added up, and the quantile of their sum is the
    one that the users see.""",
    wrong=Example(
        "avg(histogram_quantile(0.95, sum by (handler, le) (rate(http_request_duration_seconds_bucket[5m]))))"
    ),
    right=Example("histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))"),
    nodes=(Aggregate,),
    of_node=_of_node,
)
