"""ML serving for stakeholders: four questions, four rows."""

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    PageLink,
    gauge,
    job_variable,
    page_alerts,
    row,
    stat,
    timeseries,
)
from queries import alert_names
from queries.ml_serving import alerts, metrics
from queries.ml_serving import numbers as ml

dashboard = Dashboard(
    uid="ml-serving-stakeholders",
    title="ML serving: stakeholders",
    description="Is it up, is it quick, is it right, is it worth it?",
    folder="AI services",
    tags=["ai-services", "ml-serving"],
    role=metrics.SERVICE,
    variables=[
        PROMETHEUS,
        job_variable(metrics.LATENCY),
    ],
    links=[PageLink("AI services", tags=("ai-services",)), PageLink("ML serving", tags=("ml-serving",))],
    marks=[DEPLOYMENTS, AlertMarks(alerts=alert_names(*alerts.groups))],
    time="7d",
    refresh="5m",
    rows=[
        row(
            "Is the service up?",
            stat(
                "Up now",
                ml.service_up(),
                red_below=ml.ALL_UP,
                description="The share of the replicas that answer. Below 100 % operators are at work: see their page.",
            ),
            stat(
                "Uptime",
                ml.uptime(),
                course=False,
                description="The share of the time shown in which replicas answered. Gaps are restarts or outages.",
            ),
            timeseries(
                "Requests",
                ml.requests(),
                height=4,
                description="Requests per second. It follows working hours; a hole is an outage or a lost client.",
            ),
            stat(
                "Against last week",
                ml.week_over_week(),
                description="Requests of the last hour, by those of the same hour of last week. 100 % is as many.",
            ),
            page_alerts(),
        ),
        row(
            "Does it respond quickly?",
            stat(
                "Slowest 5 %",
                ml.latency(0.95),
                alerts=[alerts.HIGH_INFERENCE_LATENCY],
                height=8,
                description="One inference in twenty takes longer. When it is red, users wait: operators know why.",
            ),
            stat(
                "Within 500 ms",
                ml.within_promise(),
                red_below=ml.PROMISED_SHARE,
                height=8,
                description="The share of inferences within half a second. Below 95 % the promise is broken.",
            ),
            timeseries(
                "Latency",
                ml.latency(0.5),
                ml.latency(0.95),
                alerts=[alerts.HIGH_INFERENCE_LATENCY],
                width=16,
                description="What half and 95 % of the inferences stay below. The line is the alarm's limit.",
            ),
        ),
        row(
            "Are the predictions accurate?",
            gauge(
                "Accuracy",
                ml.accuracy(),
                alerts=[alerts.PREDICTION_ACCURACY_DEGRADATION],
                description="The share of the predictions that turned out right. "
                "Below 80 % the model needs somebody to look at it.",
            ),
            timeseries(
                "Accuracy by service",
                ml.accuracy("service"),
                alerts=[alerts.PREDICTION_ACCURACY_DEGRADATION],
                minimum=0,
                maximum=1,
                description="The share of right predictions, by service. The line is the alarm's limit.",
            ),
            timeseries(
                "Confidence by model",
                ml.confidence("model_name"),
                minimum=0,
                maximum=1,
                description="How sure each model is on average. A fall says that it sees what it was not trained on.",
            ),
        ),
        row(
            "Do users get value?",
            gauge(
                "Satisfaction",
                ml.user_satisfaction(),
                alerts=[alerts.LOW_USER_SATISFACTION],
                description="The mark that users give, 1 to 5. Below 3 they leave: read what they say.",
            ),
            timeseries(
                "Satisfaction by service",
                ml.user_satisfaction("service"),
                alerts=[alerts.LOW_USER_SATISFACTION],
                minimum=1,
                maximum=5,
                description="The mark by service, 1 to 5. The line is the alarm's limit.",
            ),
            timeseries(
                "Predictions",
                ml.predictions("model_name"),
                stack=True,
                description="Predictions per second, by model. One without any is switched off, or nobody asks it.",
            ),
        ),
    ],
)
