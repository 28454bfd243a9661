"""A build that is not there, is empty, or has files that are not the pages."""

import json

import pytest

from tests.push.building import Build, Push, page
from tests.stand_in import StandIn


def test_no_build(push: Push, grafana: StandIn) -> None:
    said = push()

    assert said.code == 2
    assert "try: dash build" in said.err
    assert not grafana.requests


def test_an_empty_build(build: Build, push: Push) -> None:
    build.rename("empty")

    assert push().out == "0 pages\n"


@pytest.mark.parametrize("text", [None, "{", "[]", '{"uid": "other", "title": "x"}'])
def test_a_file_that_is_not_the_page_fails_alone(build: Build, push: Push, grafana: StandIn, text: str | None) -> None:
    build.put(page("bad"))
    build.put(page("good"))
    file = build.path / "dashboards" / "bad.json"
    file.unlink() if text is None else file.write_text(text, encoding="utf-8")

    said = push()

    assert said.results == {"bad": "failed", "good": "created"}
    assert str(file) in said.why("bad")
    assert "dash build" in said.why("bad")
    assert said.code == 6
    assert push().code == 3, "nothing was written, and no Grafana is to blame"
    assert grafana.page("bad") is None


def test_a_file_edited_in_the_build_is_pushed_and_said(build: Build, push: Push) -> None:
    build.put(page("api"))
    push()
    file = build.path / "dashboards" / "api.json"
    file.write_text(json.dumps(page("api", "By hand in build")), encoding="utf-8")

    said = push()

    assert said.results == {"api": "updated"}
    assert "api: the file in" in said.err
    assert "is not what dash build wrote" in said.err
    assert push().total == "1 page: 1 unchanged"


def test_a_uid_that_grafana_would_not_take_never_leaves_the_house(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("good"))
    build.put(page("bad"))
    hostile = "a?x=1&../../admin"
    (build.path / "dashboards" / "bad.json").write_text(json.dumps(page(hostile)), encoding="utf-8")
    build.damage("bad", uid=hostile)

    said = push()

    assert said.code == 6
    assert "is no uid that Grafana knows" in said.out
    assert not [one for one in grafana.requests if "admin" in one.path]
