"""Files of library panels in a build."""

import pytest

from tests.push.building import Build, Push, page
from tests.push.library.showing import Save, showing
from tests.stand_in import StandIn


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"uid": "lat"}', '{"uid": "", "name": "a", "model": {}}', '{"uid": 1, "name": "a", "model": {}}'],
)
def test_a_file_that_is_no_library_panel_is_named(
    build: Build, push: Push, grafana: StandIn, shelve: Save, text: str
) -> None:
    shelve().write_text(text, encoding="utf-8")
    build.put(showing())
    build.put(page("app"))

    said = push()

    assert said.results == {"api": "failed", "app": "created"}
    assert "library/lat.json: is no library panel" in said.why("api")
    assert grafana.page("api") is None


def test_two_files_of_one_library_panel(build: Build, push: Push, shelve: Save) -> None:
    shelve()
    shelve(file="zwei.json")
    build.put(showing())

    assert "library/zwei.json: is a library panel that lat.json is already" in push().why("api")


def test_a_file_may_have_any_name(build: Build, push: Push, shelve: Save) -> None:
    shelve("V--OrYHnz", file="latency.json")
    build.put(showing("api", "V--OrYHnz"))

    assert push().results == {"api": "created"}
