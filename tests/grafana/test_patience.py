"""How long a try waits: full jitter below a ceiling, and what Grafana says, in both of its forms."""

from dataclasses import replace
from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.grafana.patience import Patience

NOW = 1_700_000_000.0
MOST = Patience(random=lambda: 1.0, clock=lambda: NOW)
LEAST = replace(MOST, random=lambda: 0.0)


def test_a_wait_is_anything_up_to_a_bound_that_doubles() -> None:
    assert [MOST.wait(failed) for failed in (1, 2, 3)] == [0.5, 1.0, 2.0]
    assert [LEAST.wait(failed) for failed in (1, 2, 3)] == [0.0, 0.0, 0.0]


def test_no_wait_is_longer_than_the_ceiling() -> None:
    assert [MOST.wait(failed) for failed in (5, 6, 7, 900)] == [8.0, 10.0, 10.0, 10.0]


@pytest.mark.parametrize(("said", "seconds"), [("0", 0.0), ("7", 7.0), (" 12 ", 12.0), ("007", 7.0)])
def test_grafana_says_how_many_seconds(said: str, seconds: float) -> None:
    assert LEAST.wait(1, said) == seconds


@pytest.mark.parametrize("ahead", [0, 1, 20])
def test_grafana_says_until_when(ahead: int) -> None:
    assert LEAST.wait(1, formatdate(NOW + ahead, usegmt=True)) == ahead


def test_a_date_of_a_time_zone_that_is_not_known_is_one_of_greenwich() -> None:
    assert LEAST.wait(1, formatdate(NOW + 9)) == 9
    assert formatdate(NOW).endswith("-0000")


def test_a_date_that_is_past_is_now() -> None:
    assert LEAST.wait(1, formatdate(NOW - 3600, usegmt=True)) == 0


@pytest.mark.parametrize("said", ["31", "86400", "9" * 400, formatdate(NOW + 1e6, usegmt=True)])
def test_nobody_waits_longer_than_that_whatever_grafana_says(said: str) -> None:
    assert MOST.wait(1, said) == 30.0


def test_those_who_are_sent_away_together_do_not_come_back_together() -> None:
    assert MOST.wait(1, "7") == 7.5


@pytest.mark.parametrize("said", ["", "soon", "-5", "1.5", "inf", "nan", "0x10", "٣", "Mon, 99 Foo 2026 00:00:00 GMT"])
def test_what_is_no_time_counts_as_nothing_said(said: str) -> None:
    assert MOST.wait(2, said) == MOST.wait(2)


@given(failed=st.integers(1, 10_000), said=st.text(max_size=40), chance=st.floats(0, 1))
def test_no_wait_is_negative_or_beyond_the_ceilings(failed: int, said: str, chance: float) -> None:
    patience = replace(MOST, random=lambda: chance)

    assert 0 <= patience.wait(failed, said) <= patience.longest_wait
    assert 0 <= patience.wait(failed) <= patience.cap
