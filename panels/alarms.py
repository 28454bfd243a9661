"""Alerts on a panel: the limits that they draw, and what a panel cannot show of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from panels.panel import Target
from panels.theme import RED, YELLOW
from queries import AlertRule, GivenAlert, Mistake, Query
from queries.condition import within_reach

#: Where an alert fires, by its comparison. Of "equal" and "not equal" there is no side to colour.
_SIDES: Mapping[str | None, str] = {">": "above", ">=": "above", "<": "below", "<=": "below"}


def alerts_of(look: Mapping[str, Any]) -> tuple[AlertRule, ...]:
    """The alerts of ours that were said of a panel; Mistake where they are none.

    Of what somebody wrote for Prometheus nobody knows what it judges: it is shown, and draws nothing.
    """
    said = look.get("alerts", ())
    many = said if isinstance(said, Sequence) else [said]
    wrong = next(
        (one for one in many if not isinstance(one, AlertRule | GivenAlert)), said if many is not said else None
    )
    if wrong is not None:
        raise Mistake(f"alerts=... is a {type(wrong).__name__}", fix="a list: alerts=[alerts.TOO_SLOW]")
    return tuple(one for one in many if isinstance(one, AlertRule))


def alarm_lines(query: Query, rules: Sequence[AlertRule]) -> list[tuple[str, str, float]]:
    """Side, colour and value of each limit, in the number's unit: the last one on a side is red, those before yellow.

    An alert that compares with another number, or asks whether it is equal, draws no line.
    """
    found = []
    for side, sign in (("above", 1), ("below", -1)):
        values = sorted({_value(query, rule) for rule in rules if _has_line(rule, query, side)}, key=lambda v: v * sign)
        found += [(side, YELLOW if value != values[-1] else RED, value) for value in values]
    return found


def check_judged(title: str, targets: Sequence[Target], look: Mapping[str, Any]) -> None:
    """Mistake where an alert judges what the panel does not show."""
    shown = {one.query.unit.dimension: str(one.query.unit) for one in targets if one.query is not None}
    for rule in alerts_of(look):
        judged = rule.when.query
        if judged is not None and judged.unit.dimension not in shown:
            units = ", ".join(sorted(shown.values())) or "no number"
            what = f"panel {title!r}: alert {rule.alert!r} judges {judged.unit}, and the panel shows {units}"
            raise Mistake(what, fix="the panel of the number that it judges")


def _has_line(rule: AlertRule, query: Query, side: str) -> bool:
    judged, limit = rule.when.query, rule.when.limit
    # an alert of the second axis judges another dimension: Grafana draws limits on the first one alone
    return (
        limit is not None
        and judged is not None
        and _SIDES.get(rule.when.op) == side
        and limit.unit.dimension == query.unit.dimension
    )


def _value(query: Query, rule: AlertRule) -> float:
    assert rule.when.limit is not None  # noqa: S101 - only those that have a line
    amount = rule.when.limit.to(query.unit)
    within_reach(query, amount)
    return amount.value
