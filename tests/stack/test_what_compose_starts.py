"""Prometheus and Alertmanager, started as `compose.yaml` starts them, find all that was built, and take it."""

from pathlib import Path
from typing import Any

import pytest

from cli.stack import every
from cli.stack.settings import Settings
from tests.stack.carried import TOLD, carried, read
from tests.stack.mounted import NEEDS_PROGRAMS, running, written

pytestmark = [pytest.mark.prometheus, NEEDS_PROGRAMS]


@pytest.fixture
def build(tmp_path: Path) -> Path:
    """A build of everything."""
    return written(carried(every.files, Settings(alertmanager=TOLD)), tmp_path / "build")


def _services(build: Path) -> Any:
    return read((build / "compose" / "compose.yaml").read_bytes())["services"]


def test_prometheus_has_the_rules_the_jobs_and_whom_to_tell(build: Path, tmp_path: Path) -> None:
    with running("prometheus", _services(build)["prometheus"], build, tmp_path / "root") as prometheus:
        [group] = prometheus.get("/api/v1/rules")["data"]["groups"]
        assert (group["name"], [rule["name"] for rule in group["rules"]]) == (
            "shop_alerts",
            ["Errors", "shop:requests:rate5m"],
        )
        config = read(prometheus.get("/api/v1/status/config")["data"]["yaml"].encode())
        assert {one["job_name"] for one in config["scrape_configs"]} == {"shop", "gpus"}
        assert config["alerting"]["alertmanagers"][0]["static_configs"][0]["targets"] == ["alertmanager:9093"]


def test_alertmanager_has_the_receivers_and_the_template(build: Path, tmp_path: Path) -> None:
    with running("alertmanager", _services(build)["alertmanager"], build, tmp_path / "root") as alertmanager:
        config = read(alertmanager.get("/api/v2/status")["config"]["original"].encode())
        assert {one["name"] for one in config["receivers"]} >= {"on-call", "chat", "post", "bridge"}
        assert (tmp_path / "root/etc/dash/alertmanager" / config["templates"][0].replace("*", "dash")).is_file()
