"""The command line, for the tests of what `dash lint` does as it is typed."""

import io
from datetime import date
from pathlib import Path

import pytest

from cli.commands import _lint
from cli.lint import rules
from tests.command_line import Dash, Run, typed
from tests.lint.findings import put
from tests.lint.typed import BAD, CATALOG, GOOD, RULES


@pytest.fixture
def dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """The command line in a folder with a catalog, a bad and a good file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(rules, "ids", lambda: tuple(rule.id for rule in RULES))
    monkeypatch.setattr(_lint, "today", lambda: date(2026, 11, 21))
    for name, text in {"shop.yaml": CATALOG, "bad.yml": BAD, "good.yml": GOOD}.items():
        put(tmp_path, name, text)

    def run(*arguments: str, stdin: str = "") -> Run:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        return typed(capsys, "lint", *arguments)

    return run
