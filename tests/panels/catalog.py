"""A small service to draw: its metrics, and numbers of every kind."""

from queries import (
    BOOL,
    BYTES,
    REQUESTS,
    SCORE,
    SECONDS,
    TOKENS,
    Counter,
    Gauge,
    Histogram,
    Query,
    Role,
    Summary,
    average,
    label,
    latest,
    rate,
    ratio,
)

API = Role("shop", "api", "shop-api")
WORKER = Role("shop", "worker", "shop-worker")
REQUESTS_TOTAL = Counter(
    "http_requests_total",
    "Requests answered.",
    REQUESTS,
    (label("status", "2xx", "4xx", "5xx"), "handler"),
    role=API,
    shared_with="every service",
)
LATENCY = Histogram(
    "http_duration_seconds",
    "How long an answer took.",
    SECONDS,
    ("handler",),
    role=API,
    buckets=(0.1, 0.5, 1.0, 2.5, 5.0),
    counts=REQUESTS,
)
TOKENS_TOTAL = Counter(
    "shop_tokens_total", "Tokens used.", TOKENS, (label("kind", "input", "output"), "model"), role=API
)
MEMORY = Gauge("shop_memory_bytes", "Memory in use.", BYTES, ("device",), role=API, low=0)
QUALITY = Gauge("shop_quality_score", "How good the answers are.", SCORE, role=API, low=0, high=1)
LOADED = Gauge("shop_model_loaded", "Whether the model is there.", BOOL, ("model",), role=API, low=0, high=1)
DELAY = Gauge("shop_delay_seconds", "How far behind the worker is.", SECONDS, role=WORKER)
SIZE = Summary("shop_answer_bytes", "How large an answer is.", BYTES, ("handler",), role=API)


def requests(*by: str) -> Query:
    """Requests per second."""
    return rate(REQUESTS_TOTAL, *by)


def errors() -> Query:
    """The share of requests that failed."""
    return ratio(rate(REQUESTS_TOTAL, status="5xx"), rate(REQUESTS_TOTAL)).named("errors")


def quality() -> Query:
    """The mean score, between 0 and 1."""
    return average(QUALITY)


def loaded() -> Query:
    """Whether each model is there."""
    return latest(LOADED)
