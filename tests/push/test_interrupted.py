"""Ctrl-C, once and twice, and the first failure that ends a push: what is said, and that a rerun converges."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.push.building import Build, Push, page
from tests.stand_in import StandIn

ROOT = Path(__file__).parents[2]
SAVE = "/api/dashboards/db$"
PAGES = [f"page-{number:02}" for number in range(40)]


@dataclass
class Running:
    """A real `dash push` at work."""

    command: list[str]
    here: Path
    environment: dict[str, str]
    insists: bool = False
    _process: subprocess.Popen[str] | None = None

    def interrupt(self) -> None:
        """Press Ctrl-C."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)

    def insist(self) -> None:
        """Press it again and again."""
        self.insists = True

    def end(self) -> tuple[int, str, str]:
        """The exit code, and what it said."""
        with subprocess.Popen(
            self.command,
            cwd=self.here,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as self._process:
            while self._process.poll() is None:
                time.sleep(0.02)
                if self.insists:
                    self.interrupt()
            out, err = self._process.communicate()
            return self._process.returncode, out, err


@pytest.fixture
def running(build: Build, grafana: StandIn, tmp_path: Path) -> Callable[..., Running]:
    """Build many pages, and be ready to push them with a real process."""
    for uid in PAGES:
        build.put(page(uid))
    token = grafana.token("Admin")

    def run(*arguments: str) -> Running:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "GRAFANA_URL": grafana.url, "GRAFANA_TOKEN": token}
        command = [sys.executable, "-m", "cli", "push", "--build", str(build.path), *arguments]
        return Running(command, tmp_path, environment)

    return run


def _there(grafana: StandIn) -> set[str]:
    return {one.uid for one in grafana.pages} & set(PAGES)


def _saves(grafana: StandIn) -> int:
    return len([one for one in grafana.requests if one.path == "/api/dashboards/db"])


@pytest.mark.parametrize("profile", ["g11"])
def test_the_first_ctrl_c_finishes_what_is_in_flight_and_says_what_is_done(
    push: Push, grafana: StandIn, running: Callable[..., Running]
) -> None:
    work = running("--jobs", "2")
    grafana.faults.add("POST", SAVE, nth=3, before=work.interrupt)

    code, out, _ = work.end()

    assert code == 130
    created = {line.split()[1].rstrip(":") for line in out.splitlines() if line.startswith("created")}
    skipped = [line for line in out.splitlines() if "interrupted before its turn" in line]
    assert created == _there(grafana)
    assert len(created) >= 3
    assert skipped
    assert len(created) + len(skipped) == len(PAGES)
    assert push().total == f"{len(PAGES)} pages: {len(skipped)} created, {len(created)} unchanged"
    assert push().total == f"{len(PAGES)} pages: {len(PAGES)} unchanged"


@pytest.mark.parametrize("profile", ["g11"])
def test_ctrl_c_does_not_wait_for_another_try(push: Push, grafana: StandIn, running: Callable[..., Running]) -> None:
    work = running("--jobs", "1")
    later = {"Retry-After": "29"}
    grafana.faults.add("POST", SAVE, before=work.interrupt, status=429, body={"message": "too many"}, headers=later)

    code, out, _ = work.end()

    assert code == 130
    assert "failed    page-00" in out
    assert _saves(grafana) == 1
    assert push().code == 0


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize("policy", ["stop", "ask"])
def test_ctrl_c_while_pages_are_compared_writes_nothing_and_asks_nothing(
    grafana: StandIn, running: Callable[..., Running], policy: str
) -> None:
    grafana.make(page("page-00", "Theirs"))
    work = running("--jobs", "1", "--on-conflict", policy)
    grafana.faults.add("GET", "/api/dashboards/uid/page-03", before=work.interrupt)

    code, out, _ = work.end()

    assert code == 130
    assert out.count("interrupted before anything was written") == len(PAGES)
    assert out.splitlines()[-1] == f"{len(PAGES)} pages: {len(PAGES)} skipped"
    assert not _saves(grafana)


@pytest.mark.parametrize("profile", ["g11"])
def test_a_second_ctrl_c_stops_at_once(push: Push, grafana: StandIn, running: Callable[..., Running]) -> None:
    """Grafana never answers the first save: only to stop at once comes back."""
    work = running("--jobs", "2")

    grafana.faults.add("POST", SAVE, before=work.insist, silent=True)

    code, out, err = work.end()

    assert code == 130
    assert "interrupted; what was in flight may have happened, and a rerun sees it" in err
    assert not out
    grafana.faults.clear()
    assert push().code == 0
    assert _there(grafana) == set(PAGES)
    assert push().total == f"{len(PAGES)} pages: {len(PAGES)} unchanged"


# --fail-fast


BAD: dict[str, Any] = {"status": 403, "body": {"message": "Access denied"}}


def test_the_first_page_that_fails_ends_a_push_that_fails_fast(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("a", "b", "c"):
        build.put(page(uid))
    grafana.faults.add("POST", SAVE, nth=2, **BAD)

    said = push("--fail-fast", "--jobs", "1")

    assert said.code == 6
    assert said.results == {"a": "created", "b": "failed", "c": "skipped"}
    assert "another page failed, and --fail-fast" in said.why("c")
    assert grafana.page("c") is None
    assert push("--fail-fast").results == {"b": "created", "c": "created"}


def test_a_push_that_fails_at_its_first_page_has_done_nothing(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("a", "b"):
        build.put(page(uid))
    grafana.faults.add("POST", SAVE, **BAD)

    said = push("--fail-fast", "--jobs", "1")

    assert said.code == 4
    assert said.results == {"a": "failed", "b": "skipped"}


def test_a_push_goes_on_otherwise(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("a", "b", "c"):
        build.put(page(uid))
    grafana.faults.add("POST", SAVE, nth=2, **BAD)

    assert push("--jobs", "1").results == {"a": "created", "b": "failed", "c": "created"}


def test_a_conflict_ends_a_push_that_fails_fast_before_anything_is_written(
    build: Build, push: Push, grafana: StandIn
) -> None:
    build.put(page("a"))
    push()
    grafana.edit("a", lambda model: model.update(title="Mine"))
    build.put(page("a", "Next"))
    build.put(page("b"))

    said = push("--fail-fast")

    assert said.code == 5
    assert said.results == {"a": "conflict", "b": "skipped"}
    assert grafana.page("b") is None
