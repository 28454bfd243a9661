"""Error budgets: what every service promises, what is left of it, and how fast that goes."""

from panels import (
    DEPLOYMENTS,
    PROMETHEUS,
    AlertMarks,
    Dashboard,
    DataLink,
    PageLink,
    burn_rates,
    column,
    page_alerts,
    row,
    stat,
    table,
    timeseries,
)
from queries import side_by_side
from queries.ai_api import objectives as ai_api
from queries.ai_app import objectives as ai_app
from queries.inference_server import objectives as inference_server
from queries.ml_serving import objectives as ml_serving
from queries.slo import NEARLY_SPENT, SPENT
from queries.taskmaster import objectives as taskmaster

# each service is called as its page, so that its name leads there
AVAILABILITY_PROMISED = side_by_side(
    "service",
    {
        "ai-api": ai_api.AVAILABILITY.promised(),
        "ai-app": ai_app.AVAILABILITY.promised(),
        "inference-server": inference_server.AVAILABILITY.promised(),
        "taskmaster": taskmaster.AVAILABILITY.promised(),
        "ml-serving-operators": ml_serving.AVAILABILITY.promised(),
    },
)
AVAILABILITY_KEPT = side_by_side(
    "service",
    {
        "ai-api": ai_api.AVAILABILITY.good_ratio(),
        "ai-app": ai_app.AVAILABILITY.good_ratio(),
        "inference-server": inference_server.AVAILABILITY.good_ratio(),
        "taskmaster": taskmaster.AVAILABILITY.good_ratio(),
        "ml-serving-operators": ml_serving.AVAILABILITY.good_ratio(),
    },
)
AVAILABILITY_LEFT = side_by_side(
    "service",
    {
        "ai-api": ai_api.AVAILABILITY.budget_left(),
        "ai-app": ai_app.AVAILABILITY.budget_left(),
        "inference-server": inference_server.AVAILABILITY.budget_left(),
        "taskmaster": taskmaster.AVAILABILITY.budget_left(),
        "ml-serving-operators": ml_serving.AVAILABILITY.budget_left(),
    },
)
AVAILABILITY_BURNING = side_by_side(
    "service",
    {
        "ai-api": ai_api.AVAILABILITY.burn_rate("1h"),
        "ai-app": ai_app.AVAILABILITY.burn_rate("1h"),
        "inference-server": inference_server.AVAILABILITY.burn_rate("1h"),
        "taskmaster": taskmaster.AVAILABILITY.burn_rate("1h"),
        "ml-serving-operators": ml_serving.AVAILABILITY.burn_rate("1h"),
    },
)
LATENCY_PROMISED = side_by_side(
    "service",
    {
        "ai-api": ai_api.LATENCY.promised(),
        "ai-app": ai_app.LATENCY.promised(),
        "inference-server": inference_server.LATENCY.promised(),
        "taskmaster": taskmaster.LATENCY.promised(),
        "ml-serving-operators": ml_serving.LATENCY.promised(),
    },
)
LATENCY_KEPT = side_by_side(
    "service",
    {
        "ai-api": ai_api.LATENCY.good_ratio(),
        "ai-app": ai_app.LATENCY.good_ratio(),
        "inference-server": inference_server.LATENCY.good_ratio(),
        "taskmaster": taskmaster.LATENCY.good_ratio(),
        "ml-serving-operators": ml_serving.LATENCY.good_ratio(),
    },
)
LATENCY_LEFT = side_by_side(
    "service",
    {
        "ai-api": ai_api.LATENCY.budget_left(),
        "ai-app": ai_app.LATENCY.budget_left(),
        "inference-server": inference_server.LATENCY.budget_left(),
        "taskmaster": taskmaster.LATENCY.budget_left(),
        "ml-serving-operators": ml_serving.LATENCY.budget_left(),
    },
)
LATENCY_BURNING = side_by_side(
    "service",
    {
        "ai-api": ai_api.LATENCY.burn_rate("1h"),
        "ai-app": ai_app.LATENCY.burn_rate("1h"),
        "inference-server": inference_server.LATENCY.burn_rate("1h"),
        "taskmaster": taskmaster.LATENCY.burn_rate("1h"),
        "ml-serving-operators": ml_serving.LATENCY.burn_rate("1h"),
    },
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
            stat(
                "AI API",
                ai_api.AVAILABILITY.budget_left(),
                yellow_below=NEARLY_SPENT,
                red_below=SPENT,
                links=[DataLink("AI API", "/d/ai-api?${__url_time_range}")],
                description="What is left of the 30 days' budget of failed requests. Below 0 stop risky changes.",
            ),
            stat(
                "AI application",
                ai_app.AVAILABILITY.budget_left(),
                yellow_below=NEARLY_SPENT,
                red_below=SPENT,
                links=[DataLink("AI application", "/d/ai-app?${__url_time_range}")],
                description="What is left of the 30 days' budget of failed requests. Below 0 stop risky changes.",
            ),
            stat(
                "Inference server",
                inference_server.AVAILABILITY.budget_left(),
                yellow_below=NEARLY_SPENT,
                red_below=SPENT,
                links=[DataLink("Inference server", "/d/inference-server?${__url_time_range}")],
                description="What is left of the 30 days' budget of failed requests. Below 0 stop risky changes.",
            ),
            stat(
                "TaskMaster",
                taskmaster.AVAILABILITY.budget_left(),
                yellow_below=NEARLY_SPENT,
                red_below=SPENT,
                links=[DataLink("TaskMaster", "/d/taskmaster?${__url_time_range}")],
                description="What is left of the 30 days' budget of failed requests. Below 0 stop risky changes.",
            ),
            stat(
                "ML serving",
                ml_serving.AVAILABILITY.budget_left(),
                yellow_below=NEARLY_SPENT,
                red_below=SPENT,
                links=[DataLink("ML serving", "/d/ml-serving-operators?${__url_time_range}")],
                description="What is left of the 30 days' budget of failed requests. Below 0 stop risky changes.",
            ),
            table(
                "Answered without an error",
                column(AVAILABILITY_PROMISED, "Promised", decimals=2),
                column(AVAILABILITY_KEPT, "Kept", decimals=2),
                column(
                    AVAILABILITY_LEFT, "Budget left", painted="background", yellow_below=NEARLY_SPENT, red_below=SPENT
                ),
                column(AVAILABILITY_BURNING, "Burns", decimals=1),
                names={"service": "Service"},
                link=DataLink("Open its page", "/d/${__value.raw}?${__url_time_range}"),
                description="Of 30 days; how fast it burns is of the last hour. Begin where the least is left.",
            ),
            table(
                "Answered in time",
                column(LATENCY_PROMISED, "Promised", decimals=2),
                column(LATENCY_KEPT, "Kept", decimals=2),
                column(LATENCY_LEFT, "Budget left", painted="background", yellow_below=NEARLY_SPENT, red_below=SPENT),
                column(LATENCY_BURNING, "Burns", decimals=1),
                names={"service": "Service"},
                link=DataLink("Open its page", "/d/${__value.raw}?${__url_time_range}"),
                description="Of 30 days; how fast it burns is of the last hour. Begin where the least is left.",
            ),
        ),
        row(
            "How fast do the budgets burn?",
            burn_rates(ai_api.AVAILABILITY, width=12),
            burn_rates(ai_api.LATENCY, width=12),
            burn_rates(ai_app.AVAILABILITY, width=12),
            burn_rates(ai_app.LATENCY, width=12),
            burn_rates(inference_server.AVAILABILITY, width=12),
            burn_rates(inference_server.LATENCY, width=12),
            burn_rates(taskmaster.AVAILABILITY, width=12),
            burn_rates(taskmaster.LATENCY, width=12),
            burn_rates(ml_serving.AVAILABILITY, width=12),
            burn_rates(ml_serving.LATENCY, width=12),
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
