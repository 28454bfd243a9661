"""Fixtures for contexts: a repository with a `dash.toml`, and nothing from outside."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.contexts import Contexts, read

VARIABLES = (
    "DASH_CONTEXT",
    "GRAFANA_ORG_ID",
    "GRAFANA_PASSWORD",
    "GRAFANA_TOKEN",
    "GRAFANA_URL",
    "GRAFANA_USER",
)

Written = Callable[[str], Contexts]


@pytest.fixture(autouse=True)
def _nothing_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """The contexts of a `dash.toml` with this text."""

    def write(text: str) -> Contexts:
        (tmp_path / "dash.toml").write_text(text, encoding="utf-8")
        return read(tmp_path)

    return write
