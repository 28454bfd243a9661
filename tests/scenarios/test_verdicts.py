"""What promtool observes, judged: each expectation that is not met, in words that say what is there instead."""

import pytest

from cli.prometheus.promtool import Promtool
from cli.scenarios.run import run
from cli.scenarios.trial import Verdict
from queries import Alarm, Value
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import GOOD, errors, rules, said, trial

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
QUEUES = {'queue_depth{q="a"}': "200x40", 'queue_depth{q="b"}': "200x40", 'queue_depth{q="c"}': "5x40"}


def only(promtool: Promtool, *expected: Alarm | Value, series: dict[str, str] | None = None) -> Verdict:
    return run([trial(*expected, series=series)], promtool)[0]


def test_an_alert_that_does_what_it_should_passes(promtool: Promtool) -> None:
    early, late = Alarm("ShopErrors", "3m", "pending"), Alarm("ShopErrors", "20m", labels={"job": "shop"}, alerts=1)
    silent = Alarm("ShopQueue", "20m", "silent")

    assert only(promtool, early, late, silent).passed


def test_an_alert_that_is_silent_is_told_with_what_its_condition_compares(promtool: Promtool) -> None:
    verdict = only(promtool, Alarm("ShopErrors", "20m"), series=errors(GOOD))

    assert said(verdict.faults) == [
        "ShopErrors should fire at 20m and is silent; shop:errors:ratio is 0.04 and must be > 0.05"
    ]


def test_an_alert_that_is_pending_is_told_with_since_when(promtool: Promtool) -> None:
    [told] = said(only(promtool, Alarm("ShopErrors", "4m")).faults)

    assert told.startswith(
        'ShopErrors should fire at 4m and is pending: {job="shop", severity="critical", tier="007"}; '
    )
    assert "; its condition holds since 1m and must for 5m; " in told


def test_an_alert_that_should_be_silent_is_told_by_name_of_its_series(promtool: Promtool) -> None:
    [told] = said(only(promtool, Alarm("ShopQueue", "20m", "silent", {"q": "a"}), series=QUEUES).faults)

    assert told.startswith('ShopQueue should be silent at 20m and is firing: {q="a"}; ')


def test_silence_is_asked_only_of_those_that_bear_the_labels(promtool: Promtool) -> None:
    assert only(promtool, Alarm("ShopQueue", "20m", "silent", {"q": "c"}), series=QUEUES).passed


def test_pending_is_not_firing_yet(promtool: Promtool) -> None:
    [told] = said(only(promtool, Alarm("ShopQueue", "20m", "pending"), series=QUEUES).faults)

    assert told.startswith("ShopQueue should be pending at 20m and is firing: ")


def test_pending_beside_one_that_fires_is_not_pending(promtool: Promtool) -> None:
    series = {'queue_depth{q="a"}': "200x40", 'queue_depth{q="b"}': "5x18 200x20"}
    both, one = Alarm("ShopQueue", "20m", "pending"), Alarm("ShopQueue", "20m", "pending", {"q": "b"})
    [told] = said(only(promtool, both, one, series=series).faults)

    assert told.startswith('ShopQueue should be pending at 20m and is firing already: {q="a"}; ')


def test_labels_that_differ_are_told_alone(promtool: Promtool) -> None:
    wanted = Alarm("ShopErrors", "20m", labels={"severity": "warning", "team": "shop", "job": "shop"})

    [told] = said(only(promtool, wanted).faults)

    assert told.startswith('ShopErrors should fire at 20m with {severity="warning", team="shop", job="shop"}; ')
    assert told.endswith('; it fires with {severity="critical"} and no team')


def test_a_number_of_alerts_is_counted(promtool: Promtool) -> None:
    [told] = said(only(promtool, Alarm("ShopQueue", "20m", alerts=3), series=QUEUES).faults)

    assert told == '3 of ShopQueue should be firing at 20m, and 2 are: {q="a"}, {q="b"}'


def test_texts_are_read_as_a_person_reads_them(promtool: Promtool) -> None:
    good = Alarm("ShopErrors", "20m", annotations={"summary": "Errors of shop: 6%"})
    bad = Alarm("ShopErrors", "20m", annotations={"summary": "Errors", "runbook": "none"})

    [told] = said(only(promtool, good, bad).faults)

    assert told.startswith("ShopErrors at 20m: its summary should be 'Errors' and is 'Errors of shop: 6%'; ")
    assert told.endswith("; it has no runbook, which should be 'none'")


@pytest.mark.parametrize("at", ["20m", "1200s"])
def test_a_time_may_be_spelled_in_any_way(promtool: Promtool, at: str) -> None:
    assert only(promtool, Alarm("ShopErrors", at, annotations={"summary": "Errors of shop: 6%"})).passed


def test_a_value_may_be_off_by_what_is_said_and_no_more(promtool: Promtool) -> None:
    near, far = Value("shop:errors:ratio", "20m", 0.0601, close=0.01), Value("shop:errors:ratio", "20m", 0.0601)

    assert said(only(promtool, near, far).faults) == [
        'shop:errors:ratio should be 0.0601 at 20m and is 0.06 (shop:errors:ratio{job="shop"})'
    ]


@pytest.mark.parametrize("value", [float("inf"), float("nan"), float("-inf")])
def test_infinity_and_no_number_are_values(promtool: Promtool, value: float) -> None:
    expr = {"inf": "vector(1) / 0", "nan": "vector(0) / 0", "-inf": "vector(-1) / 0"}[str(value)]

    assert only(promtool, Value(expr, "1m", value)).passed
    assert not only(promtool, Value(expr, "1m", 1.0)).passed


def test_nothing_is_a_value_too(promtool: Promtool) -> None:
    verdict = only(
        promtool,
        Value('requests_total{job="other"}', "1m", None),
        Value("requests_total", "1m", None),
        Value("no", "1m", 0),
    )

    assert said(verdict.faults) == [
        'requests_total should be nothing at 1m and is 100 (requests_total{job="shop"})',
        "no should be 0 at 1m and is nothing",
    ]


def test_what_a_scenario_takes_for_granted_and_is_not_so_makes_it_wrong(promtool: Promtool) -> None:
    [fault] = only(promtool, Value("queue_depth", "1m", 1, premise=True), Alarm("ShopQueue", "9m")).faults

    assert fault.kind == "broken"
    assert fault.what == "this scenario is wrong: queue_depth should be 1 at 1m and is nothing"


def test_a_rule_that_cannot_be_evaluated_is_told_once(promtool: Promtool) -> None:
    text = "groups:\n- name: a\n  rules:\n  - {alert: Many, expr: up * on () up}\n"
    series = {'up{job="a"}': "1x40", 'up{job="b"}': "1x40"}
    [fault] = run([trial(Alarm("Many", "9m"), series=series, text=text)], promtool)[0].faults

    assert fault.what.startswith("Many cannot be evaluated at 0s: found duplicate series for the match group")


def test_text_that_would_break_what_is_read_is_read(promtool: Promtool) -> None:
    odd = 'a "quoted\\", exp:[] {x="y"} 1E+00\n# 0\n    expr: "up", ü'
    rule = 'alert: Odd, expr: up, labels: {a: "{{ $labels.x }}"}, annotations: {b: "{{ $labels.x }}"}'
    text = f"groups: [{{name: a, rules: [{{{rule}}}]}}]"
    quoted = odd.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    wanted = Alarm("Odd", "1m", labels={"a": odd, "x": odd}, annotations={"b": odd})

    assert run([trial(wanted, series={f'up{{x="{quoted}"}}': "1x5"}, text=text)], promtool)[0].passed


def test_each_of_many_is_judged_by_itself_and_in_their_order(promtool: Promtool) -> None:
    cases = [trial(Alarm("ShopErrors", "20m"), series=errors(f"0+{n}x40"), name=str(n)) for n in (9, 1, 8, 2, 7)]
    verdicts = run(cases, promtool)

    assert [one.name for one in verdicts if one.passed] == ["9", "8", "7"]
    assert [one.name for one in verdicts] == ["9", "1", "8", "2", "7"]


def test_only_what_an_alert_depends_on_is_evaluated() -> None:
    [shop] = rules()

    assert b"ShopQueue" not in shop.only({"ShopErrors", "shop:errors:ratio"})
    assert b'"tier":"007"' in shop.only({"ShopErrors"})
