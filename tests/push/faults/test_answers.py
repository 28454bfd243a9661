"""A Grafana that answers something else, or has trouble of its own."""

import pytest

from tests.push.building import Build, Push, page
from tests.push.faults.refusal import HUSH, TRIES, once
from tests.stand_in import StandIn


@pytest.mark.parametrize("body", ["", "<h1>nginx</h1>", {"message": "Not found"}, {"detail": "Not Found"}])
def test_something_else_than_grafana(dash3: Push, grafana: StandIn, body: object) -> None:
    grafana.faults.add("GET", "/api/health", status=404, body=body)

    once(dash3(url=grafana.url, token=HUSH), "has no Grafana API (404")


def test_json_that_is_not_grafanas(dash3: Push, grafana: StandIn) -> None:
    grafana.faults.add("GET", "/api/health", status=200, body={"status": "UP"})

    once(dash3(url=grafana.url, token=HUSH), "has no Grafana API")


@pytest.mark.parametrize(
    ("status", "headers", "word"),
    [
        (429, {"Retry-After": "17"}, "asks us to wait for 17 (429)"),
        (429, {}, "asks us to wait (429)"),
        (500, {}, "has trouble of its own (500"),
        (502, {}, "has trouble of its own (502"),
        (503, {}, "has trouble of its own (503"),
    ],
)
def test_not_now(dash3: Push, grafana: StandIn, status: int, headers: dict[str, str], word: str) -> None:
    grafana.faults.add("GET", "/api/search", times=TRIES, status=status, headers=headers, body="<html>oh</html>")

    once(dash3(url=grafana.url, token=grafana.token()), word)


def test_its_database_fails(dash3: Push, grafana: StandIn) -> None:
    sick = {"database": "failing", "version": "9.4.0"}
    grafana.faults.add("GET", "/api/health", times=TRIES, status=503, body=sick)

    once(dash3(url=grafana.url, token=HUSH), "its database is failing")


def test_pages_fail_alone_once_it_has_answered(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("a", "b", "c"):
        build.put(page(uid))
    grafana.faults.add("GET", "/uid/b", times=TRIES, drop=True)

    said = push("--jobs", "1")

    assert said.results == {"a": "created", "b": "failed", "c": "created"}
    assert said.code == 6
    assert "broke off" in said.why("b")


def test_an_answer_of_another_shape(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("GET", "/uid/api", status=200, body={"dashboard": [], "meta": None})

    said = push()

    assert said.results == {"api": "failed"}
    assert "half an answer" in said.why("api")


def test_a_page_in_the_new_format(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    message = "dashboard api version not supported, use /apis/dashboard.grafana.app/v2 instead"
    grafana.faults.add("GET", "/uid/api", status=406, body={"message": message})

    assert message in push().why("api")


def test_a_hostile_message_does_not_reach_the_screen(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("POST", "/db", status=400, body={"message": "no\x1b[2J\x9b" + "x" * 5000})

    said = push()

    assert "\x1b" not in said.out
    assert "\x9b" not in said.out
    assert len(said.out) < 1000
