"""`python -m examples.ai_service`: it says where it answers, its load moves all, and it leaves nothing running."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from examples.ai_service.faults import PARTS
from examples.ai_service.machine import known

ENVIRON = {**os.environ, "DASH_CONTROL_TOKEN": "control", "AI_SERVICE_LATENCY": "0.01", "AI_SERVICE_COLD_START": "0"}
BUILT = {
    "global": {"scrape_interval": "15s"},
    "rule_files": ["../rules/*.yaml"],
    "alerting": {"alertmanagers": []},
    "scrape_configs": [
        {"job_name": job, "scrape_interval": "15s", "static_configs": [{"targets": ["elsewhere:1"]}]}
        for job in (*(role.job for role in PARTS), "nginx")
    ],
}

#: Seconds that it may take to stop, whatever it is doing.
ENDS = 5
MOVING = ("--duration", "2", "--rate", "5", "--scenario", "errors")


@contextmanager
def started(
    *options: str, environ: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """The service, and what it says of itself."""
    command = [sys.executable, "-W", "error", "-m", "examples.ai_service", "--port", "0", "--output", "json", *options]
    with subprocess.Popen(
        command,
        env={**ENVIRON, **(environ or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            assert process.stdout
            yield process, json.loads(process.stdout.readline())
        finally:
            if process.poll() is None:
                process.kill()


def ran(module: str, *options: str, folder: Path | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", module, *options],
        env={**ENVIRON, "PYTHONPATH": str(Path.cwd()), **environ},
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def reachable(address: str) -> bool:
    host, port = address.split(":")
    with socket.socket() as asking:
        asking.settimeout(1)
        return asking.connect_ex((host, int(port))) == 0


def test_it_answers_everywhere_and_ctrl_c_leaves_nothing_running(tmp_path: Path) -> None:
    (tmp_path / "prometheus").mkdir()
    built, out = tmp_path / "prometheus/prometheus.yml", tmp_path / "found.yml"
    built.write_text(yaml.safe_dump(BUILT))
    with started("--built", str(built), "--prometheus-config", str(out), "--every", "2s") as (process, said):
        targets: dict[str, list[str]] = said["targets"]
        assert {role.job for role in PARTS} <= targets.keys()
        assert len(targets["inference-servers"]) == 3
        for addresses in targets.values():
            for one in addresses:
                assert httpx.get(f"http://{one}/metrics").status_code == 200

        config = yaml.safe_load(out.read_text())
        found = {one["job_name"]: one["static_configs"][0]["targets"] for one in config["scrape_configs"]}
        assert found == {job: addresses for job, addresses in targets.items() if job != "node"}
        assert config["rule_files"] == [str(tmp_path / "rules/*.yaml")]

        load = ran("examples.ai_service.load", "--service", f"http://{targets['backend'][0]}", *MOVING)
        assert load.returncode == 0, load.stderr
        ended = json.loads(load.stdout)["ended"]
        assert all(one["well"] > 0 for one in ended.values()), ended
        assert sum(one.get("failed", 0) for one in ended.values()) > 0
        page = httpx.get(f"http://{targets['taskmaster'][0]}/metrics").text
        assert 'taskmaster_requests_total{endpoint="/tasks",status="success"} 0.0' not in page

        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
        assert not any(reachable(one) for addresses in targets.values() for one in addresses)
    assert_nothing_of(process)


def assert_nothing_of(process: subprocess.Popen[str]) -> None:
    """Its exporters were of its process group, and a group without processes is none."""
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_under_load_it_ends_in_seconds_and_every_line_of_it_is_json() -> None:
    slow = {"AI_SERVICE_LATENCY": "20", "AI_SERVICE_ENVIRONMENT": "production"}
    slow["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9"  # where nobody takes the last spans
    with started("--load", "5", environ=slow) as (process, said):
        with socket.create_connection(said["targets"]["backend"][0].split(":")) as garbage:
            garbage.sendall(b"no HTTP\r\n\r\n")
            assert garbage.recv(100).startswith(b"HTTP/1.1 400")
        time.sleep(2)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        _, complaints = process.communicate(timeout=20)

    assert (process.returncode, time.monotonic() - began < ENDS) == (0, True)
    assert_nothing_of(process)
    lines = [json.loads(line) for line in complaints.splitlines()]
    assert {one.get("logger") for one in lines} >= {None, "uvicorn.error"}
    assert not [one for one in lines if "Exception" in one["event"]]


@pytest.mark.skipif(not known()[0].program, reason="no node exporter is installed here")
def test_killed_it_leaves_no_exporter() -> None:
    with started() as (process, said):
        address = said["targets"]["node"][0]
        assert reachable(address)
        process.kill()
        process.wait()
        until = time.monotonic() + ENDS
        while reachable(address) and time.monotonic() < until:
            time.sleep(0.05)

        assert not reachable(address)


@pytest.mark.parametrize(
    ("options", "environ", "code", "says"),
    [
        (["--port", "0"], {"AI_SERVICE_LATENCY": "fast"}, 2, "AI_SERVICE_LATENCY=fast: it is a number"),
        (["--port", "0"], {"AI_SERVICE_GPUS": "2"}, 2, "AI_SERVICE_GPUS: no setting is called so"),
        (["--port", "0", "--prometheus-config", "out.yml", "--built", "nowhere.yml"], {}, 2, "python -m cli build"),
    ],
)
def test_what_cannot_be_is_said(
    tmp_path: Path, options: list[str], environ: dict[str, str], code: int, says: str
) -> None:
    ended = ran("examples.ai_service", *options, folder=tmp_path, **environ)
    assert ended.returncode == code, ended.stderr
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr


def test_in_production_a_complaint_is_json_too() -> None:
    ended = ran("examples.ai_service", AI_SERVICE_ENVIRONMENT="production", AI_SERVICE_LATENCY="fast")

    assert json.loads(ended.stderr)["event"].startswith("AI_SERVICE_LATENCY=fast")


def test_a_port_that_is_taken_is_said() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = ran("examples.ai_service", "--port", str(port))
    assert ended.returncode == 1
    assert f"backend: 127.0.0.1:{port}" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_load_without_a_service_says_so() -> None:
    ended = ran("examples.ai_service.load", "--service", "http://127.0.0.1:1")
    assert ended.returncode == 1
    assert ended.stderr.startswith("load: http://127.0.0.1:1")
    assert "Traceback" not in ended.stderr
