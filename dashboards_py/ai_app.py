"""AI application: a backend in front of a model server, with a queue of documents."""

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
from queries.ai_app import alerts, metrics
from queries.ai_app import numbers as app

dashboard = Dashboard(
    uid="ai-app",
    title="AI application",
    description="HTTP requests, inferences, tokens and the document queue of the AI application.",
    folder="AI services",
    tags=["ai-services", "ai-app"],
    role=metrics.BACKEND,
    variables=[
        PROMETHEUS,
        job_variable(metrics.QUEUE_DEPTH),
        label_variable(metrics.HTTP_REQUESTS, "endpoint"),
    ],
    links=[PageLink("AI services", tags=("ai-services",))],
    marks=[DEPLOYMENTS, AlertMarks(alerts=alert_names(*alerts.groups))],
    rows=[
        row(
            "Is it healthy?",
            stat(
                "Model servers up",
                app.model_server_up(),
                red_below=app.ALL_UP,
                description="The share of the model servers that answer. "
                "Below 100 % restart the one that is down, below.",
            ),
            stat(
                "Requests",
                app.requests(),
                description="HTTP requests per second. Compare a fall with last week, in the last row.",
            ),
            stat(
                "Errors",
                app.errors(),
                yellow_above=app.ERROR_LIMIT,
                decimals=2,
                description="The share of requests that end in 5xx. "
                "When it is yellow, see which endpoint fails, and its logs.",
            ),
            stat(
                "Slowest 5 %",
                app.inference_latency(0.95),
                alerts=[alerts.HIGH_INFERENCE_LATENCY],
                description="One inference in twenty takes longer. When it is red, the model server needs more room.",
            ),
            stat(
                "Failed inferences",
                app.inference_errors(),
                yellow_above=app.ERROR_LIMIT,
                description="The share of inferences that fail. When it is yellow, look at the model server's logs.",
            ),
            stat(
                "Documents waiting",
                app.queue_depth(),
                alerts=[alerts.QUEUE_BACKLOG],
                description="Documents in the queue, those of all replicas together. When it is red, add workers.",
            ),
        ),
        row(
            "Where do requests fail or wait?",
            timeseries(
                "Requests by endpoint",
                app.requests("endpoint"),
                stack=True,
                description="Requests per second, by endpoint. One that vanishes has lost its caller or its route.",
            ),
            timeseries(
                "Errors by endpoint",
                app.errors("endpoint"),
                yellow_above=app.ERROR_LIMIT,
                description="The share of each endpoint's requests that end in 5xx. The line is where it is too much.",
            ),
            timeseries(
                "Latency",
                app.latency(0.5),
                app.latency(0.95),
                app.latency(0.99),
                description="What half, 95 % and 99 % of all requests stay below. Apart they mean a few slow requests.",
            ),
            heatmap(
                "How long requests take",
                app.latency_buckets(),
                description="Requests per second by duration. "
                "Two bands mean two kinds of requests, which no p95 shows.",
            ),
        ),
        row(
            "Does the model keep up?",
            timeseries(
                "Inferences",
                app.inferences("status"),
                stack=True,
                description="Inferences per second, by how they ended. Errors that grow are the model server's.",
            ),
            timeseries(
                "Inference latency",
                app.inference_latency(0.5),
                app.inference_latency(0.95),
                app.inference_latency(0.99),
                alerts=[alerts.HIGH_INFERENCE_LATENCY],
                description="What half, 95 % and 99 % of the inferences stay below. The line is the alarm's limit.",
            ),
            timeseries(
                "Queue and load",
                app.queue_depth().named("documents waiting"),
                right=(app.in_flight().named("inferences running"),),
                alerts=[alerts.QUEUE_BACKLOG],
                description="Documents that wait, and inferences that run. "
                "A queue with nothing running is a stuck worker.",
            ),
            heatmap(
                "How long inferences take",
                app.inference_latency_buckets(),
                description="Inferences per second by duration. A band that moves up is a model server without room.",
            ),
        ),
        row(
            "What does the model write?",
            timeseries(
                "Tokens per second",
                app.tokens(),
                description="Tokens that the model writes per second. It falls when the model server slows down.",
            ),
            timeseries(
                "Tokens per hour",
                app.tokens_per_hour(),
                description="Tokens that the model wrote within the last hour. What is paid for is counted here.",
            ),
            timeseries(
                "Length of answers",
                app.tokens_per_request(),
                app.answer_length(0.5),
                app.answer_length(0.95),
                description="Tokens per answer: the mean, half, and 95 % of them. Very short answers are refusals.",
            ),
        ),
        row(
            "What else is known?",
            stat(
                "Within 1 s",
                app.within_promise(),
                red_below=app.PROMISED_SHARE,
                description="The share of requests that keep the promised second. Below 95 % the promise is broken.",
            ),
            stat(
                "Against last week",
                app.week_over_week(),
                description="Requests of the last hour, by those of the same hour of last week. "
                "Far from 100 % ask why.",
            ),
            stat(
                "Uptime",
                app.uptime(),
                course=False,
                description="The share of the time shown in which replicas answered. Gaps are restarts or outages.",
            ),
            stat(
                "Backend up",
                app.backend_up(),
                red_below=app.ALL_UP,
                description="The share of the backend's replicas that answer. Below 100 % look at their logs.",
            ),
            stat(
                "Proxy up",
                app.proxy_up(),
                red_below=app.ALL_UP,
                no_value="not watched",
                description="The share of the proxies that answer, where nginx is watched. Red: nobody gets in.",
            ),
            status_history(
                "Model servers",
                app.model_servers(),
                alerts=[alerts.MODEL_SERVER_DOWN],
                description="Each model server, up or down. One that flaps restarts: look at its memory and its logs.",
            ),
            page_alerts(),
            collapsed=True,
        ),
    ],
)
