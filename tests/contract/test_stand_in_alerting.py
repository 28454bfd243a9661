"""What is easy to get wrong about Grafana's alerting, each trap once: 9.4 as recorded, the later ones as known."""

from typing import Any

import pytest

from tests.stand_in import PROFILES, StandIn, ask

PROVISIONING = "/api/v1/provisioning"
RULES = f"{PROVISIONING}/alert-rules"
GROUP = f"{PROVISIONING}/folder/f/rule-groups/g"
TAKEN = "a conflicting alert rule is found: rule title under the same organisation and folder should be unique"
NEWER = [name for name in PROFILES if name != "g9"]


def _rule(uid: str = "r1", title: str = "One", **more: Any) -> dict[str, Any]:
    query = {"refId": "A", "datasourceUid": "prom", "model": {"expr": "up"}}
    states = {"noDataState": "OK", "execErrState": "Error"}
    place = {"folderUID": "f", "ruleGroup": "g", "condition": "A", "for": "90s"}
    return {"uid": uid, "title": title, "data": [query], **place, **states, **more}


@pytest.fixture
def old() -> Any:
    """9.4, with a folder."""
    with StandIn("g9") as grafana:
        grafana.make_folder("f", "Alerts")
        yield grafana


@pytest.fixture(params=NEWER)
def new(request: pytest.FixtureRequest) -> Any:
    """Each later one, with a folder."""
    with StandIn(request.param) as grafana:
        grafana.make_folder("f", "Alerts")
        yield grafana


def _put_unlocked(grafana: StandIn, path: str, body: Any) -> int:
    import http.client  # noqa: PLC0415 - one test needs a header that no other has
    import json  # noqa: PLC0415 - likewise
    from urllib.parse import urlsplit  # noqa: PLC0415 - likewise

    connection = http.client.HTTPConnection(urlsplit(grafana.url).netloc, timeout=10)
    headers = {"Authorization": grafana.admin, "Content-Type": "application/json", "X-Disable-Provenance": ""}
    try:
        connection.request("PUT", path, json.dumps(body), headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_a_group_cannot_make_a_rule_that_brings_its_uid(old: StandIn) -> None:
    status, said = ask(old, "PUT", GROUP, {"interval": 60, "rules": [_rule()]})

    assert status == 500
    assert said["message"].endswith("failed to update rule with UID r1 because could not find alert rule")


def test_a_later_group_can(new: StandIn) -> None:
    assert ask(new, "PUT", GROUP, {"interval": 60, "rules": [_rule()]})[0] == 200
    assert ask(new, "GET", f"{RULES}/r1")[0] == 200


def test_an_unknown_folder_is_accepted_and_refused_later_on(old: StandIn) -> None:
    assert ask(old, "POST", RULES, _rule(folderUID="nope"))[0] == 201


def test_a_later_one_wants_a_folder(new: StandIn) -> None:
    status, said = ask(new, "POST", RULES, _rule(folderUID="nope"))

    assert (status, said["message"]) == (400, "invalid alert rule: folder does not exist")


def test_a_bad_state_is_trouble_of_the_servers_own(old: StandIn) -> None:
    status, said = ask(old, "POST", RULES, _rule(noDataState="No Data"))

    assert (status, said["message"]) == (500, "unknown NoData state option No Data")


def test_a_title_is_taken_once_in_a_folder_and_a_uid_once_anywhere(old: StandIn) -> None:
    assert ask(old, "POST", RULES, _rule())[0] == 201
    for twin in (_rule("r2"), _rule("r1", "Two")):
        status, said = ask(old, "POST", RULES, twin)
        assert (status, said["message"]) == (500, TAKEN)
    assert ask(old, "POST", RULES, _rule("r2", folderUID="other"))[0] == 201


def test_a_rule_that_is_not_there_is_told_in_three_ways(old: StandIn) -> None:
    assert ask(old, "GET", f"{RULES}/nope")[0] == 500
    assert ask(old, "PUT", f"{RULES}/nope", _rule("nope")) == (404, None)
    assert ask(old, "DELETE", f"{RULES}/nope") == (204, None)


def test_a_later_one_says_404(new: StandIn) -> None:
    assert ask(new, "GET", f"{RULES}/nope") == (404, None)


def test_the_server_adds_to_each_query_and_spells_durations_in_its_own_way(old: StandIn) -> None:
    ask(old, "POST", RULES, _rule())

    _, said = ask(old, "GET", f"{RULES}/r1")

    assert said["data"][0]["model"] == {"expr": "up", "intervalMs": 1000, "maxDataPoints": 43200}
    assert said["for"] == "1m30s"


def test_a_group_without_rules_only_changes_its_interval(old: StandIn) -> None:
    ask(old, "POST", RULES, _rule())
    ask(old, "PUT", GROUP, {"interval": 120})

    _, said = ask(old, "GET", GROUP)

    assert (said["interval"], [one["uid"] for one in said["rules"]]) == (120, ["r1"])
    assert ask(old, "PUT", GROUP, {"interval": 60, "rules": []})[0] == 200
    assert ask(old, "GET", GROUP)[0] == 404


def test_no_lock_is_taken_off_one_rule(old: StandIn) -> None:
    ask(old, "POST", RULES, _rule())

    assert _put_unlocked(old, f"{RULES}/r1", _rule()) == 500


def test_a_later_group_takes_it_off(new: StandIn) -> None:
    ask(new, "POST", RULES, _rule())

    assert _put_unlocked(new, f"{RULES}/r1", _rule()) == 500
    assert _put_unlocked(new, GROUP, {"interval": 60}) == 200
    assert "provenance" not in ask(new, "GET", f"{RULES}/r1")[1]


def test_what_a_file_provisioned_is_in_nobodys_power(new: StandIn) -> None:
    ask(new, "POST", RULES, _rule())
    new._state.rules[0]["provenance"] = "file"

    for method, path, body in (("DELETE", f"{RULES}/r1", None), ("PUT", GROUP, {"interval": 60})):
        status, said = ask(new, method, path, body)
        assert (status, said["messageId"]) == (409, "alerting.provenanceMismatch")


@pytest.mark.parametrize("links", [{"__dashboardUid__": "x"}, {"__panelId__": "1"}])
def test_a_rule_is_linked_to_a_page_and_a_panel_or_to_neither(links: dict[str, str], old: StandIn) -> None:
    status, said = ask(old, "POST", RULES, _rule(annotations=links))

    assert status == 400
    assert "both annotations" in said["message"]


def test_a_policy_names_only_who_is_there_and_who_is_named_stays(old: StandIn) -> None:
    point = {"uid": "p", "name": "hook", "type": "webhook", "settings": {"url": "http://x/", "password": "secret"}}
    assert ask(old, "PUT", f"{PROVISIONING}/policies", {"receiver": "hook"})[0] == 400
    assert ask(old, "POST", f"{PROVISIONING}/contact-points", point)[0] == 202
    assert ask(old, "PUT", f"{PROVISIONING}/policies", {"receiver": "hook"})[0] == 202
    assert ask(old, "DELETE", f"{PROVISIONING}/contact-points/p")[0] == 500

    _, said = ask(old, "GET", f"{PROVISIONING}/contact-points")

    assert said[-1]["settings"] == {"password": "[REDACTED]", "url": "http://x/"}
