"""Library panels, pages that show them, and what is there of them after a push."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.push.building import page
from tests.stand_in import StandIn

MODEL = {"type": "timeseries", "title": "Latency", "targets": [{"refId": "A", "expr": "up"}]}

Save = Callable[..., Path]


def showing(uid: str = "api", *panels: str, **more: Any) -> dict[str, Any]:
    shown = [
        {"id": number, "gridPos": {"h": 4, "w": 4, "x": 0, "y": 0}, "libraryPanel": {"uid": one, "name": "Latency"}}
        for number, one in enumerate(panels or ("lat",), start=1)
    ]
    return page(uid, panels=shown, **more)


def model_of(grafana: StandIn, uid: str = "lat") -> dict[str, Any]:
    element = grafana.library_panel(uid)
    assert element
    model: dict[str, Any] = element.model
    return model


def writes(grafana: StandIn) -> list[tuple[str, str]]:
    return [(one.method, one.path) for one in grafana.requests if one.method != "GET"]
