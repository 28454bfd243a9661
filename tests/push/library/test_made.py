"""Library panels that a push makes: once, and before the pages that show them."""

from tests.push.building import Build, Push, page
from tests.push.library.showing import MODEL, Save, model_of, showing, writes
from tests.stand_in import StandIn


def test_a_library_panel_is_made_before_the_page_that_shows_it(
    build: Build, push: Push, grafana: StandIn, shelve: Save
) -> None:
    shelve(folder="Shared")
    build.put(showing())

    said = push()

    assert said.results == {"api": "created"}
    assert "the library panel 'Latency' is made" in said.why("api")
    element = grafana.library_panel("lat")
    assert element
    assert (element.name, element.version) == ("Latency", 1)
    folder = grafana.page(element.folder_uid)
    assert folder
    assert folder.title == "Shared"
    assert [path for _, path in writes(grafana)] == ["/api/folders", "/api/library-elements", "/api/dashboards/db"]
    assert push().total == "1 page: 1 unchanged"


def test_it_lies_below_what_everything_lies_below(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    build.put(showing())

    push("--folder", "Team")

    element = grafana.library_panel("lat")
    folder = element and grafana.page(element.folder_uid)
    assert folder
    assert folder.title == "Team"


def test_it_is_made_once_however_many_pages_show_it(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    for number in range(8):
        build.put(showing(f"page-{number}"))

    assert push().total == "8 pages: 8 created"
    assert writes(grafana).count(("POST", "/api/library-elements")) == 1


def test_a_dry_run_makes_none(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    build.put(showing())

    assert "the library panel 'Latency' is made" in push("--dry-run").why("api")
    assert writes(grafana) == []


def test_one_that_no_page_shows_is_not_made(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    build.put(page("api"))

    push()

    assert grafana.library_panel("lat") is None


def test_none_is_made_for_a_page_that_is_left_alone(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    grafana.make({**page("api", "Theirs"), "version": 0})
    shelve()
    build.put(showing())

    assert push().results == {"api": "conflict"}
    assert grafana.library_panel("lat") is None


def test_its_data_sources_are_pinned_too(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    grafana.add_data_source("new")
    shelve(model={**MODEL, "datasource": {"type": "prometheus", "uid": "old"}})
    build.put(showing())

    assert "for the library panel lat; dash push --datasource old=UID" in push("--dry-run").err
    push("--datasource", "old=new")

    assert model_of(grafana)["datasource"] == {"type": "prometheus", "uid": "new"}


def test_one_that_cannot_be_made_fails_every_page_that_shows_it(
    build: Build, push: Push, grafana: StandIn, shelve: Save
) -> None:
    grafana.add_library_panel("other", MODEL, name="Latency")
    shelve()
    for uid in ("a", "b"):
        build.put(showing(uid))

    said = push()

    assert said.code == 5
    assert said.results == {"a": "conflict", "b": "conflict"}
    assert "the library panel 'Latency' cannot be saved" in said.why("a")
    assert writes(grafana) == [("POST", "/api/library-elements")]


def test_one_that_another_push_made_in_that_moment_is_there(
    build: Build, push: Push, grafana: StandIn, shelve: Save
) -> None:
    shelve()
    build.put(showing())
    made: list[object] = []
    grafana.faults.add(
        "POST", "library-elements", before=lambda: made.append(grafana.add_library_panel("lat", MODEL, name="Latency"))
    )

    assert push().results == {"api": "created"}
    assert made


def test_one_whose_answer_was_lost_is_there(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    build.put(showing())
    grafana.faults.add("POST", "library-elements", reset=True, applied=True)

    assert push().results == {"api": "created"}
    element = grafana.library_panel("lat")
    assert element
    assert element.version == 1
