"""What the digital worker exposes: requests, tokens, its model, how good its answers are, what its users say."""

from queries import (
    BOOL,
    CHARACTERS,
    RATIO,
    REQUESTS,
    SCORE,
    SECONDS,
    TASKS,
    TIMESTAMP,
    TOKENS,
    VERDICTS,
    Counter,
    Gauge,
    Histogram,
    Role,
    label,
)

WORKER = Role("taskmaster", "worker", job="taskmaster", assumed="no document names its scrape job")

READ_IN = "document 003"
#: What the document's QualityScorer judges; "overall" is the mean of the others.
DIMENSIONS = ("length", "latency", "format", "coherence", "overall")

REQUESTS_ANSWERED = Counter(
    "taskmaster_requests_total",
    "Requests that the worker answered.",
    REQUESTS,
    ("endpoint", label("status", "success", "error")),
    role=WORKER,
    read_in=READ_IN,
)
LATENCY = Histogram(
    "taskmaster_request_latency_seconds",
    "How long it took to answer a request.",
    SECONDS,
    ("endpoint",),
    role=WORKER,
    read_in=READ_IN,
    assumed="the bucket of 2 s, so that the alert's limit is one; the document's are 0.1, 0.25, 0.5, 1, 2.5, 5, 10",
    buckets=(0.1, 0.25, 0.5, 1, 2, 2.5, 5, 10),
    counts=REQUESTS,
)
TOKENS_IN = Counter(
    "taskmaster_tokens_input_total",
    "Tokens that the model read.",
    TOKENS,
    role=WORKER,
    read_in=READ_IN,
)
TOKENS_OUT = Counter(
    "taskmaster_tokens_output_total",
    "Tokens that the model wrote.",
    TOKENS,
    role=WORKER,
    read_in=READ_IN,
)
RESPONSE_LENGTH = Histogram(
    "taskmaster_response_length_chars",
    "How long an answer is.",
    CHARACTERS,
    role=WORKER,
    read_in=READ_IN,
    buckets=(50, 100, 200, 500, 1000, 2000),
    counts=REQUESTS,
)
MODEL_LOADED = Gauge(
    "taskmaster_model_loaded",
    "Whether the model is loaded.",
    BOOL,
    role=WORKER,
    read_in=READ_IN,
    low=0,
    high=1,
)
LAST_SUCCESS = Gauge(
    "taskmaster_last_successful_request_timestamp",
    "When the last request succeeded; 0 until one did.",
    TIMESTAMP,
    role=WORKER,
    read_in=READ_IN,
    odd_name="the document leaves out the _seconds of a time's name",
)
QUALITY_SCORE = Gauge(
    "taskmaster_quality_score",
    "How good the answers are, 0 to 1, by what is judged.",
    RATIO,
    (label("dimension", *DIMENSIONS),),
    role=WORKER,
    read_in=READ_IN,
    assumed="referenced by the alert TaskMasterQualityDrift and the panel Quality Score, never exported there",
    low=0,
    high=1,
)
DRIFT_DEVIATION = Gauge(
    "taskmaster_drift_deviation_ratio",
    "How far a score has fallen below its baseline, as a share of it; negative when it is better.",
    RATIO,
    (label("metric", *DIMENSIONS),),
    role=WORKER,
    read_in=READ_IN,
    assumed="computed by the DriftDetector, never exported there; that one drops the sign: improvements would alert",
    high=1,
)
TASKS_DONE = Counter(
    "taskmaster_tasks_total",
    "Tasks that the worker did, by what they were.",
    TASKS,
    ("task_type",),
    role=WORKER,
    read_in=READ_IN,
    assumed="needed for the business page that the document asks for, never exported there",
)
TASK_COMPLEXITY = Histogram(
    "taskmaster_task_complexity",
    "How hard a task was, from 1 to 10.",
    SCORE,
    role=WORKER,
    read_in=READ_IN,
    assumed="needed for the business page that the document asks for, never exported there",
    buckets=(1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
    counts=TASKS,
)
FEEDBACK = Counter(
    "user_feedback_total",
    "Verdicts that users gave on an answer.",
    VERDICTS,
    (label("verdict", "up", "down"),),
    role=WORKER,
    read_in=READ_IN,
    assumed="needed for the feedback loop (thumbs up and down) that the document asks for, never exported there",
)
SATISFACTION = Gauge(
    "taskmaster_user_satisfaction_ratio",
    "Share of thumbs up among the last verdicts, and where it would lie if all users had voted (95 % interval).",
    RATIO,
    (label("estimate", "low", "share", "high"),),
    role=WORKER,
    read_in=READ_IN,
    assumed="needed for the feedback loop that the document asks for, never exported there",
    low=0,
    high=1,
)
AGREEMENT = Gauge(
    "taskmaster_feedback_agreement",
    "How far verdicts and quality scores agree: their correlation, 1 for wholly, 0 for not at all, -1 for opposite.",
    SCORE,
    role=WORKER,
    read_in=READ_IN,
    assumed="needed for the validation of the scores that the document asks for, never exported there",
    low=-1,
    high=1,
)
