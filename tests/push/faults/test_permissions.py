"""A Grafana that does not let us: who asks is not known, or may not do it."""

import pytest

from tests.push.building import Build, Push, page
from tests.push.faults.refusal import HUSH, once
from tests.stand_in import StandIn


def test_a_wrong_token(dash3: Push, grafana: StandIn) -> None:
    said = dash3(url=grafana.url, token=HUSH)

    once(said, "does not accept this token", "a new token")
    assert "nvalid API key" in said.err


def test_a_wrong_password(dash3: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAFANA_USER", "admin")
    monkeypatch.setenv("GRAFANA_PASSWORD", HUSH)

    once(dash3(url=grafana.url), "does not accept this user and password", "GRAFANA_PASSWORD")


def test_nobody_asks(dash3: Push, grafana: StandIn) -> None:
    once(dash3(url=grafana.url), "wants to know who asks", "GRAFANA_TOKEN")


def test_a_viewer_may_not_write(dash3: Push, grafana: StandIn) -> None:
    said = dash3(url=grafana.url, token=grafana.token("Viewer"))

    assert said.code == 4
    assert said.results == dict.fromkeys("abc", "failed")
    assert "no permission to save the page (needs dashboards:create, dashboards:write)" in said.why("a")
    assert "give the service account the role Editor" in said.why("a")


def test_who_may_not_make_folders(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")
    why = "You'll need additional permissions to perform this action. Permissions needed: folders:create"
    grafana.faults.add("POST", "/api/folders", status=403, body={"title": "Access denied", "message": why})

    said = push()

    assert said.code == 4
    assert "no permission to create the folder 'AI' (needs folders:create)" in said.why("api")


def test_who_may_not_even_list_folders(build: Build, dash: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")

    said = dash(url=grafana.url, token=grafana.token("Viewer"))

    assert said.code == 4
    assert "no permission to list folders (needs folders:read)" in said.why("api")


def test_a_page_that_we_may_not_see(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("GET", "/uid/api", status=403, body={"message": "Access denied to this dashboard"})

    said = push()

    assert said.code == 4
    assert "no permission to read the page (needs dashboards:read; Grafana says: Access denied" in said.why("api")


def test_a_page_in_a_folder_that_we_may_not_see_is_no_missing_page(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("GET", "/uid/api", status=404, body={"message": "Folder not found"})

    assert push().results == {"api": "failed"}
    assert grafana.page("api") is None
