"""Library panels that were edited by hand: never written over unasked."""

from pathlib import Path
from typing import Any

import pytest

from cli.commands import _order
from cli.deploy import journal
from cli.deploy.decide import OnConflict
from cli.deploy.library import differences
from cli.grafana.model import LibraryPanel
from tests.push.building import Build, Push, page
from tests.push.library.showing import MODEL, Save, model_of, showing
from tests.stand_in import StandIn


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
    assert model_of(grafana)["title"] == "p99"


@pytest.mark.usefixtures("edited")
def test_it_can_be_kept(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(showing(title="Ours"))

    said = push("--on-conflict", "keep")

    assert said.code == 0
    assert said.results == {"api": "updated"}
    assert "the library panel 'Latency' is kept as it is there" in said.why("api")
    assert model_of(grafana)["title"] == "p99"


@pytest.mark.usefixtures("edited")
def test_it_is_overwritten_when_that_is_said_also_where_the_page_stays_as_it_is(push: Push, grafana: StandIn) -> None:
    page_before = grafana.page("api")

    said = push("--on-conflict", "overwrite")

    assert said.code == 0
    assert "the library panel 'Latency' is overwritten" in said.why("api")
    assert model_of(grafana)["title"] == "Latency"
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
    assert model_of(grafana)["title"] == "Latency"


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
    assert model_of(grafana)["title"] == "p99"


@pytest.mark.usefixtures("edited")
def test_a_save_between_our_look_and_our_write_is_a_conflict(push: Push, grafana: StandIn) -> None:
    grafana.faults.add(
        "PATCH",
        "library-elements",
        before=lambda: grafana.edit_library_panel("lat", lambda model: model.update(title="p50")),
    )

    assert push("--on-conflict", "overwrite").code == 5
    assert model_of(grafana)["title"] == "p50"


def test_one_that_is_overwritten_stays_in_its_folder(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    grafana.make_folder("team", "Team")
    grafana.add_library_panel("lat", {**MODEL, "title": "Other"}, "team", name="Latency")
    shelve(folder="Shared")
    build.put(showing())

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
