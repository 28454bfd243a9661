"""The values are right: a number is what happened in the world, said in other words; a healthy service wakes nobody."""

import pytest

from queries import RuleGroup, rate
from queries.taskmaster.metrics import TASKS_DONE
from tests.prometheus import catalogs
from tests.prometheus.asked import of_number
from tests.prometheus.calls import plain
from tests.prometheus.catalogs import EVERY_GROUP, EVERY_NUMBER, NumberFunction
from tests.prometheus.clock import MOMENTS, NOW
from tests.prometheus.judging import firing, misses
from tests.prometheus.lifelike import World
from tests.prometheus.meanings import MEANINGS, QUANTILES, meaning
from tests.prometheus.past import Past
from tests.prometheus.server import Prometheus

pytestmark = pytest.mark.prometheus


@pytest.mark.parametrize("at", MOMENTS, ids=["now", "ill"])
@pytest.mark.parametrize("function", EVERY_NUMBER)
def test_a_number_is_what_happened(function: NumberFunction, at: int, world: World, prometheus: Prometheus) -> None:
    domain, name = function.__module__.split(".")[1], function.__name__
    right = meaning(domain, name, Past(world, at))
    if right is None:
        pytest.skip("nobody has said in other words what it means: tests/prometheus/meanings.py")
    question = next(of_number(name, plain(function)))
    assert not misses(right, prometheus.query(question.text, at)), question.text


@pytest.mark.parametrize("q", [0.5, 0.95, 0.99])
@pytest.mark.parametrize("number", [f"{domain}.{name}" for domain, named in QUANTILES.items() for name in named])
def test_a_quantile_lies_in_its_bucket(number: str, q: float, world: World, prometheus: Prometheus) -> None:
    domain, name = number.split(".")
    past = Past(world, NOW).where(job=MEANINGS[domain][0])
    low, high, _ = past.bucket(QUANTILES[domain][name], q)
    question = next(of_number(name, getattr(catalogs.module(domain, "numbers"), name)(q)))
    assert low < prometheus.query(question.text, NOW).values[()] <= high


def test_the_top_are_the_greatest(world: World, prometheus: Prometheus) -> None:
    most = rate(TASKS_DONE, "task_type").top(2)
    each = Past(world, NOW).each(TASKS_DONE.name, "task_type", tell=lambda one: one.rate(TASKS_DONE.name))
    least = min(each, key=lambda key: each[key])
    right = {key: value for key, value in each.items() if key != least}
    assert not misses(right, prometheus.query(next(of_number("top", most)).text, NOW))


@pytest.mark.parametrize("group", EVERY_GROUP)
def test_a_healthy_service_wakes_nobody(group: RuleGroup, prometheus: Prometheus) -> None:
    assert firing(group, prometheus, NOW) == []


@pytest.mark.parametrize("group", EVERY_GROUP)
def test_a_lost_model_wakes_somebody(group: RuleGroup, prometheus: Prometheus) -> None:
    wanted = ["TaskMasterModelDown"] if group.name == "taskmaster" else []
    assert firing(group, prometheus, MOMENTS[1]) == wanted
