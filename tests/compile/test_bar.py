"""The bar that counts modules: on a terminal, once somebody waits."""

import shutil

import pytest

from tests.compile.shop import Screen, Shop


def test_a_bar_counts_on_a_terminal_once_somebody_waits(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Screen, "is_terminal", True)
    said = _on_a_terminal(shop, monkeypatch, patience=0)
    assert "[######" in said
    assert "5 of 5 modules" in said
    assert said.endswith("\r\x1b[K")
    assert _on_a_terminal(shop, monkeypatch, patience=60) == ""


def _on_a_terminal(shop: Shop, monkeypatch: pytest.MonkeyPatch, *, patience: float) -> str:
    shutil.rmtree(shop.build, ignore_errors=True)
    monkeypatch.setattr("cli.commands.build.PATIENCE", patience)
    ran = shop.builds()
    assert ran.code == 0
    return ran.err


def test_no_bar_where_nobody_looks(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.commands.build.PATIENCE", 0)

    assert shop.builds().err == ""
