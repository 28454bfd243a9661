"""What a call changes is bound past prometheus_client's own methods, and does what they would."""

from types import SimpleNamespace
from typing import Any

import pytest

from queries.instrument import Instruments
from queries.instruments import bound
from tests.instrument import shop
from tests.instrument.shop import page

AMOUNTS = (0.0, 0.05, 0.1, 0.1000001, 1, 5, 10, 11, 1e9)


def test_an_observation_is_sorted_in_as_the_client_does() -> None:
    ours, theirs = Instruments(shop, strict=True), Instruments(shop, strict=True)
    observe = bound.observing(ours[shop.TIME].child({"shop": "a"}))
    for amount in AMOUNTS:
        observe(amount)
        theirs[shop.TIME].child({"shop": "a"}).observe(amount)

    assert page(ours) == page(theirs)


def test_a_summary_is_observed_likewise() -> None:
    ours, theirs = Instruments(shop, strict=True), Instruments(shop, strict=True)
    bound.observing(ours[shop.SIZE].child({}))(3)
    theirs[shop.SIZE].child({}).observe(3)

    assert page(ours) == page(theirs)


@pytest.mark.parametrize("changes", [1, -1])
def test_a_number_changes_as_by_the_client(changes: int) -> None:
    ours, theirs = Instruments(shop, strict=True), Instruments(shop, strict=True)
    (bound.up if changes > 0 else bound.down)(ours[shop.OPEN].child({}))()
    theirs[shop.OPEN].child({}).inc(changes)

    assert page(ours) == page(theirs)


def test_a_client_that_keeps_its_numbers_elsewhere_counts_by_its_own_methods() -> None:
    told: list[Any] = []
    other = SimpleNamespace(inc=lambda: told.append("up"), dec=lambda: told.append("down"), observe=told.append)

    bound.up(other)()
    bound.down(other)()
    bound.observing(other)(0.5)

    assert told == ["up", "down", 0.5]
