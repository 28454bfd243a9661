"""Every number of every page and rule answers on a real Prometheus: its labels, its range, the right value."""

from collections.abc import Iterable

import pytest

from queries import RuleGroup
from tests.prometheus import catalogs
from tests.prometheus.asked import Asked, of_group, of_number, of_page
from tests.prometheus.calls import calls
from tests.prometheus.catalogs import EVERY_GROUP, EVERY_NUMBER, EVERY_PAGE, NumberFunction
from tests.prometheus.clock import MOMENTS
from tests.prometheus.judging import differences, faults
from tests.prometheus.lifelike import World
from tests.prometheus.server import Prometheus

pytestmark = pytest.mark.prometheus


@pytest.mark.parametrize("function", EVERY_NUMBER)
def test_a_number_answers_what_it_claims(function: NumberFunction, prometheus: Prometheus) -> None:
    _nothing(_faults(_of_function(function), prometheus))


@pytest.mark.parametrize("name", EVERY_PAGE)
@pytest.mark.parametrize("chosen", [False, True], ids=["all", "chosen"])
def test_a_page_answers_what_it_claims(name: str, prometheus: Prometheus, *, chosen: bool) -> None:
    _nothing(_faults(of_page(catalogs.page(name), prometheus, chosen=chosen), prometheus))


@pytest.mark.parametrize("group", EVERY_GROUP)
def test_a_rule_answers_what_it_claims(group: RuleGroup, prometheus: Prometheus) -> None:
    _nothing(_faults(of_group(group), prometheus))


@pytest.mark.parametrize("function", EVERY_NUMBER)
def test_a_number_is_what_the_world_says(function: NumberFunction, world: World, prometheus: Prometheus) -> None:
    _nothing(_differences(_of_function(function), prometheus, world))


@pytest.mark.parametrize("name", EVERY_PAGE)
@pytest.mark.parametrize("chosen", [False, True], ids=["all", "chosen"])
def test_a_page_is_what_the_world_says(name: str, world: World, prometheus: Prometheus, *, chosen: bool) -> None:
    _nothing(_differences(of_page(catalogs.page(name), prometheus, chosen=chosen), prometheus, world))


@pytest.mark.parametrize("group", EVERY_GROUP)
def test_a_rule_is_what_the_world_says(group: RuleGroup, world: World, prometheus: Prometheus) -> None:
    _nothing(_differences(of_group(group), prometheus, world))


def _of_function(function: NumberFunction) -> Iterable[Asked]:
    return (one for where, query in calls(function) for one in of_number(where, query))


def _faults(questions: Iterable[Asked], server: Prometheus) -> list[str]:
    return [fault for one in questions for at in MOMENTS for fault in faults(one, server, at)]


def _differences(questions: Iterable[Asked], server: Prometheus, world: World) -> list[str]:
    return [one for asked in questions for at in MOMENTS for one in differences(asked, server, world, at)]


def _nothing(found: list[str]) -> None:
    if found:
        pytest.fail("\n".join([f"{len(found)} faults", *found[:20]]), pytrace=False)
