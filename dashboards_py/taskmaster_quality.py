"""TaskMaster quality: scores, drift below the baseline, answers."""

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
from queries.taskmaster import alerts, metrics
from queries.taskmaster import numbers as worker

dashboard = Dashboard(
    uid="taskmaster-quality",
    title="TaskMaster quality",
    description="How good the answers are, and whether they get worse.",
    folder="AI services",
    tags=["ai-services", "taskmaster"],
    role=metrics.WORKER,
    variables=[
        PROMETHEUS,
        job_variable(metrics.REQUESTS_ANSWERED),
    ],
    links=[PageLink("AI services", tags=("ai-services",)), PageLink("TaskMaster", tags=("taskmaster",))],
    marks=[DEPLOYMENTS, AlertMarks(alerts=alert_names(*alerts.groups))],
    rows=[
        row(
            "Is it healthy?",
            stat(
                "Quality",
                worker.quality_score(),
                yellow_below=worker.QUALITY_TARGET,
                alerts=[alerts.QUALITY_DRIFT],
                no_value="not reported",
                description="How good the answers are over all, 0 to 1. "
                "Below 0.7 review recent answers and consider retraining.",
            ),
            stat(
                "Greatest drift",
                worker.drift(),
                alerts=[alerts.DRIFT, alerts.SEVERE_DRIFT],
                description="How far the worst score is below its baseline. "
                "Above 15 % compare recent answers, above 30 % fall back.",
            ),
            stat(
                "Satisfied users",
                worker.user_satisfaction(worker.VOTES_WITHIN),
                alerts=[alerts.SATISFACTION_DROP],
                description="The share of the verdicts of six hours that are thumbs up. "
                "A fall with good scores means that the scores lie.",
            ),
            stat(
                "Mean answer",
                worker.mean_response_length(),
                description="Characters of an answer on average. "
                "Very short answers are refusals, very long ones are loops.",
            ),
        ),
        row(
            "What got worse, and since when?",
            gauge(
                "Quality score",
                worker.quality_score(),
                width=4,
                yellow_below=worker.QUALITY_TARGET,
                alerts=[alerts.QUALITY_DRIFT],
                no_value="not reported",
                description="The same score between its limits. Red is where the alarm begins.",
            ),
            timeseries(
                "Scores",
                worker.quality_scores(),
                alerts=[alerts.QUALITY_DRIFT],
                minimum=0,
                maximum=1,
                description="Each score, 0 to 1. The first line that falls says what kind of answers got worse.",
            ),
            timeseries(
                "Drift below the baseline",
                worker.drift("metric"),
                alerts=[alerts.DRIFT, alerts.SEVERE_DRIFT],
                description="How far each score is below its baseline; below 0 it is better. "
                "The lines are the two alarms' limits.",
            ),
        ),
        row(
            "What do the answers look like, and what do users say?",
            timeseries(
                "Length of answers",
                worker.response_length(0.5),
                worker.response_length(0.95),
                width=12,
                description="Characters that half and 95 % of the answers stay below. "
                "A sudden change follows a new prompt or model.",
            ),
            timeseries(
                "Verdicts",
                worker.verdicts(),
                stack=True,
                bars=True,
                width=12,
                description="What users said within the last hour. Read the reasons of the thumbs down.",
            ),
        ),
        row(
            "Are users content, and do the scores know it?",
            timeseries(
                "Thumbs up",
                worker.user_satisfaction(worker.VOTES_WITHIN),
                alerts=[alerts.SATISFACTION_DROP],
                minimum=0,
                maximum=1,
                description="The share of the verdicts of six hours that are thumbs up. "
                "The line is the alarm's limit; of fewer than 20 verdicts it judges none.",
            ),
            timeseries(
                "Satisfaction and its interval",
                worker.satisfaction_estimates(),
                minimum=0,
                maximum=1,
                description="The share of the last verdicts that are thumbs up, and between which shares it would lie "
                "if all users had voted. Wide apart means too few verdicts to act on.",
            ),
            timeseries(
                "Agreement of verdicts and scores",
                worker.agreement(),
                yellow_below=worker.AGREEMENT_WARNING,
                minimum=-1,
                maximum=1,
                description="How far verdicts and quality scores agree: 1 wholly, 0 not at all, -1 opposite. "
                "Near 0 the scores miss what users mind: weigh them anew.",
            ),
            page_alerts(),
        ),
    ],
)
