"""What comes in: how much of it is read, from whom, and what is answered where it cannot be meant."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from examples.ai_service.observed import LONGEST_BODY as LONGEST
from tests.service.town import CONTROL, Town, lived

#: A route of each app that reads a body, and what it is called in the metrics of the API.
ROUTES = (
    ("ai-api", "/chat"),
    ("backend", "/generate"),
    ("backend", "/documents"),
    ("taskmaster", "/tasks"),
    ("taskmaster", "/feedback"),
    ("ml-serving", "/predict"),
    ("ml-serving", "/feedback"),
    ("model_server", "/generate"),
    ("inference-servers", "/v1/models/embedder/infer"),
    ("taskmaster", "/control/scale"),
)
JSON = {"Content-Type": "application/json"}
MALFORMED = {
    "a lone surrogate": b'{"text": "MY-TEXT \\ud800"}',
    "beyond every number": b'{"text": 1e999, "value": 1e999, "mark": 1e999}',
    "not a number": b'{"text": NaN, "value": NaN, "mark": NaN, "score": NaN}',
    "half of it": b'{"text": "MY-TEXT',
    "another kind": b'["MY-TEXT"]',
}


def bearing(town: Town, path: str) -> dict[str, str]:
    """What the caller of that route has to bear."""
    return JSON | (CONTROL if path.startswith("/control") else {"Authorization": f"Bearer {town.world.key}"})


@pytest.mark.parametrize("name", MALFORMED)
def test_what_cannot_be_meant_is_refused_and_never_repeated(name: str) -> None:
    async def story(town: Town) -> None:
        for job, path in ROUTES:
            if (name, path) == ("a lone surrogate", "/control/scale"):
                continue  # it takes no text
            headers = bearing(town, path) | {"X-Request-ID": "bad"}
            answer = await town.ask(job, "POST", path, content=MALFORMED[name], headers=headers)
            assert (answer.status_code, answer.headers["x-request-id"]) == (422, "bad"), (job, path, answer.text)
            assert "MY-TEXT" not in answer.text
        refused = await town.value("ai-api", "http_requests_total", handler="/chat", status="4xx")

        assert refused == 1
        assert len(town.said(event="request", status=422)) >= len(ROUTES) - 1
        assert "MY-TEXT" not in town.lines.getvalue()
        assert not town.said(event="failed")

    lived(story)


@pytest.mark.parametrize("declared", [True, False], ids=["declared", "in parts"])
def test_what_has_no_end_is_not_read_to_it(*, declared: bool) -> None:
    async def story(town: Town) -> None:
        for job, path in ROUTES:
            read = 0

            async def parts() -> AsyncIterator[bytes]:
                nonlocal read
                for _ in range(20):
                    read += LONGEST // 5
                    yield b" " * (LONGEST // 5)

            headers = bearing(town, path) | ({"Content-Length": str(LONGEST * 4)} if declared else {})
            answer = await town.ask(job, "POST", path, content=parts(), headers=headers)
            assert (answer.status_code, "x-request-id" in answer.headers) == (413, True), (job, path)
        seen = [one["request_length"] for one in town.said(event="request", status=413)]
        assert len(seen) == len(ROUTES)
        assert max(seen) <= (0 if declared else 2 * LONGEST)

    lived(story)


@pytest.mark.parametrize("body", [b"{", b"null", b'{"text": 7}', b" " * (LONGEST + 1)])
def test_who_may_not_speak_is_told_so_whatever_they_say(body: bytes) -> None:
    async def story(town: Town) -> None:
        for path in ("/control/scale", "/keys", "/chat", "/agents/one/steps"):
            for header in ({}, {"Authorization": "Bearer wrong"}):
                answer = await town.ask("ai-api", "POST", path, content=body, headers=JSON | header)
                assert answer.status_code == 401, (path, answer.text)
        assert all(one["request_length"] == 0 for one in town.said(event="request", status=401))

    lived(story)


def test_what_breaks_inside_is_answered_and_said_without_the_words_of_the_exception() -> None:
    async def story(town: Town) -> None:
        @town.apps["taskmaster"].get("/breaks")
        async def breaks() -> None:
            raise KeyError("MY-TEXT")

        answer = await town.ask("taskmaster", "GET", "/breaks", headers={"X-Request-ID": "broken"})

        assert (answer.status_code, answer.headers["x-request-id"]) == (500, "broken")
        assert answer.json() == {"error": "internal error", "request_id": "broken"}
        failed = town.said(event="failed", request_id="broken")
        assert [one["why"] for one in failed] == ["KeyError"]
        assert failed[0]["at"][-1].startswith("test_bodies.py:")
        assert town.said(event="request", status=500)
        assert "MY-TEXT" not in town.lines.getvalue()

    lived(story)
