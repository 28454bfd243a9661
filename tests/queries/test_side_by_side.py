"""Numbers of several services as one: a series each, called as the service."""

import pytest

from queries import REQUESTS, SECONDS, Counter, Gauge, Mistake, average, maximum, rate, side_by_side, to_promql

SHOP = Counter("shop_orders_total", "Orders.", REQUESTS, ["country"])
BANK = Counter("bank_payments_total", "Payments.", REQUESTS)
AGE = Gauge("oldest_seconds", "Age.", SECONDS, low=0, high=10)
OTHER_AGE = Gauge("other_seconds", "Age.", SECONDS, low=-1, high=5)


def test_each_number_gets_the_label_that_says_whose_it_is() -> None:
    both = side_by_side("service", {"shop": rate(SHOP), "bank": rate(BANK)})

    assert to_promql(both.expr) == (
        'label_replace(sum(rate(shop_orders_total[$__rate_interval])), "service", "shop", "", "")'
        ' or label_replace(sum(rate(bank_payments_total[$__rate_interval])), "service", "bank", "", "")'
    )
    assert (both.labels, both.unit, both.low, both.high) == (("service",), REQUESTS / SECONDS, 0, None)


def test_the_range_is_that_of_all_of_them() -> None:
    both = side_by_side("service", {"a": maximum(AGE), "b": average(OTHER_AGE)})

    assert (both.low, both.high) == (-1, 10)


def test_one_number_is_not_side_by_side() -> None:
    with pytest.raises(Mistake, match="at least two numbers"):
        side_by_side("service", {"shop": rate(SHOP)})


def test_different_units_do_not_stand_in_one_column() -> None:
    with pytest.raises(Mistake, match="requests per second, seconds"):
        side_by_side("service", {"shop": rate(SHOP), "age": maximum(AGE)})


def test_a_number_that_keeps_a_label_of_its_own_would_be_several_rows() -> None:
    with pytest.raises(Mistake, match="'shop' keeps country"):
        side_by_side("service", {"shop": rate(SHOP, "country"), "bank": rate(BANK)})
