"""What wakes a person about the AI application."""

from queries import AlertRule, Gone, RuleGroup
from queries.ai_app import numbers as app

# the document: HighInferenceLatency, which 001 says too with the same labels: one identity, two alerts.
# Its p95 was each replica's, so an idle one with a slow call fired; ours is the service's.
HIGH_INFERENCE_LATENCY = AlertRule(
    alert="AiAppHighInferenceLatency",
    when=app.inference_latency(0.95, "job") > app.INFERENCE_LATENCY_LIMIT,
    lasting="5m",
    severity="warning",
    summary="High inference latency on {job}",
    description="95th percentile latency is {value} (limit {limit})",
)

MODEL_SERVER_DOWN = AlertRule(
    alert="ModelServerDown",
    when=app.model_servers().equals(app.DOWN),
    lasting="1m",
    severity="critical",
    summary="Model server {instance} is down",
    # added: where the target vanished from the scrape configuration, nothing was 0
    gone=Gone("ModelServerAbsent", "No model server is being scraped"),
)

# the document: each replica for itself, so that 60 + 60 waited unseen
QUEUE_BACKLOG = AlertRule(
    alert="QueueBacklog",
    when=app.queue_depth("job") > app.QUEUE_LIMIT,
    lasting="10m",
    severity="warning",
    summary="Processing queue is backing up: {value} documents are waiting on {job} (limit {limit})",
)

groups = (
    RuleGroup(
        name="ai_app_alerts",
        rules=(HIGH_INFERENCE_LATENCY, MODEL_SERVER_DOWN, QUEUE_BACKLOG),
    ),
)
