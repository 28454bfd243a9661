"""The state of alerts, as Prometheus itself keeps it in the series `ALERTS`."""

from queries.expr import Aggregate, Binary, Expr, Number
from queries.metric import Gauge, label
from queries.query import Query
from queries.rule import RuleGroup
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


def alert_names(*groups: RuleGroup) -> tuple[str, ...]:
    """The names of all alerts of the groups, siblings included, sorted."""
    return tuple(sorted({rule.alert for group in groups for rule in group.alerts()}))


def alarm_states(*groups: RuleGroup) -> Query:
    """The state of each alert: 1 while it waits for its time, 2 while it fires, nothing while all is well."""
    names = one_of(*alert_names(*groups))

    def state(name: str) -> Expr:
        series = select(ALERTS, {"alertname": names, "alertstate": name})
        return Aggregate("max", series, ("alertname",))

    expr = Binary("or", Binary("*", state("firing"), Number(FIRING)), state("pending"))
    return Query(expr, ALERTS.unit, ("alertname",), low=PENDING, high=FIRING)
