"""A build against the Grafana that it is pushed to: what differs, and the same as what a push would find."""

from pathlib import Path

import pytest

from tests.command_line import Dash
from tests.diff.conftest import retitled
from tests.push.building import Build, page
from tests.stand_in import StandIn

NOTHING = "no difference\n"


@pytest.mark.usefixtures("pushed")
def test_what_was_pushed_does_not_differ_and_nothing_is_written(dash: Dash, grafana: StandIn) -> None:
    before = [(one.uid, one.version) for one in grafana.pages]

    said = dash("diff")

    assert (said.code, said.out, said.err) == (0, NOTHING, "")
    assert [(one.uid, one.version) for one in grafana.pages] == before


@pytest.mark.usefixtures("pushed")
def test_an_edit_by_hand_reads_as_what_somebody_did(dash: Dash, grafana: StandIn) -> None:
    grafana.edit("app", retitled)

    said = dash("diff")

    assert (said.code, said.err) == (1, "")
    assert said.out.splitlines() == [
        'app "App"',
        '  panel "About": title "About" -> "By hand"',
        "1 edit on 1 of 2 pages",
    ]


@pytest.mark.usefixtures("pushed")
def test_a_page_that_lies_elsewhere_is_one_edit(dash: Dash, grafana: StandIn) -> None:
    grafana.make_folder("elsewhere", "Elsewhere")
    grafana.move("app", "elsewhere")

    assert dash("diff").out.splitlines()[:2] == ['app "App"', "  page: moved AI -> Elsewhere"]
    edits = dash("diff", "--output", "json").json["pages"][0]["edits"]
    assert edits == [{"where": "page", "what": "moved", "from": "AI", "to": "Elsewhere"}]


@pytest.mark.usefixtures("pushed")
def test_a_folder_that_we_may_not_see_is_called_as_its_page_calls_it(
    dash: Dash, grafana: StandIn, profile: str
) -> None:
    grafana.make_folder("elsewhere", "Elsewhere")
    grafana.move("app", "elsewhere")
    grafana.faults.add("GET", "/folders/elsewhere$", times=99, status=403, body={"message": "no"})

    assert f"  page: moved AI -> {'elsewhere' if profile == 'g13' else 'Elsewhere'}" in dash("diff").out


@pytest.mark.usefixtures("pushed")
def test_a_page_in_the_root_says_so(dash: Dash, grafana: StandIn) -> None:
    grafana.move("app", "")

    assert "  page: moved AI -> the root" in dash("diff").out
    assert "  page: moved the root -> AI" in dash("diff", grafana.url, "build").out
    assert dash("diff", "--output", "json").json["pages"][0]["edits"][0]["to"] == ""
    assert "<code>page: moved AI -&gt; the root</code>" in dash("diff", "--output", "markdown").out


def test_a_nested_folder_is_its_place_also_where_folders_cannot_nest(dash: Dash, build: Build) -> None:
    build.put(page("api"), "AI/Serving")
    dash("push")

    assert dash("diff").out == NOTHING


@pytest.mark.usefixtures("pushed")
def test_another_folder_of_the_same_title_is_elsewhere(dash: Dash, grafana: StandIn, profile: str) -> None:
    if profile == "g9":
        pytest.skip("a Grafana before 11.3 takes a title once")
    grafana.make_folder("twin", "AI")
    grafana.move("app", "twin")

    assert "  page: moved AI -> AI (twin)" in dash("diff").out
    assert "  page: moved AI (twin) -> AI" in dash("diff", grafana.url, "build").out


def test_a_page_that_the_grafana_has_not_is_removed_there(dash: Dash, pushed: Build) -> None:
    pushed.put(page("new"))

    assert dash("diff").out.splitlines() == ['new "New"', "  page: removed", "1 edit on 1 of 3 pages"]


def test_pages_that_the_build_has_not_are_told_when_they_bear_our_tag(
    dash: Dash, pushed: Build, grafana: StandIn
) -> None:
    grafana.make(page("theirs"))
    del pushed.entries["app"]
    pushed.put(page("api"))

    assert dash("diff").out.splitlines() == ['app "App"', "  page: added", "1 edit on 1 of 2 pages"]


@pytest.mark.usefixtures("pushed")
def test_a_file_is_compared_with_its_page_alone(dash: Dash, grafana: StandIn) -> None:
    Path("dash.toml").write_text('project = "shop"\n', encoding="utf-8")
    grafana.edit("app", retitled)

    assert dash("diff", "build/dashboards/api.json").out == NOTHING
    assert dash("diff", "build/dashboards/app.json").out.splitlines()[-1] == "1 edit on 1 of 1 page"


@pytest.mark.usefixtures("pushed")
def test_only_some_pages(dash: Dash, grafana: StandIn) -> None:
    grafana.edit("app", retitled)
    grafana.make(page("theirs"))

    assert dash("diff", "--only", "api").out == NOTHING
    assert dash("diff", "--only", "api", "--only", "app").out.splitlines()[-1] == "1 edit on 1 of 2 pages"
    assert "  page: added" in dash("diff", "--only", "theirs").out
    unknown = dash("diff", "--only", "nobody")
    assert (unknown.code, unknown.out) == (2, "")
    assert "there is no page 'nobody' on either side" in unknown.err


def test_a_folder_to_put_all_below(dash: Dash, build: Build) -> None:
    build.put(page("api"), "AI")
    dash("push", "--folder", "Team")

    assert dash("diff", "--folder", "Team").out == NOTHING
    assert "  page: moved AI -> Team/AI" in dash("diff").out


def test_a_refresh_that_the_server_raised_is_no_edit(dash: Dash, build: Build, grafana: StandIn) -> None:
    grafana.require_refresh("30s")
    build.put(page("api", refresh="5s"))
    dash("push")

    assert dash("diff").out == NOTHING

    grafana.edit("api", lambda model: model.update(refresh="1m"))
    assert '  page: refresh "5s" -> "1m"' in dash("diff").out


@pytest.mark.parametrize("below", [(), ("--folder", "Team")])
def test_nor_is_one_that_it_raised_when_its_minimum_was_longer(
    dash: Dash, build: Build, grafana: StandIn, below: tuple[str, ...]
) -> None:
    grafana.require_refresh("30s")
    build.put(page("api", refresh="10s"), "AI")
    dash("push", *below)
    grafana.require_refresh("5s")

    assert dash("push", *below).results == {}
    assert dash("diff", *below).out == NOTHING

    grafana.edit("api", lambda model: model.update(refresh="1m"))
    grafana.edit("api", lambda model: model.update(refresh="30s"))
    assert '  page: refresh "10s" -> "30s"' in dash("diff", *below).out


def test_what_is_the_same_to_a_push_does_not_differ(dash: Dash, build: Build, grafana: StandIn) -> None:
    build.put(page("api", editable=True))
    dash("push")
    grafana.edit("api", lambda model: model.update(editable=1))

    assert dash("push").results == {}
    assert dash("diff").out == dash("diff", grafana.url, "build").out == NOTHING


def test_data_sources_are_those_that_a_push_would_pin(
    dash: Dash, build: Build, grafana: StandIn, tmp_path: Path
) -> None:
    grafana.add_data_source("main")
    source = {"type": "prometheus", "uid": "old"}
    build.put(page("api", panels=[{"id": 1, "type": "stat", "title": "Up", "datasource": source}]))
    pinned = page("api", panels=[{"id": 1, "type": "stat", "title": "Up", "datasource": {**source, "uid": "main"}}])
    grafana.make(pinned)
    (tmp_path / "dash.toml").write_text(
        f'project = "shop"\n[contexts.here]\nurl = "{grafana.url}"\ndatasources = {{old = "main"}}\n', encoding="utf-8"
    )

    assert dash("diff", "--only", "api").code == 1
    assert dash("diff", "here", "--only", "api").out == NOTHING
    assert dash("diff", "--only", "api", "--datasource", "old=main").out == NOTHING
    assert dash("diff", "--datasource", "main").code == 2


def test_a_stale_page_and_a_partial_build_are_said_so(dash: Dash, pushed: Build) -> None:
    pushed.put(page("api"), stale="it did not build")
    path = pushed.path / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"partial": false', '"partial": true'), encoding="utf-8")

    said = dash("diff")

    assert said.out == NOTHING
    assert said.err.splitlines() == [
        "note: api: its file is not what its source says today: it did not build",
        "note: build: the build left something out: what it seems to have no longer may be among that",
    ]


def test_a_page_of_the_build_that_is_broken_is_exit_3(dash: Dash, pushed: Build) -> None:
    (pushed.path / "dashboards" / "api.json").write_text("{", encoding="utf-8")

    said = dash("diff")

    assert (said.code, said.out) == (3, "")
    assert "api.json: is not JSON" in said.err


@pytest.mark.usefixtures("pushed")
def test_a_page_that_cannot_be_read_is_said_and_hides_no_other(dash: Dash, grafana: StandIn) -> None:
    grafana.edit("app", retitled)
    grafana.faults.add("GET", "/(uid|dashboards)/api$", times=99, status=403, body={"message": "no"})

    said = dash("diff")

    assert said.code == 4
    assert said.out.splitlines()[-1] == "1 edit on 1 of 2 pages; 1 page could not be compared"
    assert said.err.startswith("error: api: no permission to read the page")
    [failed] = dash("diff", "--output", "json").json["failed"]
    assert failed["uid"] == "api"
    assert "1 page could not be compared" in dash("diff", "--output", "markdown").out


def test_a_uid_that_is_a_folder_there_is_said(dash: Dash, build: Build, grafana: StandIn, profile: str) -> None:
    if profile != "g9":
        pytest.skip("folders and pages share no uids any more")
    build.put(page("api"))
    grafana.make_folder("api", "Api")

    said = dash("diff")

    assert said.code == 2
    assert "error: api: this uid is a folder's there" in said.err


def test_where_a_list_has_all_pages_none_is_read_alone(
    dash: Dash, build: Build, grafana: StandIn, profile: str
) -> None:
    if profile != "g13":
        pytest.skip("there is no such list before 12")
    for number in range(12):
        build.put(page(f"p{number}"))
    dash("push")
    before = len(grafana.requests)

    assert dash("diff").out == NOTHING

    paths = [one.path for one in grafana.requests[before:]]
    assert not [path for path in paths if path.endswith("/p7")]


def test_an_unchanged_page_takes_one_request(dash: Dash, build: Build, grafana: StandIn) -> None:
    def asked(pages: int) -> int:
        for number in range(pages):
            build.put(page(f"p{number}"), "AI")
        dash("push")
        before = len(grafana.requests)
        assert dash("diff", "--api", "legacy").out == NOTHING
        return len(grafana.requests) - before

    assert asked(2) + 3 == asked(5)
