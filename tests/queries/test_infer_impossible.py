"""Comparisons that no number meets are told, and of those that some number may meet nothing is said."""

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
    ],
)
def test_nothing_is_said_of_what_some_number_meets(text: str) -> None:
    assert infer(parse(text), CATALOGS["two catalogs"]).empty is None
