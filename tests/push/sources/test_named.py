"""Where a page names data sources, and what a pin makes of it."""

from typing import Any

import pytest

from cli.deploy.sources import Reference, lacking, named, pinned
from cli.grafana.model import DataSource
from tests.push.sources.naming import OLD, PROMETHEUS, naming, with_variable


@pytest.mark.parametrize(
    "made",
    [
        {"panels": [{"datasource": OLD}]},
        {"panels": [{"targets": [{"datasource": OLD}]}]},
        {"panels": [{"type": "row", "panels": [{"targets": [{"datasource": OLD}]}]}]},
        {"rows": [{"panels": [{"datasource": OLD}]}]},
        {"templating": {"list": [{"type": "query", "datasource": OLD}]}},
        {"annotations": {"list": [{"name": "Deploys", "datasource": OLD}]}},
        {"panels": [{"datasource": {"type": "datasource", "uid": "-- Mixed --"}, "targets": [{"datasource": OLD}]}]},
    ],
)
def test_a_data_source_is_found_and_replaced_wherever_a_page_names_it(made: dict[str, Any]) -> None:
    assert named(made) == {Reference("old", "prometheus")}
    assert named(pinned(made, {"old": DataSource("new", "New", "mimir")})) == {Reference("new", "mimir")}


def test_an_old_page_names_it_in_one_word() -> None:
    made = {"panels": [{"datasource": "old"}]}

    assert named(made) == {Reference("old")}
    assert pinned(made, {"old": PROMETHEUS}) == {"panels": [{"datasource": "prom-eu"}]}


@pytest.mark.parametrize(
    "source",
    [
        "-- Grafana --",
        "-- Mixed --",
        "-- Dashboard --",
        "__expr__",
        "grafana",
        "default",
        "$ds",
        "${ds}",
        "[[ds]]",
        None,
    ],
)
def test_what_is_left_to_grafana_or_to_a_variable_is_not_named_and_stays(source: object) -> None:
    made = {"panels": [{"datasource": source, "targets": [{"datasource": {"type": "prometheus", "uid": source}}]}]}

    assert not named(made)
    assert pinned(made, {str(source): PROMETHEUS, "prometheus": PROMETHEUS}) == made


def test_pinning_changes_nothing_else_and_not_the_page_that_it_was_given() -> None:
    made = {"uid": "a", "panels": [{"datasource": OLD, "options": {"x": [1]}, "targets": []}], "templating": None}
    before = repr(made)

    after = pinned(made, {"old": PROMETHEUS})

    assert repr(made) == before
    assert repr(after) == before.replace("'old'", "'prom-eu'")


def test_a_variable_of_several_shows_one() -> None:
    made = pinned(with_variable(multi=True), {"prometheus": PROMETHEUS})

    assert made["templating"]["list"][0]["current"] == {"text": ["Prometheus EU"], "value": ["prom-eu"]}


def test_a_variable_of_another_type_is_left_alone() -> None:
    made = with_variable(query="loki")

    assert pinned(made, {"prometheus": PROMETHEUS, "loki": PROMETHEUS}) == made


def test_many_pages_are_counted() -> None:
    pages = {f"p{number}": named(naming(OLD)) for number in range(5)}

    [lack] = lacking(pages, [PROMETHEUS], {})

    assert lack.what == "no data source has the uid or name 'old', for p0, p1, p2 and 2 more"
