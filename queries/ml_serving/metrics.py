"""What model serving exposes: machines (node exporter), the model's latency and confidence, what its users get."""

from queries import (
    BYTES,
    PERCENT,
    PREDICTIONS,
    RATIO,
    REQUESTS,
    SCORE,
    SECONDS,
    Counter,
    Gauge,
    Histogram,
    Role,
    label,
)

SERVICE = Role("ml_serving", "service", job="ml-serving")
NODE = Role(
    "ml_serving",
    "node",
    job="node",
    assumed="the job of the node exporter's own guide; no document names one",
)

READ_IN = "document 004"
NODE_EXPORTER = "node exporter, collector/fixtures/e2e-output.txt"
MODEL = ("model_name", "model_version")

# The machines -------------------------------------------------------------------------------------

CPU_SECONDS = Counter(
    "node_cpu_seconds_total",
    "Seconds that each CPU spent in each mode.",
    SECONDS,
    ("cpu", label("mode", "idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user")),
    role=NODE,
    read_in=NODE_EXPORTER,
)
MEMORY_AVAILABLE = Gauge(
    "node_memory_MemAvailable_bytes",
    "Memory that programs can still get without swapping.",
    BYTES,
    role=NODE,
    read_in=NODE_EXPORTER,
    low=0,
)
MEMORY_TOTAL = Gauge(
    "node_memory_MemTotal_bytes",
    "Memory that the machine has.",
    BYTES,
    role=NODE,
    read_in=NODE_EXPORTER,
    low=0,
)
CPU_REPORTED = Gauge(
    "cpu_usage_percent",
    "Share of its CPUs that the service believes to use.",
    PERCENT,
    role=SERVICE,
    read_in=READ_IN,
    assumed="referenced by the alert HighCPUUsage, never exported there; ours reads the node exporter instead",
    low=0,
    high=100,
)
MEMORY_REPORTED = Gauge(
    "memory_usage_percent",
    "Share of its memory that the service believes to use.",
    PERCENT,
    role=SERVICE,
    read_in=READ_IN,
    assumed="referenced by the alert OutOfMemory, never exported there; ours reads the node exporter instead",
    low=0,
    high=100,
)

# The model ----------------------------------------------------------------------------------------

REQUESTS_ANSWERED = Counter(
    "ml_requests_total",
    "Requests that a model answered.",
    REQUESTS,
    (*MODEL, label("status", "success", "error")),
    role=SERVICE,
    read_in=READ_IN,
    assumed="status is success or error: the document does not say",
)
LATENCY = Histogram(
    "ml_inference_latency_seconds",
    "How long an inference took.",
    SECONDS,
    MODEL,
    role=SERVICE,
    read_in=READ_IN,
    assumed="the bucket of 2 s, so that the alert's limit is one; the document's are the client's own",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2, 2.5, 5, 7.5, 10),
    counts=REQUESTS,
)
#: Its buckets are the client's, made for seconds: none above 1 is of use, and none stands between 0.75 and 1.
CONFIDENCE = Histogram(
    "ml_prediction_confidence",
    "How sure the model was of a prediction, 0 to 1.",
    RATIO,
    MODEL,
    role=SERVICE,
    read_in=READ_IN,
    buckets=(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10),
    counts=PREDICTIONS,
)
DRIFT_SCORE = Gauge(
    "model_drift_score",
    "How far what the model is asked has moved from what it was trained on; 0 is not at all.",
    SCORE,
    ("model_name",),
    role=SERVICE,
    read_in=READ_IN,
    assumed="referenced by the alert ExtensiveDataDrift, never exported there",
    low=0,
)

# What users get -----------------------------------------------------------------------------------

PREDICTIONS_CORRECT = Counter(
    "prediction_correct_total",
    "Predictions that turned out right.",
    PREDICTIONS,
    ("service",),
    role=SERVICE,
    renamed_from="prediction_correct",
    read_in=READ_IN,
    assumed="referenced by the alert PredictionAccuracyDegradation as prediction_correct, never exported there",
)
PREDICTIONS_JUDGED = Counter(
    "prediction_total",
    "Predictions of which it is known whether they were right.",
    PREDICTIONS,
    ("service",),
    role=SERVICE,
    read_in=READ_IN,
    assumed="referenced by the alert PredictionAccuracyDegradation, never exported there",
)
SATISFACTION = Gauge(
    "user_feedback_score",
    "Mean mark that users give, from 1 to 5.",
    SCORE,
    ("service",),
    role=SERVICE,
    read_in=READ_IN,
    assumed="referenced by the alert LowUserSatisfaction, never exported there; 1 to 5, as its target of 3 suggests",
    low=1,
    high=5,
)
