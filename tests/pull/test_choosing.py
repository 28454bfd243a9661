"""Which pages are pulled: all, those in folders by the path of their titles, single ones."""

from pathlib import Path

import pytest

from cli.artifact import manifest
from tests.command_line import Dash
from tests.push.building import page
from tests.stand_in import ProfileName, StandIn

INTO = Path("pulled")


@pytest.fixture
def _pages(grafana: StandIn, profile: ProfileName) -> None:
    """`Team/Serving` is two folders where there are folders in folders, and one elsewhere."""
    grafana.make_folder("team", "Team")
    grafana.make_folder("other", "Teams")
    inner = ("serving", "Serving", "team") if profile == "g11" else ("serving", "Team / Serving")
    grafana.make_folder(*inner)
    for uid, folder in (("root", ""), ("in", "team"), ("deep", "serving"), ("else", "other")):
        grafana.make(page(uid), folder)


@pytest.mark.usefixtures("_pages")
def test_folders_mirror_those_of_grafana(dash: Dash, grafana: StandIn) -> None:
    dash(grafana, "pull")

    found = {str(path.relative_to(INTO)) for path in INTO.rglob("*.json")}
    assert found == {"manifest.json", "root.json", "Team/in.json", "Team/Serving/deep.json", "Teams/else.json"}
    assert [entry.folder for entry in manifest.read(INTO).pages] == ["Team/Serving", "Teams", "Team", ""]


@pytest.mark.usefixtures("_pages")
@pytest.mark.parametrize(
    ("arguments", "uids"),
    [
        (("--folder", "Team"), {"in", "deep"}),
        (("--folder", "/Team/Serving/"), {"deep"}),
        (("--folder", "Team/Serving", "--folder", "Teams"), {"deep", "else"}),
        (("--uid", "root"), {"root"}),
        (("--uid", "root", "--folder", "Teams"), {"root", "else"}),
    ],
)
def test_what_is_chosen_is_pulled(dash: Dash, grafana: StandIn, arguments: tuple[str, ...], uids: set[str]) -> None:
    said = dash(grafana, "pull", *arguments)

    assert said.results.keys() == uids
    made = manifest.read(INTO)
    assert {entry.uid for entry in made.pages} == uids
    assert made.partial, "a push of it must not take the other pages for deleted"


@pytest.mark.usefixtures("_pages")
def test_what_is_not_chosen_stays_as_it_was(dash: Dash, grafana: StandIn) -> None:
    dash(grafana, "pull")
    for uid in ("root", "in"):
        grafana.edit(uid, lambda model: model.update(title="Other"))
    grafana.delete("else")
    before = (INTO / "root.json").read_bytes()

    assert dash(grafana, "pull", "--folder", "Team", "--prune").results == {"in": "updated"}
    assert (INTO / "root.json").read_bytes() == before
    assert (INTO / "Teams/else.json").exists()
    assert len(manifest.read(INTO).pages) == 4


@pytest.mark.usefixtures("_pages")
def test_a_page_that_left_the_chosen_folder_is_followed(dash: Dash, grafana: StandIn) -> None:
    dash(grafana, "pull", "--folder", "Team")
    grafana.move("in", "other")

    assert dash(grafana, "pull", "--folder", "Team").results == {"in": "moved"}
    assert (INTO / "Teams/in.json").exists()
    assert not (INTO / "Team/in.json").exists()


@pytest.mark.usefixtures("_pages")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--folder", "Taem"), "no page lies in a folder 'Taem'\n  try: --folder 'Team'"),
        (("--folder", "team"), "no page lies in a folder 'team'"),
        (("--uid", "rooot"), "there is no page 'rooot' to pull"),
    ],
)
def test_what_is_not_there_cannot_be_chosen(
    dash: Dash, grafana: StandIn, arguments: tuple[str, ...], said: str
) -> None:
    ended = dash(grafana, "pull", *arguments)

    assert ended.code == 2
    assert said in ended.err
    assert not INTO.exists()


@pytest.mark.usefixtures("_pages")
def test_a_context_with_a_folder_pulls_what_it_pushes(dash: Dash, grafana: StandIn) -> None:
    here = f'default_context = "here"\n[contexts.here]\nurl = "{grafana.url}"\nfolder = "Team"\n'
    Path("dash.toml").write_text(f'{here}token = {{ env = "GRAFANA_TOKEN" }}\n', encoding="utf-8")

    said = dash(grafana, "pull")

    assert said.results == {"in": "created", "deep": "created"}
    assert {entry.uid: entry.folder for entry in manifest.read(INTO).pages} == {"in": "", "deep": "Serving"}
    assert dash(grafana, "pull", "--folder", "Serving").total == "1 page: 1 unchanged"
    assert dash(grafana, "pull", "--uid", "root").code == 2


@pytest.mark.parametrize("profile", ["g9"])
@pytest.mark.usefixtures("_pages")
def test_a_folder_is_no_page(dash: Dash, grafana: StandIn) -> None:
    said = dash(grafana, "pull", "--uid", "team")

    assert said.code == 2
    assert said.why("team") == "failed    team: this uid is a folder's"
