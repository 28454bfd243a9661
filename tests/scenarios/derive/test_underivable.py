"""What cannot be turned round is said, with a reason; what only a part of an alert cannot have, of that part."""

from __future__ import annotations

import pytest

from cli.scenarios.derive import Underivable
from tests.scenarios.derive.tried import alert, scenarios

REASONS = {
    "sum(rate(x_total[5m] @ 0)) > 1": "fixed time",
    '{__name__=~"a|b"} > 1': "says no name",
    'ALERTS{alertstate="firing"} == 1': "what other alerts do",
    'count_values("v", x) > 1': "count_values() is not turned round",
    'x{a="b", a="c"} > 1': "no value of a",
    "rate(e_total[5m]) / rate(e_total[5m]) > 1.5": "could not be brought beyond 1.5; it is 1",
    "a_count > 0 and histogram_quantile(0.9, sum by (le) (rate(l_bucket[5m]))) > 1": "given what stands beside it",
    "x < x offset 10m * 0.5": "not long enough ago",
    " or ".join(f"x{number} > 1" for number in range(40)): "more than 16 sides",
    " and ".join(f"(x{number} > 1 or y{number} > 1)" for number in range(40)): "more than 16 sides",
    "sum(rate(x_total[1m])) / sum(rate(x_total[90d])) > 2": "nobody would wait",
    'label_replace(x, "a", "$9", "b", "(.*)") > 1': "beyond our arithmetic",
    "this is no PromQL (": "",
}


@pytest.mark.parametrize("expr", REASONS)
def test_what_cannot_be_turned_round_is_said(expr: str) -> None:
    made, untold = scenarios(alert(expr, "1h"))
    assert [name for name in made if "fires" in name] == []
    assert any(REASONS[expr] in one.why for one in untold), untold
    assert {one.alert for one in untold} == {"Tried"}


def test_an_alert_that_asks_nobody_fires_without_data() -> None:
    made, untold = scenarios(alert("vector(1)", "1m"))
    assert set(made) == {"no data at all: fires"}
    assert untold == []


def test_a_part_that_cannot_be_tried_takes_nothing_from_the_other() -> None:
    made, untold = scenarios(alert('sum(x) > 5 or count_values("v", y) > 1'))
    assert [type(one) for one in untold] == [Underivable]
    assert untold[0].why == "count_values() is not turned round"
    assert set(made) == set()
