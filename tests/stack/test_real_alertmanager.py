"""Our own build's configuration in a real Alertmanager: what is grouped, what is silent, what is over."""

from collections.abc import Iterator

import pytest

from cli import config
from cli.compile.build import Request, build
from tests.stack.amtool import NEEDS_AMTOOL
from tests.stack.told import Alertmanager, Hook, until

pytestmark = [pytest.mark.prometheus, NEEDS_AMTOOL]
SETTINGS = """
[build]
stack = ["alertmanager"]
[prometheus]
external_labels = {cluster = "eu"}
[alertmanager]
receiver = "hook"
group_wait = "1s"
group_interval = "1s"
[alertmanager.receivers.hook]
kind = "webhook"
url = "%s"
"""
HERE = {"cluster": "eu", "team": "ml-ops"}
DOWN = {**HERE, "alertname": "ModelServiceDown", "severity": "critical", "job": "ml-serving", "instance": "a:80"}
SLOW = {**HERE, "alertname": "HighInferenceLatency", "severity": "warning", "model_name": "m"}
WORKER = {"cluster": "eu", "alertname": "TaskMasterHighLatency", "severity": "warning"}


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Alertmanager, Hook]]:
    """Our alerts' configuration at work."""
    folder = tmp_path_factory.mktemp("told")
    with Hook() as hook:
        (folder / "dash.toml").write_text(SETTINGS % hook.url, encoding="utf-8")
        assert build(Request(config.read(folder), folder, folder / "build")).problems == ()
        with Alertmanager(folder / "build" / "alertmanager") as alertmanager:
            yield alertmanager, hook


def test_a_service_that_is_down_is_not_said_to_be_slow_until_it_is_back(heard: tuple[Alertmanager, Hook]) -> None:
    alertmanager, hook = heard
    elsewhere = {**SLOW, "cluster": "us", "model_name": "far"}

    alertmanager.tell(DOWN)
    until(lambda: "ModelServiceDown" in hook.alerts("firing"), lambda: hook.messages)
    alertmanager.tell(SLOW, elsewhere)
    until(lambda: "HighInferenceLatency" in hook.alerts("firing"), lambda: hook.messages)

    slow = [one["labels"] for message in hook.messages for one in message["alerts"] if "model_name" in one["labels"]]
    assert {one["cluster"] for one in slow} == {"us"}, "the other cluster's is no consequence of ours"
    assert alertmanager.silent() == {"HighInferenceLatency"}

    alertmanager.tell(DOWN, over=True)
    until(lambda: "ModelServiceDown" in hook.alerts("resolved"), lambda: hook.messages)
    until(
        lambda: any(one["labels"] == SLOW for message in hook.messages for one in message["alerts"]),
        lambda: hook.messages,
    )
    assert alertmanager.silent() == set()


def test_alerts_of_one_name_and_job_are_one_message(heard: tuple[Alertmanager, Hook]) -> None:
    alertmanager, hook = heard
    alertmanager.tell(*({**WORKER, "endpoint": endpoint} for endpoint in ("/a", "/b", "/c")))
    until(lambda: "TaskMasterHighLatency" in hook.alerts("firing"), lambda: hook.messages)

    (message,) = (one for one in hook.messages if one["commonLabels"].get("alertname") == "TaskMasterHighLatency")
    assert {one["labels"]["endpoint"] for one in message["alerts"]} == {"/a", "/b", "/c"}
    assert message["receiver"] == "hook"
