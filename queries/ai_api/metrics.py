"""What the AI API exposes: HTTP as the FastAPI Instrumentator counts it, LLM calls, tokens, retrieval, agents."""

from queries import (
    BYTES,
    CALLS,
    REQUESTS,
    SCORE,
    SECONDS,
    SESSIONS,
    TOKENS,
    USD_PER_TOKEN,
    Counter,
    Gauge,
    Histogram,
    Role,
    Summary,
    label,
)

API = Role("ai_api", "api", job="ai-api")

READ_IN = "document 002"
INSTRUMENTATOR = "document 002, prometheus-fastapi-instrumentator 8.1.0"
TOKEN_TYPE = label("token_type", "input", "output")

HTTP_REQUESTS = Counter(
    "http_requests_total",
    "HTTP requests that were answered, by class of status.",
    REQUESTS,
    ("handler", "method", label("status", "1xx", "2xx", "3xx", "4xx", "5xx")),
    role=API,
    read_in=INSTRUMENTATOR,
    shared_with="ai_app.backend",
)
#: For the whole service: many buckets, no labels.
HTTP_LATENCY = Histogram(
    "http_request_duration_highr_seconds",
    "How long it took to answer an HTTP request, in many buckets.",
    SECONDS,
    role=API,
    read_in=INSTRUMENTATOR,
    buckets=(
        *(0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5),
        *(3, 3.5, 4, 4.5, 5, 7.5, 10, 30, 60),
    ),
    counts=REQUESTS,
)
#: By handler only; as the Instrumentator comes it ends at 1 s, and no quantile could say more than that.
HANDLER_LATENCY = Histogram(
    "http_request_duration_seconds",
    "How long a handler took to answer an HTTP request.",
    SECONDS,
    ("handler", "method"),
    role=API,
    read_in=INSTRUMENTATOR,
    assumed="the service declares these buckets (latency_lowr_buckets=...); the Instrumentator's own are 0.1, 0.5, 1",
    shared_with="ai_app.backend",
    buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60),
    counts=REQUESTS,
)
REQUEST_SIZE = Summary(
    "http_request_size_bytes",
    "Length of a request's body.",
    BYTES,
    ("handler",),
    role=API,
    read_in=INSTRUMENTATOR,
    counts=REQUESTS,
)
RESPONSE_SIZE = Summary(
    "http_response_size_bytes",
    "Length of a response's body.",
    BYTES,
    ("handler",),
    role=API,
    read_in=INSTRUMENTATOR,
    counts=REQUESTS,
)
LLM_TOKENS = Counter(
    "llm_tokens_total",
    "Tokens that were sent to a model and came back.",
    TOKENS,
    ("model", "endpoint", TOKEN_TYPE),
    role=API,
    read_in=READ_IN,
)
LLM_LATENCY = Histogram(
    "llm_call_duration_seconds",
    "How long a call to a model took.",
    SECONDS,
    ("model", "endpoint"),
    role=API,
    read_in=READ_IN,
    assumed="the bucket of 15 s, so that the alert's limit is one; the document's are 0.5, 1, 2, 5, 10, 30",
    buckets=(0.5, 1, 2, 5, 10, 15, 30),
    counts=CALLS,
)
TOKEN_PRICE = Gauge(
    "llm_token_price_usd",
    "What a token costs.",
    USD_PER_TOKEN,
    ("model", TOKEN_TYPE),
    role=API,
    read_in=READ_IN,
    assumed="needed for the cost that the document speaks of, never exported there",
    low=0,
)
RETRIEVAL_SCORE = Gauge(
    "rag_retrieval_score_avg",
    "Mean relevance of the passages that retrieval found, as a replica computes it.",
    SCORE,
    role=API,
    read_in=READ_IN,
    low=0,
    high=1,
)
AGENT_SESSIONS = Gauge(
    "agent_sessions_active",
    "Agent sessions that are open.",
    SESSIONS,
    role=API,
    read_in=READ_IN,
    low=0,
)
