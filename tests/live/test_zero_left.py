"""The last of the folder: health is still silent, everything is stopped, and then nothing of it runs or listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.expected import certain
from tests.live.programs import asked, is_alive, listens, settled
from tests.live.town import Town
from tests.prometheus.promtool import NEEDS_PROMTOOL

pytestmark = [pytest.mark.prometheus, pytest.mark.slow, NEEDS_PROMTOOL]
#: Scrapes of a target, of a Prometheus that asks every five seconds: a minute and a half.
LOOKED_AT = 18


def test_health_is_still_silent_after_minutes(town: Town) -> None:
    """In the beginning nothing is pending anywhere; by now each target was asked, and each rule, often enough."""
    healthy = town.scenarios["healthy"].prometheus
    often = f"query?query=min(count_over_time(up[10m]))%3E={LOOKED_AT}"

    assert settled(lambda: len(asked(healthy.url, often)["result"]), 1, times=1) == 1
    assert settled(lambda: certain("healthy", town.alerts("healthy", set())), set()) == set()


def test_nothing_is_left(town: Town) -> None:
    groups = [one.service.pid for one in town.everyone]
    servers = [one.prometheus.pid for one in town.everyone]
    addresses = [at for one in town.everyone for at in one.addresses]
    assert all(is_alive(one) for one in groups)
    assert all(listens(one) for one in addresses)

    town.end()

    assert not [one for one in groups if is_alive(one)]
    assert not [one for one in addresses if listens(one)]
    assert not [one for one in servers if Path(f"/proc/{one}").exists()]
