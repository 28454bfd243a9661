"""A small service to draw: its metrics, and numbers of every kind."""

from queries import (
    BOOL,
    BYTES,
    RATIO,
    REQUESTS,
    SCORE,
    SECONDS,
    TOKENS,
    AlertRule,
    Counter,
    Gauge,
    Gone,
    Histogram,
    Query,
    Role,
    Summary,
    average,
    label,
    latest,
    quantile,
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


FAILING = AlertRule(
    alert="Failing", when=errors() > RATIO(0.05), lasting="5m", severity="critical", summary="{value} of requests fail"
)
SLOW = AlertRule(
    alert="Slow",
    when=quantile(0.95, LATENCY, "handler") > SECONDS(1),
    lasting="5m",
    severity="warning",
    summary="{handler} is slow: {value}",
)
TOO_SLOW = AlertRule(
    alert="TooSlow",
    when=quantile(0.95, LATENCY, "handler") > SECONDS(2.5),
    lasting="5m",
    severity="critical",
    summary="{handler} is too slow: {value}",
)
DOUBLED = AlertRule(
    alert="Doubled", when=requests().compared_to("7d") > 2, lasting="1h", severity="warning", summary="Twice as many"
)
DOWN = AlertRule(
    alert="Down",
    when=latest(API.up).equals(0),
    lasting="1m",
    severity="critical",
    summary="{instance} is down",
    gone=Gone("Absent", "Nothing is scraped"),
)
