"""A shop whose every metric is wrong in one way, as a Prometheus has kept it, and pages that ask about it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

#: Tuesday 14 November 2023.
NOW = 1_700_000_000
HOUR, SCRAPE = 3600, 15
#: What a catalog says of the shop, where that is not what its targets do.
CATALOG = """domain: shop
metrics:
  - {name: shop_share, type: gauge, help: A share., unit: ratio, low: 0, high: 1}
  - {name: shop_queue, type: gauge, help: Who waits., unit: requests}
  - {name: shop_cold_celsius, type: gauge, help: How cold., unit: celsius}
  - {name: shop_negative_total, type: counter, help: What cannot be., unit: requests}
  - {name: shop_opened, type: gauge, help: When it was opened., unit: timestamp}
  - {name: shop_up, type: gauge, help: Whether it is open., unit: bool}
  - {name: shop_requests_total, type: counter, help: Who came., unit: requests}
"""
#: name: how its value follows from its age in scrapes, None where it was not there; by labels.
SERIES: Mapping[str, Mapping[str, Any]] = {
    "shop_requests_total": {'status="ok"': lambda left: 10_000 - 15 * left, 'status="error"': lambda _: 0},
    "shop_idle_total": {'status="ok"': lambda _: 5},
    "shop_idle_seconds_bucket": {'le="1"': lambda _: 3, 'le="+Inf"': lambda _: 5},
    "shop_queue": {'kind="mail"': lambda _: 4, 'kind="call"': lambda _: 2},
    "shop_share": {"": lambda _: 1.7},
    "shop_up": {"": lambda _: 2},
    "shop_cold_celsius": {"": lambda _: -300},
    "shop_negative_total": {"": lambda _: -5},
    "shop_opened": {"": lambda _: 0},
    "shop_gone": {"": lambda left: 1 if left > 80 else None},
    "shop_new_total": {"": lambda left: 1 if left == 0 else None},
    "shop_sensor": {"": lambda _: "NaN"},
    "shop_zero": {"": lambda _: 0},
    "shop_many": {f'n="{n}"': lambda _: 1 for n in range(40)},
    "till_gone_total": {'instance="b:1",job="till"': lambda left: 1000 - left if left > 80 else None},
    "till_moved": {'instance="old:1",job="till"': lambda left: 1 if left > 80 else None},
    "door_gone": {'instance="c:1",job="door"': lambda left: 1 if left > 80 else None},
    "up": {'instance="b:1",job="till"': lambda _: 1, 'instance="c:1",job="door"': lambda _: 0},
    "shop_odd": {'name="a.b(c)"': lambda _: 1, 'name="d|e"': lambda _: 2},
}


def backfilled(data: Path) -> Path:
    """The shop's hour as the data folder of a Prometheus."""
    promtool = shutil.which("promtool")
    assert promtool is not None
    text = data.with_suffix(".openmetrics")
    text.write_text("".join([*_samples(), "# EOF\n"]), encoding="utf-8")
    command = [promtool, "tsdb", "create-blocks-from", "-q", "openmetrics", str(text), str(data)]
    subprocess.run(command, check=True, capture_output=True)
    return data


def _samples() -> Iterator[str]:
    for name, of in SERIES.items():
        for labels, value in of.items():
            target = () if "job=" in labels else ('instance="a:1"', 'job="shop"')
            inside = ",".join(filter(None, [*target, labels]))
            for left in range(HOUR // SCRAPE, -1, -1):
                said = value(left)
                if said is not None:
                    yield f"{name}{{{inside}}} {said} {NOW - left * SCRAPE}\n"


def page(*exprs: str, variables: tuple[Mapping[str, Any], ...] = (), **panel: Any) -> dict[str, Any]:
    """A dashboard with one panel for each expression."""
    panels = [
        {
            "id": number,
            "type": "timeseries",
            "title": f"Panel {number}",
            "datasource": {"type": "prometheus", "uid": "${datasource}"},
            "gridPos": {"x": 0, "y": 8 * number, "w": 12, "h": 8},
            "targets": [{"refId": "A", "expr": expr}],
            **panel,
        }
        for number, expr in enumerate(exprs, start=1)
    ]
    listed = [{"type": "datasource", "name": "datasource", "query": "prometheus"}, *variables]
    time = {"from": "now-1h", "to": "now"}
    return {"uid": "shop", "title": "Shop", "panels": panels, "templating": {"list": listed}, "time": time}


def variable(name: str, query: str, **more: Any) -> dict[str, Any]:
    """A query variable."""
    source = {"type": "prometheus", "uid": "${datasource}"}
    return {"type": "query", "name": name, "query": {"query": query}, "datasource": source, **more}
