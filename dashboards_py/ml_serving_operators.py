"""ML serving for operators: service, machines, latency."""

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
    status_history,
    timeseries,
)
from queries import alert_names
from queries.ml_serving import alerts, metrics
from queries.ml_serving import numbers as ml

dashboard = Dashboard(
    uid="ml-serving-operators",
    title="ML serving: operators",
    description="Whether the model service runs, and whether its machines have room.",
    folder="AI services",
    tags=["ai-services", "ml-serving"],
    role=metrics.SERVICE,
    variables=[
        PROMETHEUS,
        job_variable(metrics.LATENCY),
        label_variable(metrics.LATENCY, "model_name", label="Model"),
    ],
    links=[PageLink("AI services", tags=("ai-services",)), PageLink("ML serving", tags=("ml-serving",))],
    marks=[DEPLOYMENTS, AlertMarks(alerts=alert_names(*alerts.groups))],
    rows=[
        row(
            "Is it healthy?",
            stat(
                "Up",
                ml.service_up(),
                red_below=ml.ALL_UP,
                description="The share of the replicas that answer. Below 100 % see which, in the last row.",
            ),
            stat(
                "Requests",
                ml.requests(),
                description="Requests per second. Compare a fall with last week, in the last row.",
            ),
            stat(
                "Errors",
                ml.errors(),
                yellow_above=ml.ERROR_LIMIT,
                decimals=2,
                description="The share of requests that fail. When it is yellow, see which model fails, and its logs.",
            ),
            stat(
                "Slowest 5 %",
                ml.latency(0.95),
                alerts=[alerts.HIGH_INFERENCE_LATENCY],
                description="One inference in twenty takes longer. When it is red, look at the machines below.",
            ),
            stat(
                "Busiest CPU",
                ml.cpu_usage("instance").top(1),
                alerts=[alerts.HIGH_CPU_USAGE],
                description="How busy the busiest machine is. When it is red, requests wait for a CPU: move load away.",
            ),
            stat(
                "Fullest memory",
                ml.memory_usage("instance").top(1),
                alerts=[alerts.OUT_OF_MEMORY],
                description="How full the fullest machine is. "
                "When it is red, the kernel soon kills a process: restart the greediest.",
            ),
        ),
        row(
            "Which model is slow, or fails?",
            timeseries(
                "Requests by model",
                ml.requests("model_name"),
                stack=True,
                description="Requests per second to each model. A model that vanishes was unloaded, or nobody asks it.",
            ),
            timeseries(
                "Errors by model",
                ml.errors("model_name"),
                yellow_above=ml.ERROR_LIMIT,
                description="The share of each model's requests that fail. The line is where it is too much.",
            ),
            timeseries(
                "Slowest 5 % by model",
                ml.latency(0.95, "model_name"),
                alerts=[alerts.HIGH_INFERENCE_LATENCY],
                description="What 95 % of each model's inferences stay below. The line is the alarm's limit.",
            ),
            heatmap(
                "How long inferences take",
                ml.latency_buckets(),
                description="Inferences per second by duration. "
                "Two bands mean two kinds of requests, which no p95 shows.",
            ),
        ),
        row(
            "Do the machines have room?",
            timeseries(
                "CPU by machine",
                ml.cpu_usage("instance"),
                alerts=[alerts.HIGH_CPU_USAGE],
                description="The share of each machine's CPUs that work. The line is the alarm's limit.",
            ),
            timeseries(
                "Memory by machine",
                ml.memory_usage("instance"),
                alerts=[alerts.OUT_OF_MEMORY],
                description="The share of each machine's memory that is taken. The line is the alarm's limit.",
            ),
            timeseries(
                "Memory that is left",
                ml.memory_available("instance"),
                description="Bytes that programs can still get, by machine. A line that falls steadily is a leak.",
            ),
        ),
        row(
            "What else is known?",
            stat(
                "Machines up",
                ml.nodes_up(),
                red_below=ml.ALL_UP,
                description="The share of the machines whose node exporter answers. "
                "Below 100 % a machine or its exporter is gone.",
            ),
            stat(
                "Memory there is",
                ml.memory_total(),
                course=False,
                description="Bytes of all machines together. It changes only when a machine comes or goes.",
            ),
            stat(
                "Uptime",
                ml.uptime(),
                course=False,
                description="The share of the time shown in which replicas answered. Gaps are restarts or outages.",
            ),
            stat(
                "Against last week",
                ml.week_over_week(),
                description="Requests of the last hour, by those of the same hour of last week. "
                "Far from 100 % ask why.",
            ),
            stat(
                "CPU as reported",
                ml.cpu_reported(),
                no_value="not reported",
                description="What the service itself believes. "
                "Far from the machines' own numbers it measures something else.",
            ),
            stat(
                "Memory as reported",
                ml.memory_reported(),
                no_value="not reported",
                description="What the service itself believes. "
                "Far from the machines' own numbers it measures something else.",
            ),
            timeseries(
                "Latency",
                ml.latency(0.5),
                ml.latency(0.95),
                ml.latency(0.99),
                alerts=[alerts.HIGH_INFERENCE_LATENCY],
                description="What half, 95 % and 99 % of the inferences stay below. Apart they mean a few slow ones.",
            ),
            status_history(
                "Replicas",
                ml.replicas(),
                alerts=[alerts.MODEL_SERVICE_DOWN],
                description="Each replica, up or down. One that flaps restarts: look at its memory and its logs.",
            ),
            page_alerts(),
            collapsed=True,
        ),
    ],
)
