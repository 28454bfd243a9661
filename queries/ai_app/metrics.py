"""What the AI application exposes: its backend's HTTP, inference and queue; a model server and a proxy beside it."""

from queries import DOCUMENTS, REQUESTS, SECONDS, TOKENS, Counter, Gauge, Histogram, Role

BACKEND = Role("ai_app", "backend", job="backend")
#: Only whether it answers is known of it; its name there is the job's.
MODEL_SERVER = Role("ai_app", "model_server", job="model_server")
PROXY = Role("ai_app", "proxy", job="nginx")

READ_IN = "document 000"

HTTP_REQUESTS = Counter(
    "http_requests_total",
    "HTTP requests that were answered.",
    REQUESTS,
    ("method", "endpoint", "status"),
    role=BACKEND,
    read_in=READ_IN,
    assumed="status is the HTTP code, so 5xx is an error: the document does not say",
    shared_with="ai_api.api",
)
HTTP_LATENCY = Histogram(
    "http_request_duration_seconds",
    "How long it took to answer an HTTP request.",
    SECONDS,
    ("method", "endpoint"),
    role=BACKEND,
    read_in=READ_IN,
    shared_with="ai_api.api",
    buckets=(0.1, 0.5, 1, 2, 5, 10),
    counts=REQUESTS,
)
INFERENCE_REQUESTS = Counter(
    "inference_requests_total",
    "Inferences that were asked for.",
    REQUESTS,
    ("status",),
    role=BACKEND,
    read_in=READ_IN,
    assumed='an HTTP code of 5xx, or the word "error", is an error: the document does not say how status is spelled',
    shared_with="inference_server.server",
)
INFERENCE_LATENCY = Histogram(
    "inference_duration_seconds",
    "How long an inference took.",
    SECONDS,
    role=BACKEND,
    read_in=READ_IN,
    buckets=(1, 5, 10, 30, 60, 120),
    counts=REQUESTS,
)
TOKENS_GENERATED = Histogram(
    "tokens_generated_total",
    "How many tokens the model wrote for a request.",
    TOKENS,
    role=BACKEND,
    read_in=READ_IN,
    odd_name="the document calls its histogram so; its series end in _total_bucket, _total_sum and _total_count",
    buckets=(10, 50, 100, 250, 500, 1000),
    counts=REQUESTS,
)
QUEUE_DEPTH = Gauge(
    "processing_queue_depth",
    "Documents that wait to be processed.",
    DOCUMENTS,
    role=BACKEND,
    read_in=READ_IN,
    low=0,
)
IN_FLIGHT = Gauge(
    "active_inference_requests",
    "Inferences that run at the moment.",
    REQUESTS,
    role=BACKEND,
    read_in=READ_IN,
    low=0,
)
