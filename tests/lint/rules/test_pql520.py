"""PQL520 to PQL522, PQL530 to PQL532: what is gone, and what the limit is of."""

import pytest

from queries.catalog import Catalog, Catalogs
from queries.exposed import Exposed
from queries.labels import Label
from queries.unit import DOCUMENTS, TOKENS
from tests.lint.rules.alerts import NOTHING, SERVICE, alert, group, judged, recording, severities

SILENT = alert("increase(http_requests_total[10m]) == 0", lasting="5m")
SHARED = Catalogs((Catalog("queue", (Exposed("waiting", "gauge", DOCUMENTS, shared=True),)),))


def test_silence_of_each_series_is_told() -> None:
    [found] = judged("PQL520", SILENT)
    assert "handler, method, status" in found.message
    assert found.hint == "sum(increase(http_requests_total[10m])) == 0 or absent(http_requests_total)"


def test_an_absent_elsewhere_leaves_half_of_it() -> None:
    [found] = judged("PQL520", SILENT, alert("absent(http_requests_total)", "Gone"))
    assert "gone" not in found.message


def test_a_silence_that_the_text_says_of_each_is_asked_for_absent_alone() -> None:
    said = "{{ $labels.handler }} {{ $labels.method }} {{ $labels.status }} is idle"
    rule = alert("increase(http_requests_total[10m]) == 0", says=said)
    assert severities("PQL520", rule) == ["info"]
    assert severities("PQL520", rule, alert('absent(up{job="api"})', "Gone")) == []


@pytest.mark.parametrize(
    "expr",
    [
        "sum(increase(http_requests_total[10m])) == 0 or absent(http_requests_total)",
        "increase(http_requests_total[10m]) > 0",
        "queue_depth == 0",
        'sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m])) == 0',
    ],
)
def test_what_asks_for_no_silence_of_each_is_let_pass(expr: str) -> None:
    assert severities("PQL520", alert(expr)) == []


def test_nobody_knows_the_labels_without_a_catalog() -> None:
    assert severities("PQL520", SILENT, known=NOTHING) == ["info"]


def test_a_gauge_that_nobody_misses_is_a_warning() -> None:
    assert severities("PQL521", alert("model_loaded == 0")) == ["warning"]
    assert severities("PQL521", alert("model_loaded == 0"), known=NOTHING) == ["info"]


@pytest.mark.parametrize(
    "other",
    [
        "absent(model_loaded)",
        "absent_over_time(model_loaded[5m])",
        "sum(queue_depth) > 5 or absent(model_loaded)",
        "absent(up)",
        'absent(up{job="api"})',
        "up == 0",
    ],
)
def test_one_alert_anywhere_is_enough(other: str) -> None:
    assert severities("PQL521", group(alert("model_loaded == 0")), group(alert(other, "Gone"), name="other"))[1:] == []
    assert [
        one for one in judged("PQL521", alert("model_loaded == 0"), alert(other, "Gone")) if "model" in one.message
    ] == []


def test_an_absent_of_other_series_is_not_enough() -> None:
    other = alert('absent(model_loaded{model="b"})', "Gone")
    assert severities("PQL521", alert('model_loaded{model="a"} == 0'), other) == ["warning"]
    assert severities("PQL521", alert('model_loaded{model="b"} == 0'), other) == []


def test_a_recorded_absent_wakes_nobody() -> None:
    assert severities("PQL521", alert("model_loaded == 0"), recording("gone", "absent(model_loaded)")) == ["warning"]


def test_up_of_one_job_is_a_warning_and_of_all_an_information() -> None:
    assert severities("PQL521", alert('up{job="api"} == 0')) == ["warning"]
    assert severities("PQL521", alert("up == 0")) == ["info"]
    assert severities("PQL521", alert('up{job="api"} == 0'), alert('absent(up{job="web"})', "Gone")) == ["warning"]


@pytest.mark.parametrize(
    "expr", ["model_loaded == 1", "model_loaded > 0", "queue_depth < 1", "count(up) == 0", "http_requests_total == 0"]
)
def test_what_does_not_ask_whether_it_is_there_is_let_pass(expr: str) -> None:
    assert severities("PQL521", alert(expr)) == []


def test_a_group_that_nothing_watches_is_an_information() -> None:
    assert severities("PQL522", alert("sum(queue_depth) > 5")) == ["info"]
    assert severities("PQL522", alert("sum(queue_depth) > 5"), known=NOTHING) == []
    assert severities("PQL522", alert("sum(queue_depth) > 5"), alert("up == 0", "Down")) == []
    assert severities("PQL522", alert("sum(queue_depth) > 5"), alert("absent(queue_depth)", "Gone")) == []


def test_a_group_that_asks_for_0_has_that_told_by_another_rule() -> None:
    assert severities("PQL522", alert("model_loaded == 0")) == []


@pytest.mark.parametrize(
    "expr",
    [
        "rate(llm_tokens_total[1h]) * 3600 > 500000",
        "500000 < increase(llm_tokens_total[1h])",
        "increase(llm_tokens_total[1h]) > 500000 and on () sum(queue_depth) > 1",
        'rate(http_requests_total{status=~"5.."}[5m]) > 0.05',
    ],
)
def test_a_limit_for_all_that_is_compared_with_each(expr: str) -> None:
    assert severities("PQL530", alert(expr)) == ["warning"]


def test_the_series_are_added_up_where_they_stand() -> None:
    [found] = judged("PQL530", alert("rate(llm_tokens_total[1h]) * 3600 > 500000"))
    assert found.hint.startswith("sum(rate(llm_tokens_total[1h])) * 3600 > 500000")


@pytest.mark.parametrize(
    "rule",
    [
        alert("sum(increase(llm_tokens_total[1h])) > 5"),
        alert("increase(llm_tokens_total[1h]) > 0"),
        alert('increase(llm_tokens_total{model="a", token_type="input"}[1h]) > 5'),
        alert("increase(llm_tokens_total[1h]) > 5", says="{{ $labels.model }} read too much {{ $labels.token_type }}"),
        alert("increase(llm_tokens_total[1h]) > 5", says="too many tokens per model"),
        alert("increase(llm_tokens_total[1h]) > 5", "TokensPerModel"),
        alert("rate(http_requests_total[5m]) / rate(http_requests_total[1h]) > 5"),
        alert("increase(unheard_of_total[1h]) > 5"),
    ],
)
def test_a_limit_that_is_of_each_or_of_all_is_let_pass(rule: dict[str, object]) -> None:
    assert severities("PQL530", rule) == []


def test_per_second_is_not_per_series() -> None:
    rule = alert("rate(llm_tokens_total[5m]) > 5", says="more than 5 tokens per second")
    assert severities("PQL530", rule) == ["warning"]


def test_what_replicas_share_is_not_added_up() -> None:
    [found] = judged("PQL531", recording("a:b:c", "sum(waiting)"), known=SHARED)
    assert found.hint == "max(waiting)"
    assert severities("PQL531", alert("sum(waiting{instance='a'}) > 5"), known=SHARED) == []
    assert severities("PQL531", alert("sum by (instance) (waiting) > 5"), known=SHARED) == []
    assert severities("PQL531", alert("max(waiting) > 5"), known=SHARED) == []
    assert severities("PQL531", alert("sum(queue_depth) > 5")) == []


def test_a_limit_of_one_replica_that_is_meant_of_all() -> None:
    [found] = judged("PQL532", alert("queue_depth > 100", says="Requests wait"))
    assert found.hint.startswith("sum by (shard) (queue_depth) > 100")


@pytest.mark.parametrize(
    "rule",
    [
        alert("sum by (shard) (queue_depth) > 100"),
        alert("queue_depth > 0"),
        alert("queue_depth < 5"),
        alert('queue_depth{instance="a"} > 5'),
        alert("queue_depth > 5", says="{{ $labels.instance }} is full"),
        alert("queue_depth > 5", says="one pod is full"),
        alert("queue_depth > 5", "ReplicaFull"),
        alert("gpu_memory_used_bytes > 5"),
        alert("quality_score > 0.5"),
        alert("unheard_of > 5"),
    ],
)
def test_a_limit_that_may_be_of_each_replica_is_let_pass(rule: dict[str, object]) -> None:
    assert severities("PQL532", rule) == []


def test_what_replicas_share_has_no_limit_of_each() -> None:
    assert severities("PQL532", alert("waiting > 5"), known=SHARED) == []


def test_the_limit_of_a_counter_without_labels_is_one_of_all() -> None:
    plain = Catalogs((Catalog("a", (Exposed("seen_total", "counter", TOKENS),)),))
    named = Catalogs((Catalog("a", (Exposed("seen_total", "counter", TOKENS, (Label("a"),)),)),))
    assert severities("PQL530", alert("rate(seen_total[5m]) > 5"), known=plain) == []
    assert severities("PQL530", alert("rate(seen_total[5m]) > 5"), known=named) == ["warning"]
    assert SERVICE
