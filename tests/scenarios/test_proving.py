"""Tests by hand that would pass whatever the rules say: each is told, and none of those that say something."""

from pathlib import Path

import pytest

from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import RULES, put

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
ONE = "rules: shop.yaml\nscenarios:\n- name: a case\n  series: {%s}\n  expect:\n  - {%s}\n"
QUEUE = "'queue_depth{job=\"a\"}': 50x5"


@pytest.mark.parametrize(
    ("series", "expected", "told"),
    [
        (
            QUEUE,
            "alert: ShopQueue, at: 3h, state: silent",
            "a.test.yaml:6:28: at 3h there is no sample: they end at 5m",
        ),
        (
            QUEUE,
            "expr: queue_depth, at: 3h, value: null",
            "a.test.yaml:6:29: at 3h there is no sample: they end at 5m",
        ),
        (
            "queue_depth: 1 2 _x3 4+1x2 0x0",
            "alert: ShopQueue, at: 14m, state: silent",
            "a.test.yaml:6:28: at 14m there is no sample: they end at 8m",
        ),
        (
            QUEUE,
            "alert: ShopQueue, at: 1m, state: silent, labels: {jbo: a}",
            "a.test.yaml:6:61: no alert of ShopQueue can bear a label 'jbo'",
        ),
        (
            QUEUE,
            "expr: 'shop:erorrs:ratio', at: 2m, value: null",
            "a.test.yaml:6:12: no series and no recording is called shop:erorrs:ratio",
        ),
    ],
)
def test_what_proves_nothing_is_told(dash: Dash, tmp_path: Path, series: str, expected: str, told: str) -> None:
    put(tmp_path, a_test_yaml=ONE % (series, expected))
    ran = dash("a.test.yaml", "--allow-untested")

    assert ran.code == 3, ran
    assert any(line.strip().startswith(told) for line in ran.out.splitlines()), ran.out


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ("queue_depth: 200x5 stale", "alert: ShopQueue, at: 3h, state: silent"),
        ("queue_depth: 200x5 _x9", "alert: ShopQueue, at: 3h, state: silent"),
        (QUEUE, "alert: ShopQueue, at: 10m, state: silent"),  # the last sample is still seen
        ("", "alert: ShopQueue, at: 3h, state: silent"),
        (QUEUE, "alert: ShopQueue, at: 1m, state: silent, labels: {job: b}"),
        (QUEUE, "alert: ShopErrors, at: 1m, state: silent, labels: {tier: 007}"),
        (QUEUE, "alert: ShopQueue, at: 1m, state: silent, labels: {jbo: ''}"),
        (QUEUE, "expr: 'shop:errors:ratio', at: 2m, value: null"),
        (QUEUE, "expr: 'queue_depth{job=\"b\"}', at: 2m, value: null"),
        (QUEUE, "expr: 'ALERTS{alertname=\"ShopQueue\"}', at: 2m, value: null"),
        ("queue_depth: 200x5", "expr: absent(gone), at: 2m, value: 1"),
    ],
)
def test_what_proves_something_passes(dash: Dash, tmp_path: Path, series: str, expected: str) -> None:
    put(tmp_path, a_test_yaml=ONE % (series, expected))
    ran = dash("a.test.yaml", "--allow-untested")

    assert ran.code == 0, ran


def test_a_label_that_the_expression_makes_can_be_asked_for(dash: Dash, tmp_path: Path) -> None:
    made = 'label_replace(queue_depth > 100, "shard", "$1", "job", "(.*)")'
    put(tmp_path, shop_yaml=RULES.replace("queue_depth > 100", made))
    put(tmp_path, a_test_yaml=ONE % (QUEUE, "alert: ShopQueue, at: 1m, state: silent, labels: {shard: a}"))

    assert dash("a.test.yaml", "--allow-untested").code == 0


def test_a_share_above_one_is_told_where_it_stands(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=ONE % (QUEUE, "expr: queue_depth, at: 2m, value: 900, close: 5"))
    ran = dash("a.test.yaml")

    assert ran.code == 3
    assert ran.err.startswith("error: a.test.yaml:6:52: close is 5.0 and no share"), ran.err
