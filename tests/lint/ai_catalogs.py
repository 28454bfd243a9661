"""The catalogs of AI serving systems, made from ../shared/facts/ai_metrics.yaml for the tests; none is shipped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from queries.catalog import Catalog, Catalogs
from queries.catalogs.file import read_catalog

FACTS = Path(__file__).parents[3] / "shared" / "facts" / "ai_metrics.yaml"
#: What Prometheus on Kubernetes may put on every series.
KUBERNETES = ["cluster", "container", "endpoint", "namespace", "node", "pod", "service"]
TYPES = {"gaugehistogram": "unknown", "untyped": "unknown"}
UNITS = {"USD": "usd", "MiB": "mebibytes", "GB": "gigabytes", "bytes/s": "bytes per second"}
#: `removed: ">0.11.2, <=0.13.0; use vllm:kv_cache_usage_perc"`: the last version that surely had it, and its new name.
LAST = re.compile(r"(?:>|after |\d-|^|histogram |gauge )(\d+\.[\d.]+)")
FOLLOWED = re.compile(r"(?:use|->)\s*([\w:]+)")


@cache
def ai_catalogs(*systems: str) -> Catalogs:
    """The catalogs of these systems: `ai_catalogs("vllm", "dcgm")`."""
    return Catalogs(tuple(map(_catalog, systems)))


@cache
def _systems() -> Mapping[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    systems: Mapping[str, Any] = yaml.load(FACTS.read_text(encoding="utf-8"), loader)["systems"]  # noqa: S506 - it is a safe one
    return systems


def _catalog(name: str) -> Catalog:
    said = _systems()[name]["metrics"]
    former = {new[1]: one["name"] for one in said if (new := FOLLOWED.search(str(one.get("removed", ""))))}
    # what stands there twice was of another type in an older version: the first is of today
    today = {one["name"]: one for one in reversed(said)}
    metrics = [_metric(one, former) for one in reversed(today.values())]
    text = yaml.safe_dump({"domain": name, "extra_labels": KUBERNETES, "metrics": metrics})
    return read_catalog(text.encode(), f"{name}.yaml")


def _metric(said: Mapping[str, Any], former: Mapping[str, str]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": said["name"],
        "type": TYPES.get(said["type"], said["type"]),
        "labels": dict.fromkeys(said.get("labels", ())),
        "help": said["help"],
    }
    if "unit" in said:
        made["unit"] = UNITS.get(said["unit"], said["unit"])
    buckets = said.get("buckets")
    if isinstance(buckets, list) and all(isinstance(one, int | float) for one in buckets):
        made["buckets"] = buckets
    if "since" in said:
        made["since"] = str(said["since"])
    if "removed" in said:
        last = LAST.search(str(said["removed"]))
        made["until"] = last[1] if last else "some version"
    if said["name"] in former:
        made["renamed_from"] = former[said["name"]]
    return made
