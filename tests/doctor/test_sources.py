"""The data sources that pages name, and whether they are there."""

from typing import Any

import pytest

from cli.commands._doctor_sources import lacking
from cli.grafana.model import DataSource

PROMETHEUS = DataSource("prom", "Prometheus", "prometheus")
LOKI = DataSource("logs", "Loki", "loki")


def _variable(kind: str) -> dict[str, Any]:
    return {"templating": {"list": [{"type": "datasource", "query": kind}]}}


def _panel(source: object) -> dict[str, Any]:
    return {"panels": [{"type": "row", "panels": [{"targets": [{"datasource": source}]}]}]}


def _lacking(page: dict[str, Any], **pinned: str) -> dict[str, str]:
    checks = lacking({"api": page}, [PROMETHEUS, LOKI], pinned)
    return {check.name: check.said for check in checks if check.ok is False}


def test_a_type_that_somebody_has() -> None:
    assert not _lacking(_variable("loki"))


def test_a_type_that_nobody_has() -> None:
    assert _lacking(_variable("tempo")) == {"data source tempo": "there is no data source of the type tempo, for api"}


@pytest.mark.parametrize(
    "source",
    ["prom", "Prometheus", {"uid": "logs"}, {"uid": "${datasource}"}, "$datasource", {"uid": "grafana"}, None, {}],
)
def test_a_data_source_that_is_there_or_is_left_to_a_variable(source: object) -> None:
    assert not _lacking(_panel(source))


@pytest.mark.parametrize("own", ["-- Grafana --", "-- Mixed --", "-- Dashboard --", "__expr__", "default"])
def test_what_grafana_has_by_itself(own: str) -> None:
    assert not _lacking(_panel({"type": "datasource", "uid": own}))


@pytest.mark.parametrize("source", ["gone", {"type": "prometheus", "uid": "gone"}])
def test_a_data_source_that_is_not_there(source: object) -> None:
    assert _lacking(_panel(source)) == {"data source gone": "no data source has the uid or name 'gone', for api"}


def test_a_pinned_one_has_to_be_there() -> None:
    assert not _lacking(_variable("prometheus"), prometheus="prom")
    assert _lacking(_variable("prometheus"), prometheus="gone") == {
        "data source prometheus": "no data source has the uid 'gone'"
    }


def test_a_pinned_one_that_is_not_there_is_one_lack_and_not_two() -> None:
    assert _lacking(_variable("tempo"), tempo="gone") == {"data source tempo": "no data source has the uid 'gone'"}


def test_what_a_page_names_can_be_pinned_to_another() -> None:
    assert not _lacking(_panel("gone"), gone="logs")


def test_a_variable_shows_no_data_source_of_another_type() -> None:
    assert _lacking(_variable("tempo"), tempo="logs") == {
        "data source tempo": "the data source 'logs' is no tempo, and a variable shows no other, for api"
    }


def test_many_pages_are_counted() -> None:
    pages = {f"p{number}": _variable("tempo") for number in range(5)}

    [check] = lacking(pages, [], {})

    assert check.said.endswith("for p0, p1, p2 and 2 more")


def test_no_escape_of_a_hostile_grafana_is_repeated() -> None:
    checks = list(lacking({"api": _panel("gone\x1b[31m")}, [DataSource("\x1b[2Ja", "\x1b]0;b", "x\n")], {}))

    assert not any(sign in f"{check.name}{check.said}{check.fix}" for check in checks for sign in "\x1b\n")


def test_pages_of_any_shape_are_borne() -> None:
    assert not _lacking({"panels": None, "templating": {"list": [{"type": "datasource", "query": {}}]}})
