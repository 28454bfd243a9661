"""What wakes a person about the digital worker."""

from queries import AlertRule, RuleGroup, absent
from queries.taskmaster import numbers as worker
from queries.taskmaster.metrics import MODEL_LOADED, QUALITY_SCORE, REQUESTS_ANSWERED

# the document: each replica for itself; its text repeated the limit and not the value
HIGH_LATENCY = AlertRule(
    alert="TaskMasterHighLatency",
    when=worker.latency(0.95, "endpoint") > worker.LATENCY_LIMIT,
    lasting="5m",
    severity="warning",
    summary="High latency detected on {endpoint}",
    description="P95 latency is {value} (limit {limit})",
    runbook="Check GPU utilization and concurrent request count",
)

# the document: each error series divided by itself, so that one error in 20,000 requests fired
HIGH_ERROR_RATE = AlertRule(
    alert="TaskMasterHighErrorRate",
    when=worker.errors("endpoint") > worker.ERROR_LIMIT,
    lasting="2m",
    severity="critical",
    summary="High error rate detected on {endpoint}",
    description="{value} of requests fail (limit {limit})",
    runbook="Check model health and review error logs",
)

# the document: silent when the process is gone, and its series with it
MODEL_DOWN = AlertRule(
    alert="TaskMasterModelDown",
    when=worker.model_loaded().equals(worker.NOT_LOADED) | absent(MODEL_LOADED),
    lasting="1m",
    severity="critical",
    summary="Model is down",
    description="TaskMaster model is not loaded or the process is gone",
    runbook="Restart Ollama service and check model loading",
)

# the document: a metric that nothing exports; it has to be, and the overall score is judged
QUALITY_DRIFT = AlertRule(
    alert="TaskMasterQualityDrift",
    when=(worker.quality_score() < worker.QUALITY_LIMIT) | absent(QUALITY_SCORE, dimension="overall"),
    lasting="15m",
    severity="warning",
    summary="Quality degradation detected",
    description="Overall quality score is below {limit} or not reported",
    runbook="Review recent responses and consider retraining",
)

# the document: each series for itself, so that a healthy service without errors fired and a dead one
# did not. 5 min of window and 5 min of waiting make the 10 minutes of its text; 10 and 10 made 20
NO_REQUESTS = AlertRule(
    alert="TaskMasterNoRequests",
    when=worker.requests_within("5m").equals(worker.NO_REQUESTS) | absent(REQUESTS_ANSWERED),
    lasting="5m",
    severity="warning",
    summary="No requests received",
    description="TaskMaster has not received any request in 10 minutes",
    runbook="Check client connectivity and load balancer health",
)

# added: the document's DriftDetector warns at 15 % and never tells Prometheus
DRIFT = AlertRule(
    alert="TaskMasterDrift",
    when=worker.drift("metric") > worker.DRIFT_WARNING,
    lasting="15m",
    severity="warning",
    summary="{metric} has drifted {value} below its baseline (limit {limit})",
    runbook="Compare recent responses with those the baseline was taken from",
)

# added: at 30 % the DriftDetector calls it critical
SEVERE_DRIFT = AlertRule(
    alert="TaskMasterSevereDrift",
    when=worker.drift("metric") > worker.DRIFT_LIMIT,
    lasting="15m",
    severity="critical",
    summary="{metric} has drifted {value} below its baseline (limit {limit})",
    runbook="Compare recent responses with those the baseline was taken from, and consider a rollback",
)

# added: the document asks for a feedback loop with alerts. Against a limit and not against last week: of two
# shares of a few verdicts each, one is often a tenth below the other. Of fewer than 20 none is judged
SATISFACTION_DROP = AlertRule(
    alert="TaskMasterSatisfactionDrop",
    when=(worker.user_satisfaction(worker.VOTES_WITHIN) < worker.SATISFACTION_LIMIT)
    & (worker.votes(worker.VOTES_WITHIN) > worker.ENOUGH_VERDICTS),
    lasting="15m",
    severity="warning",
    summary="Only {value} of the users' verdicts are thumbs up (limit {limit})",
    runbook="Read the reasons of the thumbs down, and compare them with the quality scores and the last deployment",
)

groups = (
    RuleGroup(
        name="taskmaster",
        rules=(
            *(HIGH_LATENCY, HIGH_ERROR_RATE, MODEL_DOWN, QUALITY_DRIFT, NO_REQUESTS),
            *(DRIFT, SEVERE_DRIFT, SATISFACTION_DROP),
        ),
    ),
)
