"""`dash test` tries what is recorded, too: its value and its labels, and says which recordings it cannot try."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.lint.subject import Group
from cli.scenarios.derive import of_recordings
from queries import Scenario
from queries.catalog import NOTHING
from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.derive.tried import groups
from tests.scenarios.shop import put

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

RATIO = "sum by (job) (rate(errors_total[5m])) / sum by (job) (rate(requests_total[5m]))"


def rules(**recordings: str) -> str:
    """One group, in this order."""
    said = ", ".join(f"{{record: '{name}', expr: '{expr}'}}" for name, expr in recordings.items())
    return f"groups: [{{name: g, rules: [{said}]}}]"


@pytest.fixture
def told(dash: Dash, tmp_path: Path) -> Any:
    (tmp_path / "shop.yaml").unlink()

    def ask(*words: str, **files: str) -> Any:
        put(tmp_path, **files)
        return json.loads(
            dash(
                *sorted(f"{one.removesuffix('_yaml')}.yaml" for one in files), *words, "--output", "json", derived=True
            ).out
        )

    return ask


def test_what_is_recorded_is_tried_with_and_without_each_of_its_selectors(told: Any) -> None:
    said = told(a_yaml=rules(ratio=RATIO))

    assert said["counts"] | {"scenarios": 4, "passed": 4, "recordings": 1, "alerts": 0} == said["counts"]
    assert {one["recording"] for one in said["scenarios"]} == {"ratio"}
    assert [one["name"] for one in said["scenarios"]] == [
        "ratio: what is recorded",
        "ratio: without errors_total",
        "ratio: without requests_total",
        "ratio: there is hardly anything",
    ]


def test_a_share_of_nothing_is_tried_where_the_rule_makes_a_number_of_it(told: Any) -> None:
    guarded = "sum(rate(errors_total[5m])) / (sum(rate(requests_total[5m])) > 0) or sum(rate(requests_total[5m])) * 0"
    names = [one["name"] for one in told(a_yaml=rules(ratio=guarded))["scenarios"]]

    assert "ratio: nothing is counted, and then its series end" in names


def test_a_recording_that_prometheus_cannot_evaluate_fails_at_its_line(told: Any) -> None:
    """Its labels make one of two series."""
    both = "{record: first, expr: sum(up)}, {record: second, expr: up, labels: {job: x, instance: y}}"
    verdict = told(a_yaml=f"groups: [{{name: g, rules: [{both}]}}]")["scenarios"][-1]

    assert (verdict["recording"], verdict["passed"], verdict["file"], verdict["line"]) == ("second", False, "a.yaml", 1)
    assert "second cannot be evaluated at " in verdict["faults"][0]["message"]


def test_the_recordings_of_another_file_are_read_and_tried_once(told: Any) -> None:
    said = told(a_yaml=rules(ratio=RATIO), b_yaml=rules(percent="ratio * 100"))

    assert said["counts"]["failed"] == 0
    names = [one["name"] for one in said["scenarios"]]
    assert len(names) == len(set(names))
    assert {"percent: what is recorded", "percent: without errors_total"} <= set(names)


@pytest.mark.parametrize("order", [["first", "second"], ["second", "first"]])
def test_one_that_is_recorded_later_makes_another_late_and_not_wrong(told: Any, order: list[str]) -> None:
    both = {"first": "sum(rate(requests_total[5m]))", "second": "first * 2"}
    counts = told(a_yaml=rules(**{name: both[name] for name in order}))["counts"]

    assert (counts["failed"], counts["void"]) == (0, 0)


def test_series_with_labels_that_others_lack_are_told_apart(told: Any) -> None:
    assert told(a_yaml=rules(both='x{a="b"} or y'))["counts"]["failed"] == 0


def test_a_months_window_is_filled_by_giving_what_is_recorded_for_it(told: Any) -> None:
    both = {"a:rate:sum": "sum(rate(requests_total[5m]))", "a:rate:month": "sum_over_time(a:rate:sum[30d])"}
    said = told(a_yaml=rules(**both))
    made = {one.name: one for one in of_recordings(_groups(both), NOTHING) if isinstance(one, Scenario)}

    assert (said["counts"]["recordings"], said["counts"]["passed"]) == (2, 6)
    assert made["a:rate:month: what is recorded"].interval == "12h"
    assert made["a:rate:sum: what is recorded"].interval == "1m"


def test_what_says_something_without_data_is_not_given(told: Any) -> None:
    both = {"a:rate:sum": "sum(rate(requests_total[5m])) or vector(0)", "a:rate:week": "sum_over_time(a:rate:sum[1w])"}
    made = {one.name: one for one in of_recordings(_groups(both), NOTHING) if isinstance(one, Scenario)}

    assert made["a:rate:week: what is recorded"].interval != "1h"
    assert told(a_yaml=rules(**both))["counts"]["failed"] == 0


def _groups(recordings: dict[str, str]) -> tuple[Group, ...]:
    return groups([{"record": name, "expr": expr} for name, expr in recordings.items()])


def test_one_recording_may_be_asked_for(told: Any) -> None:
    said = told("--only", "percent", a_yaml=rules(ratio=RATIO, percent="ratio * 100"))

    assert {one["recording"] for one in said["scenarios"]} == {"percent"}


def test_which_recordings_are_not_tried_is_told_with_why(dash: Dash, tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").unlink()
    put(tmp_path, a_yaml=rules(versions='count_values("version", build_version)'))
    ran = dash("a.yaml", derived=True)

    assert ran.code == 0
    assert ran.err == "note: recordings are not tried: versions (count_values() is not turned round)\n"
