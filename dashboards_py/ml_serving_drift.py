"""ML serving drift: what the models are asked, and how sure they are."""

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    PageLink,
    job_variable,
    label_variable,
    page_alerts,
    row,
    stat,
    timeseries,
)
from queries import alert_names
from queries.ml_serving import alerts, metrics
from queries.ml_serving import numbers as ml

dashboard = Dashboard(
    uid="ml-serving-drift",
    title="ML serving: drift",
    description="Whether the models still see what they were trained on.",
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
    time="7d",
    refresh="5m",
    rows=[
        row(
            "Is it healthy?",
            stat(
                "Greatest drift",
                ml.drift(),
                alerts=[alerts.EXTENSIVE_DATA_DRIFT],
                description="How far the input of the worst model has moved. "
                "Above 0.15 compare the data with that of the training.",
            ),
            stat(
                "Confidence",
                ml.confidence(),
                description="How sure the models are on average. "
                "A fall says that they see what they were not trained on.",
            ),
            stat(
                "Unsure",
                ml.unsure(),
                description="The share of the predictions with a confidence below one half. "
                "A rise comes before wrong answers.",
            ),
            stat(
                "Accuracy",
                ml.accuracy(),
                alerts=[alerts.PREDICTION_ACCURACY_DEGRADATION],
                description="The share of the predictions that turned out right. "
                "When it is red, fall back to the previous model.",
            ),
            stat(
                "Satisfaction",
                ml.user_satisfaction(),
                alerts=[alerts.LOW_USER_SATISFACTION],
                description="The mark that users give, 1 to 5. Below 3 they leave: read what they say.",
            ),
        ),
        row(
            "Which model has drifted, and since when?",
            timeseries(
                "Drift by model",
                ml.drift("model_name"),
                alerts=[alerts.EXTENSIVE_DATA_DRIFT],
                width=12,
                description="How far each model's input has moved. The line is the alarm's limit.",
            ),
            timeseries(
                "Confidence by version",
                ml.confidence("model_name", "model_version"),
                minimum=0,
                maximum=1,
                width=12,
                description="How sure each version of a model is. "
                "A new version below the old one was trained on something else.",
            ),
            timeseries(
                "Unsure by model",
                ml.unsure("model_name"),
                width=12,
                description="The share of each model's predictions with a confidence below one half. "
                "Look at such inputs first.",
            ),
            timeseries(
                "Floor of the confidence",
                ml.confidence("model_name").named("now"),
                ml.confidence_floor("model_name").named("least that is right"),
                alerts=[alerts.MODEL_CONFIDENCE_DRIFT],
                width=12,
                minimum=0,
                maximum=1,
                description="The confidence, and what it may not fall below: nine tenths of a week ago. "
                "A crossing is the alarm.",
            ),
        ),
        row(
            "What follows from it?",
            timeseries(
                "Accuracy by service",
                ml.accuracy("service"),
                alerts=[alerts.PREDICTION_ACCURACY_DEGRADATION],
                minimum=0,
                maximum=1,
                width=12,
                description="The share of right predictions, by service. "
                "It follows drift with the delay of the judgements.",
            ),
            timeseries(
                "Satisfaction by service",
                ml.user_satisfaction("service"),
                alerts=[alerts.LOW_USER_SATISFACTION],
                minimum=1,
                maximum=5,
                width=12,
                description="The mark that users give, by service, 1 to 5. It falls last, and is what all this is for.",
            ),
            page_alerts(),
        ),
    ],
)
