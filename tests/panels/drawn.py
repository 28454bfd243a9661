"""What one panel becomes in Grafana's JSON, and the parts of it that tests look at."""

from typing import Any

from panels import Dashboard, Panel, row
from panels.grafana import to_grafana
from tests.panels.catalog import API


def made(panel: Panel) -> dict[str, Any]:
    """The panel's JSON, on a page of its own."""
    page = Dashboard(uid="page", title="Page", role=API, rows=[row("Row", panel)])
    found: dict[str, Any] = to_grafana(page)["panels"][1]
    return found


def defaults(panel: Panel) -> dict[str, Any]:
    """The panel's fields."""
    found: dict[str, Any] = made(panel)["fieldConfig"]["defaults"]
    return found


def steps(panel: Panel) -> list[tuple[float | None, str]]:
    """The panel's thresholds."""
    return [(one["value"], one["color"]) for one in defaults(panel)["thresholds"]["steps"]]


def painted(panel: Panel) -> dict[str, str]:
    """The fixed colour of each series, by how it is matched."""
    found = {}
    for one in made(panel)["fieldConfig"]["overrides"]:
        for said in one["properties"]:
            if said["id"] == "color":
                found[one["matcher"]["options"]] = said["value"]["fixedColor"]
    return found
