"""`--annotate`: the moment of a push, marked on the pages that it wrote, and no push fails for it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.artifact import manifest
from cli.deploy.outcome import Report
from cli.deploy.planning import Order
from cli.deploy.push import How
from cli.deploy.push import Push as Work
from cli.grafana.address import Credentials, address
from cli.grafana.connect import connected
from tests.push.building import Build, Push, page
from tests.stand_in import StandIn

#: In seconds, as a clock tells it.
NOON = 1_700_000_000.25


def _marks(grafana: StandIn) -> dict[str, str]:
    """What is written on each page that has a mark."""
    pages = {one.id: one.uid for one in grafana.pages}
    marks = [(pages[one.page_id], one.text) for one in grafana.annotations]
    assert len(marks) == len(dict(marks)), marks
    return dict(marks)


@pytest.fixture
def at(build: Build, grafana: StandIn, tmp_path: Path) -> Callable[[float], Report]:
    """Push at this moment, with marks."""

    def push(moment: float) -> Report:
        where = address(grafana.url, said=Credentials(token=grafana.token()), environment={}, from_flag=True)
        how = How(annotate=True, clock=lambda: moment, journals=tmp_path / "pushes")
        with connected(where, connections=8) as there:
            work = Work(there, build.project, how)
            pages = manifest.read(build.path).pages
            return work.carry_out(work.plan(Order(build=build.path, project=build.project, text="Release 7"), pages))

    return push


def test_every_page_that_was_written_is_marked_and_no_other(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("same", "changed", "moved", "edited"):
        build.put(page(uid))
    push()
    build.put(page("changed", "Changed now"))
    build.put(page("moved"), "Team")
    build.put(page("made"))
    grafana.edit("edited", lambda model: model.update(title="Mine"))

    said = push("--annotate", "--message", "Release 7")

    assert said.code == 5
    assert _marks(grafana) == dict.fromkeys(["changed", "moved", "made"], "Release 7")
    assert {one.tags for one in grafana.annotations} == {("dash", "dash:shop")}
    assert "mark" not in said.err


def test_no_page_is_marked_unasked_or_when_nothing_is_written(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))

    push("--annotate", "--dry-run")
    push()
    push("--annotate")

    assert grafana.annotations == []


def test_a_push_without_a_message_is_called_a_push(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))

    push("--annotate", "--message", "")

    assert _marks(grafana) == {"api": "dash push"}


def test_a_deleted_page_has_nothing_to_mark(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(page("old"))
    push()
    del build.entries["old"]
    build.put(page("api", "New"))

    push("--annotate", "--prune", "--message", "x")

    assert grafana.page("old") is None
    assert _marks(grafana) == {"api": "x"}


def test_the_moment_is_that_of_the_push_on_every_page(
    build: Build, grafana: StandIn, at: Callable[[float], Report]
) -> None:
    for uid in ("a", "b"):
        build.put(page(uid))

    at(NOON)

    assert {one.start for one in grafana.annotations} == {1_700_000_000_250}
    assert _marks(grafana) == {"a": "Release 7", "b": "Release 7"}


def test_another_push_marks_again(build: Build, grafana: StandIn, at: Callable[[float], Report]) -> None:
    build.put(page("a"))
    at(NOON)
    build.put(page("a", "Again"))

    at(NOON + 60)

    assert len(grafana.annotations) == 2


def test_who_may_not_mark_pushes_all_the_same_and_is_told_once(build: Build, dash: Push, grafana: StandIn) -> None:
    for uid in ("a", "b"):
        build.put(page(uid))
    token = grafana.token("Admin", without=("annotations:create",))

    said = dash("--annotate", url=grafana.url, token=token)

    assert (said.code, said.total) == (0, "2 pages: 2 created")
    assert "note: 2 of 2 pages have no mark of this push: no permission to mark the page" in said.err
    assert said.err.count("no mark") == 1


@pytest.mark.parametrize("how", [{"reset": True}, {"status": 500, "body": {"message": "oh"}}, {"half": "json"}])
def test_a_mark_that_fails_is_no_failure_of_the_push(
    build: Build, push: Push, grafana: StandIn, how: dict[str, object]
) -> None:
    for uid in ("a", "b"):
        build.put(page(uid))
    grafana.faults.add("POST", "^/api/annotations", **how)  # type: ignore[arg-type]

    said = push("--annotate")

    assert (said.code, said.total) == (0, "2 pages: 2 created")
    assert "note: 1 of 2 pages have no mark of this push: " in said.err
    assert len(grafana.annotations) == 1


def test_a_plan_that_is_carried_out_says_why_it_was_made(
    build: Build, push: Push, say: Push, grafana: StandIn, tmp_path: Path
) -> None:
    build.put(page("api"))
    plan = ("plan", "--build", str(build.path), "--out", str(tmp_path / "plan"), "--message", "Release 7: at last")
    say(*plan, url=grafana.url, token=grafana.token())

    push(str(tmp_path / "plan"), "--annotate")

    assert _marks(grafana) == {"api": "Release 7: at last"}
