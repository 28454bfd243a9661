"""What the webhook does not do: dry, stopped, not asked by whom it knows, not understood, not written down."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from examples.remediation.app import LONGEST
from tests.remediation.fake import CONTROL_TOKEN, TOKEN, Fake, alert, notification

DOWN = notification(alert("TaskMasterModelDown"))


def test_a_dry_run_says_what_it_would_do_and_does_nothing(tmp_path: Path) -> None:
    fake = Fake(tmp_path, dry=True)

    assert asyncio.run(fake.notify(alert("TaskMasterModelDown"))) == ["done"]
    assert fake.told == []
    last = fake.lines()[-1]
    assert (last["dry"], last["verb"], last["target"]) == (True, "restart", "taskmaster")


def test_what_a_dry_run_did_is_not_done(tmp_path: Path) -> None:
    asyncio.run(Fake(tmp_path, dry=True).notify(alert("TaskMasterModelDown")))
    fake = Fake(tmp_path)

    assert asyncio.run(fake.notify(alert("TaskMasterModelDown"))) == ["done"]
    assert len(fake.told) == 1


def test_a_restart_of_the_webhook_forgets_nothing(tmp_path: Path) -> None:
    asyncio.run(Fake(tmp_path).notify(alert("TaskMasterModelDown")))
    with (tmp_path / "audit.jsonl").open("a") as log:
        log.write('{"at": 1, "alert"\nnot a line\n')  # of a full disk
    fake = Fake(tmp_path)

    async def same_and_another() -> list[str]:
        return await fake.notify(alert("TaskMasterModelDown"), alert("TaskMasterModelDown", number=2))

    assert asyncio.run(same_and_another()) == ["nothing", "nothing"]
    assert fake.told == []


def test_an_unknown_alert_is_said_and_nothing_is_done(tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    assert asyncio.run(fake.notify(alert("SomebodyElses"))) == ["nothing"]
    assert fake.told == []
    assert "a person has to look" in fake.lines()[-1]["why"]


def test_stopped_by_hand_nothing_is_done_until_it_may_go_on(tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    async def stop_and_go_on() -> list[str]:
        assert (await fake.post("/stop")).json() == {"dry": False, "stopped": True}
        said = await fake.notify(alert("TaskMasterModelDown"))
        assert fake.told == []
        assert (await fake.post("/go-on")).json() == {"dry": False, "stopped": False}
        return said + await fake.notify(alert("TaskMasterModelDown"))

    assert asyncio.run(stop_and_go_on()) == ["nothing", "done"]
    assert fake.lines()[0]["why"] == "stopped by hand"


def test_a_stop_file_that_nobody_can_look_at_is_a_stop(tmp_path: Path) -> None:
    fake = Fake(tmp_path)
    fake.healer._stop = tmp_path / "audit.jsonl" / "stop"  # a file is no folder

    assert asyncio.run(fake.notify(alert("TaskMasterModelDown"))) == ["nothing"]


@pytest.mark.parametrize("path", ["/alerts", "/stop", "/go-on"])
@pytest.mark.parametrize("said", ["", f"Bearer {TOKEN}x", "Bearer ", f"Basic {TOKEN}", TOKEN, "Bearer \xe9"])
def test_without_the_token_nothing_is_heard(path: str, said: str, tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    answer = asyncio.run(fake.post(path, DOWN, {b"Authorization": said.encode("latin-1")} if said else {}))

    assert answer.status_code == 401
    assert (fake.told, fake.lines(), fake.stop.exists()) == ([], [], False)


BROKEN: dict[str, bytes] = {
    "nothing": b"",
    "half of it": DOWN[:100],
    "no UTF-8": b"\xff" + DOWN,
    "no notification": b"[]",
    "too deep": b"[" * 100_000,
    "another version": DOWN.replace(b'"4"', b'"5"'),
    "alerts are no list": json.dumps({"version": "4", "alerts": {}}).encode(),
    "too many": notification(*1001 * [alert("TaskMasterModelDown")]),
    "an alert is none": json.dumps({"version": "4", "alerts": [None]}).encode(),
    "one of two is broken": notification(alert("TaskMasterModelDown"), {"status": "firing"}),
    "another status": notification(alert("TaskMasterModelDown", "burning")),
    "no fingerprint": DOWN.replace(b"00000001", b"../../etc"),
    "an endless name": notification(alert("a" * 201)),
    "a lone surrogate": DOWN.replace(b"TaskMasterModelDown", b"Down\\ud800"),
    "a lone surrogate beside a known one": notification(
        alert("TaskMasterModelDown"), {**alert("Other"), "labels": {"alertname": "\ud800"}}
    ),
    "since no time": notification(alert("TaskMasterModelDown", since="x")),
    "since a lone surrogate": notification(alert("TaskMasterModelDown", since="\ud800")),
    "since a day that never was": notification(alert("TaskMasterModelDown", since="2026-02-30T10:00:00Z")),
    "since a time of no zone": notification(alert("TaskMasterModelDown", since="2026-02-20T10:00:00")),
    "since a number": notification(alert("TaskMasterModelDown", since=f"{1e9}")),
    "a name that is a number": DOWN.replace(b'"TaskMasterModelDown"', b"7"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_malformed_is_refused_whole(name: str, tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    answer = asyncio.run(fake.post("/alerts", BROKEN[name]))

    assert answer.status_code == 400
    assert (fake.told, fake.lines()) == ([], [])


def test_what_has_no_end_is_not_read_to_it(tmp_path: Path) -> None:
    answer = asyncio.run(Fake(tmp_path).post("/alerts", b" " * (LONGEST + 1)))

    assert answer.status_code == 413


def test_what_cannot_be_written_down_is_not_done(tmp_path: Path) -> None:
    fake = Fake(tmp_path)
    fake.audit.unlink()
    fake.audit.mkdir()

    answer = asyncio.run(fake.post("/alerts", DOWN))

    assert answer.status_code == 503
    assert fake.told == []


def test_no_secret_is_in_the_audit_log_nor_in_an_answer(tmp_path: Path) -> None:
    fake = Fake(tmp_path)

    async def all_that_can_happen() -> str:
        answers = []
        for fake.status in (200, 500, 0):
            fake.now += 10_000
            since = datetime.fromtimestamp(fake.now, UTC).isoformat()
            alerts = notification(alert("HighErrorRate", since=since), alert("HighErrorRate", "resolved"))
            answers.append((await fake.post("/alerts", alerts)).text)
        return "".join(answers)

    said = asyncio.run(all_that_can_happen()) + fake.audit.read_text()

    assert {line["outcome"] for line in fake.lines()} == {"begun", "done", "failed"}
    assert CONTROL_TOKEN not in said
    assert TOKEN not in said


def test_that_something_failed_makes_alertmanager_say_it_again(tmp_path: Path) -> None:
    fake = Fake(tmp_path)
    fake.status = 500

    assert asyncio.run(fake.post("/alerts", DOWN)).status_code == 502


def test_begun_is_written_before_the_service_is_told(tmp_path: Path) -> None:
    fake = Fake(tmp_path)
    fake.status = 0

    asyncio.run(fake.notify(alert("TaskMasterModelDown")))

    assert [line["outcome"] for line in fake.lines()] == ["begun", "failed"]
    assert fake.audit.stat().st_mode & 0o777 == 0o600
