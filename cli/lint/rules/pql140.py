"""PQL140: a quantile for each replica, where one for the service was meant."""

from cli.lint.around import is_aggregated
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Call, Select
from queries.known import Known
from queries.promql import to_promql

KINDS = frozenset({"bucket rate", "bucket increase"})


def _of_node(known: Known, asked: Asked) -> Faults:
    of = known.parts[-1]
    if of.kind not in KINDS or of.series is None or of.series.of.recorded or is_aggregated(of):
        return
    # two jobs are two services, two instances are one
    labels = (one for one in of.series.of.targets if one != "job")
    targets = [one for one in labels if of.varies(one) and not _is_chosen(of, one)]
    if not targets or _names(asked, targets):
        return
    own = sorted(one.name for one in of.series.of.labels if of.varies(one.name))
    whole = Aggregate("sum", of.node, tuple(sorted((*own, "le"))))
    quantile = to_promql(Call("histogram_quantile", (known.parts[0].node, whole)))
    yield Fault(f"a quantile for each {' and '.join(targets)}, not one for the service", known, quantile)


def _is_chosen(of: Known, label: str) -> bool:
    """Whether a matcher chooses one, or a variable one at a time."""
    return any(
        match.label == label and match.op == "="
        for one in of.walk()
        if isinstance(one.node, Select)
        for match in one.node.match
    )


def _names(asked: Asked, targets: list[str]) -> bool:
    """Whether the legend or the alert's text says whose quantile it is: then it is meant."""
    texts: list[str] = [asked.target.legend] if asked.target is not None else []
    if asked.alert is not None:
        texts += [*asked.alert.annotations.values(), *asked.alert.labels.values()]
    return any(one in text for text in texts for one in targets)


RULE = Rule(
    id="PQL140",
    title="a quantile for each replica",
    severity=Severity.WARNING,
    why="""Without an aggregation there is one quantile for each series, that is for each replica. One of them with a
    single slow call in five minutes shows thirty seconds and raises the alert, while 99.9 % of the requests to the
    service are fast. Add up the buckets first.""",
    wrong=Example("histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))"),
    right=Example("histogram_quantile(0.95, sum by (handler, le) (rate(http_request_duration_seconds_bucket[5m])))"),
    needs_catalog=True,
    nodes=("histogram_quantile",),
    of_node=_of_node,
)
