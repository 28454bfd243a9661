"""How the tests are parted between processes: `make test` takes one for each core."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

#: Those of a folder ask one Prometheus, which takes its time to live through a world.
TOGETHER = ("tests/prometheus/", "tests/live/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """The tests of a file stay in one process, and in their order: some set up what the others use."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - without `--numprocesses` nobody needs it

    class ByFile(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            folder = next((one for one in TOGETHER if nodeid.startswith(one)), "")
            return folder or str(super()._split_scope(nodeid))

    return ByFile(config, log)
