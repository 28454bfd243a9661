"""Fixtures for building."""

from pathlib import Path

import pytest

from tests.compile.shop import Shop, small_shop


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A small project: metrics, numbers, two pages and an alert."""
    return small_shop(tmp_path)


@pytest.fixture
def nothing(tmp_path: Path) -> Shop:
    """An empty folder."""
    return Shop(tmp_path)
