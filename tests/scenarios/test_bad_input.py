"""Rules and tests that are none: one clear message each, with its line and column, and the rest is done."""

from pathlib import Path

import pytest

from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import RULES, put
from tests.scenarios.test_command import IN_PYTHON, TEST

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  rules:", "\trules:", "bad.yaml:3:1: this is no YAML: found a tab character"),
        ("    expr: queue", "    for: 1m\n    expr: queue", "bad.yaml:14:5: the key 'for' stands here twice"),
        ("    for: 2m", "    fore: 2m", "bad.yaml:13:1: Prometheus knows no field 'fore' here"),
        (
            "queue_depth > 100",
            "queue_depth >",
            "bad.yaml:12:11: ShopQueue of group shop: Prometheus takes no such rule",
        ),
        ("for: 2m", "for: 2 minutes", "bad.yaml:13:10: Prometheus takes no such rule: not a valid duration string"),
        ("for: 2m", "for: 1.5h", "bad.yaml:13:10: Prometheus takes no such rule: not a valid duration string"),
        ("for: 2m", "keep_firing_for: 5", "bad.yaml:13:22: Prometheus takes no such rule: not a valid duration"),
        ("- name: shop", "- name: shop\n  interval: 5", "bad.yaml:3:13: Prometheus takes no such rule: not a valid"),
        ("groups:", "{{ if .Values.on }}\ngroups:", "bad.yaml:1:2: this is a template, not YAML yet"),
        (
            "{{ $labels.job }}",
            "{{ .x",
            "bad.yaml:6:5: ShopErrors of group shop: Prometheus takes no such rule: annotation",
        ),
        ("name: shop", "name: \xfc".encode().decode("latin-1") + "\udcff", "bad.yaml:2:"),
        (RULES, "", "bad.yaml: there is nothing in it"),
        (RULES, "a: 1\n", "bad.yaml: neither rules nor a test"),
        (RULES, RULES + "#" * 10_000_000, "bad.yaml: it has 10,000,"),
    ],
)
def test_a_rule_file_that_is_none_is_told_and_the_rest_is_run(
    dash: Dash, tmp_path: Path, old: str, new: str, told: str
) -> None:
    put(tmp_path, a_test_yaml=TEST)
    (tmp_path / "bad.yaml").write_bytes(RULES.replace(old, new).encode("utf-8", "surrogateescape"))
    ran = dash("bad.yaml", "a.test.yaml")

    assert ran.code == 3
    assert ran.err.splitlines()[0].startswith(f"error: {told}"), ran.err
    assert "2 scenarios of 2 alerts: 2 passed" in ran.out.splitlines()[-1]


def test_anchors_are_yaml_and_mean_what_they_mean_to_prometheus(dash: Dash, tmp_path: Path) -> None:
    text = RULES.replace("labels: {sev", "labels: &l {sev") + "    labels: *l\n"
    put(tmp_path, shop_yaml=text, a_test_yaml=TEST.replace("at: 2m}", "at: 2m, labels: {tier: 007}}"))

    assert dash("a.test.yaml").code == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("  series: {q", "\tseries: {q", "error: a.test.yaml:7:1: this is no YAML"),
        (
            "- name: a long queue",
            "- name: a long queue\n  name: b",
            "error: a.test.yaml:7:3: the key 'name' stands here",
        ),
        (TEST, "", "error: a.test.yaml:1:1: there is no test in it"),
        (TEST, "scenario: []\n", "error: a.test.yaml:1:1: there is no test in it"),
        (TEST, "scenarios: []\n", "error: a.test.yaml:1:12: this file has no list 'scenarios'"),
        ("rules: shop.yaml", "rules: shop.yml", "error: a.test.yaml:1:8: no file is shop.yml"),
        ("rules: shop.yaml", "rules: b.test.py", "error: a.test.yaml:1:8: b.test.py holds no rules"),
        ("six", "\udcff", "error: a.test.yaml:3:9: this is not UTF-8: byte 0xff"),
        (TEST, TEST + "#" * 10_000_000, "error: a.test.yaml: it has 10,000,"),
        ("101x40", "1y1", "  a.test.yaml:7:25: promtool does not read the samples of queue_depth: parse error"),
        ("queue_depth: 101", "'queue depth': 101", "  a.test.yaml:7:27: promtool refuses this scenario: parse error"),
        ("at: 1m", "at: 1 min", "  a.test.yaml:9:28: '1 min' is no duration"),
        ("at: 1m", "at: 10y", "  a.test.yaml:9:28: 10y by 1m are 5,256,000 evaluations, at most 100,000"),
        ("101x40", "101x99999999", "  a.test.yaml:7:25: more than 1,000,000 samples of queue_depth"),
        ("at: 1m, state: pending", "at: 1m, state: pending, annotations: {a: b}", "  a.test.yaml:9:61: promtool tells"),
    ],
)
def test_a_test_that_is_none_is_told_and_the_rest_is_run(
    dash: Dash, tmp_path: Path, old: str, new: str, told: str
) -> None:
    put(tmp_path, b_test_py=IN_PYTHON)
    (tmp_path / "a.test.yaml").write_bytes(TEST.replace(old, new).encode("utf-8", "surrogateescape"))
    ran = dash("shop.yaml", "a.test.yaml", "b.test.py", "--allow-untested")

    assert ran.code == 3
    assert any(line.startswith(told) for line in (ran.err + ran.out).splitlines()), ran
    assert "passed" in ran.out.splitlines()[-1]
    assert not ran.out.splitlines()[-1].startswith(("0", "1 "))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import gone\n", "error: b.test.py:1: it raises ModuleNotFoundError: No module named 'gone'"),
        ("x = 1\n", "error: b.test.py: it defines no scenario"),
        ("scenarios = []\n", "error: b.test.py: it defines no scenario"),
        ("\nscenarios = [1]\n", "error: b.test.py:2: a scenario is a Scenario(...), not an int"),
        ("scenario = {'name': 'x'}\n", "error: b.test.py:1: a scenario is a Scenario(...), not a dict"),
        (IN_PYTHON.replace('f"{depth}x9"', "5"), "error: b.test.py:6: series: 'queue_depth' is 5 and no text"),
        (IN_PYTHON.replace('"5m"', "120"), "error: b.test.py:5: at is 120 and no time"),
        (IN_PYTHON.replace("state)", "'fires')"), "error: b.test.py:5: no alert is 'fires'"),
        ("def scenario(:\n", "error: b.test.py:1: syntax error: "),
        (IN_PYTHON.replace("Alarm(", "int("), "error: b.test.py:"),
    ],
)
def test_a_module_that_is_none_is_told_and_the_rest_is_run(dash: Dash, tmp_path: Path, text: str, told: str) -> None:
    put(tmp_path, a_test_yaml=TEST, b_test_py=text)
    ran = dash("a.test.yaml", "b.test.py")

    assert ran.code == 3
    assert ran.err.startswith(told), ran.err
    assert ran.out.splitlines()[-1].startswith("2 scenarios of 2 alerts: 2 passed")


def test_a_path_that_is_none_is_told(dash: Dash) -> None:
    ran = dash("gone.yaml")

    assert (ran.code, ran.err.splitlines()[0]) == (3, "error: gone.yaml: there is no such file")
