"""Library panels that a page shows: there before the page is."""

import pytest

from cli.deploy.library import shown_by
from cli.errors import AuthoringError
from tests.push.building import Build, Push, page
from tests.push.library.showing import MODEL, Save, showing
from tests.stand_in import StandIn


def test_a_page_whose_library_panel_is_nowhere_is_not_written(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(showing())
    build.put(page("app"))

    said = push()

    assert said.results == {"api": "failed", "app": "created"}
    assert "it shows the library panel 'lat', which is neither there nor in " in said.why("api")
    assert "make that panel in Grafana, or put a file of it there, and push again" in said.why("api")
    assert grafana.page("api") is None


def test_a_page_whose_library_panel_is_there_needs_no_file(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_library_panel("lat", MODEL)
    build.put(showing())

    assert push().results == {"api": "created"}
    assert push().total == "1 page: 1 unchanged"


def test_one_whose_library_panel_was_deleted_since_is_said(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_library_panel("lat", MODEL)
    build.put(showing())
    push()
    grafana.faults.add("GET", "library-elements", status=404, body={"message": "library element could not be found"})

    assert push().results == {"api": "failed"}


def test_a_panel_that_does_not_say_which_library_panel_it_is(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api", panels=[{"id": 1, "title": "Up", "libraryPanel": {"name": "Latency"}}]))

    assert "the panel 'Up' is a library panel, and does not say which" in push().why("api")
    assert grafana.page("api") is None


def test_a_uid_that_leads_elsewhere_is_no_uid(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(showing("api", "../folders/x"))

    assert "is no uid that Grafana knows" in push().why("api")
    assert not [one for one in grafana.requests if ".." in one.path or "%2F" in one.path]


def test_library_panels_in_rows_are_seen() -> None:
    row = {"type": "row", "panels": [{"libraryPanel": {"uid": "b"}}]}

    assert shown_by({"panels": [{"libraryPanel": {"uid": "a"}}, row, {"libraryPanel": {"uid": "a"}}]}) == ("a", "b")
    with pytest.raises(AuthoringError):
        shown_by({"panels": [{"type": "row", "panels": [{"libraryPanel": {}}]}]})


def test_who_may_not_see_library_panels_can_push_a_page_that_shows_one(
    build: Build, push: Push, grafana: StandIn, shelve: Save
) -> None:
    grafana.add_library_panel("lat", MODEL)
    grafana.faults.add("GET", "^/api/library-elements", times=100, status=403, body={"message": "no"})
    build.put(showing())

    assert push().results == {"api": "created"}
    shelve()
    assert "no permission to read the library panel" in push().why("api")
