"""What A and B mean: files, folders, contexts, URLs, and what is not said."""

import json
from pathlib import Path

import pytest

from tests.command_line import Dash
from tests.diff.conftest import retitled
from tests.push.building import Build, page
from tests.stand_in import StandIn

NOTHING = "no difference\n"


@pytest.fixture
def contexts(grafana: StandIn, another: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two of them, each with a token of its own."""
    tables = ['project = "shop"']
    for name, server in (("here", grafana), ("there", another)):
        monkeypatch.setenv(f"TOKEN_{name}", server.token("Admin"))
        tables.append(f'[contexts.{name}]\nurl = "{server.url}"\ntoken = {{env = "TOKEN_{name}"}}')
    Path("dash.toml").write_text("\n".join(tables), encoding="utf-8")


@pytest.mark.usefixtures("contexts")
def test_a_grafana_alone_is_compared_with_the_build(dash: Dash, pushed: Build, grafana: StandIn) -> None:
    assert pushed
    assert dash("diff", "here").out == NOTHING
    assert dash("diff", "there").out.splitlines()[1:] == [
        "  page: removed",
        'app "App"',
        "  page: removed",
        "2 edits on 2 of 2 pages",
    ]
    assert dash("diff", grafana.url).out == NOTHING


def test_a_file_or_folder_alone_is_compared_with_the_configured_grafana(
    dash: Dash, pushed: Build, grafana: StandIn
) -> None:
    copy = pushed.path.rename("renamed")
    grafana.edit("app", retitled)

    assert dash("diff", str(copy), "--only", "api").out == NOTHING
    assert dash("diff", "renamed").code == 1


def test_a_folder_without_a_manifest_says_nothing_of_folders(dash: Dash, pushed: Build, grafana: StandIn) -> None:
    assert pushed
    grafana.move("app", "")
    Path("dash.toml").write_text('project = "shop"\n', encoding="utf-8")

    assert dash("diff").code == 1
    assert dash("diff", "build/dashboards").out == NOTHING


def test_the_direction_is_as_it_is_said(dash: Dash, pushed: Build, grafana: StandIn) -> None:
    grafana.edit("app", retitled)
    grafana.move("app", "")
    pushed.put(page("new"))

    assert dash("diff", "build", grafana.url, "--output", "json").json["pages"] == [
        {
            "uid": "app",
            "title": "App",
            "edits": [
                {"where": "page", "what": "moved", "from": "AI", "to": ""},
                {"where": 'panel "About"', "what": "title", "from": "About", "to": "By hand"},
            ],
        },
        {
            "uid": "new",
            "title": "New",
            "edits": [{"where": "page", "what": "removed", "from": "New", "to": None}],
        },
    ]
    assert dash("diff", grafana.url, "build", "--output", "json").json["pages"] == [
        {
            "uid": "app",
            "title": "App",
            "edits": [
                {"where": "page", "what": "moved", "from": "", "to": "AI"},
                {"where": 'panel "By hand"', "what": "title", "from": "By hand", "to": "About"},
            ],
        },
        {"uid": "new", "title": "New", "edits": [{"where": "page", "what": "added", "from": None, "to": "New"}]},
    ]


def test_two_builds_are_compared_with_their_folders(dash: Dash, tmp_path: Path) -> None:
    for name, folder in (("one", "AI"), ("two", "AI/Serving")):
        Build(tmp_path / name).put(page("api"), folder)

    assert dash("diff", "one", "two").out.splitlines()[1] == "  page: moved AI -> AI/Serving"


@pytest.fixture
def elsewhere(dash: Dash, pushed: Build, another: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """A second Grafana, with the same pages."""
    assert pushed
    monkeypatch.setenv("TOKEN", another.token("Admin"))
    Path("dash.toml").write_text(
        f'project = "shop"\n[contexts.other]\nurl = "{another.url}"\ntoken = {{env = "TOKEN"}}\n', encoding="utf-8"
    )
    assert dash("push", "--context", "other").code == 0
    return another


def test_between_two_grafanas_all_pages_of_both_are_told(dash: Dash, elsewhere: StandIn, grafana: StandIn) -> None:
    grafana.make(page("theirs"))
    elsewhere.move("app", "")
    elsewhere.edit("api", retitled)
    elsewhere.make(page("more"))

    said = dash("diff", grafana.url, "other")

    assert said.code == 1
    assert said.out.splitlines() == [
        'api "Api"',
        '  panel "About": title "About" -> "By hand"',
        'app "App"',
        "  page: moved AI -> the root",
        'more "More"',
        "  page: added",
        'theirs "Theirs"',
        "  page: removed",
        "4 edits on 4 of 6 pages",
    ]


def test_each_grafana_counts_from_its_own_folder(
    dash: Dash, pushed: Build, grafana: StandIn, another: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert pushed
    monkeypatch.setenv("TOKEN", another.token("Admin"))
    Path("dash.toml").write_text(
        f'project = "shop"\n[contexts.team]\nurl = "{another.url}"\nfolder = "Team"\ntoken = {{env = "TOKEN"}}\n',
        encoding="utf-8",
    )
    dash("push", "--context", "team")
    another.make(page("outside"))
    another.move("api", "")

    assert dash("diff", grafana.url, "team", "--only", "app").out == NOTHING
    assert "  page: moved Team -> the root" in dash("diff", grafana.url, "team", "--only", "api").out
    assert "outside" not in dash("diff", grafana.url, "team").out


@pytest.mark.parametrize("minima", [("5s", "30s"), ("30s", "5s")])
def test_of_two_grafanas_either_may_have_raised_a_refresh(
    dash: Dash, build: Build, grafana: StandIn, another: StandIn, minima: tuple[str, str]
) -> None:
    for server, minimum in zip((grafana, another), minima, strict=True):
        server.require_refresh(minimum)
        server.make(build.put(page("api", refresh=minimum)))
    Path("dash.toml").write_text(
        f'[contexts.other]\nurl = "{another.url}"\ntoken = {{env = "TOKEN"}}\n', encoding="utf-8"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOKEN", another.token("Admin"))
        assert dash("diff", grafana.url, "other").out == NOTHING


@pytest.mark.usefixtures("contexts", "pushed")
@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("here", "there", "--context", "here"), "--context is said of one Grafana, and here are two Grafanas"),
        (("here", "there", "--user", "bob"), "--user is said of one Grafana, and here are two Grafanas"),
        (("here", "--context", "there"), "the Grafana is named twice"),
        (("here", "--url", "http://localhost"), "the Grafana is named twice"),
        (("build", "build", "--context", "here"), "--context is said of one Grafana, and here is none"),
        (("nowhere",), "there is no such file, folder or context"),
        (("her",), "did you mean 'here'"),
        (("build", "ftp://x"), "there is no such file, folder or context"),
        (("a", "b", "c"), "unexpected extra argument"),
        (("--version", "1"), "--version is of one page"),
        (("api", "--version", "1", "--only", "api"), "--version is of one page"),
        (("api", "--version", "1", "--version", "1", "--version", "1"), "--version twice"),
    ],
)
def test_what_cannot_be_meant_is_exit_2(dash: Dash, arguments: tuple[str, ...], why: str) -> None:
    said = dash("diff", *arguments)

    assert (said.code, said.out) == (2, "")
    assert why in said.err


@pytest.mark.usefixtures("contexts", "pushed")
def test_what_is_a_context_and_a_folder_is_asked_back(dash: Dash) -> None:
    Path("here").mkdir()
    Path("here/api.json").write_text(json.dumps(page("api")), encoding="utf-8")

    said = dash("diff", "here")

    assert said.code == 2
    assert "'here' is a context of dash.toml, and something here" in said.err
    assert dash("diff", "./here", "--only", "api").out == NOTHING


@pytest.mark.usefixtures("contexts", "pushed")
def test_credentials_of_the_environment_go_to_no_other_grafana(dash: Dash, another: StandIn) -> None:
    before = len(another.requests)

    said = dash("diff", "build", another.url)

    assert said.code == 2
    assert "the environment's credentials are for the Grafana of GRAFANA_URL" in said.err
    assert len(another.requests) == before


@pytest.mark.usefixtures("pushed")
def test_no_grafana_is_exit_4(dash: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAFANA_URL", "http://127.0.0.1:9")

    assert dash("diff").code == 4


def test_no_grafana_named_and_nothing_built_are_exit_2(
    dash: Dash, build: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "there is no such file or folder" in dash("diff").err
    build.path.mkdir()
    assert "no page is in this folder" in dash("diff").err
    build.put(page("api"))
    monkeypatch.delenv("GRAFANA_URL")
    said = dash("diff")
    assert said.code == 2
    assert "no Grafana is named" in said.err


def test_two_files_of_one_uid_are_an_error(dash: Dash, tmp_path: Path) -> None:
    (tmp_path / "some").mkdir()
    for name in "ab":
        (tmp_path / "some" / f"{name}.json").write_text(json.dumps(page("api")), encoding="utf-8")

    assert "this is the page api once more" in dash("diff", "some", "some").err


def test_ctrl_c_is_130(dash: Dash, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    build.put(page("api"))

    def interrupted(*_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("cli.deploy.side_by_side.wait", interrupted)

    said = dash("diff")

    assert (said.code, said.out) == (130, "")
