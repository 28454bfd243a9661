"""What wakes a person about the digital worker."""

from queries import AlertRule, RuleGroup, absent
from queries.taskmaster import numbers as worker
from queries.taskmaster.metrics import MODEL_LOADED, QUALITY_SCORE, REQUESTS_ANSWERED

groups = (
    RuleGroup(
        name="taskmaster",
        rules=(
            AlertRule(
                # the document: each replica for itself; its text repeated the limit and not the value
                alert="TaskMasterHighLatency",
                when=worker.latency(0.95, "endpoint") > worker.LATENCY_LIMIT,
                lasting="5m",
                severity="warning",
                summary="High latency detected on {endpoint}",
                description="P95 latency is {value} (limit {limit})",
                runbook="Check GPU utilization and concurrent request count",
            ),
            AlertRule(
                # the document: each error series divided by itself, so that one error in 20,000 requests fired
                alert="TaskMasterHighErrorRate",
                when=worker.errors("endpoint") > worker.ERROR_LIMIT,
                lasting="2m",
                severity="critical",
                summary="High error rate detected on {endpoint}",
                description="{value} of requests fail (limit {limit})",
                runbook="Check model health and review error logs",
            ),
            AlertRule(
                # the document: silent when the process is gone, and its series with it
                alert="TaskMasterModelDown",
                when=worker.model_loaded().equals(worker.NOT_LOADED) | absent(MODEL_LOADED),
                lasting="1m",
                severity="critical",
                summary="Model is down",
                description="TaskMaster model is not loaded or the process is gone",
                runbook="Restart Ollama service and check model loading",
            ),
            AlertRule(
                # the document: a metric that nothing exports; it has to be, and the overall score is judged
                alert="TaskMasterQualityDrift",
                when=(worker.quality_score() < worker.QUALITY_LIMIT) | absent(QUALITY_SCORE, dimension="overall"),
                lasting="15m",
                severity="warning",
                summary="Quality degradation detected",
                description="Overall quality score is below {limit} or not reported",
                runbook="Review recent responses and consider retraining",
            ),
            AlertRule(
                # the document: each series for itself, so that a healthy service without errors fired and a dead one
                # did not. 5 min of window and 5 min of waiting make the 10 minutes of its text; 10 and 10 made 20
                alert="TaskMasterNoRequests",
                when=worker.requests_within("5m").equals(worker.NO_REQUESTS) | absent(REQUESTS_ANSWERED),
                lasting="5m",
                severity="warning",
                summary="No requests received",
                description="TaskMaster has not received any request in 10 minutes",
                runbook="Check client connectivity and load balancer health",
            ),
            AlertRule(
                # added: the document's DriftDetector warns at 15 % and never tells Prometheus
                alert="TaskMasterDrift",
                when=worker.drift("metric") > worker.DRIFT_WARNING,
                lasting="15m",
                severity="warning",
                summary="{metric} has drifted {value} below its baseline (limit {limit})",
                runbook="Compare recent responses with those the baseline was taken from",
            ),
            AlertRule(
                # added: at 30 % the DriftDetector calls it critical
                alert="TaskMasterSevereDrift",
                when=worker.drift("metric") > worker.DRIFT_LIMIT,
                lasting="15m",
                severity="critical",
                summary="{metric} has drifted {value} below its baseline (limit {limit})",
                runbook="Compare recent responses with those the baseline was taken from, and consider a rollback",
            ),
        ),
    ),
)
