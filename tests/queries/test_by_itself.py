"""A number that is computed with itself is found by its text alone, and nothing else is."""

import pytest

from queries.expr import Binary
from queries.inference.by_itself import ByItself, by_itself
from tests.queries.inferred import alone, of


def _found(text: str, *, catalogs: bool = False) -> ByItself | None:
    known = of(text) if catalogs else alone(text)
    assert isinstance(known.node, Binary)
    return by_itself(known.node, *known.parts)


def _rate(matchers: str = "") -> str:
    return f"rate(requests_total{matchers}[5m])"


PART, WHOLE = _rate('{status="error"}'), _rate()


@pytest.mark.parametrize(
    "text",
    [
        f"{PART} / {WHOLE}",
        f"{WHOLE} / {PART}",
        f"{PART} / on (instance, status) {WHOLE}",
        f"{PART} / ignoring (zone) {WHOLE}",
        f"{PART} / on (status) group_left () {WHOLE}",
        f"sum by (status) ({PART}) / sum by (status) ({WHOLE})",
        f"sum without (job) ({PART}) / sum without (job) ({WHOLE})",
        f"sum without () ({PART}) / sum without () ({WHOLE})",
        f"sum by ($by, status) ({PART}) / sum by ($by, status) ({WHOLE})",
        f"quantile by (status) (0.9, {PART}) / quantile by (status) (0.9, {WHOLE})",
        f"-{PART} / -{WHOLE}",
        f"max_over_time(({PART})[1h:]) / max_over_time(({WHOLE})[1h:])",
        f"({PART} * on (status, job) up) / ({WHOLE} * on (status, job) up)",
        f"({PART} > 2) / ({WHOLE} > 2)",
        f'label_replace({PART}, "a", "b", "c", "d") / label_replace({WHOLE}, "a", "b", "c", "d")',
        f"clamp_max({PART}, 2) / clamp_max({WHOLE}, 2)",
        'requests_total{status=~"$status"} / requests_total',
        'requests_total{status=~"5..", job="a"} / requests_total{job="a"}',
        'requests_total{status!="error"} / requests_total{status!="success"}',
        'histogram_quantile(0.9, x_bucket{job="j"}) / histogram_quantile(0.9, x_bucket)',
    ],
)
def test_each_series_is_divided_by_itself(text: str) -> None:
    found = _found(text)

    assert found is not None
    assert found.labels
    assert (found.value, found.holds) == (1.0, None)


@pytest.mark.parametrize(
    "text",
    [
        f"sum({PART}) / sum({WHOLE})",
        f"sum by (job) ({PART}) / sum by (job) ({WHOLE})",
        f"sum by ($by) ({PART}) / sum by ($by) ({WHOLE})",
        f"sum without (status) ({PART}) / sum without (status) ({WHOLE})",
        f"sum without ($by) ({PART}) / sum without ($by) ({WHOLE})",
        f"sum by (status) ({PART}) / avg by (status) ({WHOLE})",
        f"quantile by (status) (0.9, {PART}) / quantile by (status) (0.5, {WHOLE})",
        f"{PART} / on (job) {WHOLE}",
        f"{PART} / ignoring (status) {WHOLE}",
        f"{PART} / ignoring (status) group_left () {WHOLE}",
        f"{PART} / ignoring ($x) {WHOLE}",
        f"{PART} / on ($x) {WHOLE}",
        f"{PART} / {_rate().replace('5m', '1h')}",
        f"{PART} / {WHOLE} offset 1d".replace("[5m]) offset 1d", "[5m] offset 1d)"),
        f"{PART} / irate(requests_total[5m])",
        f"topk by (status) (2, {PART}) / topk by (status) (2, {WHOLE})",
        f"limitk by (status) (2, {PART}) / limitk by (status) (2, {WHOLE})",
        f'count_values by (status) ("v", {PART}) / count_values by (status) ("v", {WHOLE})',
        f"({PART} or up) / ({WHOLE} or up)",
        f"({PART} * on (job) up) / ({WHOLE} * on (job) up)",
        f"(up * scalar({PART})) / (up * scalar({WHOLE}))",
        f'label_replace({PART}, "status", "b", "c", "d") / label_replace({WHOLE}, "status", "b", "c", "d")',
        f'label_replace({PART}, "$x", "b", "c", "d") / label_replace({WHOLE}, "$x", "b", "c", "d")',
        f"nobodys({PART}) / nobodys({WHOLE})".replace("nobodys", "absent"),
        f"info({PART}) / info({WHOLE})",
        f"{PART} * {WHOLE}",
        f"{PART} + {WHOLE}",
        f"{PART} and {WHOLE}",
        f"{PART} - 2 * {WHOLE}",
        f"{PART} > 2 * {WHOLE}",
        f"{PART} / 2",
        "time() / time()",
        "x_total / y_total",
        '{__name__=~"a.*", __name__!="ab"} / {__name__=~"a.*"}',
        'x{$label="a"} / x',
        "histogram_quantile(0.9, x_bucket{le='1'}) / histogram_quantile(0.9, x_bucket)",
    ],
)
def test_what_is_another_number_is_not_found(text: str) -> None:
    assert _found(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (f"{PART} / {WHOLE}", 1),
        (f"100 * {PART} / {WHOLE}", 100),
        (f"{PART} * 100 / {WHOLE}", 100),
        (f"{PART} / ({WHOLE} * 100)", 0.01),
        (f"-{PART} / {WHOLE}", -1),
        (f"2 * (3 * {PART} / 4) / {WHOLE}", 1.5),
        (f"{PART} - {WHOLE}", 0),
        (f"2 * {PART} - 2 * {WHOLE}", 0),
        (f"{PART} % {WHOLE}", 0),
        (f"{WHOLE} / {WHOLE}", 1),
    ],
)
def test_constant_factors_are_counted(text: str, value: float) -> None:
    found = _found(text)

    assert found is not None
    assert found.value == pytest.approx(value)


def test_a_factor_of_nothing_is_none() -> None:
    assert _found(f"0 * {PART} / {WHOLE}") is None
    assert _found(f"Inf * {PART} / {WHOLE}") is None


@pytest.mark.parametrize(
    ("op", "holds"), [("==", True), (">=", True), ("<=", True), ("!=", False), (">", False), ("<", False)]
)
def test_a_comparison_with_itself_always_holds_or_never(op: str, *, holds: bool) -> None:
    status = frozenset({"status"})

    assert _found(f"{PART} {op} {WHOLE}") == ByItself(status, None, holds)
    assert _found(f"{PART} {op} bool {WHOLE}") == ByItself(status, float(holds), holds)


def test_the_labels_that_pick_the_part_are_told() -> None:
    found = _found('x{a="1", b="2", c="3"} / x{a="2", c="3", d="4"}'.replace('a="2", ', 'a="1", '))

    assert found is not None
    assert found.labels == {"b", "d"}
    same = _found(f"{WHOLE} / {WHOLE}")
    assert same is not None
    assert not same.labels


def test_what_never_has_a_partner_is_no_constant() -> None:
    assert _found('x{a="1"} / x{a="2"}') is None
    assert _found('up{zone="eu"} / up', catalogs=True) is None
    assert _found('up{zone="eu"} / up') is not None
