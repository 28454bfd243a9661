"""A rule is not blamed for what our own arithmetic gets wrong, nor for what no rule can do."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from cli.commands import _test
from cli.lint.subject import Group
from queries import Alarm, Scenario
from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import put

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

#: Right rules that once were said to fail.
RIGHT = {
    "a restart after which the past is as bad": "sum(rate(r_total[5m])) - sum(rate(r_total[5m] offset 10m)) > 10",
    "few restarts, which go up and down": "resets(sent_bytes_total[15m]) <= 3",
    "a slope that must be a number": (
        "delta(free_bytes[30m]) == 1000000 and rate(errors_total[10m]) / rate(errors_total[10m] offset 1h) <= 1"
    ),
    "a sum over time, of which one sample is missed": "sum_over_time(used_bytes[5m]) > 5",
}
#: One that is at its limit but for the last digit, of which some scenarios say nothing.
ROUNDED = "avg_over_time(version[5m]) >= 0"


def rules(expr: str, labels: str = "{}", lasting: str = "2m") -> str:
    """One alert."""
    rule = f"{{alert: Right, expr: '{expr}', for: {lasting}, labels: {labels}}}"
    return f"groups: [{{name: g, rules: [{rule}]}}]"


@pytest.fixture
def told(dash: Dash, tmp_path: Path) -> Any:
    def ask(text: str) -> Any:
        (tmp_path / "shop.yaml").unlink(missing_ok=True)
        put(tmp_path, right_yaml=text)
        return json.loads(dash("right.yaml", "--output", "json", derived=True).out)

    return ask


@pytest.mark.parametrize("lasting", ["0s", "1m", "2m"])
@pytest.mark.parametrize("expr", RIGHT.values(), ids=RIGHT)
def test_a_right_rule_does_not_fail(told: Any, expr: str, lasting: str) -> None:
    counts = told(rules(expr, lasting=lasting))["counts"]

    assert (counts["failed"], counts["void"]) == (0, 0)
    assert counts["passed"] > 0


@pytest.mark.parametrize("lasting", ["0s", "5m"])
def test_a_digit_that_is_rounded_otherwise_is_nobodys_fault(told: Any, lasting: str) -> None:
    counts = told(rules(ROUNDED, lasting=lasting))["counts"]

    assert counts["failed"] == 0
    assert counts["void"] > 0


def test_a_template_may_fill_in_a_label_that_the_series_has(told: Any) -> None:
    counts = told(rules("queue > 5", '{instance: "x-{{ $labels.instance }}"}'))["counts"]

    assert (counts["failed"], counts["void"]) == (0, 0)


def _claimed(*expected: Alarm) -> Any:
    """Instead of what is derived: the queue is beyond its limit from the sixth minute on."""

    def derive(*_: Sequence[Group]) -> Iterator[Scenario]:
        series = {'queue{job="a"}': "0x5 9x20", 'queue{job="b"}': "0x25"}
        yield Scenario(name="claimed", series=series, expected=expected)

    return lambda *_, **__: derive


WRONG = {
    "silent, and it fires": Alarm("Right", "20m", "silent", computed=True),
    "firing, and it is pending": Alarm("Right", "7m", computed=True),
    "pending, and it fires": Alarm("Right", "9m", "pending", computed=True),
    "firing, and it is silent": Alarm("Right", "3m", computed=True),
    "of another series": Alarm("Right", "20m", labels={"job": "b"}, computed=True),
    "of two series": Alarm("Right", "20m", alerts=2, computed=True),
}


@pytest.mark.parametrize("one", WRONG.values(), ids=WRONG)
def test_what_the_expression_itself_takes_back_says_nothing(
    told: Any, monkeypatch: pytest.MonkeyPatch, one: Alarm
) -> None:
    monkeypatch.setattr(_test, "_derive", _claimed(Alarm("Right", "20m"), one))
    said = told(rules("queue > 5", "{severity: page}"))
    [verdict] = said["scenarios"]

    assert (said["counts"]["failed"], said["counts"]["void"]) == (0, 1)
    assert "by its own expression Right is " in verdict["faults"][0]["message"]


def test_what_is_asked_of_the_rule_in_any_case_fails(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_test, "_derive", _claimed(Alarm("Right", "3m")))

    assert told(rules("queue > 5"))["counts"]["failed"] == 1


def test_what_prometheus_makes_otherwise_than_the_expression_says_fails(
    told: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alert that is evaluated before the recording that it reads is late by one evaluation."""
    alert, record = "{alert: Right, expr: seen > 5}", "{record: seen, expr: queue}"
    monkeypatch.setattr(_test, "_derive", _claimed(Alarm("Right", "6m", computed=True)))
    late = told(f"groups: [{{name: g, rules: [{alert}, {record}]}}]")["counts"]
    in_time = told(f"groups: [{{name: g, rules: [{record}, {alert}]}}]")["counts"]

    assert (late["failed"], late["void"]) == (1, 0)
    assert in_time["passed"] == 1


def test_of_two_alerts_of_one_name_the_one_with_its_labels_is_asked(told: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    two = [f"{{alert: Right, expr: queue > {n}, labels: {{severity: {s}}}}}" for n, s in ((5, "low"), (99, "high"))]
    wrong = Alarm("Right", "20m", labels={"severity": "high"}, computed=True)
    monkeypatch.setattr(_test, "_derive", _claimed(Alarm("Right", "20m", labels={"severity": "low"}), wrong))

    assert told(f"groups: [{{name: g, rules: [{', '.join(two)}]}}]")["counts"]["void"] == 1


def test_a_person_is_told_what_was_not_tried_and_why(
    dash: Dash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shop.yaml").unlink()
    put(tmp_path, right_yaml=rules("queue > 5"))
    monkeypatch.setattr(_test, "_derive", _claimed(Alarm("Right", "20m"), WRONG["firing, and it is silent"]))
    ran = dash("right.yaml", "--allow-untested", derived=True)

    why = "this scenario is wrong: by its own expression Right is silent at 3m, and was taken to be firing"
    assert ran.code == 0
    assert ran.out.splitlines()[:2] == ["NOT TRIED Right: claimed (derived)", f"  right.yaml:1:28: {why}"]
    assert '<skipped message="right.yaml:1:28: ' in dash("right.yaml", "--output", "junit", derived=True).out
