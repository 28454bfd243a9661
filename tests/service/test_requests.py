"""One request can be followed: through its log lines, its spans and the exemplar beside its latency."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from io import StringIO

import httpx
import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from examples.ai_service.apps.model_server import model_server
from examples.ai_service.logs import logger
from examples.ai_service.surroundings import around
from tests.service.town import CONTROL, QUICK, Town, lived

LINE = ("timestamp", "level", "service", "event", "request_id", "trace_id", "user_id", "path")


def test_a_request_is_followed_through_all_its_lines() -> None:
    async def story(town: Town) -> None:
        asked = {"text": "Hello?"}
        headers = {"X-Request-ID": "follow-me", "X-User-ID": "ada"}
        answer = await town.ask("backend", "POST", "/generate", json=asked, headers=headers)
        await town.ask("backend", "POST", "/generate", json=asked)

        assert answer.headers["x-request-id"] == "follow-me"
        lines = town.said(request_id="follow-me")
        assert [(one["service"], one["event"]) for one in lines] == [
            ("model_server", "answered"),
            ("model_server", "request"),
            ("backend", "request"),
        ]
        assert len({one["trace_id"] for one in lines}) == 1
        assert all(name in one for one in lines for name in LINE)
        assert lines[0].items() >= {"prompt_length": 6, "tokens_in": 1}.items()
        assert lines[0]["tokens_out"] > 0
        assert lines[0]["answer_length"] > 0
        assert lines[-1]["user_id"] == "ada"
        assert lines[-1]["latency"] > lines[0]["latency"] > 0

    lived(story)


def test_a_document_is_followed_through_the_queue() -> None:
    async def story(town: Town) -> None:
        brought = await town.ask(
            "backend", "POST", "/documents", json={"documents": ["one"]}, headers={"X-Request-ID": "queued"}
        )
        name = brought.json()["documents"][0]
        for _ in range(100):
            if town.said(event="document done"):
                break
            await asyncio.sleep(0.02)

        state = (await town.ask("backend", "GET", f"/documents/{name}")).json()
        assert state["state"] == "done"
        lines = town.said(request_id="queued")
        assert {one["event"] for one in lines} == {"request", "answered", "document done"}
        assert len({one["trace_id"] for one in lines}) == 1

    lived(story)


@pytest.mark.parametrize(
    ("said", "becomes"), [("a\tb<script>", "abscript"), ("x" * 500, "x" * 64), ("fine-1.2:3_4", "fine-1.2:3_4")]
)
def test_what_a_caller_says_is_cleaned_and_bounded(said: str, becomes: str) -> None:
    async def story(town: Town) -> None:
        answer = await town.ask("taskmaster", "GET", "/healthz", headers={"X-Request-ID": said})
        assert answer.headers["x-request-id"] == becomes

    lived(story)


def test_without_an_id_one_is_made() -> None:
    async def story(town: Town) -> None:
        ids = {(await town.ask("taskmaster", "GET", "/healthz")).headers["x-request-id"] for _ in range(3)}
        assert len(ids) == 3

    lived(story)


def test_no_line_bears_what_users_say_or_a_key() -> None:
    async def story(town: Town) -> None:
        asked = {"text": "my-secret-question", "model": "small"}
        key = {"Authorization": f"Bearer {town.world.key}"}
        assert (await town.ask("ai-api", "POST", "/chat", json=asked, headers=key)).status_code == 200

        assert town.said(event="answered", user_id="town")
        for secret in ("my-secret-question", town.world.key, town.world.key.split("_", 2)[2], "Bearer"):
            assert secret not in town.lines.getvalue()

    lived(story)


def test_in_development_a_line_is_for_people() -> None:
    to = StringIO()
    logger("shop", replace(QUICK, environment="development"), to).info("sold", pieces=3)

    assert "sold" in to.getvalue()
    assert "pieces=3" in to.getvalue()
    with pytest.raises(json.JSONDecodeError):
        json.loads(to.getvalue())


def test_what_is_below_the_level_is_not_said() -> None:
    to = StringIO()
    log = logger("shop", replace(QUICK, log_level="warning"), to)
    log.info("quiet")
    log.warning("loud")

    assert [json.loads(one)["event"] for one in to.getvalue().splitlines()] == ["loud"]


def test_retrieval_and_generation_are_spans_of_one_trace() -> None:
    kept = InMemorySpanExporter()

    async def story(town: Town) -> None:
        key = {"Authorization": f"Bearer {town.world.key}"}
        await town.ask("ai-api", "POST", "/chat", json={"text": "What of the invoice?"}, headers=key)

    lived(story, spans=SimpleSpanProcessor(kept))
    spans: dict[str, ReadableSpan] = {one.name: one for one in kept.get_finished_spans()}
    retrieve, generate, whole = spans["rag.retrieve"], spans["rag.generate"], spans["POST /chat"]
    assert retrieve.attributes
    assert retrieve.attributes["rag.query.length"] == len("What of the invoice?")
    assert retrieve.attributes["rag.chunk.count"] == 3
    assert generate.attributes
    assert generate.attributes["gen_ai.response.model"] == "small"
    assert int(str(generate.attributes["rag.answer.length"])) > 0
    assert {one.context.trace_id for one in (retrieve, generate, whole) if one.context} == {
        whole.context.trace_id if whole.context else 0
    }


def test_a_trace_goes_through_httpx_into_the_model_server() -> None:
    kept = InMemorySpanExporter()

    async def story(town: Town) -> None:
        await town.ask("backend", "POST", "/generate", json={"text": "?"})

    lived(story, spans=SimpleSpanProcessor(kept))
    about = [one for one in kept.get_finished_spans() if "keys" not in one.name]
    assert {one.resource.attributes["service.name"] for one in about} == {"backend", "model_server"}
    assert len({one.context.trace_id for one in about if one.context}) == 1


def test_the_latency_bears_the_trace_as_an_exemplar() -> None:
    async def story(town: Town) -> None:
        await town.visit("ai-api", 3)
        accept = {"Accept": "application/openmetrics-text; version=1.0.0"}
        page = (await town.ask("ai-api", "GET", "/metrics", headers=accept)).text

        beside = [
            line for line in page.splitlines() if line.startswith("llm_call_duration_seconds_bucket") and "#" in line
        ]
        assert beside
        traces = {one["trace_id"] for one in town.said(event="answered", service="ai-api")}
        assert beside[0].split('trace_id="')[1][:32] in traces

    lived(story)


def test_health_readiness_and_guarded_metrics() -> None:
    async def story(town: Town) -> None:
        for job in town.apps:
            assert (await town.ask(job, "GET", "/healthz")).status_code == 200
            assert (await town.ask(job, "GET", "/readyz")).status_code == 200
            assert (await town.ask(job, "GET", "/metrics")).status_code == 401
            wrong = {"Authorization": "Bearer wrong"}
            assert (await town.ask(job, "GET", "/metrics", headers=wrong)).status_code == 401
            right = {"Authorization": "Bearer scrape"}
            assert (await town.ask(job, "GET", "/metrics", headers=right)).status_code == 200

    lived(story, replace(QUICK, metrics_token="scrape"))  # noqa: S106 - of a test


def test_control_is_for_whoever_has_its_token() -> None:
    async def story(town: Town) -> None:
        slow = {"value": "slow"}
        assert (await town.ask("backend", "POST", "/control/scenario", json=slow)).status_code == 401
        assert town.around.plant.scenario.name == "healthy"
        done = await town.ask("backend", "POST", "/control/scenario", json=slow, headers=CONTROL)
        assert done.json()["scenario"] == "slow"
        for verb, said, status in [
            ("scenario", {"value": "fast"}, 404),
            ("explode", {}, 404),
            ("scale", {"target": "nobody", "value": 2}, 404),
            ("scale", {"value": 0}, 422),
            ("scale", {"value": True}, 422),
            ("breaker", {"value": "maybe"}, 422),
            ("fallback", {"target": "ml_serving"}, 200),
        ]:
            answer = await town.ask("ai-api", "POST", f"/control/{verb}", json=said, headers=CONTROL)
            assert answer.status_code == status, (verb, said, answer.text)
        assert town.around.plant.parts["ml-serving"].fallback
        assert not town.around.plant.parts["taskmaster"].fallback

    lived(story)


def test_without_a_token_nobody_controls() -> None:

    async def story() -> None:
        app = model_server(around(replace(QUICK, control_token="")))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://test") as client:
            for header in ({}, {"Authorization": "Bearer "}):
                answer = await client.post("/control/restart", json={}, headers=header)
                assert answer.status_code == 403

    asyncio.run(story())
