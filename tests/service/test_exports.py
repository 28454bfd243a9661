"""Each app exports exactly the catalog of its role, also under every fault, and refuses nothing that it counts."""

from __future__ import annotations

import importlib

import pytest

from examples.ai_service.faults import PARTS, SCENARIOS
from examples.ai_service.load.users import VISITS
from queries import Role
from queries.instrument import assert_exports
from tests.service.town import Town, lived

EXPORTING = [role for role in PARTS if role.job in VISITS]


@pytest.mark.parametrize("role", EXPORTING, ids=str)
def test_an_app_exports_its_catalog(role: Role) -> None:
    async def story(town: Town) -> None:
        await town.visit(role.job, 40)

        catalog = importlib.import_module(f"queries.{role.domain}.metrics")
        assert_exports(town.apps[role.job], catalog, role=role)

    lived(story)


@pytest.mark.parametrize("scenario", [one for one in SCENARIOS if one not in {"slow", "queue", "model-gone"}])
def test_nothing_that_is_counted_is_refused(scenario: str) -> None:
    async def story(town: Town) -> None:
        await town.begin(scenario)
        for role in EXPORTING:
            await town.visit(role.job, 10)

        for role in EXPORTING:
            text = (await town.exposed(role.job)).decode()
            refused = [line for line in text.splitlines() if line.startswith("instrument_refused_total{")]
            assert refused == [], refused

    lived(story)


def test_an_error_is_an_increase_from_the_first_scrape_on() -> None:
    async def story(town: Town) -> None:
        for status in ("200", "500"):
            assert await town.value("backend", "http_requests_total", endpoint="/generate", status=status) == 0
        assert await town.value("backend", "inference_requests_total", status="error") == 0
        assert await town.value("taskmaster", "taskmaster_requests_total", status="error") == 0

    lived(story)
