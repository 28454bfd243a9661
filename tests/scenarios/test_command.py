"""`dash test` as it is typed: where it looks, what it says where, and its exit codes."""

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import RULES, put

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
TEST = """rules: shop.yaml
scenarios:
- name: six of a hundred requests fail
  series: {'requests_total{job="shop"}': 0+100x40, 'errors_total{job="shop"}': 0+6x40}
  expect: [{alert: ShopErrors, at: 20m}]
- name: a long queue
  series: {queue_depth: 101x40}
  expect:
  - {alert: ShopQueue, at: 1m, state: pending}
  - {alert: ShopQueue, at: 2m}
"""
FAILS = TEST.replace("101x40", "100x40")
IN_PYTHON = """from queries import Alarm, Scenario

def scenarios():
    for depth, state in ((100, "silent"), (101, "firing")):
        expected = [Alarm("ShopQueue", "5m", state)]
        yield Scenario(name=f"{depth} wait", series={"queue_depth": f"{depth}x9"}, expected=expected)
"""


def test_all_as_expected_is_exit_0(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=TEST)
    ran = dash("a.test.yaml")

    assert (ran.code, ran.out, ran.err) == (0, "2 scenarios of 2 alerts: 2 passed\n", "")


def test_a_scenario_that_fails_is_exit_1_and_says_where_and_why(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=FAILS)
    ran = dash("a.test.yaml")

    assert ran.code == 1
    assert ran.out.splitlines() == [
        "FAILED ShopQueue: a long queue",
        "  a.test.yaml:9:39: ShopQueue should be pending at 1m and is silent; queue_depth is 100 and must be > 100",
        "  a.test.yaml:10:5: ShopQueue should fire at 2m and is silent; queue_depth is 100 and must be > 100",
        "",
        "2 scenarios of 2 alerts: 1 passed, 1 failed",
    ]


def test_a_folder_is_searched_for_rules_and_tests_of_every_kind(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=TEST, b_test_py=IN_PYTHON, page_json='{"title": "a", "panels": [{"expr": "alert"}]}')
    ran = dash(".")

    assert (ran.code, ran.out) == (0, "4 scenarios of 2 alerts: 4 passed\n")


def test_an_alert_without_a_scenario_is_a_finding_unless_that_is_allowed(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, b_test_py=IN_PYTHON)
    ran, allowed = dash("."), dash(".", "--allow-untested")

    assert (ran.code, allowed.code) == (1, 0)
    assert "shop.yaml:6:5: ShopErrors is seen to fire in no scenario\n  try: write one: docs/test.md" in ran.out
    assert ran.out == allowed.out


def test_a_test_without_a_rule_is_exit_3_and_the_rest_is_run(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=TEST.replace("{alert: ShopErrors", "{alert: ShopError"))
    ran = dash("a.test.yaml", "--allow-untested")

    assert ran.code == 3
    assert "  a.test.yaml:5:20: no alert is called ShopError\n    try: did you mean 'ShopErrors'?" in ran.out
    assert ran.out.splitlines()[-1].startswith("2 scenarios of 2 alerts: 1 passed, 1 failed")


def test_only_one_alert_may_be_asked_for(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=FAILS)

    assert dash(".", "--only", "ShopErrors").out == "1 scenario of 1 alert: 1 passed\n"
    wrong = dash(".", "--only", "ShopError")
    assert (wrong.code, wrong.err.splitlines()[0]) == (2, "error: --only: no alert is called 'ShopError'")


def test_what_there_is_can_be_listed_without_promtool(
    dash: Dash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a_test_yaml=FAILS)
    monkeypatch.setenv("PATH", "")
    ran = dash(".", "--list")

    assert ran.code == 0
    assert ran.out.splitlines() == [
        "ShopErrors: six of a hundred requests fail (./a.test.yaml:3:3)",
        "ShopQueue: a long queue (./a.test.yaml:6:3)",
    ]


def test_without_promtool_one_message_is_exit_4_and_what_is_broken_is_told_all_the_same(
    dash: Dash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, a_test_yaml=TEST, b_test_yaml="a: [")
    monkeypatch.setenv("PATH", "")
    ran = dash("a.test.yaml", "b.test.yaml")

    assert ran.code == 4
    assert ran.err.splitlines()[0].startswith("error: b.test.yaml:")
    assert ran.err.splitlines()[-2] == "error: promtool is not there"


def test_json_is_for_a_program(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=FAILS)
    said = json.loads(dash(".", "--output", "json").out)

    assert (said["type"], said["version"]) == ("test", 1)
    assert said["counts"] == {
        "scenarios": 2,
        "passed": 1,
        "failed": 1,
        "void": 0,
        "recordings": 0,
        "alerts": 2,
        "untested": 0,
        "errors": 0,
    }
    good, bad = said["scenarios"]
    assert (good["alert"], good["name"], good["passed"]) == ("ShopErrors", "six of a hundred requests fail", True)
    assert (bad["file"], bad["line"], bad["passed"], bad["derived"]) == ("./a.test.yaml", 6, False, False)
    assert [(one["line"], one["column"], one["kind"]) for one in bad["faults"]] == [
        (9, 39, "differs"),
        (10, 5, "differs"),
    ]


def test_junit_is_for_a_ci_server(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=FAILS.replace("a long queue", 'a <long> "queue"'))
    [suite] = ET.fromstring(dash(".", "--output", "junit").out)  # noqa: S314 - it is our own

    assert suite.attrib == {"name": "./a.test.yaml", "tests": "2", "failures": "1", "errors": "0", "skipped": "0"}
    assert [one.get("name") for one in suite if one.find("failure") is not None] == ['a <long> "queue"']


def test_github_shows_each_fault_at_its_line(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=FAILS)
    lines = dash("a.test.yaml", "--output", "github").out.splitlines()

    assert lines[0].startswith("::error file=a.test.yaml,line=9,col=39,title=a long queue::ShopQueue should be pending")
    assert len(lines) == 2


def test_without_a_path_what_was_built_is_tried_with_the_tests_beside_the_sources(dash: Dash, tmp_path: Path) -> None:
    for folder in ("pages", "tests", "other"):
        (tmp_path / folder).mkdir()
    (tmp_path / "dash.toml").write_text('[build]\nsources = ["pages"]\n')
    assert dash().err.startswith("error: ")  # nothing is built
    page = "from queries import AlertRule, RuleGroup, raw, REQUESTS\n"
    page += (
        'group = RuleGroup(name="a", rules=[AlertRule(alert="ShopQueue", when=raw("queue_depth", unit=REQUESTS) > 100,'
    )
    page += ' lasting="2m", severity="warning", summary="a")])\n'
    put(tmp_path / "pages", shop_py=page, b_test_py=IN_PYTHON)
    put(tmp_path / "tests", c_test_yaml=TEST.partition("- name: a long")[2].join(["scenarios:\n- name: a long", ""]))
    put(tmp_path / "other", d_test_yaml="no test")
    from cli.main import main  # noqa: PLC0415 - only this test builds

    with pytest.raises(SystemExit):
        main(["build"])

    ran = dash()
    assert (ran.code, ran.out) == (0, "3 scenarios of 1 alert: 3 passed\n")


def test_a_manifest_of_kubernetes_is_tried(dash: Dash, tmp_path: Path) -> None:
    spec = "\n".join("  " + line for line in RULES.splitlines())
    manifest = f"apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: {{name: shop}}\nspec:\n{spec}\n"
    put(tmp_path, shop_yaml="", manifest_yaml=manifest, b_test_py=IN_PYTHON)
    (tmp_path / "shop.yaml").unlink()

    assert dash(".", "--allow-untested").out.splitlines()[-1].startswith("2 scenarios of 1 alert: 2 passed")
