"""Pages that name data sources."""

from typing import Any

from cli.grafana.model import DataSource
from tests.push.building import page

PROMETHEUS = DataSource("prom-eu", "Prometheus EU", "prometheus")

OLD = {"type": "prometheus", "uid": "old"}

VARIABLE = {"name": "ds", "type": "datasource", "query": "prometheus", "current": {"text": "default"}}


def panel_of(source: object, number: int = 1) -> dict[str, Any]:
    return {"id": number, "type": "stat", "title": "Up", "datasource": source, "targets": [{"refId": "A"}]}


def naming(source: object) -> dict[str, Any]:
    return page("api", panels=[panel_of(source)])


def with_variable(**more: Any) -> dict[str, Any]:
    return page("api", templating={"list": [{**VARIABLE, **more}]})
