"""Alerts and recordings as Prometheus reads them, and what they refuse."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from queries import (
    BYTES,
    PERCENT,
    REQUESTS,
    SECONDS,
    AlertRule,
    Condition,
    Counter,
    Gauge,
    Gone,
    Histogram,
    Query,
    RecordingRule,
    Role,
    RuleGroup,
    absent,
    buckets,
    in_rule,
    label,
    latest,
    quantile,
    rate,
    ratio,
    raw,
    share_below,
    to_promql,
    total,
)
from queries.expr import Select
from queries.rulefile import to_rule_file
from tests.queries.mistakes import told

API = Role("shop", "api", "shop-api")
R = Counter("r_total", "h", REQUESTS, ("handler", label("status", "ok", "error")), API)
L = Histogram("l_seconds", "h", SECONDS, ("handler",), API, buckets=(0.5, 1, 2.5))
Q = Gauge("q", "h", REQUESTS, ("my label",), odd_name="OpenTelemetry")
errors = ratio(rate(R, "handler", status="error"), rate(R, "handler"))


SAID: dict[str, Any] = {
    "alert": "TooManyErrors",
    "when": errors > PERCENT(5),
    "lasting": "5m",
    "severity": "critical",
    "summary": "s",
}


def _alert(when: Condition = SAID["when"], summary: str = "s", **more: Any) -> AlertRule:
    return AlertRule(**{**SAID, "when": when, "summary": summary, **more})


# Alerts ------------------------------------------------------------------------------------------


def test_a_rule_file_says_everything_in_the_order_that_people_read_it() -> None:
    group = RuleGroup(
        name="shop",
        interval="60s",
        window="90s",
        rules=[
            RecordingRule("shop:r:rate90s", rate(R)),
            _alert(
                summary="{handler} fails",
                description="{value} of {limit} at {handler}",
                runbook="https://r/1",
                team="shop",
                gone=Gone("NoRequests", "Nobody asks"),
            ),
        ],
    )

    assert to_rule_file([group], {"shop.api": "blue"}) == {
        "groups": [
            {
                "name": "shop",
                "interval": "1m",
                "rules": [
                    {"record": "shop:r:rate90s", "expr": 'sum(rate(r_total{job="blue"}[1m30s]))'},
                    {
                        "alert": "TooManyErrors",
                        "expr": (
                            '(sum by (handler) (rate(r_total{job="blue", status="error"}[1m30s])) or '
                            'sum by (handler) (rate(r_total{job="blue"}[1m30s])) * 0) / '
                            'sum by (handler) (rate(r_total{job="blue"}[1m30s])) > 0.05'
                        ),
                        "for": "5m",
                        "labels": {"severity": "critical", "team": "shop"},
                        "annotations": {
                            "summary": "{{ $labels.handler }} fails",
                            "description": "{{ $value | humanizePercentage }} of 5 % at {{ $labels.handler }}",
                            "runbook_url": "https://r/1",
                        },
                    },
                    {
                        "alert": "NoRequests",
                        "expr": 'absent(r_total{job="blue", status="error"})',
                        "for": "5m",
                        "labels": {"severity": "critical", "team": "shop"},
                        "annotations": {"summary": "Nobody asks", "runbook_url": "https://r/1"},
                    },
                ],
            }
        ]
    }


def test_a_group_without_an_interval_says_none_and_its_window_is_five_minutes() -> None:
    said = to_rule_file([RuleGroup(name="g", rules=[RecordingRule("shop:r:rate5m", rate(R))])])

    assert said == {
        "groups": [
            {"name": "g", "rules": [{"record": "shop:r:rate5m", "expr": 'sum(rate(r_total{job="shop-api"}[5m]))'}]}
        ]
    }


def test_a_text_is_printed_by_the_unit_and_the_labels() -> None:
    slow = _alert(quantile(0.5, L, "handler") > 1, "{value} > {limit}", runbook="Look at the queue")
    odd = _alert(latest(Q) > 1, "{my label} on {instance}")

    assert slow.annotations == {"summary": "{{ $value | humanizeDuration }} > 1 s", "runbook": "Look at the queue"}
    assert odd.annotations["summary"] == '{{ index $labels "my label" }} on {{ $labels.instance }}'
    assert slow.labels == {"severity": "critical"}


def test_a_duration_has_one_spelling_and_an_alert_is_a_value() -> None:
    assert _alert(lasting="90m").lasting == "1h30m"
    assert _alert() == replace(_alert(), source=_alert().source)
    assert _alert().source.path == __file__


@pytest.mark.parametrize(
    ("when", "expr"),
    [
        (quantile(0.5, L) > 1, 'absent(l_seconds_count{job="shop-api"})'),
        (share_below(1, L, handler="/") < 0.9, 'absent(l_seconds_count{handler="/", job="shop-api"})'),
        (total(Q) > 1, "absent(q)"),
        ((total(Q) > 1) & (total(Q) < 5), "absent(q)"),
    ],
)
def test_the_sibling_fires_when_what_is_judged_is_gone(when: Condition, expr: str) -> None:
    rule, sibling = _alert(when, gone=Gone("Vanished", "It is gone", "Look")).rules()

    assert (rule.alert, sibling.alert, sibling.gone) == ("TooManyErrors", "Vanished", None)
    assert to_promql(sibling.when.expr, in_rule()) == expr
    assert sibling.annotations == {"summary": "It is gone", "description": "Look"}
    assert list(sibling.rules()) == [sibling]


def test_a_group_knows_its_alerts_and_its_recordings() -> None:
    recording, alert = RecordingRule("shop:r:rate5m", rate(R)), _alert(gone=Gone("Vanished", "gone"))
    group = RuleGroup(name="g", rules=[recording, alert, _alert(severity="warning")])

    assert list(group.recordings()) == [recording]
    assert [rule.alert for rule in group.alerts()] == ["TooManyErrors", "Vanished", "TooManyErrors"]
    assert group.rules == (recording, alert, _alert(severity="warning"))


# Recordings --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "number",
    [
        rate(R),
        rate(R, "handler", "status"),
        rate(R, "job", "instance"),
        latest(Q),
        quantile(0.5, L),
        buckets(L),
        errors,
    ],
)
def test_a_recording_keeps_unit_labels_range_and_legend_of_its_number(number: Query) -> None:
    recorded = RecordingRule("shop:x:y5m", number).recorded

    assert to_promql(recorded.expr, in_rule(jobs={"shop.api": "blue"})) == "shop:x:y5m"
    assert replace(recorded, expr=number.expr) == number
    assert isinstance(recorded.expr, Select)
    assert recorded.expr.metric is not None
    assert sorted(recorded.expr.metric.label_names) == list(number.labels)


def test_a_recording_can_be_looked_at_over_a_window_and_earlier() -> None:
    recorded = RecordingRule("shop:x:y5m", rate(R)).recorded

    assert to_promql(recorded.over("1h").expr) == "avg_over_time(shop:x:y5m[1h])"
    assert to_promql((recorded.before("7d") > 1).expr) == "shop:x:y5m offset 7d > 1"


# What is refused ---------------------------------------------------------------------------------

WRONG: list[tuple[Callable[[], Any], str]] = [
    (lambda: AlertRule(alert="a b", when=errors > 0.1, lasting="5m", severity="warning", summary="s"),
     "alert 'a b': an alert's name is CamelCase"),
    (lambda: AlertRule(alert="A", when=errors == 5, lasting="5m", severity="warning", summary="s"),  # type: ignore[arg-type,comparison-overlap]
     "alert 'A': when is a bool (NUMBER > 5; instead of == NUMBER.equals(5))"),
    (lambda: AlertRule(alert="A", when=errors > 0.1, lasting="5m", severity="page", summary="s"),  # type: ignore[arg-type]
     "alert 'A': severity 'page' (warning or critical)"),
    (lambda: AlertRule(alert="A", when=errors > 0.1, lasting="5m", severity="warning", summary=" "),
     "alert 'A': it has no summary (one line that says what is wrong)"),
    (lambda: AlertRule(alert="A", when=errors > 0.1, lasting="5 min", severity="warning", summary="s"),
     "'5 min' is no duration (like \"5m\", \"1h\" or \"7d\")"),
    (lambda: AlertRule(alert="A", when=errors > 0.1, lasting="$x", severity="warning", summary="s"),
     "'$x' is no duration (like \"5m\", \"1h\" or \"7d\")"),
    (lambda: RecordingRule("rate5m", rate(R)),
     "a recording called 'rate5m' (level:metric:operation, as ai_api:http_requests:rate5m)"),
    (lambda: RecordingRule("a:b:c", raw('x{job="$job"}', unit=BYTES)),
     "recording 'a:b:c': Prometheus knows no variable $job (a number for rules names none)"),
    (lambda: RecordingRule("a:b:c", raw("rate(x[$__interval])", unit=BYTES)),
     "recording 'a:b:c': Prometheus knows no variable $__interval (a number for rules names none)"),
    (lambda: RuleGroup(name="g", rules=[], window="$__rate_interval"),
     "'$__rate_interval' is no duration (like \"5m\", \"1h\" or \"7d\")"),
    (lambda: RuleGroup(name="g", rules=[], interval="often"), "'often' is no duration (like \"5m\", \"1h\" or \"7d\")"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "message"), WRONG)
def test_a_wrong_rule_is_refused_at_its_line(wrong: Callable[[], Any], message: str) -> None:
    assert told(wrong) == message


MEANT = "its text names {valu}, a label that is gone (did you mean 'value'? it keeps: handler, limit, value)"
WHO_KNOWS = "Prometheus knows no variable $factor (a number for rules names none)"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"summary": "{x}"}, "its text names {x}, a label that is gone (it keeps: handler, limit, value)"),
        ({"summary": "{valu}"}, MEANT),
        ({"description": "{{ $value }}"}, "a template in its text ({value}, {limit} or {label})"),
        ({"description": "}}"}, "a template in its text ({value}, {limit} or {label})"),
        ({"summary": "50 {"}, "its text '50 {': Single '{' encountered in format string ({value}, {limit} or {label})"),
        ({"summary": "{value:.2f}"}, "its text says how to print {value} (the unit says that)"),
        ({"summary": "{value!r}"}, "its text says how to print {value} (the unit says that)"),
        ({"when": absent(R), "summary": "{value}"}, "{value} of what is absent, or of two units (leave it out)"),
        ({"when": (errors > 0.1) | (quantile(0.5, L, "handler") > 1), "summary": "{value}"},
         "{value} of what is absent, or of two units (leave it out)"),
        ({"when": rate(R) > rate(R).before("7d"), "summary": "{limit}"},
         "{limit}, and it is compared with another number"),
        ({"when": raw("rate(x[5m]) * $factor", unit=BYTES) > 1}, WHO_KNOWS),
    ],
)  # fmt: skip
def test_a_wrong_text_is_refused_at_the_alerts_line(more: dict[str, Any], message: str) -> None:
    assert told(lambda: AlertRule(**(SAID | more))) == f"alert 'TooManyErrors': {message}"


def test_a_text_with_dollars_and_pattern_anchors_is_no_variable() -> None:
    number = raw('label_replace(x{a=~"b$|c"}, "d", "$1", "a", "(.*)")', unit=BYTES)

    assert "$1" in to_promql(RecordingRule("a:b:c", number).number.expr)


def test_nothing_is_gone_where_no_series_is_known() -> None:
    alert = _alert(raw("x", unit=BYTES) > 1, gone=Gone("B", "b"))

    with pytest.raises(ValueError, match="it judges no series that could be gone"):
        list(alert.rules())


def test_two_alerts_of_one_identity_are_refused() -> None:
    twice = [_alert(), _alert(summary="other")]

    with pytest.raises(ValueError, match="two alerts are called TooManyErrors"):
        RuleGroup(name="g", rules=twice)
