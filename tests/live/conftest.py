"""What the live tests share: it is started once, and whatever is left of it in the end is an error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.expected import EXPECTED
from tests.live.programs import is_alive, listens
from tests.live.town import Town, started
from tests.prometheus.server import PROMETHEUS, PROMTOOL, WHY_NOT


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Everything that runs."""
    if PROMETHEUS is None or PROMTOOL is None:
        pytest.skip(WHY_NOT)
    made = started(tmp_path_factory.mktemp("live"), tuple(EXPECTED))
    pids, addresses = [one.service.pid for one in made.everyone], [at for one in made.everyone for at in one.addresses]
    yield made
    made.end()
    assert not [one for one in pids if is_alive(one)]
    assert not [one for one in addresses if listens(one)]
