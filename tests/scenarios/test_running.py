"""Many scenarios: the cheapest first, and somebody who waits is told how far it is."""

import pytest

from cli.prometheus.promtool import find
from cli.scenarios import run as running
from cli.scenarios.run import run
from cli.scenarios.trial import Trial
from queries import Scenario, Value
from tests.prometheus.promtool import NEEDS_PROMTOOL

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]


def trial(minutes: int) -> Trial:
    """One that goes on for so long."""
    return Trial(Scenario(name=f"{minutes}", series={"x": f"1x{minutes}"}, expected=[Value("x", f"{minutes}m", 1)]), ())


def test_it_is_told_how_far_it_is_and_every_verdict_stands_at_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "AT_ONCE", 100)
    heard: list[tuple[int, int]] = []
    told = run([trial(n) for n in (90, 20, 300, 30)], find(), heard=lambda *far: heard.append(far))

    assert [(one.name, one.passed) for one in told] == [(str(n), True) for n in (90, 20, 300, 30)]
    assert heard == [(2, 4), (3, 4), (4, 4)]
