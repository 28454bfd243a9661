"""What the other commands make of rules that were imported."""

from pathlib import Path

import pytest

from tests.command_line import dash

RULES = """groups:
- name: shop
  rules:
  - record: job:up:sum
    expr: sum by (job) (up)
  - alert: ShopDown
    expr: job:up:sum{job="shop"} == 0
  - alert: Slow
    expr: rate(shop_seconds_sum[5m]) > 1
"""


@pytest.fixture(autouse=True)
def imported() -> None:
    """The rules above, as the project's own."""
    Path("shop.yml").write_text(RULES)
    Path("dash.toml").write_text('[build]\nsources = ["imported"]\n')
    assert dash("import", "alerts", "shop.yml").code == 0
    assert dash("build").code == 0


def test_list_names_them_with_their_lines() -> None:
    said = dash("list")

    assert said.code == 0
    assert [" ".join(line.split()) for line in said.out.splitlines() if "imported/" in line] == [
        "ShopDown imported/shop.py:13 alert in shop",
        "Slow imported/shop.py:17 alert in shop",
        "job:up:sum imported/shop.py:9 recording in shop",
    ]


def test_lint_finds_what_is_wrong_with_them_at_their_lines() -> None:
    said = dash("lint")

    assert any(line.startswith("imported/shop.py:18: ") for line in said.out.splitlines()), said.out


def test_explain_finds_an_alert_by_its_name() -> None:
    said = dash("explain", "Slow")

    assert said.code == 0
    assert "rate(shop_seconds_sum[5m])" in said.out
