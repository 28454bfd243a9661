"""TaskMaster health: replicas, model, requests, latency."""

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    PageLink,
    heatmap,
    job_variable,
    label_variable,
    page_alerts,
    row,
    stat,
    state_timeline,
    status_history,
    timeseries,
)
from queries import alert_names
from queries.taskmaster import alerts, metrics
from queries.taskmaster import numbers as worker

dashboard = Dashboard(
    uid="taskmaster-health",
    title="TaskMaster health",
    description="Whether the digital worker runs, and how it answers.",
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
            "Is it healthy?",
            stat(
                "Up",
                worker.worker_up(),
                red_below=worker.ALL_UP,
                description="The share of the replicas that answer. Below 100 % see which, below.",
            ),
            stat(
                "Model loaded",
                worker.model_loaded(),
                course=False,
                no_value="down",
                description="Whether the model is loaded on every replica. "
                "When it is not, restart Ollama and check that it loads.",
            ),
            stat(
                "Uptime",
                worker.uptime(),
                course=False,
                description="The share of the time shown in which replicas answered. Gaps are restarts or outages.",
            ),
            stat(
                "Last success",
                worker.since_success(),
                course=False,
                description="How long ago a request last succeeded. Minutes with traffic mean that all fail.",
            ),
            stat(
                "Requests in 5 min",
                worker.requests_within("5m"),
                red_below=worker.ANY_REQUESTS,
                description="Requests of the last five minutes. "
                "None means that clients or the load balancer are cut off.",
            ),
            stat(
                "Errors",
                worker.errors(),
                yellow_above=worker.ERROR_WARNING,
                alerts=[alerts.HIGH_ERROR_RATE],
                decimals=2,
                description="The share of requests that fail. When it is red, check the model and read the error logs.",
            ),
        ),
        row(
            "Which replica, which endpoint?",
            status_history(
                "Replicas",
                worker.replicas(),
                width=12,
                description="Each replica, up or down. One that flaps restarts: look at its memory and its logs.",
            ),
            state_timeline(
                "Model",
                worker.model_loaded("instance"),
                alerts=[alerts.MODEL_DOWN],
                width=12,
                description="Whether the model is loaded, by replica. A replica without it answers with errors.",
            ),
            timeseries(
                "Requests by endpoint",
                worker.requests("endpoint"),
                stack=True,
                description="Requests per second, by endpoint. One that vanishes has lost its caller or its route.",
            ),
            timeseries(
                "Errors by endpoint",
                worker.errors("endpoint"),
                alerts=[alerts.HIGH_ERROR_RATE],
                description="The share of each endpoint's requests that fail. The line is the alarm's limit.",
            ),
            timeseries(
                "Slowest 5 % by endpoint",
                worker.latency(0.95, "endpoint"),
                alerts=[alerts.HIGH_LATENCY],
                description="What 95 % of each endpoint's requests stay below. The line is the alarm's limit.",
            ),
        ),
        row(
            "How long do requests take?",
            heatmap(
                "How long requests take",
                worker.latency_buckets(),
                description="Requests per second by duration. "
                "Two bands mean two kinds of requests, which no p95 shows.",
            ),
            page_alerts(),
        ),
    ],
)
