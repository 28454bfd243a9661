"""TaskMaster Digital FTE: the digital worker at a glance."""

from panels import (
    DEPLOYMENTS,
    GREEN,
    PROMETHEUS,
    RED,
    AlertMarks,
    Dashboard,
    PageLink,
    State,
    gauge,
    job_variable,
    label_variable,
    page_alerts,
    row,
    stat,
    timeseries,
)
from queries import PERCENT, alert_names
from queries.taskmaster import alerts, metrics
from queries.taskmaster import numbers as worker

dashboard = Dashboard(
    uid="taskmaster",
    title="TaskMaster Digital FTE",
    description="Requests, latency, errors, model, quality and tokens of the digital worker.",
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
                "Model Status",
                worker.model_loaded(),
                course=False,
                states=[State(0, "DOWN", RED), State(1, "UP", GREEN)],
                no_value="DOWN",
                description="Whether the model is loaded on every replica. "
                "When it is down, restart Ollama and check that the model loads.",
            ),
            stat(
                "Requests",
                worker.requests(),
                description="Requests per second. With none for ten minutes check the clients and the load balancer.",
            ),
            stat(
                "Error Rate",
                worker.errors(),
                unit=PERCENT,
                yellow_above=worker.ERROR_WARNING,
                alerts=[alerts.HIGH_ERROR_RATE],
                decimals=2,
                description="The share of requests that fail. When it is red, check the model and read the error logs.",
            ),
            stat(
                "Slowest 5 %",
                worker.latency(0.95),
                alerts=[alerts.HIGH_LATENCY],
                description="One request in twenty takes longer. "
                "When it is red, check the GPU and how many requests run at once.",
            ),
            stat(
                "Last success",
                worker.since_success(),
                course=False,
                description="How long ago a request last succeeded. "
                "Seconds are normal; minutes with traffic mean that all fail.",
            ),
            stat(
                "Cost per hour",
                worker.cost_per_hour(),
                description="What the last hour's tokens would have cost at a hosted model's price. "
                "A jump means long prompts or a loop.",
            ),
        ),
        row(
            "Does it answer quickly?",
            timeseries(
                "Request Rate",
                worker.requests("endpoint", "status"),
                stack=True,
                description="Requests per second, by endpoint and outcome. "
                "Errors that grow with the load mean overload.",
            ),
            timeseries(
                "Latency (P50, P95, P99)",
                worker.latency(0.5),
                worker.latency(0.95),
                worker.latency(0.99),
                alerts=[alerts.HIGH_LATENCY],
                description="What half, 95 % and 99 % of the requests stay below. The line is the alarm's limit.",
            ),
        ),
        row(
            "Are its answers good?",
            gauge(
                "Quality Score",
                worker.quality_score(),
                width=6,
                yellow_below=worker.QUALITY_TARGET,
                alerts=[alerts.QUALITY_DRIFT],
                no_value="not reported",
                description="How good the answers are over all, 0 to 1. "
                "Below 0.7 review recent answers and consider retraining.",
            ),
            timeseries(
                "Quality over time",
                worker.quality_score(),
                alerts=[alerts.QUALITY_DRIFT],
                minimum=0,
                maximum=1,
                description="The same score over time. Compare a fall with deployments, the vertical lines.",
            ),
        ),
        row(
            "What does it use?",
            timeseries(
                "Tokens Processed",
                worker.tokens_in(),
                worker.tokens_out(),
                stack=True,
                width=16,
                description="Tokens per second, read and written. "
                "Nothing while requests come means that nobody counts them.",
            ),
            timeseries(
                "Errors by endpoint",
                worker.errors("endpoint"),
                alerts=[alerts.HIGH_ERROR_RATE],
                description="The share of each endpoint's requests that fail. The line is the alarm's limit.",
            ),
            page_alerts(),
        ),
    ],
)
