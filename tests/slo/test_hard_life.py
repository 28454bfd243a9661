"""What goes wrong around an objective: one replica of many, restarts, silence before the error, series that vanish."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from queries.burn import BURNS
from tests.prometheus.alert_series import FIRST, SECOND
from tests.prometheus.promtool import NEEDS_PROMTOOL, Case, holds, run
from tests.slo.shop import BAD, EVERY, GOOD, PAGES
from tests.slo.situations import case, silent, span
from tests.slo.theory import fires_at, silent_until
from tests.slo.traffic import Phase, everywhere

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

FAST, SLOWER = BURNS[0], BURNS[1]
HOUR = 60


def _cases() -> Iterator[Case]:
    for slo in EVERY:
        burns = slo.limit(FAST).value * 1.02
        # half of the traffic at twice the share: only both replicas together are right above
        lives = {FIRST: (Phase(HOUR, 0), Phase(HOUR, 2 * burns)), SECOND: (Phase(2 * HOUR, 0),)}
        if 2 * burns <= 1:
            first, before = fires_at(slo, FAST, burns, 1), silent_until(slo, FAST, burns, 1)
            yield case(slo, "one replica of two", lives, [(FAST, HOUR + before, False), (FAST, HOUR + first, True)], 1)
        half = {FIRST: (Phase(2 * HOUR, slo.limit(FAST).value * 1.9),), SECOND: (Phase(2 * HOUR, 0),)}
        if slo.limit(FAST).value * 1.9 <= 1:
            yield case(slo, "one replica, too little", half, [(FAST, minute, False) for minute in range(10, 120)], 1)
        restarting = (Phase(90, 0), *(Phase(7, burns, restarts=True) for _ in range(12)))
        first, before = fires_at(slo, FAST, burns, 1), silent_until(slo, FAST, burns, 1)
        checks = [(FAST, 90 + before, False), (FAST, 90 + first, True)]
        yield case(slo, "restarts all the time", everywhere(*restarting), checks, 1)
        quiet = everywhere(Phase(9 * HOUR, 0, per_second=0), Phase(30, 1, per_second=0.05))
        yield case(slo, "errors after silence", quiet, [(one, 9 * HOUR + 1, True) for one in (FAST, SLOWER)], 1)
        healthy = [Phase(HOUR, 0, restarts=bool(number)) for number in range(78)]
        yield silent(slo, "healthy, with restarts", everywhere(*healthy), 78 * HOUR)
        gone = everywhere(Phase(HOUR, 0), Phase(HOUR, 0, scraped=False))
        yield case(slo, "its series are gone", gone, [(one, 2 * HOUR, False) for one in BURNS], 1)


CASES = {one.name: one for one in _cases()}


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("hard")
    return run([*CASES.values(), _late_series(), _one_page(), _only("500"), _only("200")], folder)


@pytest.mark.parametrize("name", CASES)
def test_it_does_what_the_theory_says(name: str, faults: dict[str, str]) -> None:
    assert not faults[name], faults[name]


def test_an_error_series_that_was_never_there_is_seen_from_its_second_sample(faults: dict[str, str]) -> None:
    assert not faults[_late_series().name], faults[_late_series().name]


def test_each_value_of_a_kept_label_has_its_own_budget(faults: dict[str, str]) -> None:
    assert not faults[_one_page().name], faults[_one_page().name]


@pytest.mark.parametrize("status", ["200", "500"])
def test_what_was_never_counted_is_none_and_not_nothing(status: str, faults: dict[str, str]) -> None:
    assert not faults[_only(status).name], faults[_only(status).name]


def _only(status: str) -> Case:
    """There is no series but one: all went well, so that 0 is bad, or nothing did, so that everything is."""
    slo = BAD if status == "200" else GOOD
    bad = 0.0 if status == "200" else 1.0
    series = [{"series": _asked("home", status), "values": f"0+60x{2 * HOUR}"}]
    checks = [
        holds(f"{rule.record} == bool {1 if '_total:' in rule.record else bad}", span(90))
        for rule in slo.rules.recordings()
    ]
    made = case(slo, f"only {status}", everywhere(Phase(2 * HOUR, 0)), [], 1)
    return Case(made.name, made.rules, {**made.test, "input_series": series, "promql_expr_test": checks}, made.every)


def _late_series() -> Case:
    """As clients do it that know no label before they count it: the first error is lost, the others are not."""
    one = case(BAD, "the first error ever", everywhere(Phase(2 * HOUR, 0)), [(FAST, 60, False), (FAST, 61, True)], 1)
    errors = {
        "series": f'shop_requests_total{{instance="{FIRST}", job="shop-api", page="a", status="500"}}',
        "values": f"_x{HOUR} 600+600x{HOUR}",
    }
    others = [series for series in one.test["input_series"] if "500" not in series["series"]]
    return Case(one.name, one.rules, {**one.test, "input_series": [*others, errors]}, one.every)


def _one_page() -> Case:
    """The home page fails and is a thousandth of the traffic: its own alert rings, and the other's does not."""
    series = [
        {"series": _asked("home", "200"), "values": f"0+1x{HOUR} {HOUR}+0x{HOUR}"},
        {"series": _asked("home", "500"), "values": f"0+0x{HOUR} 1+1x{HOUR}"},
        {"series": _asked("cart", "200"), "values": f"0+1000x{2 * HOUR}"},
    ]
    rings = 'count(ALERTS{{alertname="ShopPagesBudgetBurn1h", page="{}"}} == 1) or vector(0)'
    checks = [holds(rings.format("home"), span(90)), holds(rings.format("cart"), span(90), fires=False)]
    made = case(PAGES, "one page of two", everywhere(Phase(2 * HOUR, 0)), [], 1)
    return Case(made.name, made.rules, {**made.test, "input_series": series, "promql_expr_test": checks}, made.every)


def _asked(page: str, status: str) -> str:
    return f'shop_requests_total{{instance="{FIRST}", job="shop-api", page="{page}", status="{status}"}}'
