"""What the domains compute has the names that pages look for, and what the alerts judge is written once."""

import ast
import inspect
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from queries import Query
from queries.expr import Binary, Number, walk
from queries.rulefile import to_rule_file
from tests.domains.domains import DOMAINS, Domain

FACTS = Path(__file__).parents[3] / "shared" / "facts"
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: What every service has, and what those have that measure it.
EVERY_SERVICE = {"requests", "errors", "latency", "latency_buckets", "uptime", "within_promise"}
NAMED = {
    "ai_app": {"tokens", "tokens_per_hour", "queue_depth", "in_flight", "model_server_up", "week_over_week"},
    "inference_server": {
        *("gpu_memory_used", "gpu_memory_total", "gpu_memory_share", "gpu_utilization"),
        *("queue_depth", "servers_up", "week_over_week"),
    },
    "ai_api": {
        *("tokens_per_hour", "input_tokens_per_hour", "output_tokens_per_hour", "cost_per_hour"),
        *("llm_latency", "handler_latency", "retrieval_score", "agent_sessions", "week_over_week"),
    },
    "taskmaster": {
        *("tokens_per_hour", "input_tokens_per_hour", "output_tokens_per_hour", "cost_per_hour"),
        *("model_loaded", "quality_score", "drift", "since_success", "user_satisfaction"),
        *("tasks_by_type", "task_complexity", "requests_week_over_week"),
    },
    "ml_serving": {"accuracy", "confidence", "drift", "user_satisfaction", "service_up", "week_over_week"},
}
#: Alerts that the documents' prose asks for and their rules do not have.
ADDED = {
    *("InferenceServerSlow", "RetrievalQualityDrop", "RunawayAgentSessions"),
    *("TaskMasterDrift", "TaskMasterSevereDrift", "TaskMasterSatisfactionDrop"),
}

#: The document's exercise says 2 s, its buckets 1 s and 2.5 s.
BETWEEN_BUCKETS = {"InferenceServerSlow"}

domains = pytest.mark.parametrize("domain", DOMAINS.values(), ids=str)


@domains
def test_the_numbers_that_pages_look_for_are_there(domain: Domain) -> None:
    assert (EVERY_SERVICE | NAMED[domain.name]) - set(domain.numbers) == set()


@domains
def test_a_number_says_what_it_means_and_has_a_unit_for_people(domain: Domain) -> None:
    for name, number in domain.numbers.items():
        assert isinstance(number, Query), name
        assert inspect.getdoc(getattr(domain.numbers_module, name)), name
        assert number.unit.grafana, name


@domains
def test_every_limit_of_an_alert_is_a_constant_of_the_numbers(domain: Domain) -> None:
    known = {(limit.value * limit.unit.scale, limit.unit.dimension) for limit in domain.limits.values()}
    values = {value for value, _ in known} | {limit.value for limit in domain.limits.values()}
    for alert in domain.alerts():
        limit = alert.when.limit
        assert limit is None or (limit.value * limit.unit.scale, limit.unit.dimension) in known, alert.alert
        compared = [one for one in walk(alert.when.expr) if isinstance(one, Binary) and one.op in ("<", ">", "==")]
        assert {one.right.value for one in compared if isinstance(one.right, Number)} <= values, alert.alert


@domains
def test_the_limit_of_a_quantile_is_a_bucket_so_that_nothing_is_interpolated_at_it(domain: Domain) -> None:
    for alert in domain.alerts():
        query, limit = alert.when.query, alert.when.limit
        if query is not None and limit is not None and query.bounds and alert.alert not in BETWEEN_BUCKETS:
            assert limit.value in query.bounds, alert.alert


@domains
def test_no_alert_writes_a_number_of_its_own(domain: Domain) -> None:
    source = inspect.getsource(import_module(f"queries.{domain.name}.alerts"))
    literals = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant)]
    quantiles = [one for one in literals if isinstance(one, float) and not isinstance(one, bool)]
    assert set(quantiles) <= {0.95}
    assert [one for one in literals if type(one) is int] == []


@domains
def test_a_recording_is_named_by_what_it_keeps_and_stays_the_same_number(domain: Domain) -> None:
    for rule in domain.recordings():
        level = rule.record.partition(":")[0]
        assert level == ("_".join(rule.number.labels) or domain.name), rule.record
        recorded = rule.recorded
        assert (recorded.unit, recorded.labels, recorded.low, recorded.high) == (
            *(rule.number.unit, rule.number.labels),
            *(rule.number.low, rule.number.high),
        )


def test_the_documents_alerts_are_ours() -> None:
    path = FACTS / "seed_alerts_corrected.yml"
    if not path.exists():
        pytest.skip(f"the documents' alerts, corrected, are not here: {path}")
    theirs = yaml.load(path.read_text(), Loader=Loader)["groups"]  # noqa: S506 - a C SafeLoader
    ours = to_rule_file(group for domain in DOMAINS.values() for group in domain.groups)["groups"]
    assert [_outline(group, leaving=set()) for group in theirs] == [_outline(group, leaving=ADDED) for group in ours]
    assert {rule["alert"] for group in ours for rule in group["rules"]} >= ADDED


def _outline(group: dict[str, object], leaving: set[str]) -> tuple[object, ...]:
    rules = group["rules"]
    assert isinstance(rules, list)
    kept = [rule for rule in rules if rule["alert"] not in leaving]
    said = [(rule["alert"], _same_time(rule["for"]), rule["labels"], sorted(rule["annotations"])) for rule in kept]
    return (group["name"], _same_time(group.get("interval", "")), said)


def _same_time(text: object) -> object:
    return {"60s": "1m", "300s": "5m", "24h": "1d"}.get(str(text), text)
