"""What `docs/test.md` shows is what happens."""

import re
from pathlib import Path

import pytest

from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import put

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
PAGE = (Path(__file__).parents[2] / "docs" / "test.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"```(yaml|python)\n(.*?)```", PAGE, re.DOTALL))


def test_the_examples_pass(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, shop_test_yaml=SHOWN["yaml"], more_test_py=SHOWN["python"])
    ran = dash("shop.yaml", "shop.test.yaml", "more.test.py")

    assert (ran.code, ran.out) == (0, "2 scenarios of 2 alerts: 2 passed\n")


def test_every_option_that_is_named_is_there(dash: Dash) -> None:
    known = set(re.findall(r"--[a-z-]+", dash("--help").out))

    assert set(re.findall(r"--[a-z]+[a-z-]*", PAGE)) <= known


def test_the_verdict_reads_as_shown(dash: Dash, tmp_path: Path) -> None:
    told = re.search(r"```\n(FAILED.*?)\n\n(.*?)\n```", PAGE, re.DOTALL)
    assert told
    scenarios = """rules: shop.yaml
scenarios:
- name: six of a hundred requests fail
  series: {'requests_total{job="shop"}': 0+100x40, 'errors_total{job="shop"}': 0+6x40}
  expect: [{alert: ShopErrors, at: 20m}]
- name: a long queue
  series: {queue_depth: 100x40}
  expect:
  - {alert: ShopQueue, at: 1m, state: pending}
"""
    put(tmp_path, shop_test_yaml=scenarios)

    assert dash("shop.test.yaml").out == f"{told[1]}\n\n{told[2]}\n"
