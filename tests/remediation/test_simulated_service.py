"""Against the simulated service: the fault is seen, the alert is sent, and the fault is gone."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from examples.ai_service.apps.ai_api import JOB as API
from examples.remediation.audit import AuditLog
from examples.remediation.control import Control, Failed
from examples.remediation.healer import Healer
from examples.remediation.notification import read
from examples.remediation.playbook import PLAYBOOK, Remedy
from tests.remediation.fake import alert, notification
from tests.service.town import TOKEN, Town, lived

WORKER = "taskmaster"
TASK = {"text": "Summarise the plan of the week.", "kind": "summarise"}


def healer(town: Town, folder: Path, token: str = TOKEN) -> Healer:
    transport = httpx.ASGITransport(app=town.apps[API])
    client = httpx.AsyncClient(transport=transport, base_url="http://service")
    return Healer(Control(client, token), AuditLog(folder / "audit.jsonl", dry=False), folder / "stop")


async def answered(healer: Healer, name: str, status: str = "firing") -> str:
    (entry,) = await healer.answer(read(notification(alert(name, status))))
    return f"{entry.outcome} {entry.why}" if entry.outcome == "failed" else entry.outcome


def test_a_model_that_is_down_is_restarted_and_answers(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        await town.begin("model-gone")
        assert (await town.ask(WORKER, "POST", "/tasks", json=TASK)).is_error
        assert await town.value(WORKER, "taskmaster_model_loaded") == 0

        assert await answered(healer(town, tmp_path), "TaskMasterModelDown") == "done"

        assert (await town.ask(WORKER, "POST", "/tasks", json=TASK)).is_success
        assert await town.value(WORKER, "taskmaster_model_loaded") == 1

    lived(story)


def test_errors_open_the_breaker_and_their_end_closes_it(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        await town.begin("errors")
        assert await town.visit(WORKER, 40) < 40
        healing = healer(town, tmp_path)

        assert await answered(healing, "TaskMasterHighErrorRate") == "done"

        assert town.around.plant.parts[WORKER].breaker_open
        before = await town.value(WORKER, "taskmaster_requests_total", status="error")
        await town.visit(WORKER, 40)
        assert await town.value(WORKER, "taskmaster_requests_total", status="error") == before

        assert await answered(healing, "TaskMasterHighErrorRate", "resolved") == "done"
        assert not town.around.plant.parts[WORKER].breaker_open

    lived(story)


def test_latency_is_answered_by_replicas_and_drift_by_the_other_model(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        healing, plant = healer(town, tmp_path), town.around.plant
        await town.begin("slow")
        assert plant.fault(WORKER).slow
        assert await answered(healing, "TaskMasterHighLatency") == "done"
        assert (plant.parts[WORKER].replicas, plant.fault(WORKER).slow) == (3, False)

        await town.begin("drift")
        assert plant.fault(WORKER).rambles
        assert await answered(healing, "TaskMasterSevereDrift") == "done"
        assert not plant.fault(WORKER).rambles

    lived(story)


def test_a_service_that_knows_another_token_is_left_alone(tmp_path: Path) -> None:
    async def story(town: Town) -> None:
        said = await answered(healer(town, tmp_path, "another"), "TaskMasterHighLatency")

        assert said == "failed the service answered 401"
        assert town.around.plant.parts[WORKER].replicas == 1

    lived(story)


@pytest.mark.parametrize("remedy", dict.fromkeys(PLAYBOOK.values()), ids=str)
def test_every_remedy_is_one_that_the_service_takes(remedy: Remedy) -> None:
    async def story(town: Town) -> None:
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=town.apps[API]), base_url="http://service")
        control = Control(client, TOKEN)
        await control.carry_out(remedy, remedy.value)
        if remedy.undo is not None:
            await control.carry_out(remedy, remedy.undo)
        with pytest.raises(Failed, match="404"):
            await control.carry_out(Remedy(remedy.verb, "nobody"), remedy.value)

    lived(story)
