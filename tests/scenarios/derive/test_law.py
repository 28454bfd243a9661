"""The law of this package: a number that was turned round is, to Prometheus, what was wanted of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.scenarios.derive import derived
from queries.catalog import NOTHING
from queries.scenario import Alarm, Scenario, Value
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.derive.tried import alert, groups, scenarios, verdicts

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

SELECTORS = st.sampled_from(["a_total", 'a_total{code=~"5.."}', 'b_total{job="x", kind!="y"}'])
WINDOWS = st.sampled_from(["2m", "5m", "30m"])
RATES = st.builds("{}({}[{}])".format, st.sampled_from(["rate", "increase", "irate"]), SELECTORS, WINDOWS)
GAUGES = st.sampled_from(["depth", 'depth{of="x"}', "avg_over_time(depth[10m])", "max_over_time(depth[5m])"])
BY = st.sampled_from(["", " by (instance)", " by (job, model)", " without (instance)"])
TOGETHER = st.builds("{}{} ({})".format, st.sampled_from(["sum", "avg", "max", "min"]), BY, RATES | GAUGES)
SCALED = st.builds("{} {} {}".format, TOGETHER, st.sampled_from(["*", "/", "+"]), st.sampled_from([100, 3, 0.5]))
TURNED = st.builds("100 - {}".format, TOGETHER)
SHARES = st.builds('sum by (job) (rate(c{{code="5"}}[{0}])) / sum by (job) (rate(c[{0}])) * 50'.format, WINDOWS)
NUMBERS = st.one_of(TOGETHER, SCALED, TURNED, SHARES)
LIMITS = st.sampled_from([0.05, 0.7, 1, 3, 15, 42])


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(NUMBERS, st.sampled_from([">", "<", ">=", "<="]), LIMITS), min_size=4, max_size=6))
def test_a_number_turned_round_is_what_was_wanted(wanted: list[tuple[str, str, float]]) -> None:
    rules = [
        alert(f"{number} {op} {limit}", "2m", name=f"Law{place}") for place, (number, op, limit) in enumerate(wanted)
    ]
    made = [scenario for rule in rules for scenario in scenarios(rule)[0].values()]
    assert made
    for one in verdicts(groups(rules), made):
        assert one.passed, (one.name, wanted, [fault.what for fault in one.faults])


@pytest.mark.parametrize("limit", [0.3, 5.0, 250.0])
@pytest.mark.parametrize("number", ["sum(rate(a_total[5m]))", "sum(depth)", "100 - sum(depth) / 2"])
def test_just_beyond_is_two_percent_at_most(number: str, limit: float) -> None:
    made, _ = scenarios(alert(f"{number} > {limit}"))
    fires = next(one for name, one in made.items() if name.startswith("just beyond"))
    premise = next(one for one in fires.expected if isinstance(one, Value))
    assert premise.premise
    assert premise.value is not None
    assert limit < premise.value <= limit * 1.0201


def test_nobody_pays_for_an_alert_that_was_not_asked_for() -> None:
    held = groups([alert("up == 0", name="Wanted"), alert("queue > 5", name="Other")])
    told = [one for one in derived(held, NOTHING, {"Wanted"}) if isinstance(one, Scenario)]

    assert {check.alert for one in told for check in one.expected if isinstance(check, Alarm)} == {"Wanted"}
