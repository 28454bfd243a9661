"""The workload with dashboards-py: values to bytes on disk, through the very code of `dash build`.

A stat and a gauge show one number here, so a time series asks three: 60 queries a page, as everywhere.
"""

# ruff: noqa: PTH118 - paths are strings, as in the build: a Path each takes half of the time

import os
from pathlib import Path

from bench.workload import SECTIONS, Spec, panels
from cli.artifact import digest, text
from cli.compile.write import replace_all
from panels import (
    PROMETHEUS,
    Dashboard,
    Panel,
    gauge,
    interval_variable,
    job_variable,
    label_variable,
    row,
    stat,
    timeseries,
)
from panels.grafana import to_grafana
from queries import BYTES, REQUESTS, SECONDS, Counter, Histogram, Role, counted, quantile, rate

ROLE = Role("bench", "service", job="service")
THINGS = counted("things")
UNITS = (REQUESTS, SECONDS, REQUESTS, BYTES, THINGS, REQUESTS)


def dashboard(number: int) -> Dashboard:
    """Page `number` as a value."""
    sections = [list(panels(section)) for section in range(SECTIONS)]
    counter = _counter(sections[0][0])
    return Dashboard(
        uid=f"svc-{number:03d}",
        title=f"Service {number:03d} overview",
        tags=("generated", "svc"),
        role=ROLE,
        variables=[
            PROMETHEUS,
            job_variable(counter),
            label_variable(counter, "instance"),
            interval_variable("window", ["5m", "1h", "6h"]),
        ],
        rows=[row(f"Section {index}", *map(_panel, specs)) for index, specs in enumerate(sections)],
    )


def write(page: Dashboard, folder: Path) -> None:
    """What a build does with one page."""
    made = to_grafana(page)
    digest.of(made, page.folder)
    replace_all(folder, {os.path.join(folder, f"{page.uid}.json"): text.of(made)})


def _counter(spec: Spec) -> Counter:
    return Counter(f"svc_{spec.section}_metric_{spec.index}_total", "Things.", REQUESTS, role=ROLE)


def _panel(spec: Spec) -> Panel:
    requests = _counter(spec)
    latency = Histogram(
        f"svc_{spec.section}_lat_{spec.index}", "How long.", SECONDS, buckets=(0.1, 1, 10, 100), role=ROLE
    )
    if spec.kind == "timeseries":
        slow, slower = (quantile(q, latency, instance="a") for q in (0.95, 0.99))
        return timeseries(
            spec.title,
            quantile(0.5, latency, "instance"),
            slow,
            slower,
            yellow_above=70,
            red_above=90,
            minimum=0,
            description=spec.description,
        )
    number = rate(requests, "instance")
    if spec.kind == "stat":
        return stat(spec.title, number, yellow_above=70, red_above=90, description=spec.description)
    about = spec.description
    return gauge(spec.title, number, minimum=0, maximum=100, yellow_above=70, red_above=90, description=about)
