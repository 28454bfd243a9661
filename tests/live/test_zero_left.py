"""The last of the folder: everything is stopped, and then nothing of it runs or listens."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.programs import is_alive, listens
from tests.live.town import Town
from tests.prometheus.promtool import NEEDS_PROMTOOL

pytestmark = [pytest.mark.prometheus, pytest.mark.slow, NEEDS_PROMTOOL]


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
