"""`python -m examples.ai_service`: it says where it answers, its load moves all, and it leaves nothing running."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from examples.ai_service.faults import PARTS

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

MOVING = ("--duration", "2", "--rate", "5", "--scenario", "errors")


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """The service, and what it says of itself."""
    command = [sys.executable, "-W", "error", "-m", "examples.ai_service", "--port", "0", "--output", "json", *options]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, env=ENVIRON, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            assert process.stdout
            yield process, json.loads(process.stdout.readline())
        finally:
            if process.poll() is None:
                process.kill()


def ran(module: str, *options: str, folder: Path | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(  # noqa: S603 - our own program
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


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "Ctrl-C"])
def test_it_answers_everywhere_and_leaves_nothing_running(tmp_path: Path, stop: signal.Signals) -> None:
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

        process.send_signal(stop)
        assert process.wait(timeout=20) == 0
        assert process.stderr
        assert "Traceback" not in process.stderr.read()
        assert not any(reachable(one) for addresses in targets.values() for one in addresses)
        # its exporters were of its process group, and a group without processes is none
        with pytest.raises(ProcessLookupError):
            os.killpg(process.pid, 0)


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
