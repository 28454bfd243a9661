"""A variable of a dashboard, in each of the forms in which Grafana has written its query."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.lint.reading.language import Sources
from cli.lint.reading.members import mapping, text, whole
from cli.lint.spot import Path, Spot
from cli.lint.subject import PageVariable

#: What a query variable's `qryType` asks, for those that Grafana saved without the text.
ASKS = {0: "label_names()", 2: "metrics({metric})", 3: "query_result({varQuery})"}
VALUES = 1


def variable(json: Mapping[str, Any], spot: Spot, sources: Sources) -> PageVariable:
    """A variable of a classic dashboard."""
    kind = text(json, "type")
    query, path = asked(json)
    all_value = text(json, "allValue")
    return PageVariable(
        spot=Spot(spot.document, spot.path, f"variable {text(json, 'name')}"),
        name=text(json, "name"),
        kind=kind,
        multi=json.get("multi") is True,
        all=json.get("includeAll") is True,
        all_value=all_value,
        query=query,
        language=sources.language(query, json.get("datasource")) if kind == "query" else "",
        refresh=whole(json, "refresh") or 0,
        query_path=path,
        json=json,
    )


def asked(json: Mapping[str, Any]) -> tuple[str, Path]:
    """What it asks, and where that stands in it."""
    query = json.get("query")
    if isinstance(query, str):
        return query, ("query",)
    if isinstance(query, Mapping):
        inner = text(query, "query")
        if inner:
            return inner, ("query", "query")
        composed = _composed(query)
        if composed:
            return composed, ("query",)
    return text(json, "definition"), ("definition",)


def _composed(query: Mapping[str, Any]) -> str:
    """The text that Grafana would make of the fields of its form."""
    kind = whole(query, "qryType")
    metric, label = text(query, "metric"), text(query, "label")
    if kind == VALUES and label:
        return f"label_values({metric}, {label})" if metric else f"label_values({label})"
    asks = ASKS.get(-1 if kind is None else kind, "")
    return asks.format(metric=metric or ".*", varQuery=text(query, "varQuery")) if asks else ""


def stands_for(json: Mapping[str, Any]) -> str:
    """The type of the data sources that a v2 variable lists."""
    return text(json, "pluginId") or text(mapping(json, "query"), "group")
