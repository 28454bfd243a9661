"""Comparisons that no number meets are told, and of those that some number may meet nothing is said."""

from collections.abc import Callable, Mapping
from itertools import product
from math import inf
from operator import eq, ge, gt, le, lt, ne

import pytest

from queries.infer import infer
from queries.parse import parse
from tests.prometheus.inference.world import CATALOGS

EXCLUDE = "two conditions on one number exclude each other"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("rate(requests_total[5m]) < 0", "what is compared with 0 is never less than 0"),
        (
            "sum(rate(requests_total[5m])) / sum(rate(ended_total[5m])) < 0",
            "what is compared with 0 is never less than 0",
        ),
        ("0 > increase(latency_seconds_count[5m])", "what is compared with 0 is never less than 0"),
        ("count(queue_size) == 0", "what is compared with 0 is never less than 1"),
        ("count(queue_size) < 1", "what is compared with 1 is never less than 1"),
        ("up > 1", "what is compared with 1 is never more than 1"),
        ("absent(queue_size) == 0", "what is compared with 0 is never less than 1"),
        ("hour() > 23", "what is compared with 23 is never more than 23"),
        ("-abs(queue_size) > 0", "what is compared with 0 is never more than 0"),
        ("clamp_min(queue_size, 3) < 3", "what is compared with 3 is never less than 3"),
        ("(queue_size > bool 2) > 1", "what is compared with 1 is never more than 1"),
        ("(queue_size > 5) < 3", "what is compared with 3 is never less than 5"),
        ("max by (job) (queue_size > 5) <= 3", "what is compared with 3 is never less than 5"),
        ("queue_size > 5 and queue_size < 3", EXCLUDE),
        ("5 < queue_size and queue_size <= 5", EXCLUDE),
        ("queue_size == 1 and queue_size == 2", EXCLUDE),
        ("queue_size > 5 and up == 1 and queue_size < 3", EXCLUDE),
        ("queue_size > 5 and (up == 1 and queue_size < 3)", EXCLUDE),
        ("queue_size > 5 and on (job) up == 1 and queue_size < 3", EXCLUDE),
    ],
)
def test_what_no_number_meets_is_never_there(text: str, why: str) -> None:
    empty = infer(parse(text), CATALOGS["two catalogs"]).empty

    assert empty == ("never", why)


@pytest.mark.parametrize(
    "text",
    [
        "rate(requests_total[5m]) <= 0",
        "rate(requests_total[5m]) != 0",
        # a gauge may fall, and what was computed may be negative
        "rate(queue_size[5m]) < 0",
        "rate((-requests_total)[5m:1m]) < 0",
        "requests_total - 5 < 0",
        "count(queue_size) <= 1",
        "count(queue_size) - 1 < 1",
        "sum(up) > 1",
        "up >= 1",
        "queue_size > NaN",
        "clamp_min(queue_size, NaN) < 3",
        "clamp_max(queue_size, 3) < 3",
        # nothing divided by less than nothing, which 0 may be, is less than nothing
        "1 / (queue_size >= 0) < 0",
        "queue_size > 5 and queue_size > 3",
        "queue_size >= 5 and queue_size <= 5",
        "queue_size > 5 or queue_size < 3",
        "queue_size > 5 unless queue_size < 3",
        "queue_size != 5 and queue_size == 3",
        "(queue_size > bool 5) and queue_size < 3",
        # another series of the job may be the one
        "queue_size > 5 and on (job) queue_size < 3",
        "up == 1 and on (job) (queue_size > 5) and queue_size < 3",
        # two names may have the same labels
        '{job="j"} > 5 and {job="j"} < 3',
        "queue_size > 5 and queue_size offset 5m < 3",
        # a single number within limits, however strict these are about themselves
        "absent(queue_size) > 0",
        "absent_over_time(queue_size[5m]) < 2",
        "group(queue_size) > 0",
        "queue_size == 1 > 0",
        "queue_size == 5 and queue_size > 3",
        "up == 1 and up > 0",
        "max by (job) (queue_size == 0) < 1",
        "-absent(queue_size) < 0",
        "queue_size == Inf and queue_size > -Inf",
    ],
)
def test_nothing_is_said_of_what_some_number_meets(text: str) -> None:
    assert infer(parse(text), CATALOGS["two catalogs"]).empty is None


HOLDS: Mapping[str, Callable[[float, float], bool]] = {">": gt, ">=": ge, "<": lt, "<=": le, "==": eq, "!=": ne}
LIMITS = {"-Inf": -inf, "0": 0.0, "1": 1.0, "Inf": inf}


@pytest.mark.parametrize(("one", "other"), [*product(HOLDS, repeat=2)])
def test_two_conditions_exclude_each_other_where_no_number_meets_both(one: str, other: str) -> None:
    for (mine, low), (its, high) in product(LIMITS.items(), repeat=2):
        numbers = (-inf, -1, 0, 0.5, 1, 2, inf)
        some = any(HOLDS[one](number, low) and HOLDS[other](number, high) for number in numbers)
        empty = infer(parse(f"queue_size {one} {mine} and queue_size {other} {its}"), CATALOGS["two catalogs"]).empty
        assert not (some and empty), (mine, its)
        finite = not {mine, its} & {"-Inf", "Inf"} and "!=" not in (one, other)
        assert some or empty or not finite, (mine, its)
