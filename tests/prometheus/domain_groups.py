"""The rule groups of the five domains, as promtool's tests load them."""

from queries import RuleGroup
from queries.ai_api import alerts as ai_api
from queries.ai_api import objectives as ai_api_objectives
from queries.ai_api.recording import group as ai_api_recordings
from queries.ai_app import alerts as ai_app
from queries.ai_app import objectives as ai_app_objectives
from queries.ai_app.recording import group as ai_app_recordings
from queries.inference_server import alerts as inference_server
from queries.inference_server import objectives as inference_server_objectives
from queries.inference_server.recording import group as inference_server_recordings
from queries.ml_serving import alerts as ml_serving
from queries.ml_serving import objectives as ml_serving_objectives
from queries.ml_serving.recording import group as ml_serving_recordings
from queries.taskmaster import alerts as taskmaster
from queries.taskmaster import objectives as taskmaster_objectives
from queries.taskmaster.recording import group as taskmaster_recordings

ALERTS: dict[str, tuple[RuleGroup, ...]] = {
    "ai_app": ai_app.groups,
    "inference_server": inference_server.groups,
    "ai_api": ai_api.groups,
    "taskmaster": taskmaster.groups,
    "ml_serving": ml_serving.groups,
}
RECORDINGS: dict[str, RuleGroup] = {
    "ai_app": ai_app_recordings,
    "inference_server": inference_server_recordings,
    "ai_api": ai_api_recordings,
    "taskmaster": taskmaster_recordings,
    "ml_serving": ml_serving_recordings,
}
#: Recordings and alerts of each service's objectives.
OBJECTIVES: dict[str, tuple[RuleGroup, ...]] = {
    "ai_app": ai_app_objectives.groups,
    "inference_server": inference_server_objectives.groups,
    "ai_api": ai_api_objectives.groups,
    "taskmaster": taskmaster_objectives.groups,
    "ml_serving": ml_serving_objectives.groups,
}
EVERY_ALERT_GROUP = tuple(group for groups in (*ALERTS.values(), *OBJECTIVES.values()) for group in groups)
EVERY_GROUP = (*EVERY_ALERT_GROUP, *RECORDINGS.values())
