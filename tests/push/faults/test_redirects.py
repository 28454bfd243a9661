"""A Grafana that sends us on: never followed, and a save is not taken for done."""

import pytest

from tests.push.building import Build, Push, page
from tests.push.faults.refusal import HUSH, once
from tests.stand_in import StandIn


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(dash3: Push, grafana: StandIn, status: int) -> None:
    with StandIn() as other:
        target = f"{other.url}/login?token=s3cr3t"
        grafana.faults.add(".*", "/api/health", status=status, headers={"Location": target})

        said = dash3(url=grafana.url, token=HUSH)

        once(said, f"sends us on to {other.url}, ", "GRAFANA_URL")
        assert "s3cr3t" not in said.err
        assert not other.requests


@pytest.mark.parametrize("location", ["/login?x=1", "login"])
def test_a_redirect_on_the_same_host(dash3: Push, grafana: StandIn, location: str) -> None:
    grafana.faults.add("GET", "/api/health", status=302, headers={"Location": location})

    once(dash3(url=grafana.url, token=HUSH), f"{grafana.url} sends us on to a page of its own")


@pytest.mark.parametrize("location", ["", "http://[bad", "http://x:port/", "\x7f://"])
def test_a_redirect_to_nowhere(dash3: Push, grafana: StandIn, location: str) -> None:
    grafana.faults.add("GET", "/api/health", status=302, headers={"Location": location} if location else {})

    once(dash3(url=grafana.url, token=HUSH))


def test_a_save_that_is_redirected_is_not_taken_for_done(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("POST", "/api/dashboards/db", status=302, headers={"Location": "/login"})

    said = push()

    assert said.results == {"api": "failed"}
    assert grafana.page("api") is None
    assert said.code == 4


@pytest.mark.parametrize("path", ["/api/health", "/api/search"])
def test_a_login_page(dash3: Push, grafana: StandIn, path: str) -> None:
    grafana.faults.add("GET", path, status=200, body="<!DOCTYPE html><html>Sign in</html>")

    once(dash3(url=grafana.url, token=grafana.token()), "a web page came from", "login page")
