"""A healthy service under load, over fifteen days: every query has its answer, and what is exported is the catalog."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from examples.ai_service import machine
from examples.ai_service.faults import PARTS
from examples.ai_service.load.users import VISITS
from queries import Role
from queries.instrument import assert_exports
from queries.taskmaster import metrics
from tests.command_line import Run, dash
from tests.live.programs import asked, page, settled
from tests.live.renaming import renamed
from tests.live.town import Town
from tests.prometheus.catalogs import DOMAINS
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.prometheus.server import Prometheus

pytestmark = [pytest.mark.prometheus, pytest.mark.slow, NEEDS_PROMTOOL]
EXPORTING = [role for role in PARTS if role.job in VISITS]
CATALOGS = [word for name in DOMAINS for word in ("--catalog", name)]
#: Alerts on the machine, which is busy while it is tested: they may well be right.
OF_THE_MACHINE = {"HighCPUUsage", "OutOfMemory"}
OLD, NEW = metrics.TASKS_DONE.name, "taskmaster_jobs_total"
WORKER = """\
global: {{scrape_interval: 1s}}
scrape_configs: [{{job_name: taskmaster, static_configs: [{{targets: ["{}"]}}]}}]
"""


def verified(build: Path, prometheus: Prometheus, *more: str) -> Run:
    """What `dash verify` says."""
    ran = dash("verify", str(build), "--prometheus", prometheus.url, "--output", "json", *CATALOGS, *more)
    assert ran.out, ran.err
    return ran


def test_no_alert_is_pending_or_firing(town: Town) -> None:
    def alerts() -> set[str]:
        return town.sleeper.excused(town.main.alerts(), set()) - OF_THE_MACHINE

    assert settled(alerts, set()) == set()


def test_all_that_should_answer_is_scraped(town: Town) -> None:
    def up() -> dict[str, str]:
        return {
            one["labels"]["job"]: one["health"] for one in asked(town.main.prometheus.url, "targets")["activeTargets"]
        }

    wanted = dict.fromkeys(town.main.service.targets, "up")
    assert {role.job for role in PARTS} <= wanted.keys()
    assert {one.job for one in machine.known("a page") if one.program} <= wanted.keys()
    assert settled(up, wanted) == wanted


def test_every_query_of_every_page_and_rule_is_ok(town: Town) -> None:
    queries: list[dict[str, Any]] = []
    patient = ("--slow", "25") if town.sleeper.is_busy else ()

    def wrong() -> list[tuple[str, ...]]:
        queries[:] = json.loads(verified(town.build, town.main.prometheus, *patient).out)["queries"]
        return [
            tuple(str(one[name]) for name in ("page", "panel", "ref", "status", "why"))
            for one in queries
            if one["status"] != "ok"
        ]

    assert settled(wrong, [], times=1) == []
    asked_for = {one["page"] for one in queries}
    written = [json.loads(file.read_text(encoding="utf-8")) for file in (town.build / "dashboards").glob("*.json")]
    assert asked_for >= {one["uid"] for one in written}
    rules = [yaml.safe_load(file.read_bytes()) for file in (town.build / "rules").glob("*.yaml")]
    assert asked_for >= {group["name"] for file in rules for group in file["groups"]}
    assert {"side 1", "side 2"} <= {one["ref"] for one in queries}


@pytest.mark.parametrize("role", EXPORTING, ids=str)
def test_a_part_exports_its_catalog(town: Town, role: Role) -> None:
    catalog = importlib.import_module(f"queries.{role.domain}.metrics")
    for address in town.main.service.targets[role.job]:
        assert_exports(page(address), catalog, role=role)


def test_catalog_diff_is_empty(town: Town) -> None:
    ran = dash("catalog", "diff", town.main.prometheus.url, "--output", "json", *CATALOGS)
    said = json.loads(ran.out)

    assert said["differences"] == []
    assert ran.code == 0


@pytest.fixture(scope="module")
def door(town: Town) -> Iterator[str]:
    """Where a metric of the digital worker has another name."""
    [address] = town.main.service.targets["taskmaster"]
    with renamed(address, OLD.removesuffix("_total"), NEW.removesuffix("_total")) as door:
        yield door


@pytest.fixture(scope="module")
def watching(door: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """A Prometheus that scrapes it there."""
    folder = tmp_path_factory.mktemp("renamed")
    with Prometheus(folder / "data", folder, WORKER.format(door)) as server:
        query = f"query?query=count(rate({NEW}[1m]))"
        assert settled(lambda: len(asked(server.url, query)["result"]), 1, times=1) == 1
        yield server


def test_a_renamed_metric_is_seen_by_verify(town: Town, watching: Prometheus) -> None:
    ran = verified(town.build, watching, "--only", "taskmaster-business", "--fail-on", "empty")
    empty = [one for one in json.loads(ran.out)["queries"] if one["status"] == "empty"]

    assert ran.code == 1
    assert any(one["why"].startswith(f"nobody exports {OLD}") for one in empty), empty


def test_a_renamed_metric_is_seen_by_assert_exports(door: str) -> None:
    with pytest.raises(AssertionError, match=OLD):
        assert_exports(page(door), metrics)


def test_a_renamed_metric_is_seen_by_catalog_diff(watching: Prometheus) -> None:
    ran = dash("catalog", "diff", watching.url, "--catalog", "taskmaster", "--output", "json")
    [difference] = json.loads(ran.out)["differences"]

    assert (ran.code, difference["kind"], difference["metric"]) == (1, "renamed", NEW)
    assert OLD in difference["message"]
