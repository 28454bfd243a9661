"""Fixtures for plans."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line import Run
from tests.push.building import Build, Push

Plan = Callable[..., Run]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the plan is."""
    return tmp_path / "plan.json"


@pytest.fixture
def plan(build: Build, told: Push, file: Path) -> Plan:
    """Write a plan for the build."""

    def run(*arguments: str) -> Run:
        return told("plan", "--build", str(build.path), "--out", str(file), *arguments)

    return run
