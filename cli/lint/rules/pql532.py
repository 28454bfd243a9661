"""PQL532: a limit for a service, compared with each of its replicas."""

import re
from collections.abc import Iterable

from cli.lint.annotation import labels_used, texts
from cli.lint.asked import Asked
from cli.lint.branches import is_aggregated, selected, top_limits
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.subject import Alert
from queries.expr import Aggregate, rebuild
from queries.known import Known
from queries.unit import Unit

#: What is measured of one machine and not counted over many.
MEASURED = frozenset({"seconds", "bytes", "usd", "celsius", "watts", "bool", "score", "timestamp"})
#: A text that speaks of one of many.
OF_EACH = re.compile(
    r"\b(?:per|each|every|single|replica|instance|pod|node|host|server|worker|process|container|machine)\b",
    re.IGNORECASE,
)


def _of_query(asked: Asked) -> Faults:
    alert, known = asked.alert, asked.known
    if alert is None or known is None:
        return
    for limit in top_limits(known):
        of = limit.of
        if limit.op not in (">", ">=") or limit.value == 0 or of.kind != "gauge" or not _is_count(of.unit):
            continue
        metric = selected(of)
        if metric is None or metric.series is None or metric.series.of.shared or is_aggregated(of):
            continue
        replicas = [one for one in metric.series.of.targets if one != "job" and metric.varies(one)]
        if replicas and not _speaks_of_each(alert, replicas):
            yield Fault(
                f"the limit {limit.value:g} is compared with each {replicas[0]}: two with {limit.value * 0.6:g} "
                f"{of.unit} each stay silent",
                limit.at,
                _added(limit.at, metric),
            )


def _is_count(unit: Unit | None) -> bool:
    return unit is not None and unit.adds_up and len(unit.dimension) == 1 and unit.dimension[0][0] not in MEASURED


def _speaks_of_each(alert: Alert, replicas: Iterable[str]) -> bool:
    if any(used.label in replicas for used in labels_used(alert)):
        return True
    name = re.sub(r"([a-z])([A-Z])", r"\1 \2", alert.name)
    return any(OF_EACH.search(text) for text in (name, *(text for _, _, text in texts(alert))))


def _added(whole: Known, metric: Known) -> str:
    from queries.promql import to_promql  # noqa: PLC0415 - only a finding pays for it

    own = [one.name for one in metric.series.of.labels if metric.varies(one.name)] if metric.series is not None else []
    by = tuple(own) or ("job",)
    added = rebuild(whole.node, lambda one: Aggregate("sum", one, by) if one == metric.node else one)
    return f"{to_promql(added)}, or name the {metric.series.of.targets[-1] if metric.series else 'replica'} in the text"


RULE = Rule(
    id="PQL532",
    title="a limit compared with each replica",
    severity=Severity.WARNING,
    why="""A gauge has a series for each replica. "More than 100 wait" is said of the service, but compared with each
    replica: 60 in one and 60 in the other are 120 that nobody hears of, and the more replicas there are the less the
    alert means. Add them up, or write that the limit is one for each.""",
    wrong=Example("queue_depth > 100", reader="alert"),
    right=Example("sum by (shard) (queue_depth) > 100", reader="alert"),
    readers=("alert",),
    of_query=_of_query,
)
