"""Whether an expression can have no series, and why."""

import pytest

from queries.infer import infer
from queries.parse import parse


@pytest.mark.parametrize(
    ("promql", "why"),
    [
        ("vector(0)", ""),
        ("time()", ""),
        ("sum(up) or vector(0)", ""),
        ("up", "there may be no series of up"),
        ('up{job="api"}', "there may be no series of up that its matchers pick"),
        ("sum(rate(up[5m]))", "there may be no series of up"),
        ("up == 0", "the comparison may hold for none"),
        ("up == bool 0", "there may be no series of up"),
        ("up / down", "no two series may match"),
        ("100 * up", "there may be no series of up"),
        ("absent(up)", "it only has one while there is no other"),
        ('up{job="a", job="b"}', 'job="b" and job="a" exclude each other'),
    ],
)
def test_a_reason_is_told_unless_there_always_is_a_series(promql: str, why: str) -> None:
    assert infer(parse(promql)).may_be_empty == why
