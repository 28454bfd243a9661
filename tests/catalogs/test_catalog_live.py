"""A whole Prometheus: every job beside its catalog, and as a catalog of its own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import orjson
import pytest

from cli.exit_codes import Exit
from cli.prometheus import exported as exporting
from queries.catalogs.file import read_catalog
from tests.catalogs.serving import Answer, Asked, page, serving
from tests.command_line import Run, dash
from tests.listening import free_port

PROMETHEUS = shutil.which("prometheus")
pytestmark = [
    pytest.mark.prometheus,
    pytest.mark.skipif(PROMETHEUS is None, reason="no prometheus on PATH: apt-get install prometheus"),
]

SHOP = """# HELP shop_orders_total Orders.
# TYPE shop_orders_total counter
shop_orders_total{status="success"} 5
shop_orders_total{status="error"} 1
# HELP shop_refunds_total Refunds.
# TYPE shop_refunds_total counter
# HELP shop_seconds How long.
# TYPE shop_seconds histogram
shop_seconds_bucket{le="1"} 1
shop_seconds_bucket{le="+Inf"} 2
shop_seconds_sum 3
shop_seconds_count 2
go_goroutines 7
"""
CATALOG = """domain: shop
jobs: [shop]
metrics:
- {name: shop_orders_total, type: counter, labels: {status: [success, error]}}
- {name: shop_refunds_total, type: counter}
- {name: shop_seconds, type: histogram, labels: {}, buckets: [1]}
"""
CONFIG = """global: {{scrape_interval: 1s, evaluation_interval: 1s}}
rule_files: [rules.yml]
scrape_configs:
- job_name: shop
  static_configs: [{{targets: ['{shop}'], labels: {{zone: a}}}}]
- job_name: gone
  static_configs: [{{targets: ['127.0.0.1:1']}}]
- job_name: prometheus
  static_configs: [{{targets: ['{itself}']}}]
"""
RULES = "groups: [{name: g, rules: [{record: shop_rate, expr: 'sum by (job) (shop_orders_total)'}]}]\n"
#: Seconds until a scrape and an evaluation are done.
SOON = 30.0


@contextmanager
def _prometheus(folder: Path, shop: str) -> Iterator[str]:
    """One that has scraped the shop and evaluated its rule."""
    itself = f"127.0.0.1:{free_port()}"
    (folder / "p.yml").write_text(CONFIG.format(shop=shop.removeprefix("http://"), itself=itself))
    (folder / "rules.yml").write_text(RULES)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                str(PROMETHEUS),
                "--config.file=p.yml",
                "--storage.tsdb.path=data",
                f"--web.listen-address={itself}",
            ],
            cwd=folder,
            stdout=log,
            stderr=log,
        )
    try:
        _waited(lambda: b'"shop_rate"' in _asked(f"http://{itself}/api/v1/query?query=shop_rate"))
        yield f"http://{itself}"
    finally:
        process.kill()
        process.wait()


def _asked(url: str) -> bytes:
    with urlopen(url, timeout=5) as answer:
        return bytes(answer.read())


def _waited(done: Callable[[], bool]) -> None:
    until = monotonic() + SOON
    while monotonic() < until:
        try:
            if done():
                return
        except OSError:
            pass
        sleep(0.1)
    raise AssertionError("Prometheus did not come to it")


class World:
    """A shop whose page a test may change, and the Prometheus that scrapes it."""

    def __init__(self) -> None:
        self.text, self.url = SHOP, ""

    def answer(self, asked: Asked) -> Answer:
        """The page as it is now."""
        return page(self.text)(asked)

    def diff(self, *more: str) -> Run:
        """What is told of it."""
        return dash("catalog", "diff", self.url, "--catalog", "shop.yaml", *more)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World()
    with serving(made.answer) as (shop, _), _prometheus(tmp_path_factory.mktemp("prometheus"), shop) as url:
        made.url = url
        yield made


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text(CATALOG)


def test_services_that_export_what_is_promised_have_no_difference(world: World) -> None:
    said = world.diff()

    assert (said.code, said.out) == (Exit.OK, f"{world.url}: 3 metrics compared, no difference\n")
    assert "note: not seen yet: shop_refunds_total: it has no series yet\n" in said.err
    assert "note: not compared: 1 metrics (runtime)\n" in said.err
    assert "note: no catalog speaks of the jobs gone, prometheus\n" in said.err


def test_what_a_catalog_promises_otherwise_is_found_in_the_job(world: World) -> None:
    text = (
        CATALOG.replace("[success, error]", "[success]")
        .replace("jobs: [shop]", "jobs: [shop, gone]")
        .replace("buckets: [1]", "buckets: [2]")
    )
    Path("shop.yaml").write_text(text + "- {name: at_gone, type: gauge, jobs: [gone]}\n")
    said = world.diff("--output", "json")
    found = {one["kind"]: one for one in orjson.loads(said.out)["differences"]}

    assert said.code == Exit.NO
    assert set(found) == {"value", "bucket", "job"}
    assert (found["value"]["job"], found["value"]["exported"]) == ("shop", ["error"])
    assert found["bucket"]["exported"] == ["1.0"]
    assert found["job"]["message"].startswith("does not answer: ")


def test_a_prometheus_becomes_a_catalog_of_its_services_without_rules_and_target_labels(world: World) -> None:
    read = dash("catalog", "read", world.url, "--job", "shop", "--out", "made.yaml")
    made = read_catalog(Path("made.yaml").read_bytes(), "made.yaml")
    metrics = {one.name: one for one in made.metrics}

    assert (read.code, made.jobs, made.scrape_interval) == (Exit.OK, ("shop",), 1.0)
    assert made.target_labels == ("job", "instance", "zone")
    assert list(metrics) == ["go_goroutines", "shop_orders_total", "shop_seconds"]
    assert [one.name for one in metrics["shop_orders_total"].labels] == ["status"]
    assert (metrics["shop_seconds"].kind, metrics["shop_seconds"].buckets) == ("histogram", (1.0,))
    assert metrics["shop_orders_total"].help == "Orders."
    assert dash("catalog", "diff", world.url, "--catalog", "made.yaml").code == Exit.OK
    assert dash("catalog", "read", world.url, "--out", "made.yaml").out == "made.yaml says so already: 3 metrics\n"


def test_nothing_is_pruned_because_a_job_does_not_answer(world: World) -> None:
    text = CATALOG.replace("jobs: [shop]", "jobs: [shop, gone]")
    Path("shop.yaml").write_text(text)
    said = dash("catalog", "read", world.url, "--out", "shop.yaml", "--prune")

    assert (said.code, said.out, Path("shop.yaml").read_text()) == (Exit.REMOTE, "", text)
    assert said.err.startswith("error: the job gone does not answer: ")


def test_a_job_that_nobody_scrapes_is_no_catalog(world: World) -> None:
    said = dash("catalog", "read", world.url, "--job", "nobody", "--out", "made.yaml")

    assert (said.code, said.out, Path("made.yaml").exists()) == (Exit.REMOTE, "", False)
    assert "has no series of any service of the job nobody" in said.err


def test_a_name_with_very_many_series_is_seen_from_afar_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "AT_ONCE", 1)
    Path("shop.yaml").write_text(
        CATALOG.replace("[success, error]", "[success]").replace("buckets: [1]", "buckets: [2]")
    )

    assert {one["kind"] for one in orjson.loads(world.diff("--output", "json").out)["differences"]} == {
        "value",
        "bucket",
    }


def test_a_metric_that_is_renamed_in_the_service_is_said_to_be(world: World) -> None:
    world.text = SHOP.replace("shop_orders_total", "shop_purchases_total")
    _waited(lambda: b"shop_purchases_total" in _asked(f"{world.url}/api/v1/query?query=shop_purchases_total"))
    _waited(lambda: b"shop_orders_total" not in _asked(f"{world.url}/api/v1/query?query=shop_orders_total"))
    said = world.diff()

    assert said.code == Exit.NO
    assert said.out.startswith(
        "renamed  shop: shop_purchases_total is exported, and shop_orders_total of the catalog no more: "
        "probably renamed\n"
    )
