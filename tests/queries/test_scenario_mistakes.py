"""Scenarios that are none: what is wrong, and what to write instead, at the line of whoever wrote them."""

from collections.abc import Callable
from typing import Any

import pytest

from queries import Alarm, Mistake, Scenario, Value

FIRES = Alarm("High", "5m")


def scenario(**said: Any) -> Scenario:
    whole: dict[str, Any] = {"name": "a", "series": {"x": "1x5"}, "expected": [FIRES]}
    return Scenario(**whole | said)


@pytest.mark.parametrize(
    ("make", "what", "fix"),
    [
        (lambda: Alarm("High", 120), "at is 120 and no time", '"20m"'),  # type: ignore[arg-type]
        (lambda: Alarm(3, "2m"), "alert is 3 and no name", '"HighErrorRate"'),  # type: ignore[arg-type]
        (lambda: Alarm("High", "2m", "fires"), "no alert is 'fires'", "one of firing, pending, silent"),  # type: ignore[arg-type]
        (lambda: Alarm("High", "2m", labels=["job"]), "labels is a list and no mapping", "{name: text}"),  # type: ignore[arg-type]
        (lambda: Alarm("High", "2m", labels={"job": 5}), "labels: 'job' is 5 and no text", '"5"'),  # type: ignore[dict-item]
        (lambda: Alarm("High", "2m", annotations={"a": None}), "annotations: 'a' is None and no text", '"None"'),  # type: ignore[dict-item]
        (lambda: Alarm("High", "2m", alerts=0), "alerts is 0 and not how many there are", "1 or more"),
        (lambda: Alarm("High", "2m", "silent", alerts=1), "a silent alert is none, and alerts says 1", "leave it out"),
        (lambda: Value("up", "5m", "1"), "value is '1' and no number", "None for nothing"),  # type: ignore[arg-type]
        (lambda: Value("up", 5, 1), "at is 5 and no time", '"20m"'),  # type: ignore[arg-type]
        (lambda: Value("up", "5m", 1, close=5), "close is 5 and no share", "0.05 for five in a hundred"),
        (lambda: scenario(name=""), "name is '' and no name", '"half of the requests fail"'),
        (lambda: scenario(series=5), "series is an int and no mapping", "{name: text}"),
        (lambda: scenario(series=[1, 2]), "series is a list and no mapping", "{name: text}"),
        (lambda: scenario(series={"queue_depth": 5}), "series: 'queue_depth' is 5 and no text", '"5"'),
        (lambda: scenario(expected=["High"]), "'High' is nothing that is expected", 'Alarm("Name", "20m")'),
        (lambda: scenario(expected=FIRES), "expected is an Alarm and no list", '[Alarm("Name", "20m")]'),
        (lambda: scenario(expected="High"), "expected is a str and no list", '[Alarm("Name", "20m")]'),
        (lambda: scenario(expected=[]), "scenario 'a' expects nothing", 'Alarm("Name", "20m")'),
        (lambda: scenario(interval=60), "60 is no duration", "like "),
    ],
)
def test_what_cannot_be_is_said_where_it_is_written(make: Callable[[], object], what: str, fix: str) -> None:
    with pytest.raises(Mistake) as stopped:
        make()

    assert stopped.value.what == what
    assert fix in stopped.value.fix
    assert stopped.value.where.path == __file__


def test_what_may_come_only_once_is_kept() -> None:
    assert scenario(expected=(one for one in [FIRES, Value("up", "0m", None)])).expected[0] == FIRES
