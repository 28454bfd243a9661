"""The run as a whole: how many at a time, Ctrl-C, what is left open, and what is loaded when nothing is pushed."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.artifact.manifest import PageEntry
from cli.deploy import planning
from cli.deploy.wanted import Wanted, load
from tests.push.building import Build, Push, page
from tests.stand_in import StandIn

ROOT = Path(__file__).parents[2]


def test_eight_at_a_time(build: Build, push: Push, grafana: StandIn) -> None:
    for number in range(32):
        build.put(page(f"page-{number}"))
    push()
    grafana.latency = 0.05
    began = time.monotonic()

    assert push().total == "32 pages: 32 unchanged"
    took = time.monotonic() - began

    assert 4 * 0.05 <= took < 20 * 0.05


def test_one_at_a_time_in_the_order_of_the_build(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("b", "a", "c"):
        build.put(page(uid))

    push("--jobs", "1")

    saved = [one.body["dashboard"]["uid"] for one in grafana.requests if one.method == "POST"]
    assert saved == ["a", "b", "c"]


def test_a_bug_with_one_page_does_not_hide_the_others(
    build: Build, push: Push, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.put(page("bad"))
    build.put(page("good"))

    def broken(folder: Path, entry: PageEntry, below: str = "", text: bytes | None = None) -> Wanted:
        if entry.uid == "bad":
            raise ZeroDivisionError("oh")
        return load(folder, entry, below, text)

    monkeypatch.setattr(planning, "load", broken)

    said = push()

    assert said.results == {"bad": "failed", "good": "created"}
    assert "this is a bug in dash (ZeroDivisionError: oh)" in said.why("bad")
    assert said.code == 70


def test_ctrl_c_finishes_what_is_in_flight_and_says_what_is_not_done(build: Build, profile: str) -> None:
    for number in range(6):
        build.put(page(f"page-{number}"))
    with StandIn("g9" if profile == "g9" else "g11") as grafana:
        grafana.faults.add("POST", "/api/dashboards/db", delay=1.5)
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "GRAFANA_URL": grafana.url,
            "GRAFANA_TOKEN": grafana.token(),
        }
        command = [sys.executable, "-m", "cli", "push", "--jobs", "1", "--build", str(build.path)]
        with subprocess.Popen(
            command, cwd=build.path.parent, env=environment, stdout=subprocess.PIPE, text=True
        ) as running:
            while not any(one.method == "POST" for one in grafana.requests):
                assert running.poll() is None
                time.sleep(0.02)
            running.send_signal(signal.SIGINT)
            out, _ = running.communicate(timeout=20)

        assert running.returncode == 130
        assert out.splitlines()[0] == "created   page-0: Page-0"
        assert "skipped   page-5: interrupted before its turn" in out
        assert out.splitlines()[-1] == "6 pages: 1 created, 5 skipped"
        assert grafana.page("page-0")
        assert grafana.page("page-1") is None


def test_help_loads_no_network() -> None:
    script = (
        "import sys\n"
        "from cli.main import main\n"
        "try:\n    main(['push', '--help'])\n"
        "except SystemExit:\n    pass\n"
        "print(sorted({'grafana_client', 'niquests', 'orjson', 'subprocess', 'ssl'} & set(sys.modules)))\n"
    )

    said = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True).stdout

    assert said.splitlines()[-1] == "[]"
    assert "--token-file FILE|-" in said
    assert "--on-conflict" in said


def test_nothing_is_left_open(build: Build, profile: str) -> None:
    """Warnings are errors, and an open connection warns."""
    build.put(page("api"))
    with StandIn("g9" if profile == "g9" else "g11") as grafana:
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "GRAFANA_URL": grafana.url,
            "GRAFANA_TOKEN": grafana.token(),
        }
        command = [sys.executable, "-X", "dev", "-W", "error", "-m", "cli", "push", "--build", str(build.path)]
        said = subprocess.run(
            command, cwd=build.path.parent, env=environment, capture_output=True, text=True, check=True
        )

    assert said.stderr == ""
    assert said.stdout.endswith("1 page: 1 created\n")
