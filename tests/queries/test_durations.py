"""Durations have one spelling each, and nothing else is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.duration import LONGEST, canonical, milliseconds, seconds, spelled
from queries.parse import parse
from queries.promql import to_promql
from tests.queries.mistakes import told


@given(st.integers(1, LONGEST))
def test_a_length_is_spelled_and_read_back(length: int) -> None:
    assert milliseconds(spelled(length)) == length
    assert canonical(spelled(length)) == spelled(length)


@given(st.integers(1, 4_000_000_000))
def test_the_parser_reads_a_spelling_as_the_same_length(length: int) -> None:
    assert to_promql(parse(f"x[{spelled(length)}]")) == f"x[{spelled(length)}]"


@pytest.mark.parametrize(
    ("text", "one", "length"),
    [
        ("90m", "1h30m", 5400),
        ("1w", "7d", 604_800),
        ("1y", "365d", 31_536_000),
        ("1500ms", "1s500ms", 1.5),
        ("1h0m", "1h", 3600),
        ("30m1h", "1h30m", 5400),
    ],
)
def test_a_duration_has_one_spelling(text: str, one: str, length: float) -> None:
    assert canonical(text) == one
    assert seconds(text) == length


def test_less_than_nothing_and_nothing_are_spelled_too() -> None:
    assert spelled(-5_400_000) == "-1h30m"
    assert spelled(0) == "0s"


def test_grafanas_windows_stay_what_they_are() -> None:
    assert canonical("$__range") == "$__range"


@pytest.mark.parametrize("text", ["", "5", "m", "5 m", "-5m", "5mm", "5M", "1.5h", "5m ", "five minutes"])
def test_anything_else_is_no_duration(text: str) -> None:
    assert told(lambda: canonical(text)) == f'{text!r} is no duration (like "5m", "1h" or "7d")'


def test_no_time_and_more_than_prometheus_can_count_are_refused() -> None:
    assert told(lambda: canonical("0h")) == "'0h' is no time at all"
    assert told(lambda: canonical("293y")) == "'293y' is longer than Prometheus can count"
    assert canonical("292y") == "106580d"
