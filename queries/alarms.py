"""The state of alerts, as Prometheus itself keeps it in the series `ALERTS`."""

from collections.abc import Iterator

from queries.expr import Aggregate, Binary, Expr, Number
from queries.given import GivenAlert
from queries.labels import label
from queries.metric import Gauge
from queries.query import Query
from queries.rule import AlertRule, RuleGroup
from queries.selector import one_of, select
from queries.unit import counted

ALERTS = Gauge(
    "ALERTS",
    "Alerts that wait for their time (pending) or fire; Prometheus writes 1 for each.",
    counted("alerts"),
    ("alertname", label("alertstate", "pending", "firing"), "severity"),
    odd_name="Prometheus' own name for it",
    targets=(),
    low=0,
)
PENDING, FIRING = 1, 2


def alert_names(*of: RuleGroup | AlertRule | GivenAlert) -> tuple[str, ...]:
    """The names of these alerts and of all alerts of these groups, siblings included, sorted."""
    return tuple(sorted({name for one in of for name in _names(one)}))


def _names(of: RuleGroup | AlertRule | GivenAlert) -> Iterator[str]:
    if isinstance(of, GivenAlert):
        yield of.alert
    elif isinstance(of, AlertRule):
        yield from (rule.alert for rule in of.rules())
    else:
        for rule in of.rules:
            if isinstance(rule, AlertRule | GivenAlert):
                yield from _names(rule)


def alarm_states(*of: RuleGroup | AlertRule | GivenAlert) -> Query:
    """The state of each alert: 1 while it waits for its time, 2 while it fires, nothing while all is well."""
    names = one_of(*alert_names(*of))

    def state(name: str) -> Expr:
        series = select(ALERTS, {"alertname": names, "alertstate": name})
        return Aggregate("max", series, ("alertname",))

    expr = Binary("or", Binary("*", state("firing"), Number(FIRING)), state("pending"))
    return Query(expr, ALERTS.unit, ("alertname",), low=PENDING, high=FIRING)
