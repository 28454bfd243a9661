"""Nothing leaves its folder: not a page, not a backup, not a plan, whoever named it and whatever lies there."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from cli.artifact import manifest
from cli.deploy import journal
from cli.deploy.folders import Folders
from cli.grafana.model import Folder, Server
from tests.push.building import Build, page
from tests.security.conftest import Say
from tests.security.hostile import NAMES, clean
from tests.stand_in import StandIn

SYMLINKS = "pulled/Team", "pulled/.dash-pull"
ELSEWHERE = Path("../elsewhere")


@pytest.fixture(autouse=True)
def _around(tmp_path: Path) -> Iterable[None]:
    """Whatever happens, what lies around the repository is as it was."""
    ELSEWHERE.mkdir()
    secret = {"type": "before", "uid": "api", "folder": [], "message": "", "page": page("api", "Private")}
    (ELSEWHERE / "private.json").write_text(json.dumps(secret | page("api", "Private")))
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    yield
    here = tmp_path / "here"
    assert before == {
        path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*") if here not in path.parents
    }


def _inside(folder: Path) -> list[str]:
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]


def test_pulled_pages_have_names_that_stay(say: Say, grafana: StandIn) -> None:
    for number, name in enumerate(NAMES):
        grafana.plant(f"f{number}", name, f"f{number - 1}" if number % 3 else "", is_folder=True)
        grafana.plant(f"p{number}", name, f"f{number}", panels=[])

    said = clean(say("pull", "--into", "pulled"))

    pulled = _inside(Path("pulled"))
    assert said.code == 0, said
    assert len({name.casefold() for name in pulled}) == len(pulled) == len(manifest.read(Path("pulled")).pages) + 1
    assert all(len(part.encode()) < 200 and part.strip(" .") == part for name in pulled for part in name.split("/"))
    assert clean(say("pull", "--into", "pulled")).results == {}
    assert clean(say("diff", "pulled")).code in (0, 1)


def test_uids_that_no_grafana_has_name_no_file_and_no_url(say: Say, build: Build, grafana: StandIn) -> None:
    for name in NAMES:
        grafana.plant(name, "Planted", panels=[], tags=["dash:shop"])
    build.put(page("api"))
    assert clean(say("push", "--prune", "--max-deletes", "99")).results["api"] == "created"
    for name in NAMES:
        build.entries[name or "?"] = build.entries.get(name) or _entry(name)
    build.put(page("api"))

    for command in (("pull",), ("push", "--prune", "--max-deletes", "99"), ("status",), ("diff",), ("push",)):
        said = clean(say(*command))
        assert said.code in (0, 1, 2, 3, 6), said

    paths = {request.path.partition("?")[0] for request in grafana.requests}
    assert not [path for path in paths if ".." in path or "%" in path or "\0" in path]
    assert len(_inside(journal.FOLDER)) == 2


def _entry(uid: str) -> manifest.PageEntry:
    return manifest.PageEntry(uid=uid, title="A", folder="../..", file="dashboards/api.json", digest="", source="a:1")


@pytest.mark.parametrize(
    "file", ["../../elsewhere/private.json", "/etc/passwd", "a/../../../elsewhere/private.json", "\0"]
)
def test_a_manifest_names_no_file_of_others(say: Say, build: Build, grafana: StandIn, file: str) -> None:
    build.put(page("api"))
    build.damage("api", file=file)

    for command in (("push",), ("status",), ("diff",), ("plan", "--out", "plan.json"), ("doctor",)):
        said = clean(say(*command))
        assert said.code == 3 or command == ("doctor",), said
    assert grafana.page("api") is None


@pytest.mark.parametrize(
    "before",
    [
        "../../../../elsewhere/private.json",
        "/etc/passwd",
        "pages/link.json",
        "pages/../../../../elsewhere/private.json",
    ],
)
@pytest.mark.parametrize("part", ["page", "panel"])
def test_a_journal_names_no_file_of_others(say: Say, build: Build, grafana: StandIn, before: str, part: str) -> None:
    build.put(page("api"))
    say("push")
    build.put(page("api", "Next"))
    say("push")
    name = journal.names(journal.FOLDER)[0]
    place = journal.FOLDER / name
    (place / "pages" / "link.json").symlink_to(ELSEWHERE.resolve() / "private.json")
    line = json.loads((place / journal.LINES).read_text())["page"]
    before = before if before[0] != "." else f"../{before}"
    said = (
        {"page": {**line, "before": before}} if part == "page" else {"panel": {"uid": "x", "name": "x", "kept": before}}
    )
    (place / journal.LINES).write_text(json.dumps(said))

    for ended in (clean(say("rollback", name)), clean(say("rollback", "--list"))):
        assert ended.code == 2
        assert "this is no journal that we wrote" in ended.err
        assert "root:" not in ended.err
    stored = grafana.page("api")
    assert stored
    assert stored.title == "Next"


@pytest.mark.parametrize("name", ["../../../elsewhere", "..", ".", "a/b", "x" * 300, "nul\0", "\x1b[2J"])
def test_a_push_is_named_like_one(say: Say, name: str) -> None:
    assert "there is no push" in clean(say("rollback", name)).err


def test_a_journal_writes_no_page_but_its_own(say: Say, build: Build, grafana: StandIn) -> None:
    """What lies in the file of one page is never written over another."""
    build.put(page("api"))
    say("push")
    build.put(page("api", "Next"))
    say("push")
    grafana.make(page("theirs", "Theirs"))
    [kept] = (journal.FOLDER / journal.names(journal.FOLDER)[0] / "pages").iterdir()
    said = json.loads(kept.read_bytes())
    said["page"] |= {"uid": "theirs", "title": "Api again"}
    kept.write_text(json.dumps(said))

    assert clean(say("rollback")).results == {"api": "updated"}
    titles = {one.uid: one.title for one in grafana.pages}
    assert (titles["theirs"], titles["api"]) == ("Theirs", "Api again")


def test_folders_of_a_journal_that_lie_in_each_other_end(say: Say, build: Build) -> None:
    build.put(page("api"), "Team")
    say("push")
    build.put(page("api", "Next"), "Team")
    say("push")
    [kept] = (journal.FOLDER / journal.names(journal.FOLDER)[0] / "pages").iterdir()
    said = json.loads(kept.read_bytes())
    said["folder"] = [{"uid": one, "title": one, "parent": other} for one, other in ("ab", "ba", "ac")]
    kept.write_text(json.dumps(said))

    assert clean(say("rollback")).code in (0, 4, 5, 6)


def test_folders_of_a_grafana_that_lie_in_each_other_end() -> None:
    class Round:
        """A Grafana of two folders."""

        def folder(self, uid: str) -> Folder:
            return Folder(uid, uid, "a" if uid == "b" else "b")

    folders = Folders(Round(), Server("9.4.0", (9, 4)), "shop")  # type: ignore[arg-type] # as much of it as is asked

    assert len(folders.way("a")) < 20


@pytest.mark.parametrize("link", SYMLINKS)
def test_a_link_in_a_pulled_folder_is_not_written_through(say: Say, grafana: StandIn, link: str) -> None:
    grafana.make_folder("team", "Team")
    grafana.make(page("api"), "team")
    Path("pulled").mkdir()
    Path(link).symlink_to(ELSEWHERE.resolve())

    for more in ((), ("--overwrite",), ("--prune",)):
        said = clean(say("pull", *more))
        assert said.code == 2
        assert _inside(Path("pulled")) == []


def test_a_link_where_a_file_is_made_is_not_written_through(say: Say, build: Build) -> None:
    """Whoever can put a link into a repository must not choose what a plan is written over."""
    private = (ELSEWHERE / "private.json").resolve()
    Path(".plan.json.part").symlink_to(private)
    Path("plan.json").symlink_to(private)
    build.put(page("api"))

    assert clean(say("plan", "--out", "plan.json")).code == 1
    assert not Path("plan.json").is_symlink()
    assert json.loads(Path("plan.json").read_bytes())["type"] == "plan"


def test_a_plan_touches_no_foreign_page(say: Say, build: Build, grafana: StandIn) -> None:
    """A plan binds itself to what it says that it saw; what is not ours stays, whatever it says."""
    grafana.make(page("theirs", tags=["dash:other"]))
    grafana.make(page("nobodys"))
    build.put(page("theirs"))
    build.put(page("nobodys", "Ours"))
    say("plan", "--on-conflict", "overwrite", "--out", "plan.json")
    plan = json.loads(Path("plan.json").read_bytes())
    steps = {step["uid"]: step for step in plan["steps"]}
    assert steps["nobodys"]["result"] == "updated"
    for uid, change in (
        ("theirs", {"result": "updated", "page": page("theirs", "Ours now"), "live": _seen(grafana, "theirs", say)}),
        ("nobodys", {"result": "deleted", "page": None}),
    ):
        Path("plan.json").write_text(json.dumps({**plan, "steps": [{**steps[uid], **change}]}))
        said = clean(say("push", "plan.json"))
        assert said.code == 5, said
        assert uid in said.err
        assert grafana.page(uid)


def _seen(grafana: StandIn, uid: str, say: Say) -> Any:
    """What a plan would remember of a page, had it been ours for a moment."""
    other = Build(Path("other"), project="other")
    other.put(page(uid, "Other"))
    said = say("plan", "--build", "other", "--on-conflict", "overwrite", "--out", "other.json")
    assert said.code in (1, 5), said
    assert grafana.page(uid)
    return json.loads(Path("other.json").read_bytes())["steps"][0]["live"]


def test_a_plan_names_one_page_in_each_step(say: Say, build: Build, grafana: StandIn) -> None:
    grafana.make(page("theirs"))
    build.put(page("api"))
    say("plan", "--out", "plan.json")
    plan = json.loads(Path("plan.json").read_bytes())
    plan["steps"][0]["page"]["uid"] = "theirs"
    Path("plan.json").write_text(json.dumps(plan))

    said = clean(say("push", "plan.json"))

    assert said.code == 2
    assert "this is no plan that we wrote" in said.err
