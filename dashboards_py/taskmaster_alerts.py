"""TaskMaster alerts: which wait, which fire, and the number behind each."""

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    PageLink,
    alert_list,
    annotations_list,
    dashboard_list,
    job_variable,
    label_variable,
    page_alerts,
    row,
    state_timeline,
    timeseries,
)
from queries import alert_names
from queries.taskmaster import alerts, metrics
from queries.taskmaster import numbers as worker

dashboard = Dashboard(
    uid="taskmaster-alerts",
    title="TaskMaster alerts",
    description="Every alert of the digital worker, with the number that it judges.",
    folder="AI services",
    tags=["ai-services", "taskmaster"],
    role=metrics.WORKER,
    variables=[
        PROMETHEUS,
        job_variable(metrics.REQUESTS_ANSWERED),
        label_variable(metrics.REQUESTS_ANSWERED, "endpoint"),
    ],
    links=[PageLink("AI services", tags=("ai-services",)), PageLink("TaskMaster", tags=("taskmaster",))],
    marks=[DEPLOYMENTS, AlertMarks(alerts=alert_names(*alerts.groups))],
    rows=[
        row(
            "Does anything fire?",
            page_alerts(),
        ),
        row(
            "How far is each number from its limit?",
            timeseries(
                "TaskMasterHighLatency",
                worker.latency(0.95, "endpoint"),
                alerts=[alerts.HIGH_LATENCY],
                description="The p95 of each endpoint and the limit of 2 s. "
                "Check the GPU and how many requests run at once.",
            ),
            timeseries(
                "TaskMasterHighErrorRate",
                worker.errors("endpoint"),
                alerts=[alerts.HIGH_ERROR_RATE],
                description="The share of each endpoint's requests that fail, and the limit of 5 %. "
                "Check the model and the logs.",
            ),
            timeseries(
                "TaskMasterQualityDrift",
                worker.quality_score(),
                alerts=[alerts.QUALITY_DRIFT],
                minimum=0,
                maximum=1,
                description="The overall quality and the limit of 0.7. Review recent answers and consider retraining.",
            ),
            timeseries(
                "TaskMasterNoRequests",
                worker.requests_within("5m"),
                alerts=[alerts.NO_REQUESTS],
                description="Requests of the last five minutes. "
                "At 0 for five minutes it fires: check clients and load balancer.",
            ),
            state_timeline(
                "TaskMasterModelDown",
                worker.model_loaded("instance"),
                alerts=[alerts.MODEL_DOWN],
                description="Whether the model is loaded, by replica. Restart Ollama and check that the model loads.",
            ),
            timeseries(
                "Drift below the baseline",
                worker.drift("metric"),
                alerts=[alerts.DRIFT, alerts.SEVERE_DRIFT],
                description="How far each score is below its baseline, with both limits. "
                "Fall back to the previous model at 30 %.",
            ),
            timeseries(
                "TaskMasterSatisfactionDrop",
                worker.user_satisfaction(worker.VOTES_WITHIN),
                alerts=[alerts.SATISFACTION_DROP],
                minimum=0,
                maximum=1,
                description="The share of the verdicts of six hours that are thumbs up, and the limit of 70 %. "
                "Read the reasons of the thumbs down.",
            ),
        ),
        row(
            "What else is near?",
            alert_list(
                "Alerts in Grafana",
                name="TaskMaster",
                description="Alerts that Grafana itself evaluates, where there are any. Each says what to do.",
            ),
            annotations_list(
                "Deployments",
                "deploy",
                description="What was deployed lately. An alert that began just after one is that one's.",
            ),
            dashboard_list(
                "Other pages",
                "taskmaster",
                description="The other pages of this service.",
            ),
            collapsed=True,
        ),
    ],
)
