"""Each fault, in a service of its own, makes exactly the expected alerts pending or firing, and health makes none."""

from __future__ import annotations

import pytest

from examples.ai_service.faults import SCENARIOS
from tests.live.expected import EXPECTED, certain, names
from tests.live.programs import settled
from tests.live.town import Town
from tests.prometheus.promtool import NEEDS_PROMTOOL

pytestmark = [pytest.mark.prometheus, pytest.mark.slow, NEEDS_PROMTOOL]


@pytest.mark.parametrize("scenario", EXPECTED)
def test_exactly_the_expected_alerts_are_pending_or_firing(town: Town, scenario: str) -> None:
    wanted = names(scenario)

    assert settled(lambda: certain(scenario, town.alerts(scenario, wanted)), wanted) == wanted


def test_every_scenario_of_the_service_is_expected_to_do_something() -> None:
    assert EXPECTED.keys() == SCENARIOS.keys()
