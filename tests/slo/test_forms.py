"""Every form of an objective keeps what the theory promises, and the theory is the workbook's."""

from pathlib import Path

import pytest

from queries import Slo
from queries.burn import BURNS, Burn
from tests.prometheus.promtool import NEEDS_PROMTOOL, run
from tests.slo.shop import BAD, EVERY
from tests.slo.situations import IN_BURN, IN_OUTAGE, behind, cases, named, told
from tests.slo.theory import AVERAGED, detection, fires_at, minutes, resets_at

CASES = {case.name: case for slo in EVERY for case in cases(slo)}
objectives = pytest.mark.parametrize("slo", EVERY, ids=lambda slo: slo.name)
burns = pytest.mark.parametrize("burn", BURNS, ids=lambda burn: burn.long)


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("forms")
    return run(CASES.values(), folder)


@pytest.mark.prometheus
@NEEDS_PROMTOOL
@pytest.mark.parametrize("name", CASES)
def test_it_does_what_the_theory_says(name: str, faults: dict[str, str]) -> None:
    assert not faults[name], faults[name]


@objectives
def test_every_pair_of_windows_is_seen(slo: Slo) -> None:
    assert told(slo) == list(BURNS)


@objectives
def test_a_case_evaluates_all_that_its_alert_reads_and_between_them_they_leave_out_what_no_alert_reads(
    slo: Slo,
) -> None:
    parts = {burn: behind(slo, {named(slo, burn)})["groups"][0]["rules"] for burn in BURNS}
    kept = {burn: {one["record"].rpartition(":")[2] for one in part if "record" in one} for burn, part in parts.items()}
    every = {rule.record.rpartition(":")[2] for rule in slo.rules.recordings()}

    for burn, names in kept.items():
        assert names >= {f"ratio_rate{burn.long}", f"ratio_rate{burn.short}"}
        assert ("rate5m" in names) == (burn.short == "5m" or burn.long in AVERAGED)
    assert every - {name for names in kept.values() for name in names} == {f"ratio_rate{slo.window}"}


@objectives
@burns
def test_it_is_told_within_two_evaluations_of_the_workbook_s_formula(slo: Slo, burn: Burn) -> None:
    for bad, every in ((1.0, IN_OUTAGE[burn.severity]), (1.02 * slo.limit(burn).value, IN_BURN[burn.long])):
        late = fires_at(slo, burn, bad, every) - detection(slo, burn, bad)
        assert 0 <= late <= 2 * every


@objectives
@burns
def test_it_is_over_within_its_short_window(slo: Slo, burn: Burn) -> None:
    assert 0 < resets_at(slo, burn, 1.0, 1) <= minutes(burn.short)


def test_the_workbook_s_own_example_is_told_in_a_minute() -> None:
    """99.9 % of 30 days, everything fails: 14.4 x 0.001 of an hour."""
    assert detection(BAD, BURNS[0], 1.0) == pytest.approx(0.864)
    assert fires_at(BAD, BURNS[0], 1.0, 1) == 1
