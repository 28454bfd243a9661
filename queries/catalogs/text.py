"""A `Catalog` as the YAML that people read and write on: the same catalog gives the same text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from queries.catalog import Catalog
from queries.catalogs.file import OBSERVED
from queries.catalogs.unit_names import spelled
from queries.duration import spelled as duration
from queries.exposed import Exposed
from queries.labels import TARGET

WIDTH = 120


def catalog_text(catalog: Catalog) -> str:
    """The text; `read_catalog` reads the same catalog from it."""
    import yaml  # noqa: PLC0415 - only who writes one needs it

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    # None: what holds no further lists stands on one line
    text: str = yaml.dump(
        _catalog(catalog), Dumper=dumper, sort_keys=False, allow_unicode=True, width=WIDTH, default_flow_style=None
    )
    return text


def _catalog(catalog: Catalog) -> Mapping[str, Any]:
    said: dict[str, Any] = {"domain": catalog.domain}
    if catalog.jobs:
        said["jobs"] = list(catalog.jobs)
    said["scrape_interval"] = _interval(catalog.scrape_interval)
    if catalog.target_labels != TARGET:
        said["target_labels"] = list(catalog.target_labels)
    if catalog.extra_labels:
        said["extra_labels"] = list(catalog.extra_labels)
    said["metrics"] = [_metric(one) for one in catalog.metrics]
    return said


def _interval(length: float) -> str | float:
    milliseconds = round(length * 1000)
    return duration(milliseconds) if milliseconds / 1000 == length else length


def _metric(metric: Exposed) -> Mapping[str, Any]:
    said: dict[str, Any] = {
        "name": metric.name,
        "type": metric.kind,
        "unit": None if metric.unit is None else spelled(metric.unit),
        "labels": {one.name: list(one.values) or None for one in metric.labels},
        "optional": sorted(metric.optional),
        "buckets": [_number(one) for one in metric.buckets],
        "counts": None if metric.counts is None or metric.kind not in OBSERVED else spelled(metric.counts),
        "native": metric.native,
        "expected_max": _number(metric.expected_max),
        "low": _number(metric.low),
        "high": _number(metric.high),
        "shared": metric.shared,
        "open": metric.open,
        "help": metric.help,
        "odd_name": metric.odd_name,
        "since": metric.since,
        "until": metric.until,
        "renamed_from": metric.renamed_from,
        "jobs": list(metric.jobs),
    }
    return {key: value for key, value in said.items() if key == "labels" or _is_said(value)}


def _is_said(value: object) -> bool:
    """Whether somebody said it; 0 is a limit like another."""
    return value is not None and value is not False and value not in ("", [])


def _number(value: float | None) -> float | None:
    """A whole number without its ".0"."""
    return int(value) if value is not None and value == int(value) and abs(value) < 1e15 else value  # noqa: PLR2004 - exact up to here
