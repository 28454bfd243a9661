"""A sample of wrong rules is noticed by the scenarios of the right ones; all of them by `python -m tests.mutants`."""

from __future__ import annotations

from random import Random

import pytest

from cli.prometheus.promtool import find
from queries.parse import parse
from queries.promql import to_promql
from tests.mutants.equivalent import REASONS, reason
from tests.mutants.expressions import changes
from tests.mutants.judging import Built, built, survivors
from tests.mutants.mutant import mutants
from tests.prometheus.promtool import NEEDS_PROMTOOL

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]

SAMPLE = 60
ENOUGH = 0.95
#: What looks back for days takes long: the whole run tries it.
LONG = ("Budget", "availability", "latency_", "latency:", "_errors:", "_bad:", "_total:")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("mutants"))


def test_at_least_95_of_100_wrong_rules_are_noticed(ours: Built) -> None:
    every = [one for rules in ours.rules for one in mutants(rules) if not reason(one)]
    short = [one for one in every if not any(long in one.rule for long in LONG)]
    sample = Random(6).sample(short, SAMPLE)  # noqa: S311 - the same ones every time
    alive = survivors(ours, sample, find())
    assert len(alive) <= SAMPLE * (1 - ENOUGH), [one.name for one in alive]


def test_a_mutant_that_is_called_no_other_rule_exists(ours: Built) -> None:
    named = {one.name for rules in ours.rules for one in mutants(rules)}
    assert set(REASONS) - named == set()


def test_one_thing_at_a_time_is_changed() -> None:
    told = {what: to_promql(expr) for what, expr in changes(parse('sum by (job) (rate(x_total{a="b"}[5m])) > 3'))}
    assert told == {
        "> is <": 'sum by (job) (rate(x_total{a="b"}[5m])) < 3',
        "> is >=": 'sum by (job) (rate(x_total{a="b"}[5m])) >= 3',
        "the limit 3 by +1": 'sum by (job) (rate(x_total{a="b"}[5m])) > 4',
        "the limit 3 by -1": 'sum by (job) (rate(x_total{a="b"}[5m])) > 2',
        "sum without the label job": 'sum(rate(x_total{a="b"}[5m])) > 3',
        "sum is avg": 'avg by (job) (rate(x_total{a="b"}[5m])) > 3',
        "rate() is increase()": 'sum by (job) (increase(x_total{a="b"}[5m])) > 3',
        "[5m] is [10m]": 'sum by (job) (rate(x_total{a="b"}[10m])) > 3',
        "[5m] is [2m30s]": 'sum by (job) (rate(x_total{a="b"}[2m30s])) > 3',
        "a='b' dropped": "sum by (job) (rate(x_total[5m])) > 3",
        "a='b' inverted": 'sum by (job) (rate(x_total{a!="b"}[5m])) > 3',
        "3 times 0.9": 'sum by (job) (rate(x_total{a="b"}[5m])) > 2.7',
        "3 times 1.1": 'sum by (job) (rate(x_total{a="b"}[5m])) > 3.3000000000000003',
        "3 times 2": 'sum by (job) (rate(x_total{a="b"}[5m])) > 6',
    }
