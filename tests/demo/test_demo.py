"""`python -m examples.demo` says where to look, what it says is true, and one key leaves nothing running."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live.built import ROOT, build
from tests.live.programs import asked, is_alive, listens
from tests.prometheus.promtool import NEEDS_PROMTOOL

COMMAND = [sys.executable, "-W", "error", "-m", "examples.demo"]
ENDS_WITHIN = 40.0


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("demo"))


@contextmanager
def demo(built: Path, keys: int | None = None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """It, and what it said until it says how to stop it."""
    with subprocess.Popen(
        [*COMMAND, "--build", str(built)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(built)},
        stdin=subprocess.DEVNULL if keys is None else keys,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        said = ""
        try:
            for line in process.stdout:
                said += line
                if " stops it." in line:
                    break
            yield process, said
        finally:
            if process.poll() is None:
                process.terminate()


def prometheus_of(said: str) -> str:
    """The URL that it says Prometheus answers at."""
    found = re.search(r"^Prometheus +(http://\S+)$", said, re.MULTILINE)
    assert found, said
    return found[1]


def children(of: int) -> list[int]:
    """The processes that it started."""
    return [int(one) for one in Path(f"/proc/{of}/task/{of}/children").read_text(encoding="utf-8").split()]


def waited(look: Callable[[], bool], seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while not look() and time.monotonic() < until:
        time.sleep(0.5)
    return look()


@pytest.mark.prometheus
@pytest.mark.slow
@NEEDS_PROMTOOL
def test_it_answers_where_it_says(built: Path) -> None:
    with demo(built) as (_, said):
        assert waited(lambda: len(asked(prometheus_of(said), "query?query=up==1")["result"]) >= 8)


@pytest.mark.prometheus
@pytest.mark.slow
@NEEDS_PROMTOOL
@pytest.mark.parametrize("stop", ["q", "Enter", "SIGTERM", "SIGHUP"])
def test_one_key_or_signal_leaves_nothing(built: Path, stop: str) -> None:
    ours, theirs = pty.openpty()
    with demo(built, None if stop.startswith("SIG") else theirs) as (process, said):
        folder = re.search(r"^logs, samples +(\S+),", said, re.MULTILINE)
        assert folder
        assert Path(folder[1]).exists()
        groups = children(process.pid)
        assert len(groups) == 2

        if stop.startswith("SIG"):
            process.send_signal(signal.Signals[stop])
        else:
            os.write(ours, b"q" if stop == "q" else b"\n")
        assert process.wait(ENDS_WITHIN) == 0
        assert process.stdout
        assert process.stdout.read().strip() == "Everything is stopped."
    assert not [one for one in groups if is_alive(one)]
    assert not listens(prometheus_of(said).removeprefix("http://"))
    assert not Path(folder[1]).exists()
    for one in (ours, theirs):
        os.close(one)


@pytest.mark.prometheus
@pytest.mark.slow
@NEEDS_PROMTOOL
def test_what_ends_by_itself_takes_the_rest_with_it(built: Path) -> None:
    with demo(built) as (process, _):
        groups = children(process.pid)
        os.kill(groups[0], signal.SIGKILL)

        assert process.wait(ENDS_WITHIN) == 1
        assert process.stdout
        assert process.stdout.read().startswith("Something ended by itself")
    assert not is_alive(groups[1])


@pytest.mark.prometheus
@pytest.mark.slow
@NEEDS_PROMTOOL
def test_killed_it_leaves_nothing_running(built: Path) -> None:
    with demo(built) as (process, _):
        groups = children(process.pid)
        assert len(groups) == 2

        process.kill()
        process.wait()

        assert waited(lambda: not [one for one in groups if is_alive(one)])


@pytest.mark.prometheus
@pytest.mark.slow
@NEEDS_PROMTOOL
def test_a_terminal_that_is_closed_stops_it(built: Path) -> None:
    ours, theirs = pty.openpty()
    with demo(built, theirs) as (process, _):
        groups = children(process.pid)
        os.close(theirs)
        os.close(ours)

        assert process.wait(ENDS_WITHIN) == 0
    assert not [one for one in groups if is_alive(one)]


def refused(built: Path, **environ: str) -> str:
    """What it says where it cannot start."""
    ran = subprocess.run(
        [*COMMAND, "--build", str(built)],
        cwd=ROOT,
        env=os.environ | environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.returncode == 2
    return ran.stderr


def test_without_a_build_it_says_what_to_type(tmp_path: Path) -> None:
    said = refused(tmp_path)

    assert said.startswith("demo: the service did not start: ")
    assert "`python -m cli build` writes it" in said
    assert "Traceback" not in said


def test_without_prometheus_it_says_what_to_type(built: Path, tmp_path: Path) -> None:
    assert refused(built, PATH=str(tmp_path)) == "demo: no prometheus on PATH: apt-get install prometheus\n"
