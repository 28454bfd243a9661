"""How finely an expression is seen: of an alert finely enough for what it waits and goes on, of a recording less so."""

import pytest

from cli.scenarios.derive.setting_up import scene
from queries.catalog import Catalogs
from queries.parse import parse


@pytest.mark.parametrize(("window", "alert", "recording"), [("5m", 60, 60), ("12h", 300, 900), ("30d", 3600, 43200)])
def test_only_of_a_recording_samples_lie_far_apart(window: str, alert: float, recording: float) -> None:
    expr = parse(f"increase(x_total[{window}])")

    assert scene(expr, {}, Catalogs(), 0.0).interval == alert
    assert scene(expr, {}, Catalogs(), None).interval == recording


def test_a_subquery_is_seen_finely_in_a_recording_too() -> None:
    expr = parse("count_over_time(g[1h:5m]) * increase(x_total[30d])")

    assert scene(expr, {}, Catalogs(), None).interval == scene(expr, {}, Catalogs(), 0.0).interval == 3600
