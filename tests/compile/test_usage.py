"""A number's uses: also as one of several services side by side, and as either branch of an alert."""

from cli.compile.project import Placed, Project
from cli.compile.usage import uses
from panels import Dashboard, row, timeseries
from queries import REQUESTS, AlertRule, Counter, Gauge, RuleGroup, rate, side_by_side, total

SHOP = Counter("shop_orders_total", "Orders.", REQUESTS)
BANK = Counter("bank_payments_total", "Payments.", REQUESTS)
WAITING = Gauge("waiting", "Who waits.", REQUESTS)
PAGE = Dashboard(
    uid="all",
    title="All",
    rows=[row("How many?", timeseries("Both", side_by_side("service", {"shop": rate(SHOP), "bank": rate(BANK)})))],
)
GROUP = RuleGroup(
    name="all",
    rules=[
        AlertRule(
            alert="Busy",
            when=(total(WAITING) > 5) | (rate(BANK) > 7),
            lasting="5m",
            severity="warning",
            summary="Too much to do.",
        )
    ],
)
PROJECT = Project((Placed(PAGE, "all", "all.py:1"),), (Placed(GROUP, "all", "all.py:9"),), (), ())


def test_every_service_of_a_number_side_by_side_is_a_use() -> None:
    for number in (rate(SHOP), rate(BANK)):
        assert ("panel", "all: Both") in {(use.kind, use.what) for use in uses([number], PROJECT)}


def test_either_branch_of_an_alert_is_a_use() -> None:
    for number in (total(WAITING), rate(BANK)):
        assert ("alert", "Busy") in {(use.kind, use.what) for use in uses([number], PROJECT)}
