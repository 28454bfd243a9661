"""Alerts that look back an hour or longer: over hours of a fault exactly they are pending, over healthy ones none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.live import built
from tests.live.hours import RAISED, hours
from tests.live.programs import alerts, asked, settled
from tests.live.town import LARGEST_BLOCK, Town
from tests.prometheus.backfill import backfill
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.prometheus.server import Prometheus

pytestmark = [pytest.mark.prometheus, pytest.mark.slow, NEEDS_PROMTOOL]
CONFIGURATION = 'global: {{evaluation_interval: 2s}}\nrule_files: ["{}/rules/*.yaml"]\n'


@pytest.mark.parametrize(("faulty", "wanted"), [(True, set(RAISED)), (False, set[str]())], ids=["faulty", "healthy"])
def test_exactly_the_faults_of_hours_are_pending(town: Town, tmp_path: Path, *, faulty: bool, wanted: set[str]) -> None:
    (tmp_path / "hasty").mkdir()
    built.hasty(town.build, tmp_path / "hasty")
    backfill(hours(time.time(), faulty=faulty), tmp_path / "data", LARGEST_BLOCK)
    with Prometheus(tmp_path / "data", tmp_path, CONFIGURATION.format(tmp_path / "hasty")) as server:
        evaluated = settled(lambda: all_evaluated(server), True, times=1)

        assert evaluated
        assert settled(lambda: alerts(server), wanted) == wanted


def all_evaluated(server: Prometheus) -> bool:
    """Whether every group has been evaluated."""
    return all(not one["lastEvaluation"].startswith("0001") for one in asked(server.url, "rules")["groups"])
