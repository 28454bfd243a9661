"""Every objective that we ship keeps what the theory promises: when it tells, when it stops, when it is silent."""

from pathlib import Path

import pytest

from tests.prometheus.promtool import NEEDS_PROMTOOL, check, rule_file, run
from tests.slo.shipped import SHIPPED
from tests.slo.situations import cases

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

CASES = {case.name: case for slo in SHIPPED.values() for case in cases(slo)}


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("objectives")
    return run(CASES.values(), folder)


@pytest.mark.parametrize("name", CASES)
def test_it_does_what_the_theory_says(name: str, faults: dict[str, str]) -> None:
    assert not faults[name], faults[name]


def test_promtool_finds_nothing_wrong(tmp_path: Path) -> None:
    assert check(rule_file([slo.rules for slo in SHIPPED.values()]), tmp_path) == ""
