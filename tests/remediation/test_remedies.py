"""What the webhook does: the right verb, once, and taken back where that is right."""

import asyncio
from pathlib import Path

import pytest

from examples.remediation.plan import Limits
from tests.remediation.fake import CONTROL_TOKEN, Fake, alert

REMEDIES = {
    "TaskMasterHighLatency": ("/control/scale", "taskmaster", 3),
    "HighLLMLatency": ("/control/scale", "ai-api", 3),
    "TaskMasterModelDown": ("/control/restart", "taskmaster", None),
    "ModelServiceDown": ("/control/restart", "ml-serving", None),
    "ModelServiceAbsent": ("/control/restart", "ml-serving", None),
    "TaskMasterSevereDrift": ("/control/fallback", "taskmaster", True),
    "TaskMasterHighErrorRate": ("/control/breaker", "taskmaster", True),
    "HighErrorRate": ("/control/breaker", "ai-api", True),
}


@pytest.mark.parametrize("name", REMEDIES)
def test_each_fault_has_its_remedy(name: str, tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    assert asyncio.run(fake.notify(alert(name))) == ["done"]
    assert fake.told == [REMEDIES[name]]
    assert fake.bearers == [f"Bearer {CONTROL_TOKEN}"]


def test_said_again_it_is_not_done_again(tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    async def twice_and_an_hour_later() -> list[str]:
        said = [
            *await fake.notify(*2 * [alert("TaskMasterModelDown")]),
            *await fake.notify(alert("TaskMasterModelDown")),
        ]
        fake.now += 5000
        return [*said, *await fake.notify(alert("TaskMasterModelDown"))]

    assert asyncio.run(twice_and_an_hour_later()) == ["done", "nothing", "nothing"]
    assert len(fake.told) == 1
    assert "a person has to look" in fake.lines()[-1]["why"]


def test_a_new_episode_is_answered_again(tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    async def again() -> list[str]:
        first = await fake.notify(alert("TaskMasterModelDown"))
        fake.now += 601
        return [*first, *await fake.notify(alert("TaskMasterModelDown", since="2026-11-21T11:00:00Z"))]

    assert asyncio.run(again()) == ["done", "done"]


def test_many_at_once_are_one_remedy(tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    async def together() -> None:
        await asyncio.gather(*(fake.notify(alert("TaskMasterHighLatency", number=one)) for one in range(20)))

    asyncio.run(together())
    assert len(fake.told) == 1


def test_what_resolves_while_its_remedy_is_under_way_is_taken_back_after_it(tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    async def meanwhile() -> None:
        async with asyncio.TaskGroup() as both:
            both.create_task(fake.notify(alert("HighErrorRate")))
            await fake.begun.wait()
            await fake.notify(alert("HighErrorRate", "resolved"))

    asyncio.run(meanwhile())
    assert [value for _, _, value in fake.told] == [True, False]


def test_the_breaker_is_closed_when_the_last_alert_has_resolved(tmp_path: Path) -> None:
    fake = Fake(tmp_path)
    name = "TaskMasterHighErrorRate"

    async def two_endpoints() -> list[list[str]]:
        return [
            await fake.notify(alert(name, number=1), alert(name, number=2)),
            await fake.notify(alert(name, "resolved", number=1)),
            await fake.notify(alert(name, "resolved", number=2)),
            await fake.notify(alert(name, "resolved", number=2)),
        ]

    assert asyncio.run(two_endpoints()) == [["done", "nothing"], ["nothing"], ["done"], ["nothing"]]
    assert fake.told == [("/control/breaker", "taskmaster", True), ("/control/breaker", "taskmaster", False)]


@pytest.mark.parametrize("name", ["TaskMasterSevereDrift", "TaskMasterHighLatency", "TaskMasterModelDown"])
def test_what_would_come_back_stays_until_a_person_looks(name: str, tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    async def and_resolved() -> list[str]:
        await fake.notify(alert(name))
        return await fake.notify(alert(name, "resolved"))

    assert asyncio.run(and_resolved()) == ["nothing"]
    assert len(fake.told) == 1
    assert "stays" in fake.lines()[-1]["why"]


def test_a_breaker_that_perhaps_opened_is_closed(tmp_path: Path) -> None:
    fake = Fake(tmp_path)
    fake.status = 0

    async def no_answer_then_resolved() -> list[str]:
        first = await fake.notify(alert("HighErrorRate"))
        fake.status = 200
        return [*first, *await fake.notify(alert("HighErrorRate", "resolved"))]

    assert asyncio.run(no_answer_then_resolved()) == ["failed", "done"]
    assert fake.told == [("/control/breaker", "ai-api", False)]


@pytest.mark.parametrize("status", [0, 401, 404, 500])
def test_a_remedy_that_failed_is_said_so_and_tried_again_when_it_has_cooled_down(status: int, tmp_path: Path) -> None:
    fake = Fake(tmp_path)
    fake.status = status

    async def then_it_is_back() -> list[str]:
        said = await fake.notify(alert("TaskMasterModelDown"))
        fake.status = 200
        said += await fake.notify(alert("TaskMasterModelDown"))
        fake.now += 601
        return said + await fake.notify(alert("TaskMasterModelDown"))

    assert asyncio.run(then_it_is_back()) == ["failed", "nothing", "done"]


def test_after_so_many_within_an_hour_a_person_has_to_look(tmp_path: Path) -> None:
    fake = Fake(tmp_path, limits=Limits(cool_down=0, an_hour=3))

    async def five_and_one_later() -> list[str]:
        names = ["TaskMasterHighLatency", "TaskMasterModelDown", "HighLLMLatency", "ModelServiceDown"]
        said = await fake.notify(*(alert(name, number=place) for place, name in enumerate(names)))
        fake.now += 3601
        return said + await fake.notify(alert("ModelServiceDown", number=9))

    assert asyncio.run(five_and_one_later()) == ["done", "done", "done", "nothing", "done"]
    assert len(fake.told) == 4
