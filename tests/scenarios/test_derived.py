"""`dash test` with the scenarios that an alert's own expression asks for."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.commands import _test
from cli.lint.subject import Group
from queries import Alarm, Scenario, Value
from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import put

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]


@dataclass
class Why:
    """An alert of which no scenario can be made."""

    alert: str
    why: str


def only_the_queue(groups: Sequence[Group], _: Sequence[Group]) -> Iterator[Scenario | Why]:
    """A scenario that fails, one that is wrong itself, and an alert of which none can be made."""
    for alert in (alert.name for group in groups for alert in group.alerts):
        if alert != "ShopQueue":
            yield Why(alert, "it is too hard")
            continue
        fires = Alarm(alert, "9m")
        yield Scenario(name="beyond", series={"queue_depth": "99x20"}, expected=[fires])
        taken = Value("queue_depth", "1m", 5.0, premise=True)
        yield Scenario(name="void", series={"queue_depth": "200x20"}, expected=[fires, taken])


@pytest.fixture
def with_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those, instead of the real ones."""
    monkeypatch.setattr(_test, "_derive", lambda *_, **__: only_the_queue)


def test_the_real_ones_pass_on_rules_that_are_right(dash: Dash) -> None:
    ran = dash("shop.yaml", derived=True)

    assert ran.code == 0, ran
    assert " of 2 alerts and 1 recording: " in ran.out


@pytest.mark.usefixtures("with_the_queue")
def test_one_that_fails_is_told_at_its_alert(dash: Dash) -> None:
    ran = dash("shop.yaml", derived=True)

    assert ran.code == 1
    assert ran.out.splitlines()[:2] == [
        "FAILED ShopQueue: beyond (derived)",
        "  shop.yaml:11:5: ShopQueue should fire at 9m and is silent; queue_depth is 99 and must be > 100",
    ]


@pytest.mark.usefixtures("with_the_queue")
def test_one_that_is_wrong_itself_says_nothing_and_one_that_cannot_be_made_says_why(dash: Dash) -> None:
    ran = dash("shop.yaml", derived=True)

    assert "shop.yaml:6:5: ShopErrors is seen to fire in no scenario (it is too hard)\n" in ran.out
    counted = "2 scenarios of 1 alert: 0 passed, 1 failed, 1 not tried; 1 alert without a scenario"
    assert ran.out.splitlines()[-1] == counted


def test_an_alert_all_of_whose_scenarios_say_nothing_has_none(dash: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = Value("queue_depth", "1m", 5.0, premise=True)
    void = Scenario(name="void", series={"queue_depth": "200x9"}, expected=[taken, Alarm("ShopQueue", "9m")])
    monkeypatch.setattr(_test, "_derive", lambda *_, **__: lambda *_: [void])
    said = json.loads(dash("shop.yaml", "--only", "ShopQueue", "--output", "json", derived=True).out)

    why = "this scenario is wrong: queue_depth should be 5 at 1m and is 200 (queue_depth)"
    told = f"ShopQueue is seen to fire in no scenario ({why})"
    assert [one["message"] for one in said["untested"]] == [told]
    assert (said["counts"]["void"], said["counts"]["failed"], said["counts"]["passed"]) == (1, 0, 0)


def test_two_files_may_have_an_alert_of_one_name(dash: Dash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = "groups: [{name: NAME, rules: [{alert: Full, expr: NAME_bytes > 100}]}]"
    (tmp_path / "shop.yaml").unlink()
    put(tmp_path, a_yaml=rules.replace("NAME", "a"), b_yaml=rules.replace("NAME", "b"))

    def derive(groups: Sequence[Group], _: Sequence[Group]) -> Iterator[Scenario]:
        name = next(group.name for group in groups if group.alerts)
        silent = Alarm("Full", "9m", "silent")
        series = {f"{'b' if name == 'a' else 'a'}_bytes": "200x20"}
        yield Scenario(name=f"not {name}", series=series, expected=[silent])

    monkeypatch.setattr(_test, "_derive", lambda *_, **__: derive)

    told = dash(".", derived=True).out.splitlines()

    assert told[-1] == "2 scenarios of 1 alert: 2 passed; 1 alert without a scenario"
    assert told[0].endswith("Full is seen to fire in no scenario")


@pytest.mark.parametrize(
    "expr",
    [
        'sum(rate(x_total{code=~"5.."}[5m])) / sum(rate(x_total[5m])) > 5',
        'sum(rate(x_total{code="500"}[5m])) / sum by (job) (rate(x_total[5m])) > 0.1',
        "queue_depth > 100 and queue_depth < 50",
        "rate(x_total[5m]) < 0",
        "up > 1",
    ],
)
def test_an_alert_that_can_never_fire_does_not_pass_for_being_silent(dash: Dash, tmp_path: Path, expr: str) -> None:
    (tmp_path / "shop.yaml").unlink()
    put(tmp_path, never_yaml=f"groups: [{{name: g, rules: [{{alert: Never, expr: '{expr}'}}]}}]")

    ran = dash("never.yaml", derived=True)

    assert ran.code == 1
    assert "never.yaml:1:28: Never is seen to fire in no scenario (" in ran.out
