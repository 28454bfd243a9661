"""What a server makes of a page by itself: no difference, and no edit by hand."""

import pytest

from cli.artifact import digest
from tests.push.building import Build, Push, page
from tests.push.traffic import reads, writes
from tests.stand_in import StandIn


def test_what_the_server_writes_by_itself_is_no_difference(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("fast", "  Blanks  ", refresh="1s"))
    build.put(page("odd", refresh="often"))
    push()
    before = len(grafana.requests)

    assert {one.body["dashboard"]["title"] for one in writes(grafana.requests)} == {"Blanks", "Odd"}
    assert push().total == "2 pages: 2 unchanged"
    assert not writes(grafana.requests[before:])
    assert reads(grafana.requests[before:], "fast") == ["GET /api/dashboards/uid/fast"]


def test_a_server_with_a_minimum_that_it_does_not_tell(build: Build, push: Push, grafana: StandIn) -> None:
    """What we pushed is what we want: then what it made of it is its own affair, and no version is added."""
    build.put(page("fast", refresh="2s"))
    grafana.faults.add("GET", "/api/frontend/settings", times=9, status=200, body={"minRefreshInterval": "1s"})
    push()
    before = len(grafana.requests)

    assert push().total == "1 page: 1 unchanged"
    assert not writes(grafana.requests[before:])


def test_a_server_that_does_not_tell_its_settings(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("fast", refresh="2s"))
    push()
    grafana.faults.add("GET", "/api/frontend/settings", status=403, body={"message": "no"})

    assert push().total == "1 page: 1 unchanged"


def test_a_server_that_tells_its_minimum(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("fast", refresh="5s"))
    push()
    grafana.edit("fast", lambda model: model.update(refresh="1m"))
    grafana.faults.add("GET", "/api/frontend/settings", status=200, body={"minRefreshInterval": "1m"})

    assert push().total == "1 page: 1 unchanged"
    assert push().results == {"fast": "conflict"}


@pytest.mark.parametrize("refresh", ["2s", "4s", "1m"])
def test_a_page_whose_refresh_the_server_raised_is_still_ours(
    build: Build, push: Push, grafana: StandIn, refresh: str
) -> None:
    build.put(page("fast", " Fast ", refresh="1s"))
    push()
    build.put(page("fast", " Fast ", refresh=refresh, n=1))

    assert push().results == {"fast": "updated"}
    stored = grafana.page("fast")
    assert stored
    assert stored.data["n"] == 1


def test_a_refresh_set_by_hand_is_an_edit(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("fast", refresh="1s"))
    push()
    grafana.edit("fast", lambda model: model.update(refresh="10s"))

    assert push().results == {"fast": "conflict"}


def test_numbers_are_compared_by_value(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api", n=1.0))
    push()
    grafana.edit("api", lambda model: model.update(n=1))

    assert push().total == "1 page: 1 unchanged"
    assert digest.of({"n": [1.0, -2.0, 0.5]}, "") == digest.of({"n": [1, -2, 0.5]}, "")
    assert digest.of({"n": 10.0}, "") != digest.of({"n": 1}, "")
