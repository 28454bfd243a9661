"""What Grafana reads when it starts is what was built, after Grafana has put in its variables."""

import re
from typing import Any

import yaml

from cli.stack import provisioning
from cli.stack.compose import files as compose_files
from cli.stack.settings import Alertmanager, Settings
from tests.stack.carried import RECEIVERS, TOLD, made, read, whole

SOURCES = "grafana/provisioning/datasources/prometheus.yaml"
PAGES = "grafana/provisioning/dashboards/pages.yaml"
ALERTING = "grafana/provisioning/alerting/notifications.yaml"
ENVIRONMENT = {"ON_CALL_ROUTING_KEY": "key$1", "BRIDGE_TOKEN": "token", "HOME": "/root"}
FILES = {"/etc/secrets/chat": "https://chat.example.com/hook"}


def expanded(value: Any) -> Any:
    """As Grafana does it with what it reads (`provisioning/values/values.go`, `interpolateValue`)."""
    if isinstance(value, dict):
        return {key: expanded(one) for key, one in value.items()}
    if isinstance(value, list):
        return [expanded(one) for one in value]
    if not isinstance(value, str):
        return value
    return "$".join(_environment(_files(part)) for part in value.split("$$"))


def _files(text: str) -> str:
    return re.sub(r"\$__file\{([^}]+)\}", lambda found: FILES[found[1]], text)


def _environment(text: str) -> str:
    return re.sub(r"\$\{(\w+)\}|\$(\w+)", lambda found: ENVIRONMENT.get(found[1] or found[2], ""), text)


def said(file: str, settings: Settings | None = None, **more: Any) -> Any:
    return read(made(provisioning.files, whole(settings=settings, **more))[file])


def test_prometheus_is_the_default_and_knows_its_alertmanager() -> None:
    prometheus, alertmanager = said(SOURCES)["datasources"]
    assert (prometheus["type"], prometheus["isDefault"], prometheus["url"]) == (
        "prometheus",
        True,
        "http://prometheus:9090",
    )
    assert prometheus["jsonData"]["alertmanagerUid"] == alertmanager["uid"]
    assert alertmanager["jsonData"]["implementation"] == "prometheus"
    [alone] = said(SOURCES, Settings(makers=("grafana",)))["datasources"]
    assert "alertmanagerUid" not in alone["jsonData"]


def test_the_interval_is_the_longest_that_is_scraped() -> None:
    assert said(SOURCES)["datasources"][0]["jsonData"]["timeInterval"] == "30s"
    assert said(SOURCES, jobs=())["datasources"][0]["jsonData"]["timeInterval"] == "15s"


def test_every_page_comes_into_its_folder() -> None:
    providers = said(PAGES, pages={"a": {}, "b": {}}, folder="Cost in $HOME/€")["providers"]
    assert [one["options"]["path"] for one in providers] == [f"/etc/dash/dashboards/{uid}.json" for uid in "ab"]
    assert {one["folder"] for one in expanded(providers)} == {"Cost in $HOME/€"}
    assert len({one["name"] for one in providers}) == len(providers)


def test_pages_lie_where_compose_mounts_them() -> None:
    [provider] = said(PAGES)["providers"]
    grafana = read(made(compose_files, whole())["compose/compose.yaml"])["services"]["grafana"]
    mounted = {volume.split(":")[1]: volume.split(":")[0] for volume in grafana["volumes"]}
    folder, _, file = provider["options"]["path"].rpartition("/")
    assert f"{mounted[folder]}/{file}" == "../dashboards/shop.json"


def test_nothing_is_said_of_what_there_is_not() -> None:
    assert made(provisioning.files, whole(pages={})).keys() == {SOURCES}


def test_contact_points_are_the_receivers() -> None:
    points = {one["name"]: one["receivers"][0] for one in said(ALERTING, Settings(alertmanager=TOLD))["contactPoints"]}
    assert {name: one["type"] for name, one in points.items()} == {one.name: one.kind for one in RECEIVERS}
    settings = {name: expanded(one["settings"]) for name, one in points.items()}
    assert settings["on-call"] == {"integrationKey": "key$1"}
    assert settings["chat"] == {"url": "https://chat.example.com/hook", "recipient": "#a$b"}
    assert settings["post"]["addresses"] == "on-call@example.com"
    assert settings["bridge"]["authorization_credentials"] == "token"
    assert {name for name, one in points.items() if one["disableResolveMessage"]} == {"post"}
    assert all(re.fullmatch("[a-zA-Z0-9_-]{1,40}", one["uid"]) for one in points.values())


def test_secrets_are_references() -> None:
    text = made(provisioning.files, whole(settings=Settings(alertmanager=TOLD)))[ALERTING].decode()
    references = re.findall(r"\$__file\{[^}]+\}|\$\{\w+\}", text)
    assert sorted(references) == ["$__file{/etc/secrets/chat}", "${BRIDGE_TOKEN}", "${ON_CALL_ROUTING_KEY}"]


def test_times_in_which_nothing_is_sent_are_alertmanagers() -> None:
    [nights] = said(
        ALERTING, Settings(alertmanager=Alertmanager(receiver="chat", receivers=RECEIVERS, mute=TOLD.mute))
    )["muteTimes"]
    assert nights["name"] == "nights"
    assert nights["time_intervals"][0]["times"][0] == {"start_time": "22:00", "end_time": "24:00"}
    assert nights["time_intervals"][0]["weekdays"] == ["monday:friday"]


def test_every_mute_that_a_route_names_is_there() -> None:
    told = said(ALERTING, Settings(alertmanager=TOLD))
    text = yaml.safe_dump(told["policies"])
    names = {one["name"] for one in told["muteTimes"]}
    assert {name for name in names if name in text} == names == {"nights", "nobody is told"}
    assert "mute_time_intervals" not in told["policies"][0]


def test_what_is_made_twice_is_equal() -> None:
    of = whole(settings=Settings(alertmanager=TOLD))
    assert made(provisioning.files, of) == made(provisioning.files, of)
