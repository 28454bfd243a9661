"""Tests in promtool's own format: the same verdict as promtool's, in our words, at the line of the expectation."""

from pathlib import Path

import pytest

from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import put

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
TEST = """rule_files: [shop.yaml]
evaluation_interval: 1m
tests:
- name: two queues, and an odd name
  interval: 1m
  input_series:
  - {series: 'queue_depth{q="a"}', values: 200x20}
  alert_rule_test:
  - {eval_time: 1m, alertname: ShopQueue}
  - eval_time: 5m
    alertname: ShopQueue
    exp_alerts: [{exp_labels: {q: a}}]
  promql_expr_test:
  - {expr: queue_depth, eval_time: 1m, exp_samples: [{labels: 'queue_depth{q="a"}', value: 2e2}]}
"""


def of(dash: Dash, folder: Path, text: str) -> tuple[int, list[str]]:
    put(folder, foreign_yml=text)
    ran = dash("foreign.yml")
    return ran.code, [line.strip() for line in (ran.err + ran.out).splitlines() if line.strip()]


def test_one_that_passes_passes(dash: Dash, tmp_path: Path) -> None:
    code, told = of(dash, tmp_path, TEST)

    assert told[-1] == "1 scenario of 1 alert: 1 passed; 1 alert without a scenario"
    assert code == 1  # ShopErrors has none


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("q: a}}]", "q: b}}]", "foreign.yml:10:5: ShopQueue at 5m: its label q should be 'b' and is 'a'"),
        ("eval_time: 5m", "eval_time: 60s", 'foreign.yml:10:5: ShopQueue should fire at 1m with {q="a"} and does not'),
        ("eval_time: 1m, a", "eval_time: 9m, a", 'foreign.yml:9:5: ShopQueue should not fire at 9m and does: {q="a"}'),
        (
            "value: 2e2",
            "value: 3",
            'foreign.yml:14:5: queue_depth should be 3 (queue_depth{q="a"}) at 1m and is 200 (queue_depth{q="a"})',
        ),
        ("expr: queue_depth", "expr: queue_depth +", "foreign.yml:14:5: queue_depth + cannot be evaluated at 1m: 1:14"),
        ("values: 200x20", "values: 2y", "foreign.yml:7:5: promtool refuses this test: 1:"),
        ("exp_alerts", "exp_alert", "foreign.yml:12:5: promtool knows no field 'exp_alert' here"),
        ("1m, alertname: ShopQueue", "1m, alertname: ShopQueu", "foreign.yml:9:32: no alert is called ShopQueu"),
    ],
)
def test_one_that_does_not_is_told_in_our_words(dash: Dash, tmp_path: Path, old: str, new: str, told: str) -> None:
    _, said = of(dash, tmp_path, TEST.replace(old, new))

    assert "two queues, and an odd name" in said[0]
    assert any(line.startswith(told) for line in said), said


def test_one_that_is_broken_keeps_back_no_other(dash: Dash, tmp_path: Path) -> None:
    entry = TEST.partition("tests:\n")[2]
    _, said = of(dash, tmp_path, TEST + entry.replace("200x20", "2y") + entry)

    assert said[-1].startswith("3 scenarios of 1 alert: 2 passed, 1 failed")


def test_a_rule_file_that_is_not_there_is_told_and_nothing_passes(dash: Dash, tmp_path: Path) -> None:
    code, said = of(dash, tmp_path, TEST.replace("shop.yaml", "sho*.yml"))

    assert code == 3
    assert said[0] == "error: foreign.yml:1:14: no file is sho*.yml"
    assert said[-1] == "0 scenarios of 0 alerts: 0 passed; 1 error in rules and tests"


def test_texts_that_look_like_numbers_stay_texts(dash: Dash, tmp_path: Path) -> None:
    put(
        tmp_path,
        shop_yaml="groups: [{name: a, rules: [{alert: ShopQueue, expr: queue_depth > 1, for: 2m, labels: {v: 1.10}}]}]",
    )
    _, said = of(dash, tmp_path, TEST.replace("{eval_time: 1m,", "{eval_time: 0s,").replace("q: a}", "q: a, v: 1.10}"))

    assert said[-1] == "1 scenario of 1 alert: 1 passed"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("tests:", "test:", "error: foreign.yml:3:1: promtool knows no field 'test' here"),
        ("rule_files: [shop.yaml]", "rule_files: shop.yaml", "error: foreign.yml:1:13: rule_files is no list"),
        ("evaluation_interval", "evaluation_intervall", "foreign.yml:2:1: promtool knows no field"),
        ("  interval: 1m\n", "  intervall: 1m\n", "foreign.yml:5:3: promtool knows no field 'intervall' here"),
        (
            TEST[TEST.index("  alert_rule_test") :],
            "",
            "error: foreign.yml:4:3: two queues, and an odd name expects nothing",
        ),
    ],
)
def test_a_wrong_key_and_a_test_of_nothing_are_errors(
    dash: Dash, tmp_path: Path, old: str, new: str, told: str
) -> None:
    code, said = of(dash, tmp_path, TEST.replace(old, new))

    assert code == 3
    assert any(line.startswith(told) for line in said), said


def test_a_wrong_key_has_the_right_one_beside_it(dash: Dash, tmp_path: Path) -> None:
    for old, new in (("tests:", "test:"), ("alert_rule_test:", "alert_rule_tests:"), ("exp_labels", "exp_label")):
        _, said = of(dash, tmp_path, TEST.replace(old, new))

        assert any(f"did you mean {old.rstrip(':')!r}?" in line for line in said), said
