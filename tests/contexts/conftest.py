"""Fixtures for contexts: a repository with a `dash.toml`, and nothing from outside."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.contexts import Contexts, read
from tests.command_line import nothing_from_outside

Written = Callable[[str], Contexts]


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    nothing_from_outside(monkeypatch)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """The contexts of a `dash.toml` with this text."""

    def write(text: str) -> Contexts:
        (tmp_path / "dash.toml").write_text(text, encoding="utf-8")
        return read(tmp_path)

    return write
