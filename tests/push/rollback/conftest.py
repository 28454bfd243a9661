"""Fixtures for pushes that are taken back."""

from pathlib import Path

import pytest


@pytest.fixture
def pushes(tmp_path: Path) -> Path:
    """Where the journals are."""
    return tmp_path / "pushes"
