"""Error budgets: what every service promises, what is left of it, and how fast that goes."""

from collections.abc import Mapping

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    DataLink,
    PageLink,
    Panel,
    burn_rates,
    column,
    page_alerts,
    row,
    stat,
    table,
    timeseries,
)
from queries import Query, Slo, side_by_side
from queries.ai_api import objectives as ai_api
from queries.ai_app import objectives as ai_app
from queries.inference_server import objectives as inference_server
from queries.ml_serving import objectives as ml_serving
from queries.slo import NEARLY_SPENT, SPENT
from queries.taskmaster import objectives as taskmaster

# each service is called as its page, so that its name leads there
AVAILABILITY = {
    "ai-api": ai_api.AVAILABILITY,
    "ai-app": ai_app.AVAILABILITY,
    "inference-server": inference_server.AVAILABILITY,
    "taskmaster": taskmaster.AVAILABILITY,
    "ml-serving-operators": ml_serving.AVAILABILITY,
}
LATENCY = {
    "ai-api": ai_api.LATENCY,
    "ai-app": ai_app.LATENCY,
    "inference-server": inference_server.LATENCY,
    "taskmaster": taskmaster.LATENCY,
    "ml-serving-operators": ml_serving.LATENCY,
}
AVAILABILITY_LEFT = side_by_side("service", {page: slo.budget_left() for page, slo in AVAILABILITY.items()})
LATENCY_LEFT = side_by_side("service", {page: slo.budget_left() for page, slo in LATENCY.items()})


def _budget(title: str, page: str) -> Panel:
    return stat(
        title,
        AVAILABILITY[page].budget_left(),
        yellow_below=NEARLY_SPENT,
        red_below=SPENT,
        links=[DataLink(title, f"/d/{page}?${{__url_time_range}}")],
        description="What is left of the 30 days' budget of failed requests. Below 0 stop risky changes.",
    )


def _promises(title: str, kept: Mapping[str, Slo], left: Query) -> Panel:
    return table(
        title,
        column(side_by_side("service", {page: slo.promised() for page, slo in kept.items()}), "Promised", decimals=2),
        column(side_by_side("service", {page: slo.good_ratio() for page, slo in kept.items()}), "Kept", decimals=2),
        column(left, "Budget left", painted="background", yellow_below=NEARLY_SPENT, red_below=SPENT),
        column(side_by_side("service", {page: slo.burn_rate("1h") for page, slo in kept.items()}), "Burns", decimals=1),
        names={"service": "Service"},
        link=DataLink("Open its page", "/d/${__value.raw}?${__url_time_range}"),
        description="Of 30 days; how fast it burns is of the last hour. Begin where the least is left.",
    )


dashboard = Dashboard(
    uid="objectives",
    title="Error budgets",
    description="What every service promises its callers, how much of it was kept, and how long the rest will last.",
    folder="AI services",
    tags=["ai-services"],
    time="7d",
    refresh="5m",
    variables=[PROMETHEUS],
    links=[PageLink("AI services", tags=("ai-services",))],
    marks=[DEPLOYMENTS, AlertMarks(severity="critical")],
    rows=[
        row(
            "Is every promise kept?",
            _budget("AI API", "ai-api"),
            _budget("AI application", "ai-app"),
            _budget("Inference server", "inference-server"),
            _budget("TaskMaster", "taskmaster"),
            _budget("ML serving", "ml-serving-operators"),
            _promises("Answered without an error", AVAILABILITY, AVAILABILITY_LEFT),
            _promises("Answered in time", LATENCY, LATENCY_LEFT),
        ),
        row(
            "How fast do the budgets burn?",
            *(burn_rates(slo, width=12) for page in AVAILABILITY for slo in (AVAILABILITY[page], LATENCY[page])),
            page_alerts(width=24),
        ),
        row(
            "When was it spent?",
            timeseries(
                "Budget left: answered without an error",
                AVAILABILITY_LEFT,
                yellow_below=NEARLY_SPENT,
                red_below=SPENT,
                width=12,
                description="What is left of 30 days. A step down is an outage; it comes back 30 days later.",
            ),
            timeseries(
                "Budget left: answered in time",
                LATENCY_LEFT,
                yellow_below=NEARLY_SPENT,
                red_below=SPENT,
                width=12,
                description="What is left of 30 days. A slow slide asks for repair before an alert does.",
            ),
        ),
    ],
)
