"""`dash status`: what every page is, who did what, and the same as what a push would find."""

from concurrent.futures import Future, wait
from typing import Any

import pytest

from cli.deploy.state import State
from tests.command_line import Dash
from tests.push.building import Build, page
from tests.stand_in import StandIn
from tests.stand_in.asking import read_page
from tests.status.asking import retitled, states_of


def _one(dash: Dash, uid: str = "api") -> Any:
    return next(one for one in dash("status", "--output", "json").json["pages"] if one["uid"] == uid)


@pytest.fixture
def pushed(build: Build, dash: Dash) -> Build:
    """Two pages, pushed; `app` in a folder."""
    build.put(page("api"))
    build.put(page("app"), "AI")
    assert dash("push").code == 0
    return build


@pytest.mark.usefixtures("pushed")
def test_what_was_pushed_is_in_step(dash: Dash, grafana: StandIn) -> None:
    before = [(one.uid, one.version) for one in grafana.pages]

    said = dash("status")

    assert (said.code, said.out, said.err) == (0, "2 pages: 2 in step\n", "")
    assert [(one.uid, one.version) for one in grafana.pages] == before


def test_what_the_source_changed_is_newer(dash: Dash, pushed: Build) -> None:
    pushed.put(page("api", "Newer"))

    said = dash("status")

    assert said.code == 1
    assert said.out == "ours newer      api: Newer\n2 pages: 1 in step, 1 ours newer\n"


def test_what_the_source_moved_is_newer(dash: Dash, pushed: Build) -> None:
    pushed.put(page("app"), "Elsewhere")

    assert _one(dash, "app") == {
        "uid": "app",
        "title": "App",
        "state": "ours newer",
        "why": "from AI to Elsewhere",
        "edits": 0,
    }


@pytest.mark.usefixtures("pushed")
def test_an_edit_by_hand_says_who_when_why_and_how_much(dash: Dash, grafana: StandIn) -> None:
    def change(model: Any) -> None:
        model["title"] = "Alice's"
        model["panels"][0]["title"] = "Here"

    grafana.edit("api", change, by="alice", message="for the \x1b[2Jdemo")

    said = dash("status")
    assert said.code == 1
    line = said.out.splitlines()[0]
    assert line.startswith("edited by hand  api: 2 edits, changed by hand (alice, 20")
    assert ': "for the [2Jdemo")' in line
    assert "\x1b" not in said.out
    assert _one(dash)["edits"] == 2


@pytest.mark.usefixtures("pushed")
def test_a_move_by_hand_is_none_of_the_page(dash: Dash, grafana: StandIn) -> None:
    grafana.make_folder("elsewhere", "Elsewhere")
    grafana.move("app", "elsewhere")

    one = _one(dash, "app")

    assert (one["state"], one["edits"]) == ("moved by hand", 0)
    assert one["why"].startswith("moved by hand to Elsewhere (")


@pytest.mark.usefixtures("pushed")
def test_a_move_by_hand_is_one_also_when_the_history_is_forgotten(dash: Dash, grafana: StandIn) -> None:
    for _ in range(12):
        grafana.edit("app", lambda model: model.update(title="Other"))
        grafana.edit("app", lambda model: model.update(title="App"))
    grafana.make_folder("elsewhere", "Elsewhere")
    grafana.move("app", "elsewhere")
    grafana.clean_up()

    assert _one(dash, "app")["state"] == "moved by hand"


@pytest.mark.parametrize("profile", ["g11"])
def test_a_page_that_is_saved_while_we_look_is_edited(dash: Dash, pushed: Build, grafana: StandIn) -> None:
    before = read_page(grafana, "api")
    grafana.edit("api", retitled)
    grafana.faults.add("GET", "/uid/api$", status=200, body=before)
    pushed.put(page("api", "Newer"))

    one = _one(dash)

    assert one["state"] == "edited by hand"
    assert "somebody saves it right now" in one["why"]


def test_a_page_that_was_never_pushed_is_not_there(dash: Dash, pushed: Build) -> None:
    pushed.put(page("new"))

    assert _one(dash, "new")["state"] == "not there"


@pytest.mark.usefixtures("pushed")
def test_a_page_that_was_deleted_there_is_said_so_where_that_is_known(
    dash: Dash, grafana: StandIn, profile: str
) -> None:
    grafana.delete("api")

    one = _one(dash)

    assert one["state"] == ("deleted there" if profile == "g13" else "not there")
    # Where Grafana does not remember it, our own journal does.
    known = "it was deleted there" if profile == "g13" else "somebody deleted it since the push"
    assert known in one["why"]


def test_a_page_of_somebody_else_is_not_ours(dash: Dash, pushed: Build, grafana: StandIn) -> None:
    grafana.make(page("their", "Theirs"), by="bob")
    pushed.put(page("their"))

    one = _one(dash, "their")

    assert one["state"] == "not ours"
    assert "dash did not push this page (bob, 20" in one["why"]


def test_a_page_of_another_project_is_not_ours(dash: Dash, pushed: Build) -> None:
    pushed.rename("market")
    pushed.put(page("api", "Market's"))

    one = _one(dash)

    assert one["state"] == "not ours"
    assert "another project pushes this page (its tag is dash:shop)" in one["why"]


def test_a_provisioned_page_is_said_so(dash: Dash, pushed: Build) -> None:
    pushed.put(page("prov-locked"))

    assert _one(dash, "prov-locked")["state"] == "provisioned"


@pytest.fixture
def less(build: Build, dash: Dash) -> Build:
    """What was pushed was more."""
    build.put(page("api"))
    build.put(page("old"))
    dash("push")
    del build.entries["old"]
    build.put(page("api"))
    return build


@pytest.mark.usefixtures("less")
def test_a_page_that_the_build_no_longer_has_is_said_so(dash: Dash) -> None:
    said = dash("status")

    assert said.code == 1
    assert said.out.splitlines() == [
        "no longer built old: the build no longer has it",
        "2 pages: 1 in step, 1 no longer built",
    ]
    assert not said.err


@pytest.mark.usefixtures("less")
def test_a_page_no_longer_built_and_edited_by_hand_says_who(dash: Dash, grafana: StandIn) -> None:
    grafana.edit("old", retitled, by="alice")

    one = _one(dash, "old")

    assert one["state"] == "no longer built"
    assert "changed by hand (alice, 20" in one["why"]


def test_a_copy_of_a_page_of_ours_is_not_ours(dash: Dash, pushed: Build, grafana: StandIn) -> None:
    ours = grafana.page("api")
    assert ours
    grafana.make({**ours.data, "uid": "copy", "title": "Copy of Api"}, by="alice")

    one = _one(dash, "copy")

    assert one["state"] == "not ours"
    assert one["title"] == "Copy of Api"
    assert "it has our tag, but dash never pushed it" in one["why"]
    assert pushed.entries.keys() == {"api", "app"}


def test_a_partial_build_says_that_it_may_be_that(dash: Dash, less: Build) -> None:
    less.put(page("api"), stale="it did not build")

    said = dash("status")

    assert said.code == 1
    assert states_of(dash("status", "--output", "json")) == {"api": "stale", "old": "no longer built"}
    assert "stale           api: stale: it did not build" in said.out


def test_a_manifest_that_is_partial_says_so(dash: Dash, less: Build) -> None:
    path = less.path / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"partial": false', '"partial": true'), encoding="utf-8")

    assert "note: the build left something out: what it seems to have no longer may be among that" in dash("status").err


def test_json_has_every_page_and_every_state(dash: Dash, pushed: Build) -> None:
    pushed.put(page("new"))

    said = dash("status", "--output", "json").json

    assert said.keys() == {"type", "version", "pages", "counts"}
    assert (said["type"], said["version"]) == ("status", 1)
    assert [one["uid"] for one in said["pages"]] == ["api", "app", "new"]
    assert said["counts"].keys() == set(State)
    assert sum(said["counts"].values()) == 3


def test_a_folder_to_put_all_below(dash: Dash, build: Build) -> None:
    build.put(page("api"), "AI")
    dash("push", "--folder", "Team")

    assert dash("status", "--folder", "Team").code == 0
    assert _one(dash)["state"] == "ours newer"


def test_a_page_that_cannot_be_read_is_unknown_and_no_answer(dash: Dash, pushed: Build, grafana: StandIn) -> None:
    assert pushed
    grafana.faults.add("GET", "/(uid|dashboards)/api$", times=99, status=403, body={"message": "no"})

    said = dash("status")

    assert said.code == 4
    assert "unknown         api: no permission to read the page" in said.out


def test_no_grafana_is_no_answer(dash: Dash, pushed: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pushed
    monkeypatch.setenv("GRAFANA_URL", "http://127.0.0.1:9")

    assert dash("status").code == 4


@pytest.mark.usefixtures("pushed")
def test_ctrl_c_ends_it(dash: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    times = iter([KeyboardInterrupt])

    def interrupted(futures: list[Future[object]]) -> None:
        if error := next(times, None):
            raise error
        wait(futures)

    monkeypatch.setattr("cli.deploy.side_by_side.wait", interrupted)
    said = dash("status")

    assert (said.code, said.out) == (130, "")


def test_no_build_is_said(dash: Dash) -> None:
    said = dash("status")

    assert said.code == 2
    assert "nothing is built here" in said.err
