"""What wakes a person about the model serving, in its three layers."""

from queries import AlertRule, Gone, RuleGroup
from queries.ml_serving import numbers as ml

TEAM = "ml-ops"

# the document: cpu_usage_percent, which nothing exports; ours is the node exporter's
HIGH_CPU_USAGE = AlertRule(
    alert="HighCPUUsage",
    when=ml.cpu_usage("instance") > ml.CPU_LIMIT,
    lasting="5m",
    severity="warning",
    team=TEAM,
    summary="High CPU usage on {instance}",
    description="CPU usage at {value} for 5+ minutes",
)

# the document: memory_usage_percent, likewise
OUT_OF_MEMORY = AlertRule(
    alert="OutOfMemory",
    when=ml.memory_usage("instance") > ml.MEMORY_LIMIT,
    lasting="1m",
    severity="critical",
    team=TEAM,
    summary="Memory exhaustion imminent on {instance}",
    description="Memory usage at {value}",
)

MODEL_SERVICE_DOWN = AlertRule(
    alert="ModelServiceDown",
    when=ml.replicas().equals(ml.DOWN),
    lasting="1m",
    severity="critical",
    team=TEAM,
    summary="Model serving service down on {instance}",
    # added: where the target vanished from the scrape configuration, nothing was 0
    gone=Gone("ModelServiceAbsent", "No model serving target is being scraped"),
)

# the document: a quantile of the bare histogram, without buckets, rate and le: it could never fire
HIGH_INFERENCE_LATENCY = AlertRule(
    alert="HighInferenceLatency",
    when=ml.latency(0.95, "model_name") > ml.LATENCY_LIMIT,
    lasting="10m",
    severity="warning",
    team=TEAM,
    summary="High inference latency for {model_name}",
    description="P95 latency at {value}, threshold {limit}",
)

# the document: did not parse; and below last week's mean is one half of all weeks, so ours has a margin.
# model_name is kept, since the summary names it
MODEL_CONFIDENCE_DRIFT = AlertRule(
    alert="ModelConfidenceDrift",
    when=ml.confidence("model_name", model_name="sentiment").over("1h")
    < ml.confidence_floor("model_name", model_name="sentiment"),
    lasting="24h",
    severity="warning",
    team=TEAM,
    summary="Prediction confidence drift detected for {model_name}",
    description="Mean confidence {value}, more than 10% below last week",
)

# the document: a metric that nothing exports; it has to be. Of several replicas the worst
EXTENSIVE_DATA_DRIFT = AlertRule(
    alert="ExtensiveDataDrift",
    when=ml.drift("model_name") > ml.DRIFT_LIMIT,
    lasting="1h",
    severity="warning",
    team=TEAM,
    summary="Significant data drift detected for {model_name}",
    description="Drift score {value} exceeds threshold {limit}",
)

# the document: raw counters, so the accuracy since the process started: a bad hour after a good day stayed
# unseen. service is kept, since the summary names it
PREDICTION_ACCURACY_DEGRADATION = AlertRule(
    alert="PredictionAccuracyDegradation",
    when=ml.accuracy("service", service="sentiment").over("1h") < ml.ACCURACY_LIMIT,
    lasting="1h",
    severity="critical",
    team=TEAM,
    summary="Model accuracy below threshold for {service}",
    description="Current accuracy {value}, threshold {limit}",
)

# the document: a metric that nothing exports; it has to be. service is kept, since the summary names it
LOW_USER_SATISFACTION = AlertRule(
    alert="LowUserSatisfaction",
    when=ml.user_satisfaction("service", service="inference") < ml.SATISFACTION_LIMIT,
    lasting="1d",
    severity="warning",
    team=TEAM,
    summary="User satisfaction score below target for {service}",
    description="Score {value}, target {limit}",
)

infrastructure = RuleGroup(
    name="ml_serving_infrastructure",
    interval="30s",
    rules=(HIGH_CPU_USAGE, OUT_OF_MEMORY, MODEL_SERVICE_DOWN),
)

model_performance = RuleGroup(
    name="ml_model_performance",
    interval="60s",
    rules=(HIGH_INFERENCE_LATENCY, MODEL_CONFIDENCE_DRIFT, EXTENSIVE_DATA_DRIFT, PREDICTION_ACCURACY_DEGRADATION),
)

business_metrics = RuleGroup(
    name="ml_business_metrics",
    interval="300s",
    rules=(LOW_USER_SATISFACTION,),
)

groups = (infrastructure, model_performance, business_metrics)
