"""Fixtures for building."""

from pathlib import Path

import pytest

from cli.stack import settings
from tests.compile.shop import Shop, small_shop


@pytest.fixture(autouse=True)
def _pages_and_rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As `[build] stack = []` says: what lies around them has tests of its own, and its part in the law."""
    monkeypatch.setattr(settings, "UNLESS_SAID", ())


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A small project: metrics, numbers, two pages and an alert."""
    return small_shop(tmp_path)


@pytest.fixture
def nothing(tmp_path: Path) -> Shop:
    """An empty folder."""
    return Shop(tmp_path)
