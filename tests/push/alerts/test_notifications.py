"""Whom a build wants told: contact points with secrets, mute timings, and our part of everybody's policy tree."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.deploy import journal
from tests.push.alerts.building import Json, RuleBuild, of, results
from tests.push.building import Push
from tests.stand_in import ProfileName, StandIn, ask

SECRET = "https://hooks.example.com/T0/s3cr3t"  # noqa: S105 - of nobody
THEIRS: list[Json] = [
    {"receiver": "grafana-default-email", "object_matchers": [["team", "=", "other"]], "continue": True},
    {"receiver": "grafana-default-email", "object_matchers": [["severity", "=~", "c.*"]], "odd": {"z": 1, "a": [2]}},
]


def _point(name: str = "on-call", **more: Any) -> Json:
    settings = {"url": "${SLACK_URL}", "recipient": "#a$$b"}
    one = {"uid": f"dash-{name}", "type": "slack", "disableResolveMessage": False, "settings": settings, **more}
    return {"orgId": 1, "name": name, "receivers": [one]}


def _wants(made: RuleBuild, **more: Any) -> None:
    said = {
        "apiVersion": 1,
        "contactPoints": [_point()],
        "policies": [{"orgId": 1, "receiver": "on-call", "group_by": ["alertname"], "group_wait": "30s"}],
        "muteTimes": [{"orgId": 1, "name": "nights", "time_intervals": [{"weekdays": ["monday:friday"]}]}],
        **more,
    }
    folder = made.path / "grafana/provisioning/alerting"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "notifications.yaml").write_text(yaml.safe_dump(said), encoding="utf-8")


def _tree(grafana: StandIn) -> Any:
    return ask(grafana, "GET", "/api/v1/provisioning/policies")[1]


def _open_tree(grafana: StandIn) -> None:
    """Somebody has made policies, and not through the API."""
    grafana._state.notifying.tree = {"receiver": "grafana-default-email", "routes": json.loads(json.dumps(THEIRS))}


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch, made: RuleBuild) -> None:
    monkeypatch.setenv("SLACK_URL", SECRET)
    _wants(made)


@pytest.fixture(params=["g11", "g13"])
def profile(request: pytest.FixtureRequest) -> ProfileName:
    """Each line of versions that can leave the tree open."""
    name: ProfileName = request.param
    return name


def test_contact_points_mute_timings_and_our_route_arrive_and_are_not_written_twice(
    alerts: Push, grafana: StandIn
) -> None:
    _open_tree(grafana)

    said = alerts()

    assert (said.code, results(said)) == (
        0,
        {"Down": "created", "on-call": "created", "nights": "created", "policies": "created"},
    )
    point = grafana._state.notifying.points[-1]
    assert point["settings"] == {"url": SECRET, "recipient": "#a$b"}
    ours = _tree(grafana)["routes"][0]
    assert (ours["receiver"], ours["group_wait"]) == ("on-call", "30s")
    assert ours["object_matchers"][0] == ["dash_project", "=", "shop"]
    before = len(grafana.requests)
    again = alerts()
    assert set(results(again).values()) == {"unchanged"}
    assert {one.method for one in grafana.requests[before:]} == {"GET"}


def test_everybody_elses_policies_stay_as_they_are(made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    _open_tree(grafana)
    alerts()
    _wants(made, policies=[{"orgId": 1, "receiver": "on-call", "group_by": ["job"]}])

    said = alerts()

    assert results(said)["policies"] == "updated"
    tree = _tree(grafana)
    assert json.dumps(tree["routes"][1:]) == json.dumps(THEIRS)
    assert tree["routes"][0]["group_by"] == ["job"]
    assert tree["receiver"] == "grafana-default-email"
    assert "provenance" not in tree


def test_a_secret_is_in_no_answer_journal_or_message(
    made: RuleBuild, alerts: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    first = alerts()
    monkeypatch.setenv("SLACK_URL", f"{SECRET}2")
    second = alerts()
    grafana._state.notifying.points[-1]["settings"]["recipient"] = "mine"
    third = alerts()

    assert [results(one)["on-call"] for one in (first, second, third)] == ["created", "updated", "conflict"]
    told = "".join(one.out + one.err for one in (first, second, third))
    kept = "".join(file.read_text() for file in journal.FOLDER.rglob("*") if file.is_file())
    assert "on-call" in kept
    assert "s3cr3t" not in told + kept
    assert "s3cr3t" not in json.dumps(_tree(grafana))
    assert made.path.exists()
    assert tmp_path.exists()


def test_another_secret_is_written_although_grafana_shows_none(
    alerts: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts()
    monkeypatch.setenv("SLACK_URL", f"{SECRET}2")

    said = alerts()

    assert (results(said)["on-call"], results(said)["policies"]) == ("updated", "updated")
    assert grafana._state.notifying.points[-1]["settings"]["url"] == f"{SECRET}2"
    assert set(results(alerts()).values()) == {"unchanged"}


def test_a_secret_that_did_not_arrive_is_not_remembered_as_if_it_had(
    alerts: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    alerts()
    monkeypatch.setenv("SLACK_URL", f"{SECRET}2")
    grafana.faults.add("PUT", "contact-points", status=500, body={"message": "database is locked"})

    said = alerts()
    assert (said.code, results(said)["on-call"]) == (6, "failed")
    monkeypatch.delenv("SLACK_URL")
    assert results(alerts())["on-call"] == "skipped"
    monkeypatch.setenv("SLACK_URL", f"{SECRET}2")

    assert results(alerts())["on-call"] == "updated"
    assert grafana._state.notifying.points[-1]["settings"]["url"] == f"{SECRET}2"


def test_a_contact_point_that_joins_is_remembered_although_no_policy_names_it(
    made: RuleBuild, alerts: Push, grafana: StandIn
) -> None:
    alerts()
    second = {"url": "http://x/", "httpMethod": "POST"}
    _wants(made, contactPoints=[_point(), _point("second", type="webhook", settings=second)])
    assert results(alerts())["second"] == "created"
    _wants(made, contactPoints=[_point(), _point("second", type="webhook", settings={**second, "url": "http://y/"})])

    said = alerts()

    assert (said.code, results(said)["second"]) == (0, "updated")
    assert grafana._state.notifying.points[-1]["settings"]["url"] == "http://y/"


def test_what_the_environment_lacks_is_skipped_and_named(
    alerts: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_URL")

    said = alerts()

    assert results(said)["on-call"] == "skipped"
    assert "$SLACK_URL is not set here" in of(said, "on-call")["why"]
    assert results(said)["policies"] == "failed"  # nobody is there whom they could name
    assert results(said)["Down"] == "created"
    assert len(grafana._state.notifying.points) == 1


@pytest.mark.parametrize("what", ["on-call", "nights", "policies"])
def test_an_edit_by_hand_is_a_conflict(what: str, made: RuleBuild, alerts: Push, grafana: StandIn) -> None:
    alerts()
    state = grafana._state.notifying
    edits: dict[str, Callable[[], object]] = {
        "on-call": lambda: state.points[-1]["settings"].update(recipient="mine"),
        "nights": lambda: state.timings[-1].update(time_intervals=[]),
        "policies": lambda: state.tree["routes"][0].update(group_wait="1h"),
    }
    edits[what]()
    there = json.dumps([state.points, state.timings, state.tree])

    said = alerts()

    assert (said.code, results(said)[what]) == (5, "conflict")
    assert of(said, what)["edits"]
    assert json.dumps([state.points, state.timings, state.tree]) == there
    assert results(alerts("--on-conflict", "overwrite"))[what] == "updated"
    assert set(results(alerts()).values()) == {"unchanged"}
    assert made.path.exists()


def test_a_mute_timing_of_somebody_else_is_not_ours(alerts: Push, grafana: StandIn) -> None:
    grafana._state.notifying.timings.append({"name": "nights", "time_intervals": [{"years": ["2030"]}]})

    said = alerts()

    assert results(said)["nights"] == "conflict"
    assert grafana._state.notifying.timings[0]["time_intervals"] == [{"years": ["2030"]}]


@pytest.mark.parametrize("profile", ["g9"])
def test_a_grafana_that_would_lock_everybodys_policies_is_not_told_any(
    profile: str, alerts: Push, grafana: StandIn
) -> None:
    del profile
    _open_tree(grafana)

    said = alerts()

    assert results(said)["policies"] == "skipped"
    assert "lock the whole policy tree" in of(said, "policies")["why"]
    assert _tree(grafana)["routes"] == THEIRS


def test_what_was_told_is_taken_back(alerts: Push, told: Push, grafana: StandIn) -> None:
    _open_tree(grafana)
    before = json.dumps(_tree(grafana))
    alerts()

    said = told("rollback", "--output", "json")

    assert (said.code, set(results(said).values())) == (0, {"deleted"})
    assert json.dumps(_tree(grafana)) == before
    assert len(grafana._state.notifying.points) == 1
    assert not grafana._state.notifying.timings
