"""A Prometheus server's configuration: how often it scrapes and evaluates, and where its rules are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cli.lint.reading.document import Placed
from cli.lint.reading.members import items, mapping, objects, scalar, text
from cli.lint.spot import Path, Spot
from cli.lint.subject import Configuration


def is_configuration(value: Mapping[str, Any]) -> bool:
    """Whether a mapping is one."""
    if "apiVersion" in value or "tests" in value:  # promtool's unit tests name rule files too
        return False
    return isinstance(value.get("rule_files"), list) or isinstance(value.get("scrape_configs"), list)


def configuration(document: Placed, json: Mapping[str, Any], path: Path) -> Configuration:
    """What it says."""
    jobs = objects(json, "scrape_configs")
    files = enumerate(items(json, "rule_files"))
    return Configuration(
        spot=Spot(document, path, "configuration"),
        scrape_interval=scalar(mapping(json, "global"), "scrape_interval"),
        evaluation_interval=scalar(mapping(json, "global"), "evaluation_interval"),
        jobs=tuple((text(one, "job_name"), scalar(one, "scrape_interval")) for _, one in jobs),
        rule_files=tuple(((*path, "rule_files", index), one) for index, one in files if isinstance(one, str)),
    )
