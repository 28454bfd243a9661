"""GPUs, sessions, retrieval, overload and settings: each by itself."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from examples.ai_service import gpu
from examples.ai_service.agents import OLDEST, Sessions
from examples.ai_service.discovery import NoConfiguration, configuration, write
from examples.ai_service.model import Model, ModelFailed, Overloaded
from examples.ai_service.retrieval import manual
from examples.ai_service.settings import Settings, WrongSetting
from examples.ai_service.surroundings import around
from queries.taskmaster.numbers import LATENCY_LIMIT
from tests.service.town import QUICK


def test_real_gpus_are_read_and_one_that_says_nothing_is_left_out() -> None:
    said = "0, 1024, 24576, 37\n1, [N/A], 24576, [N/A]\n\n"
    assert gpu.read(said) == (gpu.Gpu("0", 1024 * gpu.MIB, 24576 * gpu.MIB, 0.37),)


def test_nvidia_smi_is_asked_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "nvidia-smi"
    program.write_text("#!/bin/sh\necho 0, 10, 20, 50\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert asyncio.run(gpu.real()) == (gpu.Gpu("0", 10 * gpu.MIB, 20 * gpu.MIB, 0.5),)

    program.write_text("#!/bin/sh\nexit 9\n")
    assert asyncio.run(gpu.real()) == ()


def test_a_session_that_nobody_ends_is_ended_by_its_age() -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    old = sessions.open()
    now[0] = OLDEST + 1
    young = sessions.open()

    assert old not in sessions
    assert young in sessions
    assert len(sessions) == 1
    assert sessions.close(young)
    assert not sessions.close(young)


def test_the_nearest_passage_is_about_what_was_asked() -> None:
    found = manual().nearest("What happens when the invoice arrives today?")
    assert "invoice arrives today" in found[0].text
    assert 1 >= found[0].score >= found[-1].score > 0.7
    assert manual().nearest("xyzzy")[0].score == 0


def test_overload_is_refused_and_errors_come_as_often_as_is_said() -> None:
    async def story() -> None:
        busy = Model("m", "taskmaster", LATENCY_LIMIT, around(replace(QUICK, latency=0.2, capacity=1, patience=2)))
        calls = [asyncio.create_task(busy.answer("hi")) for _ in range(2)]
        await asyncio.sleep(0.05)
        assert (busy.running, busy.waiting) == (1, 1)
        with pytest.raises(Overloaded):
            await busy.answer("hi", requests=2)
        await asyncio.gather(*calls)
        assert (busy.running, busy.waiting) == (0, 0)

        failing = Model("m", "taskmaster", LATENCY_LIMIT, around(replace(QUICK, error_rate=1)))
        with pytest.raises(ModelFailed):
            await failing.answer("hi")

    asyncio.run(story())


def test_settings_come_from_the_environment_and_secrets_are_not_shown() -> None:
    settings = Settings.of({"AI_SERVICE_LATENCY": "0.5", "DASH_CONTROL_TOKEN": "hush", "HOME": "/"})
    assert settings.latency == 0.5
    assert settings.control_token == "hush"  # noqa: S105 - of a test
    assert "hush" not in repr(settings)
    for wrong in ({"AI_SERVICE_ERROR_RATE": "2"}, {"AI_SERVICE_CAPACITY": "1.5"}, {"AI_SERVICE_GPU": "two"}):
        with pytest.raises(WrongSetting, match=next(iter(wrong))):
            Settings.of(wrong)


def test_the_token_of_the_metrics_is_told_to_prometheus_alone(tmp_path: Path) -> None:
    built = tmp_path / "prometheus.yml"
    built.write_text("scrape_configs: [{job_name: a, static_configs: [{targets: [x], labels: {zone: b}}]}]")
    text = configuration(built, {"a": ["127.0.0.1:1"]}, token="hush")  # noqa: S106 - of a test
    write(text, tmp_path / "out")

    assert "credentials: hush" in text
    assert "zone: b" in text
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("said", ["[", "a: b", "scrape_configs: 3", "scrape_configs: [{}]", "scrape_configs: [a]"])
def test_what_is_no_configuration_is_said(tmp_path: Path, said: str) -> None:
    (tmp_path / "p.yml").write_text(said)
    with pytest.raises(NoConfiguration, match=r"p\.yml"):
        configuration(tmp_path / "p.yml", {})
