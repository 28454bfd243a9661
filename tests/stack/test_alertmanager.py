"""Alertmanager's configuration: right by its own tool, who is told of what, and no secret in it."""

from pathlib import Path
from typing import Any

import pytest

from cli.stack import alertmanager
from cli.stack.settings import Alertmanager, Kept, Mute, Receiver, Settings
from tests.stack import amtool, carried


def _receiver(name: str, **said: Any) -> Receiver:
    return Receiver(name=name, kind="webhook", options={"url": f"http://{name}:80/"}, **said)


def _files(told: Alertmanager) -> dict[str, bytes]:
    return carried.made(alertmanager.files, carried.whole(settings=Settings(alertmanager=told)))


def _folder(told: Alertmanager, folder: Path) -> Path:
    return amtool.written(_files(told), folder)


def _config(told: Alertmanager) -> Any:
    return carried.read(_files(told)[alertmanager.FILE])


@amtool.NEEDS_AMTOOL
@pytest.mark.prometheus
@pytest.mark.parametrize(
    "told",
    [
        Alertmanager(),
        carried.TOLD,
        Alertmanager(
            receiver="a",
            receivers=(_receiver("a", mute=("always",)),),
            mute=(
                Mute(
                    name="always",
                    times=("22:00-24:00",),
                    weekdays=("monday:friday", "sunday"),
                    days_of_month=("1:7", "-3:-1"),
                    months=("may:august",),
                    years=("2026:2027",),
                    location="Europe/Berlin",
                ),
            ),
        ),
    ],
    ids=["nobody", "every kind", "muted"],
)
def test_alertmanagers_own_tool_has_nothing_against_it(told: Alertmanager, tmp_path: Path) -> None:
    assert amtool.check(_folder(told, tmp_path)) == ""


def test_where_nobody_is_named_nobody_is_told_and_the_file_says_how_somebody_is() -> None:
    text = _files(Alertmanager())[alertmanager.FILE].decode()

    assert "# Nobody is told of anything yet" in text
    assert carried.read(text.encode())["receivers"] == [{"name": "nobody"}]


def test_what_an_older_alertmanager_does_not_know_is_said_where_it_is_used() -> None:
    secret = Receiver(name="a", kind="webhook", secrets={"url": Kept("env", "A_URL", "a_url")})

    assert alertmanager.URL_FILE.encode() in _files(Alertmanager(receivers=(secret,)))[alertmanager.FILE]
    assert alertmanager.URL_FILE.encode() not in _files(carried.TOLD)[alertmanager.FILE]


def test_what_no_receiver_takes_is_said_where_nobody_takes_the_rest() -> None:
    assert alertmanager.LEFT_OVER.encode() in _files(carried.TOLD)[alertmanager.FILE]
    taken = Alertmanager(receiver="chat", receivers=carried.RECEIVERS, mute=carried.TOLD.mute)
    assert alertmanager.LEFT_OVER.encode() not in _files(taken)[alertmanager.FILE]


@amtool.NEEDS_AMTOOL
@pytest.mark.prometheus
def test_an_alert_goes_to_everybody_who_takes_its_severity_and_team(tmp_path: Path) -> None:
    told = Alertmanager(
        receiver="rest",
        receivers=(
            _receiver("pager", severities=("critical",)),
            _receiver("ml", teams=("ml-ops", "a.b")),
            _receiver("ml-pager", severities=("critical",), teams=("ml-ops",)),
            _receiver("infos", severities=("info",)),
            _receiver("rest", teams=("nobody's",)),
        ),
    )
    folder = _folder(told, tmp_path)

    assert amtool.told(folder, severity="critical") == {"pager"}
    assert amtool.told(folder, severity="warning") == {"rest"}
    assert amtool.told(folder, severity="warning", team="ml-ops") == {"ml"}
    assert amtool.told(folder, severity="critical", team="ml-ops") == {"pager", "ml", "ml-pager"}
    assert amtool.told(folder, severity="warning", team="a.b") == {"ml"}
    assert amtool.told(folder, severity="warning", team="axb") == {"rest"}, "a point is a point"
    assert amtool.told(folder, severity="info") == {"infos"}
    assert amtool.told(folder, team="ml-ops") == {"ml"}, "without a severity, too"
    assert amtool.told(folder, alertname="Other") == {"rest"}


def test_how_often_somebody_is_told_again_is_a_matter_of_severity() -> None:
    routes = _config(Alertmanager(repeat={"critical": "30m", "warning": "1d"}))["route"]

    assert {one["matchers"][0]: one["repeat_interval"] for one in routes["routes"] if "matchers" in one} == {
        'severity="critical"': "30m",
        'severity="warning"': "1d",
    }
    assert routes["group_by"] == ["alertname", "job"]


def test_who_gets_the_rest_is_left_alone_in_the_times_that_he_named() -> None:
    route = _config(
        Alertmanager(receiver="a", receivers=(_receiver("a", mute=("nights",)),), mute=(Mute(name="nights"),))
    )["route"]

    assert "mute_time_intervals" not in route, "Alertmanager refuses it there"
    assert all(one["mute_time_intervals"] == ["nights"] for one in route["routes"])


def test_each_kind_is_told_with_its_secret_in_a_file() -> None:
    told = {one["name"]: one for one in _config(carried.TOLD)["receivers"]}

    (slack,) = told["chat"]["slack_configs"]
    assert (slack["api_url_file"], slack["channel"]) == ("/etc/secrets/chat", "#a$b")
    (pager,) = told["on-call"]["pagerduty_configs"]
    assert pager["routing_key_file"] == "/run/secrets/on_call_routing_key"
    (mail,) = told["post"]["email_configs"]
    assert (mail["auth_password_file"], mail["send_resolved"]) == ("/run/secrets/post_password", False)
    assert (mail["to"], mail["smarthost"]) == ("on-call@example.com", "mail.example.com:25")
    (bridge,) = told["bridge"]["webhook_configs"]
    assert bridge["http_config"] == {"authorization": {"credentials_file": "/run/secrets/bridge_token"}}
    assert bridge["url"] == "http://bridge:8080/alerts"


def test_a_webhooks_address_may_be_a_secret() -> None:
    """Alertmanager knows `url_file` since 0.26, so that Debian's amtool cannot be asked."""
    one = Receiver(name="a", kind="webhook", secrets={"url": Kept("env", "A_URL", "a_url")})

    (webhook,) = _config(Alertmanager(receivers=(one,)))["receivers"][1]["webhook_configs"]
    assert webhook == {"send_resolved": True, "url_file": "/run/secrets/a_url"}


def test_no_configuration_has_a_setting_in_which_a_secret_stands() -> None:
    text = _files(carried.TOLD)[alertmanager.FILE].decode()

    for setting in ("api_url:", "routing_key:", "service_key:", "password:", "auth_secret:", "credentials:"):
        assert setting not in text.replace("_file:", "_file ")


def test_the_same_input_gives_the_same_bytes() -> None:
    assert _files(carried.TOLD) == _files(carried.TOLD)
