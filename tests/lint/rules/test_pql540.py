"""PQL540 to PQL557: earlier times, identities, and what Prometheus takes of a rule file."""

from typing import Any

import pytest

from cli.lint.settings import Settings
from tests.lint.rules.alerts import NOTHING, alert, group, in_file, judged, recording, severities

FORTNIGHT = Settings(retention=15 * 86400.0)


def test_a_comparison_with_last_week_wants_a_margin() -> None:
    [found] = judged("PQL540", alert("avg(x) < avg(x offset 7d)"), known=NOTHING)
    assert found.hint == "avg(x) < 0.9 * avg(x offset 7d)"
    assert severities("PQL540", alert("rate(x[5m] offset 1d) > rate(x[5m])"), known=NOTHING) == ["warning"]


@pytest.mark.parametrize(
    "expr",
    [
        "avg(x) < 0.9 * avg(x offset 7d)",
        "avg(x) < avg(y offset 7d)",
        "avg(x) < avg(x)",
        "count(up) < count(up offset 1h)",
        "x_total > x_total offset 5m",
        "avg(x) != avg(x offset 7d)",
        "avg(x offset 7d) < 5",
    ],
)
def test_a_comparison_that_means_something_is_let_pass(expr: str) -> None:
    assert severities("PQL540", alert(expr), known=NOTHING) == []


@pytest.mark.parametrize(
    "expr",
    [
        "x offset 30d > 1",
        "rate(x[20d]) > 1",
        "rate(x[10d] offset 10d) > 1",
        "max_over_time(avg(x offset 10d)[10d:1h]) > 1",
    ],
)
def test_samples_that_are_no_longer_kept(expr: str) -> None:
    assert severities("PQL541", alert(expr), settings=FORTNIGHT) == ["warning"]
    assert severities("PQL541", alert(expr)) == []


@pytest.mark.parametrize(
    "expr", ["x offset 15d > 1", "x offset -30d > 1", "x @ 5 offset 30d > 1", "rate(x[7d] offset 7d) > 1"]
)
def test_samples_that_are_still_kept(expr: str) -> None:
    assert severities("PQL541", alert(expr), settings=FORTNIGHT) == []


def test_two_alerts_with_one_identity() -> None:
    [found] = judged("PQL550", alert("x > 1"), alert("y > 1"))
    assert found.place.path == "groups[1].rules[0]"
    assert severities("PQL550", alert("x > 1"), alert("y > 1", labels={"severity": "critical"})) == []
    assert severities("PQL550", alert("x > 1"), alert("x > 1", "Other")) == []


def test_the_same_rule_twice() -> None:
    [found] = judged("PQL550", alert("x  > 1"), alert("x > 1"))
    assert "word for word" in found.message
    assert severities("PQL550", recording("a:b", "sum by (a) (x)"), recording("a:b", "sum by (a) (x)")) == ["warning"]


def test_an_alert_in_two_parts_is_one() -> None:
    parts = [alert('x{env="a"} > 1'), alert('x{env="b"} > 5')]
    assert severities("PQL550", *parts) == []
    assert severities("PQL550", alert('x{env="a"} > 1'), alert('x{env=~"a|b"} > 5')) == ["warning"]


def test_a_recording_that_is_written_twice() -> None:
    assert severities("PQL550", recording("a:b", "sum(x)"), recording("a:b", "sum(y)")) == ["warning"]
    assert severities("PQL550", recording("a:b", "sum by (a) (x)"), recording("a:b", "sum by (b) (y)")) == []
    assert severities("PQL550", recording("a:b", "x"), recording("a:b", "y")) == []


def test_an_alert_that_says_all_is_let_pass() -> None:
    said = {"summary": "a", "runbook_url": "https://example.org"}
    assert severities("PQL551", alert("x > 1", labels={"severity": "page"}, annotations=said)) == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"labels": {}}, "severity"),
        ({"annotations": {}}, "summary"),
        ({"annotations": {"summary": "a", "runbook_url": "ask Bob"}}, "runbook_url"),
        ({"alert": "queue_full"}, "CamelCase"),
        ({"alert": "A" * 41}, "40"),
    ],
)
def test_an_alert_that_says_too_little_is_an_information(change: dict[str, Any], why: str) -> None:
    whole = alert("x > 1", labels={"severity": "page"}, annotations={"summary": "a"})
    [found] = judged("PQL551", whole | change)
    assert why in found.message
    assert str(found.severity) == "info"


@pytest.mark.parametrize("text", ["5", "5 minutes", "1.5h", "-5m", "1m1h", "5M", "300y", "m"])
def test_a_for_that_prometheus_refuses(text: str) -> None:
    assert severities("PQL553", alert("x > 1", lasting=text)) == ["error"]
    assert severities("PQL553", alert("x > 1", keep_firing_for=text)) == ["error"]


@pytest.mark.parametrize("text", ["5m", "1h30m", "1w2d", "500ms", "5ms", "{{ .Values.for }}", "${for}"])
def test_a_for_that_prometheus_takes(text: str) -> None:
    assert severities("PQL553", alert("x > 1", lasting=text)) == []


@pytest.mark.parametrize("text", ["0", "0m", "0s"])
def test_a_for_of_nothing_is_an_information(text: str) -> None:
    assert severities("PQL553", alert("x > 1", lasting=text)) == ["info"]


@pytest.mark.parametrize(
    ("interval", "found"), [("10m", ["info"]), ("5m", []), ("0s", []), ("1.5m", ["error"]), ("{{ .x }}", [])]
)
def test_how_often_a_group_is_evaluated(interval: str, found: list[str]) -> None:
    assert severities("PQL554", group(recording("a:b:c", "sum(x)"), interval=interval)) == found


def test_an_alert_that_is_evaluated_seldom_fires_until_the_next_time() -> None:
    assert severities("PQL554", group(alert("x > 1"), interval="1h")) == []


def test_groups_have_names_of_their_own() -> None:
    one, other = group(alert("x > 1"), name="a"), group(alert("y > 1", "Other"), name="a")
    assert severities("PQL555", one, other) == ["error"]
    assert severities("PQL555", one, other | {"name": "b"}) == []
    assert severities("PQL555", one | {"name": ""}) == ["error"]
    assert severities("PQL555", {"name": "", "rules": []}) == []


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (alert("sum(a) / sum(b) > 1"), ["info"]),
        (alert("sum(a) / sum(b) > 1", lasting="5m"), []),
        (alert('sum(a{x="1"}) / sum(a) > 1'), []),
        (alert("a / b > 1"), []),
        (alert("sum(a) > sum(b)"), []),
    ],
)
def test_two_metrics_reckoned_with_each_other(rule: dict[str, Any], found: list[str]) -> None:
    assert severities("PQL556", rule, known=NOTHING) == found


@pytest.mark.parametrize(
    "rule",
    [
        recording("a:b", "sum(x)", **{"for": "5m"}),
        recording("a:b", "sum(x)", annotations={"summary": "a"}),
        alert("x > 1", labels={"__name__": "y"}),
    ],
)
def test_what_prometheus_does_not_take_in_a_rule(rule: dict[str, Any]) -> None:
    assert severities("PQL557", rule) == ["error"]


@pytest.mark.parametrize(
    "rule",
    [recording("a-b", "sum(x)"), alert("x > 1", labels={"a-b": "c"}), alert("x > 1", annotations={"a b": "c"})],
)
def test_a_name_that_only_newer_servers_take(rule: dict[str, Any]) -> None:
    assert severities("PQL557", rule) == ["warning"]
    assert severities("PQL557", rule, settings=Settings(prometheus=(2, 42))) == ["error"]
    assert severities("PQL557", rule, settings=Settings(prometheus=(3, 5))) == ["warning"]


def test_a_plain_rule_is_taken() -> None:
    assert severities("PQL557", recording("a:b", "sum(x)", labels={"c": "d"}), alert("x > 1", lasting="5m")) == []


@pytest.mark.parametrize("rule", [{"fro": "5m"}, {"severity": "page"}, {"Labels": {"severity": "page"}}])
def test_a_member_of_a_rule_that_nobody_reads(rule: dict[str, Any]) -> None:
    assert severities("PQL557", alert("up == 0", **rule)) == ["error"]


def test_the_member_that_was_meant_is_named_and_the_finding_stands_at_its_name() -> None:
    text = "groups:\n- name: a\n  intervall: 1m # intervall\n  rules:\n  - alert: Q\n    expr: up == 0\n    fro: 5m\n"

    of_rule, of_group = sorted(in_file(text), key=lambda one: -one.place.line)

    assert (of_rule.place.line, of_rule.place.column, of_rule.hint) == (7, 5, "did you mean `for`?")
    assert (of_group.place.line, of_group.place.column, of_group.hint) == (3, 3, "did you mean `interval`?")


def test_members_of_other_rulers_and_of_wrappings_are_let_pass() -> None:
    rule = "{alert: Q, expr: up == 0, keep_firing_for: 5m, debug: true, update_entries_limit: 3}"
    group = f"[{{name: a, source_tenants: [b], partial_response_strategy: warn, concurrency: 2, rules: [{rule}]}}]"
    spec = "{groups: [{name: a, more: 1, rules: []}]}"
    resource = f"{{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, spec: {spec}}}"

    assert in_file(f"groups: {group}") == in_file(resource) == ()
