"""Overview: every service in one table, each linked to its page."""

from panels import (
    ALARMS,
    DEPLOYMENTS,
    GREEN,
    PROMETHEUS,
    RED,
    AlertMarks,
    Dashboard,
    DataLink,
    PageLink,
    State,
    column,
    row,
    stat,
    state_timeline,
    table,
    timeseries,
)
from queries import alarm_states, side_by_side
from queries.ai_api import alerts as ai_api_alerts
from queries.ai_api import numbers as ai_api
from queries.ai_api import objectives as ai_api_objectives
from queries.ai_app import alerts as ai_app_alerts
from queries.ai_app import numbers as ai_app
from queries.ai_app import objectives as ai_app_objectives
from queries.inference_server import alerts as inference_server_alerts
from queries.inference_server import numbers as inference_server
from queries.inference_server import objectives as inference_server_objectives
from queries.ml_serving import alerts as ml_serving_alerts
from queries.ml_serving import numbers as ml_serving
from queries.ml_serving import objectives as ml_serving_objectives
from queries.taskmaster import alerts as taskmaster_alerts
from queries.taskmaster import numbers as taskmaster
from queries.taskmaster import objectives as taskmaster_objectives

# each service is called as its page, so that its name leads there
UP = side_by_side(
    "service",
    {
        "ai-api": ai_api.api_up(),
        "ai-app": ai_app.backend_up(),
        "inference-server": inference_server.servers_up(),
        "taskmaster": taskmaster.worker_up(),
        "ml-serving-operators": ml_serving.service_up(),
    },
)
TRAFFIC = side_by_side(
    "service",
    {
        "ai-api": ai_api.requests(),
        "ai-app": ai_app.requests(),
        "inference-server": inference_server.requests(),
        "taskmaster": taskmaster.requests(),
        "ml-serving-operators": ml_serving.requests(),
    },
)
ERRORS = side_by_side(
    "service",
    {
        "ai-api": ai_api.errors(),
        "ai-app": ai_app.errors(),
        "inference-server": inference_server.errors(),
        "taskmaster": taskmaster.errors(),
        "ml-serving-operators": ml_serving.errors(),
    },
)
LATENCY = side_by_side(
    "service",
    {
        "ai-api": ai_api.latency(0.95),
        "ai-app": ai_app.latency(0.95),
        "inference-server": inference_server.latency(0.95),
        "taskmaster": taskmaster.latency(0.95),
        "ml-serving-operators": ml_serving.latency(0.95),
    },
)
#: Between the two stands the share of the replicas that are up.
UP_OR_DOWN = (State(0, "down", RED), State(1, "up", GREEN))
ALERTS = alarm_states(
    *ai_api_alerts.groups,
    *ai_api_objectives.groups,
    *ai_app_alerts.groups,
    *ai_app_objectives.groups,
    *inference_server_alerts.groups,
    *inference_server_objectives.groups,
    *taskmaster_alerts.groups,
    *taskmaster_objectives.groups,
    *ml_serving_alerts.groups,
    *ml_serving_objectives.groups,
)

dashboard = Dashboard(
    uid="overview",
    title="All AI services",
    description="Every service: is it up, how much is it asked, does it fail, is it slow?",
    folder="AI services",
    tags=["ai-services"],
    variables=[PROMETHEUS],
    links=[PageLink("AI services", tags=("ai-services",))],
    marks=[DEPLOYMENTS, AlertMarks(severity="critical")],
    rows=[
        row(
            "Is it healthy?",
            stat(
                "AI API",
                ai_api.api_up(),
                red_below=ai_api.ALL_UP,
                links=[DataLink("AI API", "/d/ai-api?${__url_time_range}")],
                description="The share of the replicas that answer. Below 100 % open its page.",
            ),
            stat(
                "AI application",
                ai_app.backend_up(),
                red_below=ai_api.ALL_UP,
                links=[DataLink("AI application", "/d/ai-app?${__url_time_range}")],
                description="The share of the backend's replicas that answer. Below 100 % open its page.",
            ),
            stat(
                "Inference server",
                inference_server.servers_up(),
                red_below=ai_api.ALL_UP,
                links=[DataLink("Inference server", "/d/inference-server?${__url_time_range}")],
                description="The share of the model servers that answer. Below 100 % open its page.",
            ),
            stat(
                "TaskMaster",
                taskmaster.worker_up(),
                red_below=ai_api.ALL_UP,
                links=[DataLink("TaskMaster", "/d/taskmaster?${__url_time_range}")],
                description="The share of the replicas that answer. Below 100 % open its page.",
            ),
            stat(
                "ML serving",
                ml_serving.service_up(),
                red_below=ai_api.ALL_UP,
                links=[DataLink("ML serving", "/d/ml-serving-operators?${__url_time_range}")],
                description="The share of the replicas that answer. Below 100 % open its page.",
            ),
            table(
                "Services",
                column(UP, "Up", painted="background", red_below=ai_api.ALL_UP, states=UP_OR_DOWN),
                column(TRAFFIC, "Requests"),
                column(
                    ERRORS, "Errors", painted="text", yellow_above=ai_api.ERROR_WARNING, red_above=ai_api.ERROR_LIMIT
                ),
                column(LATENCY, "Slowest 5 %"),
                names={"service": "Service"},
                link=DataLink("Open its page", "/d/${__value.raw}?${__url_time_range}"),
                width=24,
                description="One row a service; its name leads to its page. Begin with the reddest one.",
            ),
        ),
        row(
            "Which service changed, and when?",
            timeseries(
                "Requests",
                TRAFFIC,
                description="Requests per second, by service. A fall in one and a rise in none is lost traffic.",
            ),
            timeseries(
                "Errors",
                ERRORS,
                red_above=ai_api.ERROR_LIMIT,
                description="The share of requests that fail, by service. The line is the limit of the AI API's alarm.",
            ),
            timeseries(
                "Slowest 5 %",
                LATENCY,
                description="What 95 % of the requests stay below, by service. One that rises drags its callers along.",
            ),
            state_timeline(
                "Alerts",
                ALERTS,
                states=ALARMS,
                description="Every alert that waits for its time or fires. Nothing means all is well.",
            ),
        ),
    ],
)
