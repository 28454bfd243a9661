"""Library panels: there before the pages that show them, and never written over somebody's edit unasked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.commands import _order
from cli.deploy import journal
from cli.deploy.decide import OnConflict
from cli.deploy.library import differences, shown_by
from cli.errors import AuthoringError
from cli.grafana.model import LibraryPanel
from tests.push.building import Build, Push, Run, page
from tests.stand_in import StandIn

MODEL = {"type": "timeseries", "title": "Latency", "targets": [{"refId": "A", "expr": "up"}]}
Save = Callable[..., Path]


def _showing(uid: str = "api", *panels: str, **more: Any) -> dict[str, Any]:
    shown = [
        {"id": number, "gridPos": {"h": 4, "w": 4, "x": 0, "y": 0}, "libraryPanel": {"uid": one, "name": "Latency"}}
        for number, one in enumerate(panels or ("lat",), start=1)
    ]
    return page(uid, panels=shown, **more)


@pytest.fixture
def shelve(build: Build) -> Save:
    """Write a file of a library panel into the build."""

    def write(uid: str = "lat", *, file: str = "", **more: Any) -> Path:
        folder = build.path / "library"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / (file or f"{uid}.json")
        said = {"uid": uid, "name": "Latency", "folder": "", "model": MODEL, **more}
        path.write_text(json.dumps(said), encoding="utf-8")
        return path

    return write


@pytest.fixture
def command(grafana: StandIn, say: Push) -> Push:
    """Any command, as somebody who may do everything in `grafana`."""
    token = grafana.token("Admin")

    def run(*arguments: str) -> Run:
        return say(*arguments, url=grafana.url, token=token)

    return run


def _model(grafana: StandIn, uid: str = "lat") -> dict[str, Any]:
    element = grafana.library_panel(uid)
    assert element
    model: dict[str, Any] = element.model
    return model


def _writes(grafana: StandIn) -> list[tuple[str, str]]:
    return [(one.method, one.path) for one in grafana.requests if one.method != "GET"]


# shown, and not there


def test_a_page_whose_library_panel_is_nowhere_is_not_written(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(_showing())
    build.put(page("app"))

    said = push()

    assert said.results == {"api": "failed", "app": "created"}
    assert "it shows the library panel 'lat', which is neither there nor in " in said.why("api")
    assert "make that panel in Grafana, or put a file of it there, and push again" in said.why("api")
    assert grafana.page("api") is None


def test_a_page_whose_library_panel_is_there_needs_no_file(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_library_panel("lat", MODEL)
    build.put(_showing())

    assert push().results == {"api": "created"}
    assert push().total == "1 page: 1 unchanged"


def test_one_whose_library_panel_was_deleted_since_is_said(build: Build, push: Push, grafana: StandIn) -> None:
    grafana.add_library_panel("lat", MODEL)
    build.put(_showing())
    push()
    grafana.faults.add("GET", "library-elements", status=404, body={"message": "library element could not be found"})

    assert push().results == {"api": "failed"}


def test_a_panel_that_does_not_say_which_library_panel_it_is(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api", panels=[{"id": 1, "title": "Up", "libraryPanel": {"name": "Latency"}}]))

    assert "the panel 'Up' is a library panel, and does not say which" in push().why("api")
    assert grafana.page("api") is None


def test_a_uid_that_leads_elsewhere_is_no_uid(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(_showing("api", "../folders/x"))

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
    build.put(_showing())

    assert push().results == {"api": "created"}
    shelve()
    assert "no permission to read the library panel" in push().why("api")


# made


def test_a_library_panel_is_made_before_the_page_that_shows_it(
    build: Build, push: Push, grafana: StandIn, shelve: Save
) -> None:
    shelve(folder="Shared")
    build.put(_showing())

    said = push()

    assert said.results == {"api": "created"}
    assert "the library panel 'Latency' is made" in said.why("api")
    element = grafana.library_panel("lat")
    assert element
    assert (element.name, element.version) == ("Latency", 1)
    folder = grafana.page(element.folder_uid)
    assert folder
    assert folder.title == "Shared"
    assert [path for _, path in _writes(grafana)] == ["/api/folders", "/api/library-elements", "/api/dashboards/db"]
    assert push().total == "1 page: 1 unchanged"


def test_it_lies_below_what_everything_lies_below(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    build.put(_showing())

    push("--folder", "Team")

    element = grafana.library_panel("lat")
    folder = element and grafana.page(element.folder_uid)
    assert folder
    assert folder.title == "Team"


def test_it_is_made_once_however_many_pages_show_it(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    for number in range(8):
        build.put(_showing(f"page-{number}"))

    assert push().total == "8 pages: 8 created"
    assert _writes(grafana).count(("POST", "/api/library-elements")) == 1


def test_a_dry_run_makes_none(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    build.put(_showing())

    assert "the library panel 'Latency' is made" in push("--dry-run").why("api")
    assert _writes(grafana) == []


def test_one_that_no_page_shows_is_not_made(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    build.put(page("api"))

    push()

    assert grafana.library_panel("lat") is None


def test_none_is_made_for_a_page_that_is_left_alone(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    grafana.make({**page("api", "Theirs"), "version": 0})
    shelve()
    build.put(_showing())

    assert push().results == {"api": "conflict"}
    assert grafana.library_panel("lat") is None


def test_its_data_sources_are_pinned_too(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    grafana.add_data_source("new")
    shelve(model={**MODEL, "datasource": {"type": "prometheus", "uid": "old"}})
    build.put(_showing())

    assert "for the library panel lat; dash push --datasource old=UID" in push("--dry-run").err
    push("--datasource", "old=new")

    assert _model(grafana)["datasource"] == {"type": "prometheus", "uid": "new"}


def test_one_that_cannot_be_made_fails_every_page_that_shows_it(
    build: Build, push: Push, grafana: StandIn, shelve: Save
) -> None:
    grafana.add_library_panel("other", MODEL, name="Latency")
    shelve()
    for uid in ("a", "b"):
        build.put(_showing(uid))

    said = push()

    assert said.code == 5
    assert said.results == {"a": "conflict", "b": "conflict"}
    assert "the library panel 'Latency' cannot be saved" in said.why("a")
    assert _writes(grafana) == [("POST", "/api/library-elements")]


def test_one_that_another_push_made_in_that_moment_is_there(
    build: Build, push: Push, grafana: StandIn, shelve: Save
) -> None:
    shelve()
    build.put(_showing())
    made: list[object] = []
    grafana.faults.add(
        "POST", "library-elements", before=lambda: made.append(grafana.add_library_panel("lat", MODEL, name="Latency"))
    )

    assert push().results == {"api": "created"}
    assert made


def test_one_whose_answer_was_lost_is_there(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    shelve()
    build.put(_showing())
    grafana.faults.add("POST", "library-elements", reset=True, applied=True)

    assert push().results == {"api": "created"}
    element = grafana.library_panel("lat")
    assert element
    assert element.version == 1


# edited by hand


@pytest.fixture
def edited(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    """A library panel that was pushed with its page, and then edited by hand."""
    shelve()
    build.put(_showing())
    push()
    grafana.edit_library_panel("lat", lambda model: model.update(title="p99"))


@pytest.mark.usefixtures("edited")
@pytest.mark.parametrize("way", ["stop", "merge"])
def test_one_that_was_edited_by_hand_is_a_conflict_for_the_pages_that_show_it(
    build: Build, push: Push, grafana: StandIn, way: str
) -> None:
    build.put(page("app"))

    said = push("--on-conflict", way)

    assert said.code == 5
    assert said.results == {"api": "conflict", "app": "created"}
    assert "the library panel 'Latency' is not as " in said.why("api")
    assert "or say --on-conflict keep or overwrite" in said.why("api")
    assert 'panel "Latency": title "Latency" -> "p99"' in said.out
    assert _model(grafana)["title"] == "p99"


@pytest.mark.usefixtures("edited")
def test_it_can_be_kept(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(_showing(title="Ours"))

    said = push("--on-conflict", "keep")

    assert said.code == 0
    assert said.results == {"api": "updated"}
    assert "the library panel 'Latency' is kept as it is there" in said.why("api")
    assert _model(grafana)["title"] == "p99"


@pytest.mark.usefixtures("edited")
def test_it_is_overwritten_when_that_is_said_also_where_the_page_stays_as_it_is(push: Push, grafana: StandIn) -> None:
    page_before = grafana.page("api")

    said = push("--on-conflict", "overwrite")

    assert said.code == 0
    assert "the library panel 'Latency' is overwritten" in said.why("api")
    assert _model(grafana)["title"] == "Latency"
    assert grafana.page("api") == page_before
    assert push().total == "1 page: 1 unchanged"


@pytest.mark.usefixtures("edited")
def test_to_overwrite_one_is_no_reason_to_fail_fast(build: Build, push: Push) -> None:
    build.put(page("app"))

    said = push("--on-conflict", "overwrite", "--fail-fast", "--jobs", "1")

    assert said.code == 0
    assert said.results["app"] == "created"


@pytest.mark.usefixtures("edited")
def test_it_is_overwritten_where_somebody_says_so_when_asked(
    push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_order, "_asked", lambda found: {step.uid: OnConflict.OVERWRITE for step in found.steps})

    assert push("--on-conflict", "ask").code == 0
    assert _model(grafana)["title"] == "Latency"


@pytest.mark.usefixtures("edited")
def test_what_is_overwritten_is_in_the_journal_first(push: Push) -> None:
    push("--on-conflict", "overwrite")

    done = journal.read(journal.FOLDER, journal.names(journal.FOLDER)[0])

    [act] = done.panels
    assert act.before
    assert act.before.model["title"] == "p99"
    assert act.wrote.model["title"] == "Latency"
    assert done.pages == ()
    [file] = journal.FOLDER.glob(f"{done.name}/library/*")
    assert (file.name, oct(file.stat().st_mode & 0o777)) == ("lat.json", "0o600")


@pytest.mark.usefixtures("edited")
def test_where_the_journal_cannot_be_written_nothing_is(
    push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "full").write_text("", encoding="utf-8")
    monkeypatch.setattr(journal, "FOLDER", tmp_path / "full")

    assert "what is there cannot be saved before it is overwritten" in push("--on-conflict", "overwrite").why("api")
    assert _model(grafana)["title"] == "p99"


@pytest.mark.usefixtures("edited")
def test_a_save_between_our_look_and_our_write_is_a_conflict(push: Push, grafana: StandIn) -> None:
    grafana.faults.add(
        "PATCH",
        "library-elements",
        before=lambda: grafana.edit_library_panel("lat", lambda model: model.update(title="p50")),
    )

    assert push("--on-conflict", "overwrite").code == 5
    assert _model(grafana)["title"] == "p50"


def test_one_that_is_overwritten_stays_in_its_folder(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    grafana.make_folder("team", "Team")
    grafana.add_library_panel("lat", {**MODEL, "title": "Other"}, "team", name="Latency")
    shelve(folder="Shared")
    build.put(_showing())

    push("--on-conflict", "overwrite")

    element = grafana.library_panel("lat")
    assert element
    assert (element.folder_uid, element.model["title"]) == ("team", "Latency")


@pytest.mark.parametrize(
    "server",
    [
        {"id": 7, "gridPos": {"h": 9, "w": 9, "x": 1, "y": 1}},
        {"description": ""},
        {"libraryPanel": {"uid": "lat", "name": "Latency"}},
        {"pluginVersion": "9.4.0"},
    ],
)
def test_what_a_server_or_a_page_says_of_it_is_no_difference(server: dict[str, Any]) -> None:
    wanted = LibraryPanel("lat", "Latency", MODEL)

    assert differences(wanted, LibraryPanel("lat", "Latency", {**MODEL, **server}, "folder", 7)) == ()
    assert (
        differences(
            LibraryPanel("lat", "Latency", {"type": "stat"}),
            LibraryPanel("lat", "Latency", {"type": "stat", "title": "Latency"}),
        )
        == ()
    )


def test_another_name_is_a_difference() -> None:
    [said] = differences(LibraryPanel("lat", "Latency", MODEL), LibraryPanel("lat", "p99", MODEL))

    assert said == 'library panel "Latency": name -> "p99"'


# files


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"uid": "lat"}', '{"uid": "", "name": "a", "model": {}}', '{"uid": 1, "name": "a", "model": {}}'],
)
def test_a_file_that_is_no_library_panel_is_named(
    build: Build, push: Push, grafana: StandIn, shelve: Save, text: str
) -> None:
    shelve().write_text(text, encoding="utf-8")
    build.put(_showing())
    build.put(page("app"))

    said = push()

    assert said.results == {"api": "failed", "app": "created"}
    assert "library/lat.json: is no library panel" in said.why("api")
    assert grafana.page("api") is None


def test_two_files_of_one_library_panel(build: Build, push: Push, shelve: Save) -> None:
    shelve()
    shelve(file="zwei.json")
    build.put(_showing())

    assert "library/zwei.json: is a library panel that lat.json is already" in push().why("api")


def test_a_file_may_have_any_name(build: Build, push: Push, shelve: Save) -> None:
    shelve("V--OrYHnz", file="latency.json")
    build.put(_showing("api", "V--OrYHnz"))

    assert push().results == {"api": "created"}


# plan and rollback


@pytest.mark.usefixtures("edited")
def test_a_plan_carries_them_and_sees_a_save_since(
    build: Build, push: Push, command: Push, grafana: StandIn, tmp_path: Path
) -> None:
    file = str(tmp_path / "plan.json")
    assert command("plan", "--build", str(build.path), "--out", file, "--on-conflict", "overwrite").code == 1
    grafana.edit_library_panel("lat", lambda model: model.update(title="p50"))

    said = push(file)

    assert said.code == 5
    assert "the library panel 'Latency': somebody saved or deleted it since" in said.err
    assert _model(grafana)["title"] == "p50"

    command("plan", "--build", str(build.path), "--out", file, "--on-conflict", "overwrite")
    assert push(file).code == 0
    assert _model(grafana)["title"] == "Latency"


@pytest.mark.usefixtures("edited")
def test_a_rollback_brings_back_what_was_overwritten(push: Push, command: Push, grafana: StandIn) -> None:
    push("--on-conflict", "overwrite")

    dry = command("rollback", "--dry-run")
    assert _model(grafana)["title"] == "Latency"
    said = command("rollback")

    assert (dry.code, said.code) == (0, 0)
    assert said.results == {"lat": "updated"}
    assert _model(grafana)["title"] == "p99"
    assert command("rollback").code == 0
    assert _model(grafana)["title"] == "Latency"


@pytest.mark.usefixtures("edited")
def test_a_rollback_leaves_one_alone_that_was_edited_since(push: Push, command: Push, grafana: StandIn) -> None:
    push("--on-conflict", "overwrite")
    grafana.edit_library_panel("lat", lambda model: model.update(title="p50"))

    said = command("rollback")

    assert said.code == 5
    assert "somebody changed this library panel since; what it was is in the journal" in said.why("lat")
    assert _model(grafana)["title"] == "p50"


def test_a_rollback_leaves_one_that_the_push_made(
    build: Build, push: Push, command: Push, grafana: StandIn, shelve: Save
) -> None:
    shelve()
    build.put(_showing())
    push()

    said = command("rollback")

    assert said.code == 0
    assert said.results == {"api": "deleted", "lat": "skipped"}
    assert grafana.library_panel("lat")


@pytest.mark.usefixtures("edited")
def test_a_rollback_of_a_push_that_was_killed_before_it_wrote(push: Push, command: Push, grafana: StandIn) -> None:
    grafana.faults.add("PATCH", "library-elements", reset=True)
    push("--on-conflict", "overwrite")

    said = command("rollback")

    assert said.code == 0
    assert said.total == "1 page: 1 unchanged"
    assert _model(grafana)["title"] == "p99"
