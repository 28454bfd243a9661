"""Real pages of vLLM, SGLang, TGI, Triton, DCGM and others: each is read, counted right, and makes a catalog."""

from collections import Counter

import pytest

from queries.catalog import Catalog
from queries.catalogs.exposition import read_exposition
from queries.catalogs.file import read_catalog
from queries.catalogs.scraped import metrics_of
from queries.catalogs.text import catalog_text
from queries.unit import SECONDS, TIMESTAMP
from tests.catalogs.reading import FACTS, NEEDS_FACTS

PAGES = FACTS / "expositions"
#: Samples, and metrics by type, as counted with grep: `# TYPE` lines that are not of a `_created`.
KNOWN = {
    "dcgm_datadog_fixture_excerpt.prom": (9, {"counter": 1, "gauge": 8}),
    "fastapi_instrumentator_8.1.0_live.prom": (74, {"counter": 1, "histogram": 2, "summary": 2}),
    "node_exporter_excerpt.prom": (83, {"counter": 4, "gauge": 5}),
    "nvidia_gpu_exporter_h100-80gb-hbm3_load.prom": (138, {"counter": 1, "gauge": 133}),
    "sglang_0.5.23_executed.prom": (300, {"counter": 41, "gauge": 65, "histogram": 25}),
    "tgi_datadog_fixture_excerpt.prom": (29, {"counter": 6, "gauge": 3, "histogram": 1, "summary": 1}),
    "triton_datadog_fixture_excerpt.prom": (17, {"counter": 7, "gauge": 5, "summary": 1}),
    "triton_trtllm_readme.prom": (30, {"counter": 10, "gauge": 6}),
    "triton_vllm_backend_readme.prom": (26, {"counter": 2, "histogram": 6}),
    "vllm_0.33.0_executed.prom": (389, {"counter": 18, "gauge": 12, "histogram": 16}),
}

pytestmark = NEEDS_FACTS


def _read(name: str) -> Catalog:
    return Catalog("d", metrics_of(read_exposition((PAGES / name).read_bytes(), name)), source="c.yaml")


def test_every_page_there_is_known() -> None:
    assert {one.name for one in PAGES.iterdir()} == set(KNOWN)


@pytest.mark.parametrize("name", KNOWN)
def test_a_real_page_is_counted_right_and_makes_a_catalog(name: str) -> None:
    samples, kinds = KNOWN[name]
    found = read_exposition((PAGES / name).read_bytes(), name)
    read = _read(name)

    assert sum(one.count for one in found.samples.values()) == samples
    assert Counter(one.kind for one in read.metrics) == kinds
    assert not [one.name for one in read.metrics if one.name.endswith("_created")]
    assert read_catalog(catalog_text(read).encode(), "c.yaml") == read


def test_vllm_s_metrics_are_what_they_are() -> None:
    known = {one.name: one for one in _read("vllm_0.33.0_executed.prom").metrics}

    latency = known["vllm:e2e_request_latency_seconds"]
    assert {one.name for one in latency.labels} == {"engine", "model_name"}
    assert (latency.unit, latency.buckets[:3], latency.open) == (SECONDS, (0.3, 0.5, 0.8), False)
    assert known["vllm:iteration_tokens_total"].kind == "histogram"
    assert known["process_start_time_seconds"].unit == TIMESTAMP
    assert known["vllm:cache_config_info"].kind == "gauge"


def test_tgi_s_counters_have_no_total() -> None:
    known = {one.name: one for one in _read("tgi_datadog_fixture_excerpt.prom").metrics}

    assert known["tgi_request_count"].kind == "counter"
    assert len(known["tgi_request_inference_duration"].buckets) == 8


def test_what_sglang_has_not_shown_yet_stays_open() -> None:
    metrics = _read("sglang_0.5.23_executed.prom").metrics

    assert sum(one.open for one in metrics) == 95
    assert not any(one.labels for one in metrics if one.open)
