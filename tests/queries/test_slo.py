"""An objective: what it is made of, what it makes, and what it may not be."""

from collections.abc import Callable
from pathlib import Path

import pytest

from queries import (
    PERCENT,
    RATIO,
    REQUESTS,
    SECONDS,
    TIMES,
    TOKENS,
    Counter,
    Gauge,
    Histogram,
    Mistake,
    Quantity,
    Query,
    Slo,
    average_rate,
    buckets,
    increase,
    label,
    rate,
    ratio,
    share_below,
    to_promql,
    total,
)
from queries.burn import BURNS
from queries.rulefile import to_rule_file

ASKED = Counter("shop_requests_total", "Requests.", REQUESTS, ("page", label("status", "ok", "error")))
TOOK = Histogram("shop_seconds", "Time.", SECONDS, ("page",), buckets=(0.1, 0.5, 2), counts=REQUESTS)
WORDS = Counter("shop_tokens_total", "Tokens.", TOKENS)
WAITING = Gauge("shop_waiting", "Requests that wait.", REQUESTS, low=0)

THREE_NINES = PERCENT(99.9)


def _errors(*by: str) -> Query:
    return rate(ASKED, *by, status="error")


def _slo(objective: Quantity = THREE_NINES, window: str = "30d") -> Slo:
    return Slo("shop:availability", objective, bad=_errors(), total=rate(ASKED), window=window, fault="failed")


def _recorded(slo: Slo) -> dict[str, str]:
    return {
        rule["record"]: rule["expr"] for rule in to_rule_file([slo.rules])["groups"][0]["rules"] if "record" in rule
    }


def _alerts(slo: Slo) -> list[dict[str, object]]:
    return [rule for rule in to_rule_file([slo.rules])["groups"][0]["rules"] if "alert" in rule]


def test_it_records_both_rates_and_the_errors_of_every_window() -> None:
    assert list(_recorded(_slo())) == [
        "shop:availability_bad:rate5m",
        "shop:availability_total:rate5m",
        *(f"shop:availability_errors:ratio_rate{one}" for one in ("5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d")),
    ]


def test_a_share_is_the_same_as_its_two_rates() -> None:
    whole = rate(ASKED)
    of_errors = Slo("shop:availability", PERCENT(99.9), bad=ratio(_errors(), whole))
    of_late = Slo("shop:latency", PERCENT(95), good=share_below(SECONDS(0.5), TOOK))

    assert _recorded(of_errors) == _recorded(_slo())
    assert 'le="0.5"' in _recorded(of_late)["shop:latency_errors:ratio_rate1h"]
    assert _recorded(of_late)["shop:latency_total:rate5m"] == "sum(rate(shop_seconds_count[5m]))"


def test_hours_are_read_from_the_counters_and_days_from_what_is_recorded() -> None:
    recorded = _recorded(_slo())

    assert "shop_requests_total[6h]" in recorded["shop:availability_errors:ratio_rate6h"]
    for window in ("1d", "3d", "30d"):
        expr = recorded[f"shop:availability_errors:ratio_rate{window}"]
        assert f"sum_over_time(shop:availability_bad:rate5m[{window}])" in expr
        assert "requests_total" not in expr


def test_what_keeps_a_label_is_called_after_it() -> None:
    slo = Slo("shop:availability", PERCENT(99), bad=_errors("page"), total=rate(ASKED, "page"))

    assert "page:shop_availability_bad:rate5m" in _recorded(slo)
    assert "of {{ $labels.page }}" in str(_alerts(slo)[0])


@pytest.mark.parametrize(
    ("window", "factors"),
    [
        ("30d", [14.4, 6, 3, 1]),
        ("28d", [13.44, 5.6, 2.8, 1]),
        ("90d", [43.2, 18, 9, 3]),
        ("7d", [3.36, 1.4, 1, 1]),
    ],
)
def test_the_factors_are_the_workbook_s_share_of_the_budget_and_never_below_1(
    window: str, factors: list[float]
) -> None:
    slo = _slo(window=window)

    assert [slo.factor(burn) for burn in BURNS] == factors
    assert [one.when.limit for one in slo.alerts] == [TIMES(one) for one in factors]


def test_it_has_the_four_alerts_two_of_which_wake_somebody() -> None:
    alerts = _alerts(_slo())

    assert [one["alert"] for one in alerts] == [f"ShopAvailabilityBudgetBurn{one}" for one in ("1h", "6h", "1d", "3d")]
    assert [one["labels"] for one in alerts] == [
        {"severity": one} for one in ("critical", "critical", "warning", "warning")
    ]
    assert alerts[0]["expr"] == (
        "shop:availability_errors:ratio_rate1h / 0.001 > 14.4 and shop:availability_errors:ratio_rate5m / 0.001 > 14.4"
    )
    assert all("for" not in one for one in alerts)


def test_its_texts_say_what_may_fail_and_how_long_the_budget_lasts() -> None:
    said = _alerts(_slo())[0]["annotations"]

    assert isinstance(said, dict)
    assert said["summary"] == "Shop availability burns its error budget {{ $value | humanize }}x as fast as it may"
    assert said["description"] == (
        "Of the requests of the last hour more than 1.44 % failed, and 0.1 % may. "
        "At this pace the budget of 30 days is gone in less than 2.08 days."
    )
    assert "undo it" in said["runbook"]


@pytest.mark.parametrize(("percent", "count"), [(95, 4), (93, 3), (75, 2), (60, 1), (50, 1)])
def test_an_alert_that_could_never_fire_is_left_out(percent: float, count: int) -> None:
    assert len(_slo(PERCENT(percent)).alerts) == count


def test_the_numbers_of_a_page_follow_from_the_recorded_errors() -> None:
    slo = _slo()

    assert to_promql(slo.budget_left().expr) == "1 - shop:availability_errors:ratio_rate30d / 0.001"
    assert to_promql(slo.burn_rate("1h").expr) == "shop:availability_errors:ratio_rate1h / 0.001"
    assert to_promql(slo.good_ratio().expr) == "1 - shop:availability_errors:ratio_rate30d"
    assert to_promql(slo.promised().expr) == "vector(0.999)"
    assert (slo.budget_left().unit, slo.budget_left().low, slo.budget_left().high) == (RATIO, None, 1)
    assert (slo.burn_rate("6h").unit, slo.burn_rate("6h").high) == (TIMES, 1000)


def test_percent_and_ratio_are_one_objective() -> None:
    assert _slo(PERCENT(99.9)) == _slo(RATIO(0.999))
    assert _slo(PERCENT(99.9)).budget == RATIO(0.001)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: Slo("shop", PERCENT(99), bad=_errors(), total=rate(ASKED)), "shop:availability"),
        (lambda: Slo("shop:a", 0.99, bad=_errors(), total=rate(ASKED)), r"0\.99 \(PERCENT"),  # type: ignore[arg-type]
        (lambda: Slo("shop:a", SECONDS(1), bad=_errors(), total=rate(ASKED)), "an objective of 1 s"),
        (lambda: _slo(PERCENT(99.9995)), "an objective of 99.9995 %"),
        (lambda: _slo(PERCENT(49)), "an objective of 49 %"),
        (lambda: _slo(window="6d"), "a window of 6d .*30d"),
        (lambda: _slo(window="91d"), "a window of 91d"),
        (lambda: Slo("shop:a", PERCENT(99), total=rate(ASKED)), "neither good nor bad"),
        (lambda: Slo("shop:a", PERCENT(99), good=rate(ASKED, status="ok"), bad=_errors()), "good and bad"),
        (lambda: Slo("shop:a", PERCENT(99), bad=_errors()), "no total .*share_below"),
        (lambda: Slo("shop:a", PERCENT(99), bad=_errors("page"), total=rate(ASKED)), "the part keeps page"),
        (lambda: Slo("shop:a", PERCENT(99), bad=rate(WORDS), total=rate(ASKED)), "tokens per second"),
        (lambda: Slo("shop:a", PERCENT(99), bad=rate(ASKED), total=rate(ASKED)), "the same number"),
        (lambda: Slo("shop:a", PERCENT(99), bad=ratio(_errors(), rate(ASKED)).over("5m")), "its window already"),
        (lambda: Slo("shop:a", PERCENT(99), bad=increase(ASKED, "1h"), total=rate(ASKED)), "its window already"),
        (lambda: Slo("shop:a", PERCENT(99), bad=total(WAITING), total=rate(ASKED)), "no rate of counted events"),
        (lambda: Slo("shop:a", PERCENT(99), bad=average_rate(ASKED), total=rate(ASKED)), "events are added up"),
        (lambda: Slo("shop:a", PERCENT(99), good=buckets(TOOK), total=rate(ASKED)), "drawn as a heatmap"),
        (lambda: Slo("shop:a", PERCENT(99), good=share_below(SECONDS(1), TOOK)), r"no bucket .*0\.1, 0\.5, 2"),
        (lambda: Slo("shop:a", PERCENT(99), bad="errors", total=rate(ASKED)), "no number"),  # type: ignore[arg-type]
        (lambda: _slo().burn_rate("4h"), "no window of 4h .*5m, 30m, 1h"),
    ],
)
def test_what_cannot_be_is_said_with_the_line_and_what_to_write(made: Callable[[], object], said: str) -> None:
    with pytest.raises(Mistake, match=said) as caught:
        made()

    assert caught.value.where.path == str(Path(__file__))
    assert "test_slo.py:" in str(caught.value)
    assert caught.value.fix or "same number" in caught.value.what
