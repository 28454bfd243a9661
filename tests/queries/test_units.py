"""Units multiply and divide like the numbers that they belong to; a value is said as a person would say it."""

from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries import (
    BOOL,
    BYTES,
    CALLS,
    CELSIUS,
    HOURS,
    JOULES,
    MILLISECONDS,
    PERCENT,
    RATIO,
    REQUESTS,
    REQUESTS_PER_SECOND,
    SCORE,
    SECONDS,
    SESSIONS,
    TIMESTAMP,
    TOKENS,
    USD,
    USD_PER_TOKEN,
    WATTS,
    Quantity,
    Unit,
    counted,
)
from queries.unit import HUMANIZE
from tests.queries.mistakes import told

PIZZAS = counted("pizzas", "pz")
SLICES = Unit("slices", (("slices", 1),), symbol="sl")
units = st.sampled_from(
    [RATIO, PERCENT, SECONDS, MILLISECONDS, HOURS, BYTES, TOKENS, REQUESTS, USD, WATTS, USD_PER_TOKEN, PIZZAS],
)


@given(units, units)
def test_a_product_does_not_care_for_order(one: Unit, other: Unit) -> None:
    assert one * other == other * one


@given(units, units, units)
def test_a_product_does_not_care_for_grouping(one: Unit, other: Unit, third: Unit) -> None:
    assert (one * other) * third == one * (other * third)


@given(units, units)
def test_dividing_undoes_multiplying(one: Unit, other: Unit) -> None:
    assert (one * other) / other == one
    assert (one / other) * other == one


@given(units)
def test_a_quotient_of_equal_units_is_a_ratio_and_a_ratio_changes_nothing(unit: Unit) -> None:
    assert unit / unit is RATIO
    assert unit * RATIO == unit == unit / RATIO
    assert (unit * RATIO).grafana == unit.grafana


@given(st.lists(units, min_size=1, max_size=4))
def test_a_unit_of_one_dimension_and_scale_is_one_unit(some: list[Unit]) -> None:
    product = reduce(Unit.__mul__, some)
    reverse = reduce(Unit.__mul__, reversed(some))

    assert product == reverse
    assert product.name == reverse.name


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (TOKENS * USD_PER_TOKEN, USD),
        (TOKENS / HOURS * USD_PER_TOKEN, USD / HOURS),
        (REQUESTS / SECONDS, REQUESTS_PER_SECOND),
        (SECONDS / SECONDS, RATIO),
        (WATTS * SECONDS, JOULES),
        (JOULES / SECONDS, WATTS),
        (BYTES / BYTES, RATIO),
        (counted("pizzas"), PIZZAS),
    ],
)
def test_the_algebra_finds_the_units_that_have_a_name(unit: Unit, expected: Unit) -> None:
    assert unit == expected
    assert (unit.name, unit.grafana, unit.symbol) == (expected.name, expected.grafana, expected.symbol)


@pytest.mark.parametrize(
    ("unit", "name", "grafana", "symbol"),
    [
        (REQUESTS / SECONDS, "requests per second", "reqps", "req/s"),
        (TOKENS / SECONDS, "tokens per second", "suffix: tok/s", "tok/s"),
        (TOKENS / HOURS, "tokens per hour", "short", "tok/h"),
        (BYTES / SECONDS, "bytes per second", "binBps", "B/s"),
        (USD / HOURS, "usd per hour", "currencyUSD", "$/h"),
        (SECONDS, "seconds", "s", "s"),
        (RATIO, "ratio", "percentunit", ""),
        (PERCENT, "percent", "percent", "%"),
        (PIZZAS / SECONDS, "pizzas per seconds", "short", ""),
        (BYTES * BYTES / WATTS, "bytes^2 per watts", "short", ""),
        (RATIO / WATTS, "1 per watts", "short", ""),
        (MILLISECONDS / SECONDS, "0.001 x 1", "short", ""),
    ],
)
def test_a_unit_knows_its_name_and_what_grafana_calls_it(unit: Unit, name: str, grafana: str, symbol: str) -> None:
    assert (str(unit), unit.grafana, unit.symbol) == (name, grafana, symbol)


def test_a_flag_is_no_ratio_and_a_ratio_does_not_add_up() -> None:
    assert BOOL.dimension != RATIO.dimension
    assert [one.name for one in (RATIO, PERCENT, BOOL, SCORE, TIMESTAMP, CELSIUS) if one.adds_up] == []
    assert SECONDS.adds_up


@pytest.mark.parametrize(
    ("unit", "template"),
    [
        (SECONDS, "{{ $value | humanizeDuration }}"),
        (RATIO, "{{ $value | humanizePercentage }}"),
        (BYTES, "{{ $value | humanize1024 }}B"),
        (TIMESTAMP, "{{ $value | humanizeTimestamp }}"),
        (USD, '${{ $value | printf "%.2f" }}'),
        (PERCENT, '{{ $value | printf "%.1f" }}%'),
        (TOKENS, HUMANIZE),
        (TOKENS / SECONDS, HUMANIZE),
        (BYTES / SECONDS, HUMANIZE),
        (USD / HOURS, '${{ $value | printf "%.2f" }}'),
    ],
)
def test_a_unit_knows_how_prometheus_prints_its_values(unit: Unit, template: str) -> None:
    assert unit.template == template


@pytest.mark.parametrize(
    ("amount", "unit", "value"),
    [
        (PERCENT(5), RATIO, 0.05),
        (RATIO(0.05), PERCENT, 5),
        (MILLISECONDS(740), SECONDS, 0.74),
        (HOURS(2), SECONDS, 7200),
        (SECONDS(90), HOURS, 0.025),
        ((TOKENS / HOURS)(3600), TOKENS / SECONDS, 1),
        ((TOKENS / SECONDS)(1), TOKENS / HOURS, 3600),
        (SECONDS(1), SECONDS, 1),
    ],
)
def test_an_amount_is_the_same_in_another_unit(amount: Quantity, unit: Unit, value: float) -> None:
    assert amount.to(unit) == Quantity(value, unit)


@given(st.floats(-1e9, 1e9), st.sampled_from([(SECONDS, HOURS), (RATIO, PERCENT), (SECONDS, MILLISECONDS)]))
def test_there_and_back_is_the_same_amount(value: float, pair: tuple[Unit, Unit]) -> None:
    assert pair[0](value).to(pair[1]).to(pair[0]).value == pytest.approx(value, rel=1e-10)


def test_an_amount_of_one_kind_is_none_of_another() -> None:
    assert told(lambda: SECONDS(5).to(BYTES)) == "5 seconds is no amount of bytes"
    assert told(lambda: RATIO(1).to(BOOL)) == "1 ratio is no amount of bool"


def test_a_unit_that_nobody_registered_stays_itself() -> None:
    assert (SLICES * RATIO).symbol == (SLICES / RATIO).symbol == "sl"
    assert counted("tokens", "zzz") is TOKENS


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1.384, SECONDS, "1.38 s"),
        (0.74, SECONDS, "740 ms"),
        (0.0000021, SECONDS, "2.1 µs"),
        (0, SECONDS, "0 s"),
        (-90, SECONDS, "-1.5 min"),
        (7200, SECONDS, "2 h"),
        (259_200, SECONDS, "3 d"),
        (0.9996, SECONDS, "1000 ms"),
        (740, MILLISECONDS, "740 ms"),
        (1.5, HOURS, "1.5 h"),
        (0.0076, RATIO, "0.76 %"),
        (0.9999, RATIO, "100 %"),
        (15, RATIO, "1500 %"),
        (5, PERCENT, "5 %"),
        (1, BOOL, "yes"),
        (0, BOOL, "no"),
        (0.5, BOOL, "0.5"),
        (0.85, SCORE, "0.85"),
        (6_100_000, TOKENS, "6.1 Mtok"),
        (9.7, REQUESTS_PER_SECOND, "9.7 req/s"),
        (999.6, REQUESTS, "1000 req"),
        (1000, REQUESTS, "1 kreq"),
        (12, SESSIONS, "12"),
        (12_000, SESSIONS, "12k"),
        (2**30 * 1.5, BYTES, "1.5 GiB"),
        (512, BYTES, "512 B"),
        (2048, BYTES / SECONDS, "2 KiB/s"),
        (10.9, USD, "$10.90"),
        (-10.9, USD, "-$10.90"),
        (12_345.6, USD, "$12,345.60"),
        (2.5, USD / HOURS, "$2.50/h"),
        (71.2, CELSIUS, "71.2 °C"),
        (300, WATTS, "300 W"),
        (5, CALLS / HOURS, "5 calls/h"),
        (1_700_000_000, TIMESTAMP, "2023-11-14 22:13:20+00:00"),
        (2000, Unit("batches", (("batches", 1),), symbol="Batches"), "2 kBatches"),
        (float("nan"), SECONDS, "no value"),
        (float("inf"), BYTES, "infinite"),
        (float("-inf"), TIMESTAMP, "minus infinite"),
    ],
)
def test_a_value_is_said_as_a_person_says_it(value: float, unit: Unit, said: str) -> None:
    assert unit.says(value) == said
    assert str(unit(value)) == said


@given(st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: abs(value) < 1e12), units)
def test_no_value_is_said_with_an_exponent_up_to_a_million_millions(value: float, unit: Unit) -> None:
    assert "e+" not in unit.says(value)
