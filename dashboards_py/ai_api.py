"""AI API: what a caller of the model API experiences, and what it costs."""

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    PageLink,
    gauge,
    heatmap,
    job_variable,
    label_variable,
    page_alerts,
    row,
    stat,
    status_history,
    timeseries,
)
from queries import USD_PER_MILLION_TOKENS, alert_names
from queries.ai_api import alerts, metrics
from queries.ai_api import numbers as ai

dashboard = Dashboard(
    uid="ai-api",
    title="AI API",
    description="HTTP requests, model calls, tokens, retrieval and agents of the AI API.",
    folder="AI services",
    tags=["ai-services", "ai-api"],
    role=metrics.API,
    variables=[
        PROMETHEUS,
        job_variable(metrics.LLM_TOKENS),
        label_variable(metrics.LLM_TOKENS, "model"),
        label_variable(metrics.HTTP_REQUESTS, "handler", where={"handler": ai.USERS}),
    ],
    links=[PageLink("AI services", tags=("ai-services",))],
    marks=[DEPLOYMENTS, AlertMarks(alerts=alert_names(*alerts.groups))],
    rows=[
        row(
            "Is it healthy?",
            stat(
                "Up",
                ai.api_up(),
                red_below=ai.ALL_UP,
                description="The share of the replicas that answer. Below 100 % look at the replicas, in the last row.",
            ),
            stat(
                "Requests",
                ai.requests(),
                description="HTTP requests per second, without Prometheus' own. Compare a fall with last week, below.",
            ),
            stat(
                "Errors",
                ai.errors(),
                yellow_above=ai.ERROR_WARNING,
                alerts=[alerts.HIGH_ERROR_RATE],
                decimals=2,
                description="The share of requests that end in 5xx. "
                "When it is red, see which handler fails, and its logs.",
            ),
            stat(
                "Slowest 5 %",
                ai.latency(0.95),
                yellow_above=ai.LATENCY_LIMIT,
                description="One request in twenty takes longer. "
                "When it is red, see whether it is the model or a handler.",
            ),
            stat(
                "LLM slowest 5 %",
                ai.llm_latency(0.95),
                yellow_above=ai.LLM_LATENCY_WARNING,
                alerts=[alerts.HIGH_LLM_LATENCY],
                description="One model call in twenty takes longer. "
                "When it is red, look at the provider's status page.",
            ),
            stat(
                "Cost per hour",
                ai.cost_per_hour(),
                description="What the tokens of the last hour cost at list price. A jump means long prompts or a loop.",
            ),
        ),
        row(
            "Where do requests fail or wait?",
            timeseries(
                "Requests by handler",
                ai.requests("handler"),
                stack=True,
                description="Requests per second, by handler. "
                "A handler that vanishes has lost its caller or its route.",
            ),
            timeseries(
                "Errors by handler",
                ai.errors("handler"),
                alerts=[alerts.HIGH_ERROR_RATE],
                description="The share of each handler's requests that end in 5xx. The line is the alarm's limit.",
            ),
            timeseries(
                "Latency",
                ai.latency(0.5),
                ai.latency(0.95),
                ai.latency(0.99),
                yellow_above=ai.LATENCY_LIMIT,
                description="What half, 95 % and 99 % of the requests stay below, of all handlers. "
                "Apart they mean a few slow ones.",
            ),
            heatmap(
                "How long requests take",
                ai.latency_buckets(),
                description="Requests per second by duration. "
                "Two bands mean two kinds of requests, which no p95 shows.",
            ),
        ),
        row(
            "How do the models do?",
            timeseries(
                "Calls by model",
                ai.llm_calls("model"),
                stack=True,
                description="Calls per second to each model. A model without calls is switched off, or nobody asks it.",
            ),
            timeseries(
                "Latency by model",
                ai.llm_latency(0.5, "model"),
                ai.llm_latency(0.95, "model"),
                alerts=[alerts.HIGH_LLM_LATENCY],
                legend="table",
                description="What half and 95 % of each model's calls stay below. The line is the alarm's limit.",
            ),
            heatmap(
                "How long model calls take",
                ai.llm_latency_buckets(),
                description="Model calls per second by duration. A band that moves up is a provider that gets slower.",
            ),
        ),
        row(
            "What does it use, and cost?",
            timeseries(
                "Tokens per hour",
                ai.input_tokens_per_hour(),
                ai.output_tokens_per_hour(),
                stack=True,
                alerts=[alerts.TOKEN_COST_SPIKE],
                description="Tokens sent and received within the last hour. "
                "Input grows with context, output with answers.",
            ),
            timeseries(
                "Tokens per hour by model",
                ai.tokens_per_hour("model"),
                stack=True,
                description="Tokens of each model within the last hour. "
                "The greatest is the first to look at when the limit is near.",
            ),
            timeseries(
                "Cost per hour by model",
                ai.cost_per_hour("model"),
                stack=True,
                description="What each model's tokens of the last hour cost. "
                "The dearest model is the first to look at.",
            ),
        ),
        row(
            "Does retrieval find the right passages, and do agents come to an end?",
            gauge(
                "Retrieval score",
                ai.retrieval_score(),
                width=4,
                yellow_below=ai.RETRIEVAL_TARGET,
                alerts=[alerts.RETRIEVAL_QUALITY_DROP],
                description="How relevant the passages found are, 0 to 1. A fall means a stale or broken index.",
            ),
            timeseries(
                "Retrieval score over time",
                ai.retrieval_score(),
                alerts=[alerts.RETRIEVAL_QUALITY_DROP],
                minimum=0,
                maximum=1,
                description="The same score over time. Compare a fall with deployments, the vertical lines.",
            ),
            timeseries(
                "Agent sessions",
                ai.agent_sessions(),
                alerts=[alerts.RUNAWAY_AGENT_SESSIONS],
                description="Sessions that are open. "
                "A line that only rises is a loop that nobody ends: stop the agents.",
            ),
        ),
        row(
            "What else is known?",
            stat(
                "Within 1 s",
                ai.within_promise(),
                red_below=ai.PROMISED_SHARE,
                description="The share of requests that keep the promised second. Below 95 % the promise is broken.",
            ),
            stat(
                "Against last week",
                ai.week_over_week(),
                description="Requests of the last hour, by those of the same hour of last week. "
                "Far from 100 % ask why.",
            ),
            stat(
                "Uptime",
                ai.uptime(),
                course=False,
                description="The share of the time shown in which replicas answered. Gaps are restarts or outages.",
            ),
            timeseries(
                "Slowest 5 % by handler",
                ai.handler_latency(0.95, "handler"),
                yellow_above=ai.LATENCY_LIMIT,
                description="What 95 % of each handler's requests stay below. The slowest handler is where to look.",
            ),
            timeseries(
                "Tokens per second by endpoint",
                ai.tokens("endpoint"),
                stack=True,
                description="Tokens per second of each endpoint. A rise without more requests means longer prompts.",
            ),
            timeseries(
                "Body sizes",
                ai.request_size().named("request"),
                ai.response_size().named("response"),
                description="Mean length of bodies. Requests that grow carry more context; empty responses are errors.",
            ),
            timeseries(
                "Token prices",
                ai.token_price("model", "token_type"),
                unit=USD_PER_MILLION_TOKENS,
                description="What a million tokens cost, as exported. "
                "A step is a new price list: check the cost panels.",
            ),
            status_history(
                "Replicas",
                ai.replicas(),
                description="Each replica, up or down. One that flaps restarts: look at its memory and its logs.",
            ),
            page_alerts(),
            collapsed=True,
        ),
    ],
)
