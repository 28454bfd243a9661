"""`dash.toml` -> the settings of the files around pages and rules, or the line that is wrong."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cli.config import FILE
from cli.contexts.lines import Lines
from cli.stack.reading_alertmanager import alertmanager
from cli.stack.reading_carriers import compose, kubernetes
from cli.stack.settings import MAKERS, Prometheus, Settings
from cli.stack.table import ADDRESS, Table
from queries.source import did_you_mean

EXAMPLE = '[prometheus] and below it scrape_interval = "15s"'


def read(folder: str | os.PathLike[str], said: Mapping[str, Any]) -> Settings:
    """The settings; `said` is what `cli.config` found in that folder.

    Raises:
        UsageError: one that cannot be meant.
    """
    if not said:
        return Settings()
    lines = Lines(FILE, Path(folder, FILE).read_text(encoding="utf-8"))
    everything = Table((), dict(said), lines, EXAMPLE)
    return Settings(
        makers=_makers(Table(("build",), dict(said), lines, EXAMPLE)),
        asked=True,
        prometheus=_prometheus(everything.table("prometheus", EXAMPLE)),
        alertmanager=alertmanager(everything),
        compose=compose(everything),
        kubernetes=kubernetes(everything),
    )


def _makers(build: Table) -> tuple[str, ...]:
    wanted = build.texts("stack", f"stack = {list(MAKERS)}".replace("'", '"'), Settings().makers)
    for name in wanted:
        if name not in MAKERS:
            raise build.wrong("stack", f"build.stack names {name!r}", did_you_mean(name, MAKERS, of="there are"))
    return wanted


def _prometheus(table: Table) -> Prometheus:
    default = Prometheus()
    table.knows("scrape_interval", "evaluation_interval", "external_labels", "alertmanagers")
    external = table.labels("external_labels", 'external_labels = {cluster = "eu"}')
    if any("$" in value for value in external.values()):
        what = "prometheus.external_labels: Prometheus 3 puts a variable's value where a $ is"
        raise table.wrong("external_labels", what, "leave out the $")
    return Prometheus(
        scrape_interval=table.duration("scrape_interval", default.scrape_interval),
        evaluation_interval=table.duration("evaluation_interval", default.evaluation_interval),
        external_labels=external,
        alertmanagers=table.texts(
            "alertmanagers", 'alertmanagers = ["alertmanager:9093"]', default.alertmanagers, fits=ADDRESS.fullmatch
        ),
    )
