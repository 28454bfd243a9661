"""Library panels in a plan, and in a push that is taken back."""

from pathlib import Path

import pytest

from tests.push.building import Build, Push
from tests.push.library.showing import Save, model_of, showing
from tests.stand_in import StandIn


@pytest.mark.usefixtures("edited")
def test_a_plan_carries_them_and_sees_a_save_since(
    build: Build, push: Push, told: Push, grafana: StandIn, tmp_path: Path
) -> None:
    file = str(tmp_path / "plan.json")
    assert told("plan", "--build", str(build.path), "--out", file, "--on-conflict", "overwrite").code == 1
    grafana.edit_library_panel("lat", lambda model: model.update(title="p50"))

    said = push(file)

    assert said.code == 5
    assert "the library panel 'Latency': somebody saved or deleted it since" in said.err
    assert model_of(grafana)["title"] == "p50"

    told("plan", "--build", str(build.path), "--out", file, "--on-conflict", "overwrite")
    assert push(file).code == 0
    assert model_of(grafana)["title"] == "Latency"


@pytest.mark.usefixtures("edited")
def test_a_rollback_brings_back_what_was_overwritten(push: Push, told: Push, grafana: StandIn) -> None:
    push("--on-conflict", "overwrite")

    dry = told("rollback", "--dry-run")
    assert model_of(grafana)["title"] == "Latency"
    said = told("rollback")

    assert (dry.code, said.code) == (0, 0)
    assert said.results == {"lat": "updated"}
    assert model_of(grafana)["title"] == "p99"
    assert told("rollback").code == 0
    assert model_of(grafana)["title"] == "Latency"


@pytest.mark.usefixtures("edited")
def test_a_rollback_leaves_one_alone_that_was_edited_since(push: Push, told: Push, grafana: StandIn) -> None:
    push("--on-conflict", "overwrite")
    grafana.edit_library_panel("lat", lambda model: model.update(title="p50"))

    said = told("rollback")

    assert said.code == 5
    assert "somebody changed this library panel since; what it was is in the journal" in said.why("lat")
    assert model_of(grafana)["title"] == "p50"


def test_a_rollback_leaves_one_that_the_push_made(
    build: Build, push: Push, told: Push, grafana: StandIn, shelve: Save
) -> None:
    shelve()
    build.put(showing())
    push()

    said = told("rollback")

    assert said.code == 0
    assert said.results == {"api": "deleted", "lat": "skipped"}
    assert grafana.library_panel("lat")


@pytest.mark.usefixtures("edited")
def test_a_rollback_of_a_push_that_was_killed_before_it_wrote(push: Push, told: Push, grafana: StandIn) -> None:
    grafana.faults.add("PATCH", "library-elements", reset=True)
    push("--on-conflict", "overwrite")

    said = told("rollback")

    assert said.code == 0
    assert said.total == "1 page: 1 unchanged"
    assert model_of(grafana)["title"] == "p99"
