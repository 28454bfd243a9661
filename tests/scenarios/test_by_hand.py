"""Tests that a person wrote: what they say, and each way in which one is none, with its line and column."""

import pytest

from cli.lint.reading import files
from cli.lint.reading.contents import documents
from cli.scenarios.by_hand import ByHand, scenarios
from cli.scenarios.trial import Fault
from queries import Alarm, Value

WHOLE = """rules: [shop.yaml, more/*.yaml]
scenarios:
  - name: six of a hundred requests fail
    interval: 15s
    series:
      requests_total{job="shop"}: 0+100x40
      errors_total{job="shop"}: 0
    expect:
      - {alert: ShopErrors, at: 3m, state: pending, labels: {tier: 007, on: true}, alerts: 1}
      - {alert: ShopErrors, at: 9m, annotations: {summary: Errors}}
      - {expr: shop:errors:ratio, at: 9m, value: 0.06, close: 0.01}
      - {expr: gone, at: 9m, value: null}
      - {expr: high, at: 9m, value: Inf}
"""
ONE = "scenarios:\n- name: one\n  series: {up: 1x5}\n  expect:\n  - {alert: Down, at: 1m}\n"


def read(text: str) -> list[ByHand | Fault]:
    [document] = documents(files.decoded("a.test.yaml", text.encode()), "a.test.yaml", 10**6)
    return list(scenarios(document))


def test_all_that_can_be_said_is_read() -> None:
    [one] = read(WHOLE)

    assert isinstance(one, ByHand)
    assert [path for path, _ in one.rules] == ["shop.yaml", "more/*.yaml"]
    assert (one.scenario.name, one.scenario.interval) == ("six of a hundred requests fail", "15s")
    assert one.scenario.series == {'requests_total{job="shop"}': "0+100x40", 'errors_total{job="shop"}': "0"}
    assert one.scenario.expected == (
        Alarm("ShopErrors", "3m", "pending", {"tier": "007", "on": "true"}, alerts=1),
        Alarm("ShopErrors", "9m", annotations={"summary": "Errors"}),
        Value("shop:errors:ratio", "9m", 0.06, close=0.01),
        Value("gone", "9m", None),
        Value("high", "9m", float("inf")),
    )
    assert str(one.scenario.source) == "a.test.yaml:3"


def test_the_interval_is_a_minute_where_nobody_says_one() -> None:
    [one] = read(ONE)

    assert isinstance(one, ByHand)
    assert one.scenario.interval == "1m"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("name: one", "nam: one", "a.test.yaml:2:8: a scenario knows no 'nam'\n  try: did you mean 'name'? "),
        ("name: one", "name: [one]", "a.test.yaml:2:9: name is a list and no text"),
        ("- name: one\n ", "-", "a.test.yaml:2:3: this scenario has no 'name'"),
        ("series: {up: 1x5}", "series: [up]", "a.test.yaml:3:11: series is a list and no mapping"),
        ("series: {up: 1x5}", "series: {up: [1]}", "a.test.yaml:3:16: up is a list and no text"),
        ("series: {up: 1x5}", "interval: 5q", "a.test.yaml:3:13: '5q' is no duration\n  try: like \"5m\""),
        (
            "{alert: Down, at: 1m}",
            "Down",
            "a.test.yaml:5:5: an expected alert is 'Down' and no mapping\n  try: {alert: ",
        ),
        ("at: 1m", "when: 1m", "a.test.yaml:5:25: an expected alert knows no 'when'"),
        (", at: 1m", "", "a.test.yaml:5:5: this expectation has no 'at'"),
        (
            "at: 1m",
            "at: 1m, state: fire",
            "a.test.yaml:5:34: no alert is 'fire'\n  try: one of firing, pending, silent",
        ),
        ("at: 1m", "at: 1m, alerts: 0", "a.test.yaml:5:35: alerts is how many there are, 1 or more"),
        ("at: 1m", "at: 1m, alerts: 1, state: silent", "a.test.yaml:5:35: alerts is how many there are"),
        ("alert: Down", "expr: up", "a.test.yaml:5:5: this expectation has no 'value'"),
        ("alert: Down", "expr: up, value: much", "a.test.yaml:5:23: value is 'much' and no number"),
        ("  - {alert: Down, at: 1m}\n", "", "a.test.yaml:4:10: this scenario has no list 'expect'"),
        ("scenarios:", "rule: a\nscenarios:", "a.test.yaml:1:7: a test file knows no 'rule'"),
        ("scenarios:", "rules: [[a]]\nscenarios:", "a.test.yaml:1:9: a rule file is a path"),
    ],
)
def test_what_is_none_is_told_with_line_and_column(old: str, new: str, told: str) -> None:
    [fault] = read(ONE.replace(old, new))

    assert isinstance(fault, Fault)
    assert str(fault).startswith(told)
    assert fault.kind == "broken"


def test_a_scenario_that_is_none_keeps_back_no_other() -> None:
    good, bad, again = read(ONE + "- name: two\n" + ONE.removeprefix("scenarios:\n"))

    assert isinstance(good, ByHand)
    assert [str(bad), str(again)] == [
        "a.test.yaml:6:3: this scenario has no list 'expect'",
        "a.test.yaml:7:9: two scenarios are called 'one'",
    ]


def test_anchors_say_once_what_many_scenarios_share() -> None:
    text = ONE.replace("{up: 1x5}", "&up {up: 1x5}") + ONE.removeprefix("scenarios:\n").replace("{up: 1x5}", "*up")
    first, second = read(text.replace("name: one", "name: two", 1))

    assert isinstance(first, ByHand)
    assert isinstance(second, ByHand)
    assert first.scenario.series == second.scenario.series == {"up": "1x5"}
