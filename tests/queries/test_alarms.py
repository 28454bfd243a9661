"""The state of alerts as a number: waiting is 1, firing is 2, and only the alerts that were asked for."""

from queries import (
    ON_DASHBOARD,
    REQUESTS,
    AlertRule,
    Counter,
    Gone,
    RuleGroup,
    alarm_states,
    alert_names,
    rate,
    to_promql,
)

ORDERS = Counter("orders_total", "Orders.", REQUESTS)
GROUP = RuleGroup(
    name="orders",
    rules=[
        AlertRule(
            alert="TooMany",
            when=rate(ORDERS) > 5,
            lasting="5m",
            severity="warning",
            summary="Too many orders.",
            gone=Gone("NoOrders", "No orders at all."),
        )
    ],
)


def test_the_names_are_those_of_all_alerts_and_their_siblings() -> None:
    assert alert_names(GROUP) == ("NoOrders", "TooMany")


def test_a_firing_alert_is_2_and_a_waiting_one_1() -> None:
    states = alarm_states(GROUP)

    assert to_promql(states.expr, ON_DASHBOARD) == (
        'max by (alertname) (ALERTS{alertname=~"NoOrders|TooMany", alertstate="firing"}) * 2'
        ' or max by (alertname) (ALERTS{alertname=~"NoOrders|TooMany", alertstate="pending"})'
    )
    assert (states.labels, states.low, states.high) == (("alertname",), 1, 2)
