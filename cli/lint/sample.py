"""A page with one panel, for the rules' examples: as small as a page can be that only one rule finds fault with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SOURCE = {"type": "prometheus", "uid": "${datasource}"}
DATASOURCE = {"type": "datasource", "name": "datasource", "query": "prometheus", "label": "Data source"}


def page(*panels: Mapping[str, Any], variables: tuple[Mapping[str, Any], ...] = (), **said: Any) -> dict[str, Any]:
    """A page with these panels and a variable for the data source."""
    listed = [{**panel, "id": number} | _at(number) for number, panel in enumerate(panels, start=1)]
    return {
        "uid": "example",
        "title": "Example",
        "schemaVersion": 41,
        "time": {"from": "now-6h", "to": "now"},
        "templating": {"list": [DATASOURCE, *variables]},
        "panels": listed,
        **said,
    }


def panel(
    *exprs: str | Mapping[str, Any], kind: str = "timeseries", title: str = "Example", **said: Any
) -> dict[str, Any]:
    """A panel that asks these expressions."""
    targets = [
        {"refId": chr(ord("A") + index), "datasource": SOURCE, **({"expr": one} if isinstance(one, str) else one)}
        for index, one in enumerate(exprs)
    ]
    defaults = said.pop("defaults", {})
    return {
        "type": kind,
        "title": title,
        "description": "What it shows.",
        "datasource": SOURCE,
        "targets": targets,
        "fieldConfig": {"defaults": defaults, "overrides": []},
        **said,
    }


def _at(number: int) -> dict[str, Any]:
    return {"gridPos": {"x": 0, "y": (number - 1) * 8, "w": 24, "h": 8}}
