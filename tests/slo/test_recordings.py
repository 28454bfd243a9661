"""Every recording of an objective is its definition, on data that knows restarts, pauses and unequal replicas."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from queries import Slo
from tests.prometheus.alert_series import FIRST, SECOND
from tests.prometheus.promtool import NEEDS_PROMTOOL, Case, holds, rule_file, run
from tests.slo.shop import EVERY
from tests.slo.situations import COARSE, span
from tests.slo.theory import AVERAGED, minutes
from tests.slo.traffic import Life, Phase, bad_and_total, series

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

objectives = pytest.mark.parametrize("slo", EVERY, ids=lambda slo: slo.name)
#: A quiet night after a day of errors, a restart, a replica that is worse than the other, a pause of both.
LIVES: Mapping[str, Life] = {
    FIRST: (Phase(700, 0.002), Phase(600, 0.3, 40), Phase(900, 0, 0), Phase(4600, 0.01, 5, restarts=True)),
    SECOND: (Phase(300, 0, 20), Phase(1000, 0.001, 1), Phase(900, 0, 0), Phase(4600, 1, 0.1)),
}
#: In the first window, in the errors, right after them, in the pause, right after it, and days later; in minutes.
MOMENTS = (20, 720, 1010, 1310, 2100, 2220, 3000, 6200)
EVERY_MINUTES = 10
STEP = 5


def _truth(slo: Slo, name: str, at: int) -> float:
    """What the recording means, from what happened."""
    operation = name.rpartition(":")[2]
    if operation == "rate5m":
        bad, total = _within(at, STEP)
        return (bad if "_bad:" in name else total) / (STEP * 60)
    window = operation.removeprefix("ratio_rate")
    if window in (*AVERAGED, slo.window):
        taken = range(max(EVERY_MINUTES, at - minutes(window)), at + 1, EVERY_MINUTES)
        pairs = [_within(one, STEP) for one in taken]
        bad, total = (sum(column) for column in zip(*pairs, strict=True))
    else:
        bad, total = _within(at, minutes(window))
    return bad / total if total else 0.0


def _within(at: int, length: int) -> tuple[float, float]:
    then, now = bad_and_total(LIVES, max(0, at - length)), bad_and_total(LIVES, at)
    return now[0] - then[0], now[1] - then[1]


def _checks(slo: Slo, name: str) -> Iterator[Mapping[str, object]]:
    for at in MOMENTS:
        value = _truth(slo, name, at)
        yield holds(f"max(abs({name} - {value:.15g})) < bool {max(value, 1) * 1e-9:g}", span(at))
        yield holds(f"count({name}) == bool 1", span(at))


def _case(slo: Slo) -> Case:
    checks = [one for rule in slo.rules.recordings() for one in _checks(slo, rule.record)]
    given = series(slo, LIVES, COARSE)
    test = {"interval": f"{COARSE}s", "name": slo.name, "input_series": given, "promql_expr_test": checks}
    return Case(slo.name, rule_file([slo.rules]), test, span(EVERY_MINUTES))


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("recordings")
    return run([_case(slo) for slo in EVERY], folder)


@objectives
def test_a_recording_is_its_definition(slo: Slo, faults: dict[str, str]) -> None:
    assert not faults[slo.name], faults[slo.name]


@objectives
def test_the_moments_tell_the_windows_apart(slo: Slo) -> None:
    names = [rule.record for rule in slo.rules.recordings() if "ratio_rate" in rule.record]
    told = {name: [round(_truth(slo, name, at), 6) for at in MOMENTS] for name in names}

    assert len({tuple(values) for values in told.values()}) == len(names)
