"""What wakes a person about the model servers."""

from queries import AlertRule, RuleGroup
from queries.inference_server import numbers as server

# the document: HighInferenceLatency, the name of another alert of 000; and a quantile of the bare
# histogram, without buckets, rate and le: it could never fire
HIGH_LATENCY = AlertRule(
    alert="InferenceServerHighLatency",
    when=server.latency(0.95, "model_name") > server.LATENCY_LIMIT,
    lasting="5m",
    severity="warning",
    summary="P95 latency of {model_name} is {value} (limit {limit})",
)

# added: the document's exercise asks to be told above 2 s, its alert waits for 5
SLOW = AlertRule(
    alert="InferenceServerSlow",
    when=server.latency(0.95, "model_name") > server.SLOW_LIMIT,
    lasting="5m",
    severity="warning",
    summary="{model_name} answers slowly: its p95 latency is {value} (limit {limit})",
)

# the document: divided by a metric that nothing exports; it has to be, with the labels of the other
GPU_MEMORY_EXHAUSTED = AlertRule(
    alert="GPUMemoryExhausted",
    when=server.gpu_memory_share("device_id", "instance", "job") > server.GPU_MEMORY_LIMIT,
    lasting="1m",
    severity="critical",
    summary="Memory of GPU {device_id} on {instance} is {value} full (limit {limit})",
)

# the document: each replica for itself; ours adds up those of a model
REQUEST_QUEUE_BACKLOG = AlertRule(
    alert="RequestQueueBacklog",
    when=server.queue_depth("model_name") > server.QUEUE_LIMIT,
    lasting="3m",
    severity="warning",
    summary="{value} requests are queued for {model_name} (limit {limit})",
)

groups = (
    RuleGroup(
        name="inference_alerts",
        rules=(HIGH_LATENCY, SLOW, GPU_MEMORY_EXHAUSTED, REQUEST_QUEUE_BACKLOG),
    ),
)
