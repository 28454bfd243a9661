"""What each shipped number means, said a second time: as what happened, not as a query.

A number without an entry is still computed again by `reference.py`; here a second person says what it should be.
"""

from collections.abc import Callable, Mapping

from tests.prometheus.clock import DAY, HOUR
from tests.prometheus.past import Past, Told

Meaning = Callable[[Past], Told]
QUALITY = "taskmaster_quality_score"
SATISFIED = "taskmaster_user_satisfaction_ratio"


def is_user(handler: str) -> bool:
    """No scrape of Prometheus' own."""
    return handler != "/metrics"


def is_5xx(status: str) -> bool:
    """A code of the server's own fault."""
    return status.startswith("5")


def failed(status: str) -> bool:
    """A code of the server's own fault, or the word."""
    return is_5xx(status) or status == "error"


def _share(name: str, **part: str | Callable[[str], bool]) -> Meaning:
    return lambda past: past.where(**part).rate(name) / past.rate(name)


def _against_last_week(name: str) -> Meaning:
    return lambda past: past.added(name) / past.ago(7 * DAY).added(name)


def _cost(past: Past) -> float:
    kinds = past.each(
        "llm_token_price_usd", "model", "token_type", tell=lambda p: _price(p) * p.added("llm_tokens_total")
    )
    return sum(kinds.values())


def _price(past: Past) -> float:
    return past.now("llm_token_price_usd")[0]


def _since(past: Past) -> float:
    return past.at - max(past.now("taskmaster_last_successful_request_timestamp"))


def _confidence_floor(past: Past) -> float:
    return 0.9 * past.ago(7 * DAY).mean("ml_prediction_confidence", HOUR)


def _hosted_price(past: Past) -> float:
    read, written = past.added("taskmaster_tokens_input_total"), past.added("taskmaster_tokens_output_total")
    return (0.15 * read + 0.60 * written) / 1e6


def _up(past: Past) -> float:
    return past.average("up")


def _replicas(past: Past) -> Told:
    return past.each("up", "instance", "job", tell=lambda p: p.now("up")[0])


def _uptime(past: Past) -> float:
    return past.uptime()


def _rate(name: str) -> Meaning:
    return lambda past: past.rate(name)


def _added(name: str, **part: str) -> Meaning:
    return lambda past: past.where(**part).added(name)


def _mean(name: str) -> Meaning:
    return lambda past: past.mean(name)


def _below(name: str, le: str) -> Meaning:
    return lambda past: past.share_below(name, le)


def _buckets(name: str) -> Meaning:
    return lambda past: past.each(f"{name}_bucket", "le", tell=lambda p: p.rate(f"{name}_bucket"))


def _total(name: str) -> Meaning:
    return lambda past: sum(past.now(name))


def _average(name: str) -> Meaning:
    return lambda past: past.average(name)


def _greatest(name: str) -> Meaning:
    return lambda past: max(past.now(name))


#: By domain: the job of most of its numbers, and what each of them is.
MEANINGS: Mapping[str, tuple[str, Mapping[str, Meaning]]] = {
    "ai_api": (
        "ai-api",
        {
            "api_up": _up,
            "replicas": _replicas,
            "uptime": _uptime,
            "requests": lambda past: past.where(handler=is_user).rate("http_requests_total"),
            "errors": lambda past: _share("http_requests_total", status="5xx")(past.where(handler=is_user)),
            "handler_latency": lambda past: _handler_p95(past.where(handler=is_user)),
            "latency_buckets": _buckets("http_request_duration_highr_seconds"),
            "within_promise": _below("http_request_duration_highr_seconds", "1.0"),
            "request_size": lambda past: past.where(handler=is_user).mean("http_request_size_bytes"),
            "response_size": lambda past: past.where(handler=is_user).mean("http_response_size_bytes"),
            "week_over_week": lambda past: _against_last_week("http_requests_total")(past.where(handler=is_user)),
            "llm_calls": _rate("llm_call_duration_seconds_count"),
            "llm_latency_buckets": _buckets("llm_call_duration_seconds"),
            "tokens": _rate("llm_tokens_total"),
            "tokens_per_hour": _added("llm_tokens_total"),
            "input_tokens_per_hour": _added("llm_tokens_total", token_type="input"),  # noqa: S106 - no password
            "output_tokens_per_hour": _added("llm_tokens_total", token_type="output"),  # noqa: S106 - likewise
            "token_price": lambda past: past.each("llm_token_price_usd", "model", "token_type", tell=_price),
            "cost_per_hour": _cost,
            "retrieval_score": _average("rag_retrieval_score_avg"),
            "agent_sessions": _total("agent_sessions_active"),
        },
    ),
    "ai_app": (
        "backend",
        {
            "backend_up": _up,
            "model_server_up": lambda past: _up(past.where(job="model_server")),
            "proxy_up": lambda past: _up(past.where(job="nginx")),
            "model_servers": lambda past: _replicas(past.where(job="model_server")),
            "uptime": _uptime,
            "requests": _rate("http_requests_total"),
            "errors": _share("http_requests_total", status=is_5xx),
            "latency_buckets": _buckets("http_request_duration_seconds"),
            "within_promise": _below("http_request_duration_seconds", "1.0"),
            "week_over_week": _against_last_week("http_requests_total"),
            "inferences": _rate("inference_requests_total"),
            "inference_errors": _share("inference_requests_total", status=failed),
            "inference_latency_buckets": _buckets("inference_duration_seconds"),
            "in_flight": _total("active_inference_requests"),
            "queue_depth": _total("processing_queue_depth"),
            "tokens": _rate("tokens_generated_total_sum"),
            "tokens_per_hour": _added("tokens_generated_total_sum"),
            "tokens_per_request": _mean("tokens_generated_total"),
        },
    ),
    "inference_server": (
        "inference-servers",
        {
            "servers_up": _up,
            "servers": _replicas,
            "uptime": _uptime,
            "requests": _rate("inference_requests_total"),
            "errors": _share("inference_requests_total", status="error"),
            "latency_buckets": _buckets("inference_latency_seconds"),
            "within_promise": _below("inference_latency_seconds", "1.0"),
            "week_over_week": _against_last_week("inference_requests_total"),
            "queue_depth": _total("inference_queue_depth"),
            "gpu_memory_used": _total("gpu_memory_used_bytes"),
            "gpu_memory_total": _total("gpu_memory_total_bytes"),
            "gpu_memory_share": lambda p: sum(p.now("gpu_memory_used_bytes")) / sum(p.now("gpu_memory_total_bytes")),
            "gpu_utilization": _average("gpu_utilization_ratio"),
        },
    ),
    "ml_serving": (
        "ml-serving",
        {
            "service_up": _up,
            "replicas": _replicas,
            "uptime": _uptime,
            "nodes_up": lambda past: _up(past.where(job="node")),
            "cpu_usage": lambda p: 1 - p.where(job="node", mode="idle").mean_rate("node_cpu_seconds_total"),
            "memory_usage": lambda past: 1 - _memory(past, "Available") / _memory(past, "Total"),
            "memory_available": lambda past: _memory(past, "Available"),
            "memory_total": lambda past: _memory(past, "Total"),
            "cpu_reported": _greatest("cpu_usage_percent"),
            "memory_reported": _greatest("memory_usage_percent"),
            "requests": _rate("ml_requests_total"),
            "errors": _share("ml_requests_total", status="error"),
            "latency_buckets": _buckets("ml_inference_latency_seconds"),
            "within_promise": _below("ml_inference_latency_seconds", "0.5"),
            "week_over_week": _against_last_week("ml_requests_total"),
            "accuracy": lambda past: past.rate("prediction_correct_total") / past.rate("prediction_total"),
            "predictions": _rate("ml_prediction_confidence_count"),
            "confidence": _mean("ml_prediction_confidence"),
            "confidence_floor": _confidence_floor,
            "unsure": _below("ml_prediction_confidence", "0.5"),
            "drift": _greatest("model_drift_score"),
            "user_satisfaction": _average("user_feedback_score"),
        },
    ),
    "taskmaster": (
        "taskmaster",
        {
            "worker_up": _up,
            "replicas": _replicas,
            "uptime": _uptime,
            "model_loaded": lambda past: min(past.now("taskmaster_model_loaded")),
            "since_success": _since,
            "requests": _rate("taskmaster_requests_total"),
            "requests_within": _added("taskmaster_requests_total"),
            "errors": _share("taskmaster_requests_total", status="error"),
            "latency_buckets": _buckets("taskmaster_request_latency_seconds"),
            "within_promise": _below("taskmaster_request_latency_seconds", "0.5"),
            "mean_response_length": _mean("taskmaster_response_length_chars"),
            "tokens_in": _rate("taskmaster_tokens_input_total"),
            "tokens_out": _rate("taskmaster_tokens_output_total"),
            "input_tokens_per_hour": _added("taskmaster_tokens_input_total"),
            "output_tokens_per_hour": _added("taskmaster_tokens_output_total"),
            "tokens_per_hour": lambda past: sum(
                past.added(f"taskmaster_tokens_{one}put_total") for one in ("in", "out")
            ),
            "cost_per_hour": _hosted_price,
            "quality_score": lambda past: past.where(dimension="overall").average(QUALITY),
            "quality_scores": lambda past: past.each(QUALITY, "dimension", tell=lambda one: one.average(QUALITY)),
            "drift": _greatest("taskmaster_drift_deviation_ratio"),
            "tasks_by_type": lambda past: _each_hour(past, "taskmaster_tasks_total", "task_type"),
            "tasks": _rate("taskmaster_tasks_total"),
            "task_complexity": _mean("taskmaster_task_complexity"),
            "verdicts": lambda past: _each_hour(past, "user_feedback_total", "verdict"),
            "user_satisfaction": lambda p: (
                p.where(verdict="up").added("user_feedback_total") / p.added("user_feedback_total")
            ),
            "votes": _added("user_feedback_total"),
            "satisfaction_estimates": lambda past: past.each(
                SATISFIED, "estimate", tell=lambda one: one.average(SATISFIED)
            ),
            "agreement": _average("taskmaster_feedback_agreement"),
            "requests_week_over_week": _against_last_week("taskmaster_requests_total"),
            "tasks_week_over_week": _against_last_week("taskmaster_tasks_total"),
            "tokens_week_over_week": _against_last_week("taskmaster_tokens_output_total"),
        },
    ),
}
#: Of which histogram a quantile is, for the numbers that take one.
QUANTILES: Mapping[str, Mapping[str, str]] = {
    "ai_api": {"latency": "http_request_duration_highr_seconds", "llm_latency": "llm_call_duration_seconds"},
    "ai_app": {
        "latency": "http_request_duration_seconds",
        "inference_latency": "inference_duration_seconds",
        "answer_length": "tokens_generated_total",
    },
    "inference_server": {"latency": "inference_latency_seconds"},
    "ml_serving": {"latency": "ml_inference_latency_seconds"},
    "taskmaster": {
        "latency": "taskmaster_request_latency_seconds",
        "response_length": "taskmaster_response_length_chars",
    },
}


def _handler_p95(past: Past) -> Told:
    name = "http_request_duration_seconds"
    return past.each(f"{name}_bucket", "handler", tell=lambda one: one.quantile(name, 0.95))


def _memory(past: Past, which: str) -> float:
    return sum(past.where(job="node").now(f"node_memory_Mem{which}_bytes"))


def _each_hour(past: Past, name: str, label: str) -> Told:
    return past.each(name, label, tell=lambda one: one.added(name))


def meaning(domain: str, name: str, past: Past) -> Told | None:
    """What a number should be; None where nobody has said."""
    job, said = MEANINGS.get(domain, ("", {}))
    histogram = QUANTILES.get(domain, {}).get(name)
    ours = past.where(job=job)
    if histogram is not None:
        return ours.quantile(histogram, 0.95)
    return said[name](ours) if name in said else None
