"""Errors go to Sentry only where a DSN is set: with environment, user and tier; a tenth of the traces."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from examples.ai_service import reports
from tests.service.town import QUICK, Town, lived

REPORTING = replace(QUICK, sentry_dsn="https://public@sentry.invalid/1", error_rate=1.0)


class Kept(Transport):
    """Takes what would have been sent."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[dict[str, Any]] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        """One more."""
        if (event := envelope.get_event()) is not None:
            self.events.append(dict(event))


@pytest.fixture
def kept() -> Iterator[Kept]:
    made = Kept()
    assert reports.begin(REPORTING, transport=made)
    yield made
    reports.end()


def test_an_error_is_reported_with_who_met_it(kept: Kept) -> None:
    async def story(town: Town) -> None:
        key = {"Authorization": f"Bearer {town.world.key}"}
        assert (await town.ask("ai-api", "POST", "/chat", json={"text": "secret?"}, headers=key)).status_code == 500

    lived(story, REPORTING)
    event = next(one for one in kept.events if "exception" in one)
    assert event["environment"] == "production"
    assert event["user"] == {"id": "town"}
    assert event["tags"]["tier"] == "paid"
    assert event["exception"]["values"][-1]["type"] == "ModelFailed"
    assert "Bearer" not in str(event["request"])


def test_a_tenth_of_the_traces_is_sampled(kept: Kept) -> None:
    assert kept.events == []
    assert sentry_sdk.get_client().options["traces_sample_rate"] == 0.1


def test_without_a_dsn_nothing_is_reported() -> None:
    assert not reports.begin(QUICK)
    assert not sentry_sdk.get_client().is_active()
