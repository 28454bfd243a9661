"""Prometheus' configuration: right by its own tool, as the documents say, with intervals that fit the rules."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.compile.build import Request, build
from cli.config import Config
from cli.stack import prometheus
from cli.stack.settings import Prometheus, Settings
from cli.stack.whole import Job
from queries.catalogs.shipped import NAMES, shipped
from queries.duration import milliseconds, seconds
from tests.prometheus.promtool import NEEDS_PROMTOOL, PROMTOOL
from tests.stack import carried

ROOT = Path(__file__).parents[2]
#: A window must hold four scrapes, so that one that fails does not empty it.
SCRAPES_IN_A_WINDOW = 4


def _config(jobs: tuple[Job, ...] = carried.JOBS, **said: Any) -> Any:
    settings = Settings(prometheus=Prometheus(**said))
    return carried.read(carried.made(prometheus.files, carried.whole(jobs=jobs, settings=settings))[prometheus.FILE])


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our own build."""
    out = tmp_path_factory.mktemp("ours") / "build"
    assert build(Request(Config(), ROOT, out)).problems == ()
    return out


@pytest.fixture(scope="module")
def config(ours: Path) -> Any:
    """What ours says."""
    return yaml.safe_load((ours / prometheus.FILE).read_text(encoding="utf-8"))


def _check(folder: Path) -> subprocess.CompletedProcess[str]:
    assert PROMTOOL is not None
    command = [PROMTOOL, "check", "config", str(folder / prometheus.FILE)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@NEEDS_PROMTOOL
@pytest.mark.prometheus
def test_promtool_has_nothing_against_ours_and_finds_every_rule_file(ours: Path) -> None:
    ran = _check(ours)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert f"SUCCESS: {len(list((ours / 'rules').iterdir()))} rule files found" in ran.stdout


@NEEDS_PROMTOOL
@pytest.mark.prometheus
def test_promtool_has_nothing_against_what_can_be_set(tmp_path: Path) -> None:
    jobs = (
        Job(
            "a.py:1", "a.a", "same", ("[::1]:80", "b:80"), "30s", "/m", "https", strips_port=True, labels={"zone": "$a"}
        ),
        Job("b.py:1", "a.b", "same", ("c:80",), "1m"),
    )
    told = Prometheus(
        scrape_interval="30s", evaluation_interval="1m", external_labels={"cluster": "e\\u"}, alertmanagers=()
    )
    said = Settings(prometheus=told)
    (text,) = carried.made(prometheus.files, carried.whole(jobs=jobs, settings=said, groups={})).values()
    path = tmp_path / prometheus.FILE
    path.parent.mkdir()
    path.write_bytes(text)

    assert _check(tmp_path).returncode == 0, _check(tmp_path).stderr


def test_every_document_s_jobs_are_scraped_as_it_says(config: Any) -> None:
    """facts/promql.md 5.4."""
    targets = {one["job_name"]: one["static_configs"][0]["targets"] for one in config["scrape_configs"]}

    assert targets["backend"] == ["backend:8000"]
    assert targets["model_server"] == ["model_server:8080"]
    assert targets["nginx"] == ["nginx:9113"]
    assert targets["ai-api"] == ["api:8000"]
    assert [one.rpartition(":")[2] for one in targets["inference-servers"]] == ["8002"] * 3
    assert {"taskmaster", "ml-serving", "node"} < targets.keys()
    assert {one["scrape_interval"] for one in config["scrape_configs"]} == {"15s"}


def test_every_role_of_ours_is_scraped_under_its_job(config: Any) -> None:
    jobs = {one["job_name"] for one in config["scrape_configs"]}
    renamed = {
        "taskmaster.worker": "taskmaster",
        "inference_server.server": "inference-servers",
        "ml_serving.node": "node",
    }

    assert jobs == {job for name in NAMES for job in shipped(name, renamed).jobs}


def test_no_catalog_believes_in_other_intervals_than_prometheus_is_told(config: Any) -> None:
    scraped = {one["job_name"]: seconds(one["scrape_interval"]) for one in config["scrape_configs"]}

    for name in NAMES:
        catalog = shipped(name)
        for job in catalog.jobs:
            assert scraped[job] == catalog.scrape_interval


def test_every_window_of_a_rule_holds_four_scrapes(ours: Path, config: Any) -> None:
    longest = max(seconds(one["scrape_interval"]) for one in config["scrape_configs"])
    windows = set()
    for file in (ours / "rules").iterdir():
        windows |= set(re.findall(r"\[(\w+?)[]:]", file.read_text(encoding="utf-8")))

    assert "5m" in windows
    assert min(map(seconds, windows)) >= SCRAPES_IN_A_WINDOW * longest


def test_rules_are_evaluated_as_often_as_is_scraped_and_found_beside_the_folder(config: Any) -> None:
    assert milliseconds(config["global"]["evaluation_interval"]) == 15_000
    assert config["rule_files"] == ["../rules/*.yaml"]
    assert config["alerting"] == {"alertmanagers": [{"static_configs": [{"targets": ["alertmanager:9093"]}]}]}


def test_the_port_is_taken_off_the_instance_where_the_document_does(config: Any) -> None:
    relabelled = {one["job_name"]: one.get("relabel_configs") for one in config["scrape_configs"]}
    (rule,) = relabelled.pop("inference-servers")

    assert set(relabelled.values()) == {None}
    assert (rule["source_labels"], rule["target_label"]) == (["__address__"], "instance")
    found = re.fullmatch(rule["regex"], "inference-1:8002")
    assert found
    assert found.expand(rule["replacement"].replace("$", "\\")) == "inference-1"


def test_what_is_assumed_or_may_be_missing_is_said_where_somebody_corrects_it(ours: Path) -> None:
    text = (ours / prometheus.FILE).read_text(encoding="utf-8")

    assert "# assumed: the names of the hosts" in text
    assert "# may be missing: nginx itself tells nothing" in text


def test_two_roles_under_one_job_are_two_entries_and_one_label() -> None:
    one, two = _config((Job("a.py:1", "a.a", "$x", ("a:80",), "15s"), Job("b.py:1", "a.b", "$x", ("b:80",), "15s")))[
        "scrape_configs"
    ]

    assert (one["job_name"], two["job_name"]) == ("$x (a.a)", "$x (a.b)")
    assert one["relabel_configs"] == [{"target_label": "job", "replacement": "$$x"}]


def test_what_nobody_said_is_not_there() -> None:
    whole = carried.whole(jobs=(), groups={}, settings=Settings(prometheus=Prometheus(alertmanagers=())))
    assert carried.read(carried.made(prometheus.files, whole)[prometheus.FILE]) == {
        "global": {"scrape_interval": "15s", "evaluation_interval": "15s"}
    }
