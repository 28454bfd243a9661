"""What a model server exposes: requests, latency, its queue, the memory and the work of its GPUs."""

from queries import BYTES, RATIO, REQUESTS, SECONDS, Counter, Gauge, Histogram, Role, label

SERVER = Role(
    "inference_server",
    "server",
    job="inference-servers",
    assumed="the document's one scrape job; it does not say that these metrics are scraped under it",
)

READ_IN = "document 001"

REQUESTS_ANSWERED = Counter(
    "inference_requests_total",
    "Inference requests that were answered.",
    REQUESTS,
    ("model_name", label("status", "success", "error")),
    role=SERVER,
    read_in=READ_IN,
    assumed="status is success or error: the document does not say",
    shared_with="ai_app.backend",
)
LATENCY = Histogram(
    "inference_latency_seconds",
    "How long it took to answer an inference request.",
    SECONDS,
    ("model_name",),
    role=SERVER,
    read_in=READ_IN,
    assumed="the bucket of 2 s, so that the alert's limit is one; the document's are 0.1, 0.25, 0.5, 1, 2.5, 5, 10",
    buckets=(0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10),
    counts=REQUESTS,
)
QUEUE_DEPTH = Gauge(
    "inference_queue_depth",
    "Requests that wait for a model.",
    REQUESTS,
    ("model_name",),
    role=SERVER,
    read_in=READ_IN,
    low=0,
)
GPU_MEMORY_USED = Gauge(
    "gpu_memory_used_bytes",
    "GPU memory in use.",
    BYTES,
    ("device_id",),
    role=SERVER,
    read_in=READ_IN,
    low=0,
)
GPU_MEMORY_TOTAL = Gauge(
    "gpu_memory_total_bytes",
    "GPU memory that there is.",
    BYTES,
    ("device_id",),
    role=SERVER,
    read_in=READ_IN,
    assumed="referenced by the alert GPUMemoryExhausted, never exported there; labelled as the memory in use",
    low=0,
)
GPU_UTILIZATION = Gauge(
    "gpu_utilization_ratio",
    "Share of the time in which the GPU works.",
    RATIO,
    ("device_id",),
    role=SERVER,
    read_in=READ_IN,
    assumed="asked for by the document's exercise, never exported there",
    low=0,
    high=1,
)
