"""`dash test` as it is typed, in a folder of its own."""

from pathlib import Path

import pytest

from cli.prometheus.promtool import Promtool, find
from tests.command_line import Dash, Run, typed
from tests.scenarios.shop import RULES, put


@pytest.fixture(scope="session")
def promtool() -> Promtool:
    """The one of this machine."""
    return find()


@pytest.fixture
def dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """The command line in a folder with the shop's rules; nothing is derived unless it is asked for."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path, shop_yaml=RULES)

    def run(*arguments: str, derived: bool = False) -> Run:
        return typed(capsys, "test", *([] if derived else ["--no-derived"]), *arguments)

    return run
