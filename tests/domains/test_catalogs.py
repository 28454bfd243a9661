"""What the domains declare is whole: every metric of the documents, each said once, each of use."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
import yaml

from queries import Gauge, Histogram, Metric, to_promql
from queries.expr import selects
from queries.promql import in_rule
from queries.unit import BOOL, PERCENT, RATIO
from tests.domains.domains import DOMAINS, Domain

FACTS = Path(__file__).parents[3] / "shared" / "facts"
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SOURCES = {"000": "ai_app", "001": "inference_server", "002": "ai_api", "003": "taskmaster", "004": "ml_serving"}
#: promql.md 5.1: referenced but never exported, or asked for by a page or an alert.
ADDED = {
    "inference_server": {"gpu_memory_total_bytes", "gpu_utilization_ratio"},
    "ai_api": {"llm_token_price_usd"},
    "taskmaster": {
        *("taskmaster_quality_score", "taskmaster_drift_deviation_ratio", "taskmaster_tasks_total"),
        *("taskmaster_task_complexity", "user_feedback_total"),
        *("taskmaster_user_satisfaction_ratio", "taskmaster_feedback_agreement"),
    },
    "ml_serving": {
        *("cpu_usage_percent", "memory_usage_percent", "model_drift_score", "prediction_correct_total"),
        *("prediction_total", "user_feedback_score"),
        *("node_cpu_seconds_total", "node_memory_MemAvailable_bytes", "node_memory_MemTotal_bytes"),
    },
}
#: What the documents' histograms lack, and ours declare: the alerts' limits, and enough for a handler's slow answers.
BUCKETS_ADDED: dict[tuple[str, str], set[float]] = {
    ("inference_server", "inference_latency_seconds"): {2},
    ("ai_api", "llm_call_duration_seconds"): {15},
    ("taskmaster", "taskmaster_request_latency_seconds"): {2},
    ("ml_serving", "ml_inference_latency_seconds"): {2},
    ("ai_api", "http_request_duration_seconds"): {0.25, 2, 5, 10, 15, 30, 60},
}

domains = pytest.mark.parametrize("domain", DOMAINS.values(), ids=str)


@domains
def test_no_metric_is_left_without_a_number_or_an_alert(domain: Domain) -> None:
    exprs = [*(one.expr for one in domain.numbers.values()), *(one.when.expr for one in domain.alerts())]
    used = {_origin(select.metric) for expr in exprs for select in selects(expr) if select.metric is not None}
    assert {one.name for one in domain.metrics.values()} - used == set()


@domains
def test_every_role_has_its_up_in_a_number(domain: Domain) -> None:
    judged = [select.metric for one in domain.numbers.values() for select in selects(one.expr)]
    seen = {str(one.role) for one in judged if one is not None and one.name == "up"}
    assert seen == {str(role) for role in domain.roles}


def _origin(metric: Metric) -> str:
    """The name of what was declared: a histogram's count is the histogram's."""
    told = metric.odd_name.rpartition(" ")[2] if metric.odd_name.startswith("a series of") else ""
    return told or metric.name


@domains
def test_every_metric_says_whose_it_is_and_where_it_was_read(domain: Domain) -> None:
    for metric in domain.metrics.values():
        assert metric.role in domain.roles, metric.name
        assert metric.read_in, metric.name
        assert metric.help.endswith("."), metric.name


@domains
def test_no_metric_is_declared_twice(domain: Domain) -> None:
    names = [one.name for one in domain.metrics.values()]
    assert sorted(names) == sorted(set(names))


@domains
def test_what_no_document_says_is_marked_as_assumed(domain: Domain) -> None:
    for metric in domain.metrics.values():
        if metric.name in ADDED.get(domain.name, ()) and not metric.name.startswith("node_"):
            assert "never exported there" in metric.assumed, metric.name
        if isinstance(metric, Histogram) and (domain.name, metric.name) in BUCKETS_ADDED:
            assert "bucket" in metric.assumed, metric.name


@domains
def test_gauges_of_shares_and_flags_know_their_range(domain: Domain) -> None:
    for metric in domain.metrics.values():
        if isinstance(metric, Gauge) and metric.unit in (RATIO, PERCENT, BOOL):
            assert metric.high is not None, metric.name


@pytest.mark.skipif(not FACTS.is_dir(), reason=f"the documents' catalogs are not here: {FACTS}")
@pytest.mark.parametrize(("source", "name"), SOURCES.items())
def test_the_documents_catalog_is_ours(source: str, name: str) -> None:
    known = yaml.load((FACTS / "source_catalogs.yaml").read_text(), Loader=Loader)[source]  # noqa: S506 - a C SafeLoader
    ours = {metric.name: metric for metric in DOMAINS[name].metrics.values()}
    for said in known["metrics"]:
        _same(name, ours.pop(said["name"]), said)
    assert set(ours) == ADDED.get(name, set())
    assert {role.job for role in DOMAINS[name].roles} - {"node"} == set(known["jobs"])


def _same(domain: str, metric: Metric, said: dict[str, Any]) -> None:
    assert metric.kind == said["type"], metric.name
    assert metric.unit.name == said["unit"], metric.name
    assert {label.name for label in metric.own} == set(said["labels"]), metric.name
    for label, values in said.get("values", {}).items():
        assert set(metric.values_of(label)) == set(values), metric.name
    if isinstance(metric, Histogram):
        added = set(metric.buckets) - set(said["buckets"])
        assert set(said["buckets"]) <= set(metric.buckets), metric.name
        assert added == BUCKETS_ADDED.get((domain, metric.name), set()), metric.name


# Whose is a name that two services export? -------------------------------------------------------


def _owners() -> dict[str, list[Metric]]:
    owners: dict[str, list[Metric]] = defaultdict(list)
    for domain in DOMAINS.values():
        for metric in domain.metrics.values():
            owners[metric.name].append(metric)
    return owners


def test_a_name_that_two_roles_export_says_so_and_no_other_does() -> None:
    shared = {}
    for name, metrics in _owners().items():
        for metric in metrics:
            others = ", ".join(sorted(str(one.role) for one in metrics if one is not metric))
            assert metric.shared_with == others, name
            if others:
                shared[name] = len(metrics)
    assert shared == {
        "http_requests_total": 2,
        "http_request_duration_seconds": 2,
        "inference_requests_total": 2,
    }


@domains
def test_a_rule_on_a_shared_name_carries_its_service_s_job(domain: Domain) -> None:
    exprs = [*(one.when.expr for one in domain.alerts()), *(one.number.expr for one in domain.recordings())]
    for expr in (*exprs, *(one.expr for one in domain.numbers.values())):
        for select in selects(expr):
            if select.metric is not None and select.metric.shared_with:
                assert select.metric.role is not None
                assert f'job="{select.metric.role.job}"' in to_promql(select, in_rule())
