"""Every alert and recording that we ship has scenarios of each kind that applies, and does in all what it must."""

from __future__ import annotations

import pytest

from cli.prometheus.promtool import find
from cli.scenarios.run import run
from cli.scenarios.trial import Trial
from queries.scenario import Alarm
from tests.mutants.judging import Built, built, trials
from tests.prometheus.promtool import NEEDS_PROMTOOL

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
#: What is so long that nobody waits for it in CI: `python -m tests.mutants` tries it.
LONG = ("Burn6h", "Burn1d", "Burn3d", ":ratio_rate1d", ":ratio_rate3d", ":ratio_rate30d")
#: Of this service all recordings are tried here: each of the others has the same.
ONE = "ai_api:"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("ours"))


def test_every_alert_has_a_scenario_of_each_kind_that_applies(ours: Built) -> None:
    for rules in ours.rules:
        for name in sorted(rules.alerts):
            names = " ".join(one.name for one in ours.scenarios[name])
            assert all(kind in names for kind in (": fires", ": silent", ": resolves")), name
            assert "no data at all" in names, name
            if "absent" not in str(rules.rule(name)["expr"])[:7]:
                assert "its series end" in names, name
                assert "while it fires: goes on" in names or "offset" in str(rules.rule(name)["expr"]), name


def test_every_recording_has_a_scenario(ours: Built) -> None:
    assert [name for rules in ours.rules for name in rules.records if not ours.scenarios.get(name)] == []


def test_firing_is_told_with_the_rules_labels_and_a_number_of_alerts(ours: Built) -> None:
    fires = next(one for one in ours.scenarios["HighErrorRate"] if one.name.startswith("just beyond 0.05"))
    firing = [one for one in fires.expected if isinstance(one, Alarm) and one.state == "firing"]
    assert {(one.alerts, tuple(sorted(one.labels.items()))) for one in firing} == {
        (1, (("job", "ai-api"), ("severity", "critical")))
    }


def test_our_rules_do_what_they_must_in_every_scenario(ours: Built) -> None:
    those = [one for one in trials(ours) if not _is_long(one)]
    assert any(":ratio_rate30d" in one.scenario.name for one in those)
    told = run(those, find(), explain=False)
    assert {f"{one.alerts} {one.name}": [fault.what for fault in one.faults] for one in told if not one.passed} == {}


def _is_long(one: Trial) -> bool:
    name = " ".join((one.scenario.name, *one.alerts))
    return any(long in name for long in LONG) and not one.scenario.name.startswith(ONE)
