"""Inference server: model servers, their queues and their GPUs."""

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    PageLink,
    bargauge,
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
from queries.inference_server import alerts, metrics
from queries.inference_server import numbers as server

dashboard = Dashboard(
    uid="inference-server",
    title="Inference server",
    description="Requests, latency, queues and GPU memory of the model servers.",
    folder="AI services",
    tags=["ai-services", "inference-server"],
    role=metrics.SERVER,
    variables=[
        PROMETHEUS,
        job_variable(metrics.LATENCY),
        label_variable(metrics.LATENCY, "model_name", label="Model"),
        label_variable(metrics.GPU_MEMORY_USED, "device_id", label="GPU"),
    ],
    links=[PageLink("AI services", tags=("ai-services",))],
    marks=[DEPLOYMENTS, AlertMarks(alerts=alert_names(*alerts.groups))],
    rows=[
        row(
            "Is it healthy?",
            stat(
                "Up",
                server.servers_up(),
                red_below=server.ALL_UP,
                description="The share of the model servers that answer. Below 100 % see which, in the last row.",
            ),
            stat(
                "Requests",
                server.requests(),
                description="Inference requests per second. Compare a fall with last week, in the last row.",
            ),
            stat(
                "Errors",
                server.errors(),
                yellow_above=server.ERROR_LIMIT,
                decimals=2,
                description="The share of requests that fail. When it is yellow, see which model fails, and its logs.",
            ),
            stat(
                "Slowest 5 %",
                server.latency(0.95),
                alerts=[alerts.SLOW, alerts.HIGH_LATENCY],
                description="One request in twenty takes longer. When it is red, look at the queue and the GPUs.",
            ),
            stat(
                "Requests waiting",
                server.queue_depth(),
                alerts=[alerts.REQUEST_QUEUE_BACKLOG],
                description="Requests in the queues of all replicas. When it is red, add a replica or shed load.",
            ),
            stat(
                "GPU memory",
                server.gpu_memory_share(),
                alerts=[alerts.GPU_MEMORY_EXHAUSTED],
                description="The share of all GPU memory in use. "
                "When it is red, the next request may fail: see which GPU.",
            ),
        ),
        row(
            "Which model is slow, or fails?",
            timeseries(
                "Requests by model",
                server.requests("model_name"),
                stack=True,
                description="Requests per second to each model. A model that vanishes was unloaded, or nobody asks it.",
            ),
            timeseries(
                "Errors by model",
                server.errors("model_name"),
                yellow_above=server.ERROR_LIMIT,
                description="The share of each model's requests that fail. The line is where it is too much.",
            ),
            timeseries(
                "Slowest 5 % by model",
                server.latency(0.95, "model_name"),
                alerts=[alerts.SLOW, alerts.HIGH_LATENCY],
                description="What 95 % of each model's requests stay below. The lines are the two alarms' limits.",
            ),
            heatmap(
                "How long requests take",
                server.latency_buckets(),
                description="Requests per second by duration. "
                "Two bands mean two kinds of requests, which no p95 shows.",
            ),
        ),
        row(
            "Is there room?",
            timeseries(
                "Requests waiting by model",
                server.queue_depth("model_name"),
                alerts=[alerts.REQUEST_QUEUE_BACKLOG],
                description="Requests in each model's queue. "
                "The line is the alarm's limit; a queue that only grows needs a replica.",
            ),
            timeseries(
                "GPU memory by device",
                server.gpu_memory_share("instance", "device_id"),
                alerts=[alerts.GPU_MEMORY_EXHAUSTED],
                description="The share of each GPU's memory in use. "
                "The line is the alarm's limit: unload a model there.",
            ),
            timeseries(
                "GPU utilization by device",
                server.gpu_utilization("instance", "device_id"),
                description="The share of the time in which each GPU works. "
                "Idle GPUs beside a queue are a routing fault.",
            ),
            bargauge(
                "GPU memory used",
                server.gpu_memory_used("instance", "device_id"),
                width=12,
                description="Bytes in use on each GPU. What is left decides which model still fits.",
            ),
            bargauge(
                "GPU memory there is",
                server.gpu_memory_total("instance", "device_id"),
                width=12,
                description="Bytes that each GPU has. A GPU that is missing here has fallen off the bus.",
            ),
        ),
        row(
            "What else is known?",
            stat(
                "Within 1 s",
                server.within_promise(),
                red_below=server.PROMISED_SHARE,
                description="The share of requests that keep the promised second. Below 95 % the promise is broken.",
            ),
            stat(
                "Against last week",
                server.week_over_week(),
                description="Requests of the last hour, by those of the same hour of last week. "
                "Far from 100 % ask why.",
            ),
            stat(
                "Uptime",
                server.uptime(),
                course=False,
                description="The share of the time shown in which servers answered. Gaps are restarts or outages.",
            ),
            timeseries(
                "Latency",
                server.latency(0.5),
                server.latency(0.95),
                server.latency(0.99),
                alerts=[alerts.HIGH_LATENCY],
                description="What half, 95 % and 99 % of all requests stay below. Apart they mean a few slow requests.",
            ),
            status_history(
                "Servers",
                server.servers(),
                description="Each model server, up or down. One that flaps restarts: look at its memory and its logs.",
            ),
            page_alerts(),
            collapsed=True,
        ),
    ],
)
