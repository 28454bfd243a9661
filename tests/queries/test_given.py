"""Rules as somebody wrote them for Prometheus: kept word by word, and refused where no Prometheus takes them."""

from collections.abc import Callable
from typing import Any

import pytest

from queries import (
    REQUESTS,
    AlertRule,
    Counter,
    GivenAlert,
    GivenRecording,
    RecordingRule,
    Role,
    RuleGroup,
    alert_names,
    in_rule,
    rate,
    to_promql,
)
from queries.expr import Select
from queries.rulefile import to_rule_file
from tests.queries.mistakes import told

R = Counter("r_total", "h", REQUESTS, (), Role("shop", "api", "shop-api"))
OURS = AlertRule(alert="Ours", when=rate(R) > 5, lasting="60s", severity="warning", summary="s", keep_firing_for="120s")


def test_what_somebody_wrote_is_printed_as_it_is_in_the_order_that_prometheus_documents() -> None:
    group = RuleGroup(
        name="a group (old)",
        interval="90s",
        query_offset="0s",
        limit=5,
        labels={"team": "x"},
        rules=[
            GivenRecording(record="up", expr="up  # all\n", labels={"b": "1", "a": ""}),
            GivenAlert(
                alert="Är is down",
                expr="up ==\n 0",
                lasting="0h90m",
                keep_firing_for="1w",
                labels={"severity": "page"},
                annotations={"z": "{{ $value }} {x} 100 %", "a": ""},
            ),
            GivenAlert(alert="Är is down", expr="up ==\n 0"),
        ],
    )

    said = to_rule_file([group], {"shop.api": "blue"})["groups"][0]

    assert said == {
        "name": "a group (old)",
        "interval": "90s",
        "limit": 5,
        "query_offset": "0s",
        "labels": {"team": "x"},
        "rules": [
            {"record": "up", "expr": "up  # all\n", "labels": {"b": "1", "a": ""}},
            {
                "alert": "Är is down",
                "expr": "up ==\n 0",
                "for": "0h90m",
                "keep_firing_for": "1w",
                "labels": {"severity": "page"},
                "annotations": {"z": "{{ $value }} {x} 100 %", "a": ""},
            },
            {"alert": "Är is down", "expr": "up ==\n 0"},
        ],
    }
    assert list(said) == ["name", "interval", "limit", "query_offset", "labels", "rules"]
    assert list(said["rules"][1]) == ["alert", "expr", "for", "keep_firing_for", "labels", "annotations"]
    assert list(said["rules"][0]["labels"]) == ["b", "a"]


def test_a_group_holds_both_kinds_in_the_order_in_which_they_are_evaluated() -> None:
    ahead = RecordingRule("shop:r:rate5m", rate(R), labels={"team": "x"})
    group = RuleGroup(name="g", interval="60s", rules=[ahead, GivenAlert(alert="Theirs", expr="up == 0"), OURS])

    said = to_rule_file([group])["groups"][0]

    assert said["interval"] == "1m"
    assert said["rules"][0]["labels"] == {"team": "x"}
    assert [rule.get("alert") for rule in said["rules"]] == [None, "Theirs", "Ours"]
    assert said["rules"][2]["keep_firing_for"] == "2m"
    assert list(said["rules"][2]) == ["alert", "expr", "for", "keep_firing_for", "labels", "annotations"]
    assert alert_names(group) == ("Ours", "Theirs")


def test_the_labels_of_a_recording_are_those_of_its_series() -> None:
    recorded = RecordingRule("shop:r:rate5m", rate(R), labels={"team": "x"}).recorded

    assert isinstance(recorded.expr, Select)
    assert recorded.expr.metric is not None
    assert recorded.expr.metric.label_names == ("team",)


def test_what_it_asks_is_a_tree() -> None:
    alert = GivenAlert(alert="A", expr='# why\nsum(up{job="a"})\n  > 1')
    tree = alert.tree

    assert tree is not None
    assert to_promql(tree, in_rule()) == 'sum(up{job="a"}) > 1'


@pytest.mark.parametrize("expr", [" or ".join(["up == 0"] * 300), "x @ -1 > 0", f"up{{a='{'b' * 20_000}'}} == 0"])
def test_what_is_too_much_for_our_parser_may_be_fine_for_prometheus(expr: str) -> None:
    alert = GivenAlert(alert="A", expr=expr)

    assert alert.tree is None
    assert to_rule_file([RuleGroup(name="g", rules=[alert])])["groups"][0]["rules"][0]["expr"] == expr


WRONG: dict[str, Callable[[], Any]] = {
    "alert 'A': no PromQL: invalid promql query": lambda: GivenAlert(alert="A", expr="up == == 0"),
    "alert 'A': it has no expression": lambda: GivenAlert(alert="A", expr=" \n"),
    "alert 'A': Prometheus knows no variable $x": lambda: GivenAlert(alert="A", expr="up > $x"),
    "an alert without a name": lambda: GivenAlert(alert="", expr="up"),
    "a recording without a name": lambda: GivenRecording(record="", expr="up"),
    "recording 'a': no PromQL: unknown function with name 'median'": lambda: GivenRecording(
        record="a", expr="median(up)"
    ),
    """'1.5h' is no duration (like "5m", "1h" or "7d")""": lambda: GivenAlert(alert="A", expr="up", lasting="1.5h"),
    """'5m1h' is no duration (like "5m", "1h" or "7d")""": lambda: GivenAlert(
        alert="A", expr="up", keep_firing_for="5m1h"
    ),
    """'-1m' is no duration (like "5m", "1h" or "7d")""": lambda: RuleGroup(name="g", query_offset="-1m", rules=[]),
    "alert 'A': level is 1 ('level': '1')": lambda: GivenAlert(
        alert="A",
        expr="up",
        labels={"level": 1},  # type: ignore[dict-item]
    ),
}


@pytest.mark.parametrize(("message", "wrong"), WRONG.items())
def test_what_no_prometheus_takes_is_refused_at_its_line(message: str, wrong: Callable[[], Any]) -> None:
    assert told(wrong) == message
