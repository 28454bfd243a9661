"""How the tests are run: what is read for `-m slow`, and who takes what where `make test` takes a process a core."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from xdist.remote import Producer
    from xdist.scheduler import LoadScopeScheduling

#: Those of a folder ask one Prometheus, which takes its time to live through a world.
TOGETHER = ("tests/prometheus/", "tests/live/")
#: What takes longest comes first: in the end no process is at it still, and the others have nothing left.
LONGEST = (
    *("tests/prometheus/", "tests/slo/", "tests/scenarios/", "tests/mutants/"),
    *("tests/faults/", "tests/house/", "tests/lint/fuzz/", "tests/compile/test_law.py"),
)
#: What starts a server: a stand-in for Grafana, a Prometheus, a service, whoever else answers.
SERVERS = (
    *("tests/contract/", "tests/demo/", "tests/diff/", "tests/doctor/", "tests/faults/", "tests/grafana/"),
    *("tests/live/", "tests/pull/", "tests/push/", "tests/remediation/", "tests/security/", "tests/service/"),
    *("tests/status/", "tests/verify/", "tests/adopt/test_address.py", "tests/catalogs/test_bad_sources.py"),
    *("tests/catalogs/test_catalog_diff.py", "tests/normalise/test_pushed_and_read.py", "tests/stack/test_policies.py"),
)
#: What a test that is slow by itself says of itself, in its file.
SLOW = b"mark.slow"

# a Prometheus, which lives for seconds here, sweeps its memory less often, as promtool does for everybody
os.environ.setdefault("GOGC", "400")
# where nothing is kept of what was compiled, every process compiles all of it again
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# what a shell starts in the background does not hear Ctrl-C, nor does what that starts; here it is a test's to press
signal.signal(signal.SIGINT, signal.default_int_handler)
# how long an example takes by the clock is the machine's business; what must be quick says so, in time of the processor
settings.register_profile("unhurried", parent=settings(), deadline=None)
settings.load_profile("unhurried")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Of `-m slow` no file is read that has no such test: the others take ten seconds to be imported."""
    if config.option.markexpr != "slow" or collection_path.suffix != ".py":
        return None
    return None if SLOW in collection_path.read_bytes() else True


def pytest_itemcollected(item: pytest.Item) -> None:
    """Marks what starts a server; UsageError where a slow test does not say so in its file, which is looked through."""
    if item.nodeid.startswith(SERVERS) or item.get_closest_marker("prometheus"):
        item.add_marker("server")
    if item.get_closest_marker("slow") and SLOW not in item.path.read_bytes():
        raise pytest.UsageError(f"{item.nodeid} is slow, and {item.path.name} has no pytest.{SLOW.decode()}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where processes share them, the longest first; who waits for one process wants the quick ones first."""
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadScopeScheduling:
    """The tests of a file stay in one process, and in their order: some set up what the others use."""
    from xdist.scheduler import LoadFileScheduling  # noqa: PLC0415 - without `--numprocesses` nobody needs it

    class ByFile(LoadFileScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            folder = next((one for one in TOGETHER if nodeid.startswith(one)), "")
            return folder or str(super()._split_scope(nodeid))

    config.option.loadscopereorder = False  # by the number of its tests a file with one long test would be the last
    return ByFile(config, log)
