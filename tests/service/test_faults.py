"""Each scenario does what it says to the metrics, and each repair undoes it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from examples.ai_service.faults import PARTS, SCENARIOS
from examples.ai_service.model import Model
from examples.ai_service.surroundings import around
from queries import SECONDS, ai_api, ai_app, inference_server, ml_serving, taskmaster  # noqa: F401 - so that each is imported
from queries.ai_api.numbers import AGENT_SESSIONS_LIMIT, LLM_LATENCY_LIMIT, RETRIEVAL_LIMIT, TOKEN_LIMIT
from queries.ai_app.numbers import INFERENCE_LATENCY_LIMIT, QUEUE_LIMIT
from queries.inference_server.numbers import GPU_MEMORY_LIMIT
from queries.inference_server.numbers import QUEUE_LIMIT as REQUESTS_LIMIT
from queries.ml_serving.numbers import ACCURACY_LIMIT, DRIFT_LIMIT, SATISFACTION_LIMIT
from queries.taskmaster.numbers import DRIFT_LIMIT as DEVIATION_LIMIT
from queries.taskmaster.numbers import LATENCY_LIMIT, QUALITY_LIMIT
from queries.unit import Quantity
from tests.service.town import QUICK, Town, lived

VISITS = 40


def share(limit: Quantity) -> float:
    """A limit in percent, as a share."""
    return limit.value * limit.unit.scale


@pytest.mark.parametrize("limit", [INFERENCE_LATENCY_LIMIT, LLM_LATENCY_LIMIT, LATENCY_LIMIT], ids=str)
def test_slow_is_slower_than_the_alert_allows_until_there_are_enough_replicas(limit: Quantity) -> None:
    surroundings = around(QUICK, "slow")
    model = Model("m", "taskmaster", limit, surroundings)

    assert all(model.seconds() > limit.to(SECONDS).value for _ in range(100))

    surroundings.plant.scale("taskmaster", 2)
    assert all(model.seconds() < 0.01 for _ in range(100))


def test_slow_shows_in_the_histogram_and_scaling_ends_it() -> None:
    async def story(town: Town) -> None:
        await town.begin("slow")
        await town.visit("taskmaster", 3)
        slow = await town.value("taskmaster", "taskmaster_request_latency_seconds_sum")
        await town.control("scale", target="taskmaster", value=3)
        await town.visit("taskmaster", 3)

        assert slow > 3 * LATENCY_LIMIT.value
        assert await town.value("taskmaster", "taskmaster_request_latency_seconds_sum") - slow < 1

    lived(story)


def test_errors_are_counted_and_an_open_breaker_ends_them() -> None:
    async def story(town: Town) -> None:
        await town.begin("errors")
        for job in ("backend", "ai-api", "taskmaster", "ml-serving", "inference-servers"):
            assert await town.visit(job, VISITS) < VISITS
        assert await town.value("ai-api", "http_requests_total", status="5xx") > 0
        assert await town.value("ml-serving", "ml_requests_total", status="error") > 0
        assert await town.value("inference-servers", "inference_requests_total", status="error") > 0
        assert await town.value("backend", "http_requests_total", status="500") > 0
        failed = await town.value("taskmaster", "taskmaster_requests_total", status="error")
        assert failed > 0.05 * VISITS

        await town.control("breaker", target="taskmaster", value="open")
        assert await town.visit("taskmaster", VISITS) == VISITS
        assert await town.value("taskmaster", "taskmaster_requests_total", status="error") == failed

    lived(story)


def test_a_token_spike_uses_tokens_and_leaves_agents_open() -> None:
    async def story(town: Town) -> None:
        await town.visit("ai-api", VISITS)
        healthy = await town.value("ai-api", "llm_tokens_total")
        assert await town.value("ai-api", "agent_sessions_active") == 0

        await town.begin("token-spike")
        await town.visit("ai-api", 2 * VISITS)
        assert await town.value("ai-api", "llm_tokens_total") - healthy > TOKEN_LIMIT.value
        assert await town.value("ai-api", "agent_sessions_active") > AGENT_SESSIONS_LIMIT.value
        # at the load's rate of one visit a second an hour of health stays below the limit
        assert healthy / VISITS * 3600 < TOKEN_LIMIT.value

    lived(story)


def test_drift_shows_in_every_score_and_a_fallback_ends_what_models_can_mend() -> None:
    async def story(town: Town) -> None:
        await town.visit("taskmaster", 3 * VISITS)
        assert await town.value("taskmaster", "taskmaster_quality_score", dimension="overall") > 0.85

        await town.begin("drift")
        for job in ("taskmaster", "ml-serving", "ai-api"):
            await town.visit(job, 3 * VISITS)
        assert await town.value("taskmaster", "taskmaster_quality_score", dimension="overall") < QUALITY_LIMIT.value
        deviation = await town.value("taskmaster", "taskmaster_drift_deviation_ratio", metric="coherence")
        assert deviation > share(DEVIATION_LIMIT)
        assert await town.value("ml-serving", "model_drift_score") > DRIFT_LIMIT.value
        right = await town.value("ml-serving", "prediction_correct_total")
        assert right / await town.value("ml-serving", "prediction_total") < ACCURACY_LIMIT.value
        assert await town.value("ai-api", "rag_retrieval_score_avg") < RETRIEVAL_LIMIT.value

        await town.control("fallback", target="taskmaster", value=True)
        await town.visit("taskmaster", 3 * VISITS)
        assert await town.value("taskmaster", "taskmaster_quality_score", dimension="overall") > QUALITY_LIMIT.value

    lived(story)


def test_a_healthy_service_is_within_every_limit() -> None:
    async def story(town: Town) -> None:
        for job in ("taskmaster", "ml-serving", "ai-api"):
            assert await town.visit(job, 2 * VISITS) == 2 * VISITS
        assert await town.value("ml-serving", "model_drift_score") < DRIFT_LIMIT.value
        right = await town.value("ml-serving", "prediction_correct_total")
        assert right / await town.value("ml-serving", "prediction_total") > ACCURACY_LIMIT.value
        assert await town.value("ai-api", "rag_retrieval_score_avg") > RETRIEVAL_LIMIT.value
        assert await town.value("ml-serving", "user_feedback_score") > SATISFACTION_LIMIT.value

    lived(story)


def test_a_model_that_is_gone_answers_no_scrape_until_a_restart() -> None:
    async def story(town: Town) -> None:
        await town.begin("model-gone")
        for job in ("model_server", "ml-serving"):
            assert (await town.ask(job, "GET", "/metrics")).status_code == 503
        assert await town.value("taskmaster", "taskmaster_model_loaded") == 0
        assert await town.visit("taskmaster", 3) == 0
        assert (await town.ask("backend", "POST", "/generate", json={"text": "?"})).status_code == 503
        assert (await town.ask("taskmaster", "GET", "/readyz")).status_code == 503

        await town.control("restart", target="all")
        assert await town.value("taskmaster", "taskmaster_model_loaded") == 1
        assert (await town.ask("model_server", "GET", "/metrics")).status_code == 200
        assert (await town.ask("backend", "POST", "/generate", json={"text": "?"})).status_code == 200

    lived(story)


def test_a_restart_is_a_cold_start() -> None:
    async def story(town: Town) -> None:
        await town.control("restart", target="taskmaster")
        assert await town.value("taskmaster", "taskmaster_model_loaded") == 0
        await asyncio.sleep(0.25)
        assert await town.value("taskmaster", "taskmaster_model_loaded") == 1

    lived(story, replace(QUICK, cold_start=0.2))


def test_full_gpus_are_fuller_than_the_alert_allows_until_a_restart() -> None:
    async def story(town: Town) -> None:
        async def full() -> float:
            used = await town.value("inference-servers", "gpu_memory_used_bytes", device_id="simulated-0")
            return used / await town.value("inference-servers", "gpu_memory_total_bytes", device_id="simulated-0")

        assert await full() < share(GPU_MEMORY_LIMIT)
        await town.begin("gpu-full")
        assert share(GPU_MEMORY_LIMIT) < await full() < 1
        await town.control("restart", target="inference-servers")
        assert await full() < share(GPU_MEMORY_LIMIT)

    lived(story)


def test_queues_back_up_and_more_replicas_empty_them() -> None:
    async def story(town: Town) -> None:
        await town.begin("queue")
        assert await town.visit("backend", VISITS) == VISITS
        waiting = asyncio.create_task(town.visit("inference-servers", 8))
        await asyncio.sleep(0.2)
        assert await town.value("backend", "processing_queue_depth") > QUEUE_LIMIT.value
        assert await town.value("inference-servers", "inference_queue_depth") > REQUESTS_LIMIT.value

        await town.control("scale", target="all", value=2)
        assert await waiting == 8
        assert await town.value("inference-servers", "inference_queue_depth") == 0

    lived(story)


def test_unhappy_users_show_in_what_they_say() -> None:
    async def story(town: Town) -> None:
        await town.visit("taskmaster", 2 * VISITS)
        before = await town.value("taskmaster", "taskmaster_user_satisfaction_ratio", estimate="share")
        await town.begin("feedback")
        await town.visit("taskmaster", 3 * VISITS)
        await town.visit("ml-serving", 3 * VISITS)
        down = await town.value("taskmaster", "user_feedback_total", verdict="down")

        assert down > VISITS
        assert before > 0.8
        assert await town.value("taskmaster", "taskmaster_user_satisfaction_ratio", estimate="share") < before - 0.2
        assert await town.value("ml-serving", "user_feedback_score") < SATISFACTION_LIMIT.value

    lived(story)


def test_a_scenario_begins_without_the_repairs_of_the_last() -> None:
    plant = around(QUICK, "model-gone").plant
    plant.restart("all")
    assert not plant.fault("taskmaster").gone
    plant.begin("model-gone")
    assert plant.fault("taskmaster").gone


def test_every_scenario_and_every_part_has_a_name_of_its_own() -> None:
    assert [one.name for one in SCENARIOS.values()] == list(SCENARIOS)
    assert len({role.job for role in PARTS}) == len(PARTS)
