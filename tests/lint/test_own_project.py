"""A project of somebody's own is judged by the metrics that its modules declare."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.commands._program import group

PAGE = '''"""Checkout."""

from panels import Dashboard, row, stat
from queries import REQUESTS, REQUESTS_PER_SECOND, Counter, label, rate, raw

ORDERS = Counter("shop_orders_total", "Orders.", REQUESTS, ["country", label("status", "success", "error")])

panels = [
    stat("Orders", rate(ORDERS), description="How many."),
    stat("Lost", raw('sum(rate(shop_orders_total{RAW}[5m]))', unit=REQUESTS_PER_SECOND), description="How many."),
]
dashboard = Dashboard(uid="checkout", title="Checkout", rows=[row("Is it healthy?", *panels)])
'''


def linted(folder: Path, monkeypatch: pytest.MonkeyPatch, matcher: str, *said: str) -> str:
    (folder / "shop").mkdir()
    (folder / "shop" / "checkout.py").write_text(PAGE.replace("{RAW}", matcher), encoding="utf-8")
    (folder / "dash.toml").write_text('[build]\nsources = ["shop"]\n', encoding="utf-8")
    monkeypatch.chdir(folder)
    runner = CliRunner()
    runner.invoke(group, ["build"], standalone_mode=False)
    return runner.invoke(group, [*said], standalone_mode=False).stdout


def test_its_metrics_are_known_without_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = linted(tmp_path, monkeypatch, '{status="error"}', "lint")

    assert "PQL100" not in said
    assert "error" not in said.replace('"error"', "")


def test_a_value_that_the_metric_never_has_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = linted(tmp_path, monkeypatch, '{status="eror"}', "lint")

    assert "error PQL103" in said
    assert "shop/checkout.py:10" in said


def test_they_are_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = linted(tmp_path, monkeypatch, "", "explain", "rate(shop_orders_total[5m])")

    assert "requests per second" in said
    assert "by country, instance, job, status" in " ".join(said.replace("│", " ").split())
