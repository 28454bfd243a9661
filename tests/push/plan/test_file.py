"""The file of a plan: ours to the letter, read by nobody else, and the same each time."""

import json
import stat
from pathlib import Path

import pytest

from tests.push.building import Build, Push, page
from tests.push.plan.conftest import Plan
from tests.stand_in import StandIn


@pytest.mark.parametrize(
    "text",
    [
        "",
        "half of",
        "[]",
        "{}",
        '{"type": "plan", "version": 2}',
        '{"type": "push", "version": 1}',
        '{"type": "plan", "version": 1, "grafana": "x", "project": "y", "notes": [], "steps": [{}]}',
        '{"type": "plan", "version": 1, "grafana": "x", "project": "y", "notes": [], "steps": 3}',
    ],
)
def test_a_file_that_is_no_plan_is_a_clear_error(told: Push, file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")

    said = told("push", str(file))

    assert said.code == 2
    assert "this is no plan that we wrote" in said.err
    assert "dash plan --out FILE again" in said.err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("result", "burnt"),
        ("exit", 99),
        ("live", {"no": 1}),
        ("path", None),
        ("edits", 3),
        ("page", "text"),
        ("uid", "other"),
    ],
)
def test_a_plan_that_somebody_changed_is_a_clear_error(
    build: Build, plan: Plan, told: Push, grafana: StandIn, file: Path, *, key: str, value: object
) -> None:
    build.put(page("api"))
    plan()
    said = json.loads(file.read_bytes())
    said["steps"][0][key] = value
    file.write_text(json.dumps(said), encoding="utf-8")

    ended = told("push", str(file))

    assert ended.code == 2
    assert "this is no plan that we wrote" in ended.err
    assert grafana.page("api") is None


def test_nobody_else_reads_a_plan_and_no_secret_is_in_it(build: Build, say: Push, grafana: StandIn, file: Path) -> None:
    token = grafana.token("Admin")
    build.put(page("api"))
    say("plan", "--build", str(build.path), "--out", str(file), url=grafana.url, token=token)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token not in file.read_text(encoding="utf-8")
    assert not list(file.parent.glob(".*.part"))


def test_a_plan_that_cannot_be_written_is_a_clear_error(build: Build, told: Push, tmp_path: Path) -> None:
    build.put(page("api"))

    said = told("plan", "--build", str(build.path), "--out", str(tmp_path / "nowhere" / "plan.json"))

    assert said.code == 2
    assert "the plan cannot be written" in said.err


def test_the_same_plan_has_the_same_bytes(build: Build, plan: Plan, file: Path) -> None:
    build.put(page("b"))
    build.put(page("a"))
    plan()
    first = file.read_bytes()
    plan()

    assert file.read_bytes() == first
