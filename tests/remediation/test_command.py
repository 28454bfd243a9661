"""The command: what it wants of its environment, and that it starts, answers and stops."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from examples.remediation.__main__ import main
from examples.remediation.settings import Settings, WrongSetting
from tests.listening import free_port
from tests.remediation.fake import BEARS, TOKEN, alert, notification

ROOT = Path(__file__).parents[2]


def test_it_is_dry_until_it_is_told_otherwise() -> None:
    assert Settings.of({"REMEDIATION_TOKEN": "t"}).dry
    assert not Settings.of({"REMEDIATION_TOKEN": "t", "REMEDIATION_MODE": "act", "DASH_CONTROL_TOKEN": "c"}).dry


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"REMEDIATION_TOKEN": ""}, "REMEDIATION_TOKEN"),
        ({"REMEDIATION_MODE": "yes"}, "REMEDIATION_MODE"),
        ({"REMEDIATION_MODE": "act"}, "DASH_CONTROL_TOKEN"),
        ({"REMEDIATION_SERVICE": "file:///etc"}, "REMEDIATION_SERVICE"),
        ({"REMEDIATION_COOL_DOWN": "-1"}, "REMEDIATION_COOL_DOWN"),
        ({"REMEDIATION_AN_HOUR": "nan"}, "REMEDIATION_AN_HOUR"),
    ],
)
def test_a_setting_that_cannot_be_is_named(said: dict[str, str], names: str) -> None:
    with pytest.raises(WrongSetting, match=names):
        Settings.of({"REMEDIATION_TOKEN": TOKEN, **said})


def test_no_secret_is_in_what_settings_say_of_themselves() -> None:
    settings = Settings.of({"REMEDIATION_TOKEN": "first-secret", "DASH_CONTROL_TOKEN": "second-secret"})

    assert "secret" not in repr(settings)


def test_without_a_token_it_does_not_start(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("REMEDIATION_TOKEN", raising=False)

    assert main([]) == 2
    assert "REMEDIATION_TOKEN" in capsys.readouterr().err


def test_where_it_cannot_write_it_does_not_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("REMEDIATION_TOKEN", TOKEN)
    monkeypatch.setenv("REMEDIATION_AUDIT", str(tmp_path))

    assert main([]) == 1
    assert str(tmp_path) in capsys.readouterr().err


def test_started_as_the_readme_says_it_answers_and_stops(tmp_path: Path) -> None:
    port = free_port()
    environment = {
        **os.environ,
        "REMEDIATION_TOKEN": TOKEN,
        "REMEDIATION_FOLDER": str(tmp_path),
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "examples.remediation", "--port", str(port)]
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = _when_it_answers(f"http://127.0.0.1:{port}/alerts")
            assert process.stdout is not None
            assert "a dry run" in process.stdout.readline()
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) in (0, -signal.SIGTERM)

    assert (said["dry"], [one["outcome"] for one in said["answers"]]) == (True, ["done"])
    lines = [json.loads(line) for line in (tmp_path / "audit.jsonl").read_text().splitlines()]
    assert [one["outcome"] for one in lines] == ["begun", "done"]


def _when_it_answers(url: str) -> Any:
    until = time.monotonic() + 30
    while True:
        try:
            answer = httpx.post(url, content=notification(alert("TaskMasterModelDown")), headers=BEARS)
        except httpx.ConnectError:
            assert time.monotonic() < until, "it never answered"
            time.sleep(0.05)
        else:
            return answer.raise_for_status().json()
