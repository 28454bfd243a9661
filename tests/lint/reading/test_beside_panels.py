"""What a dashboard asks beside its panels: its variables and annotations."""

from __future__ import annotations

from typing import Any

import pytest

from tests.lint.reading.given import PROMETHEUS, dashboard, page


@pytest.mark.parametrize(
    ("said", "query", "path"),
    [
        ({"query": "label_values(up, job)"}, "label_values(up, job)", ("query",)),
        ({"query": {"query": "metrics(x)", "refId": "A"}}, "metrics(x)", ("query", "query")),
        ({"query": {"qryType": 1, "label": "job", "metric": "up"}}, "label_values(up, job)", ("query",)),
        ({"query": {"qryType": 1, "label": "job"}}, "label_values(job)", ("query",)),
        ({"query": {"qryType": 3, "varQuery": "up"}}, "query_result(up)", ("query",)),
        ({"definition": "query_result(up)"}, "query_result(up)", ("definition",)),
    ],
)
def test_a_query_variable_is_written_in_many_ways(said: dict[str, Any], query: str, path: tuple[str, ...]) -> None:
    one = {
        "type": "query",
        "name": "v",
        "datasource": PROMETHEUS,
        "refresh": 2,
        "multi": True,
        "includeAll": True,
        **said,
    }
    (variable,) = page(dashboard(templating={"list": [{**one, "allValue": ".+"}]})).variables

    assert (variable.query, variable.query_path, variable.language) == (query, path, "promql")
    assert (variable.name, variable.refresh, variable.multi, variable.all, variable.all_value) == (
        "v",
        2,
        True,
        True,
        ".+",
    )


def test_annotations_that_ask_prometheus_are_the_page_s() -> None:
    listed = [
        {"name": "old", "datasource": PROMETHEUS, "expr": "a"},
        {"name": "new", "datasource": PROMETHEUS, "target": {"expr": "b"}},
        {"name": "Annotations & Alerts", "type": "dashboard", "target": {"tags": []}},
    ]
    found = page(dashboard(annotations={"list": listed})).annotations

    assert [(one.expr, one.spot.path[-1], one.spot.where) for one in found] == [
        ("a", 0, "annotation old"),
        ("b", "target", "annotation new"),
    ]
