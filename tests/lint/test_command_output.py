"""How `dash lint` tells what it found: every format, in colours or none, to the last reader."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli.lint import rules
from cli.lint.sample import page, panel
from tests.command_line import Dash, Run
from tests.lint.findings import put
from tests.lint.typed import BAD, ROOT, lint_of


def test_json_has_everything_and_standard_error_nothing(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "broken.yml", "a: [")
    said = lint_of(dash, "bad.yml", "broken.yml", "--output", "json", "--statistics")
    told = json.loads(said.out)

    assert (said.code, said.err) == (3, "")
    assert [one["rule"] for one in told["findings"]] == ["PQL121"]
    assert told["unreadable"][0]["file"] == "broken.yml"
    assert told["statistics"][0]["count"] == told["counts"]["error"] == 1


def test_github_and_sarif(dash: Dash) -> None:
    assert lint_of(dash, "bad.yml", "--output", "github").out.startswith(
        "::error file=bad.yml,line=5,col=15,title=PQL121"
    )
    assert json.loads(lint_of(dash, "bad.yml", "--output", "sarif").out)["version"] == "2.1.0"
    assert lint_of(dash, "good.yml", "--output", "github") == Run(0, "", "")


@pytest.mark.parametrize("files", [("page.json",), ("page.json", "bad.yml")])
def test_sarif_names_what_was_looked_for_also_where_there_was_no_alert_to_look_at(
    dash: Dash, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: tuple[str, ...]
) -> None:
    monkeypatch.setattr(rules, "ids", lambda: ("PQL121", "PQL501", "PQL702"))
    put(tmp_path, "page.json", json.dumps(page(panel("sum(a)"))))
    said = json.loads(lint_of(dash, *files, "--output", "sarif", "--ignore", "PQL702").out)

    assert [one["id"] for one in said["runs"][0]["tool"]["driver"]["rules"]] == ["PQL121", "PQL501"]


def test_statistics_and_quiet(dash: Dash) -> None:
    said = lint_of(dash, "bad.yml", "--statistics").out.splitlines()

    assert said == ["PQL121  1  rate() of a gauge", "", "1 error in 1 expression of 1 file"]
    assert lint_of(dash, "good.yml", "-q") == Run(0, "", "")
    assert lint_of(dash, "bad.yml", "-q", "--severity", "PQL121=info") == Run(0, "", "")
    assert "1 error in" not in lint_of(dash, "bad.yml", "-q").out


@pytest.mark.parametrize(
    ("terminal", "no_color", "coloured"), [(True, "", True), (True, "1", False), (False, "", False)]
)
def test_only_a_terminal_sees_colours(
    dash: Dash,
    monkeypatch: pytest.MonkeyPatch,
    *,
    terminal: bool,
    no_color: str,
    coloured: bool,
) -> None:
    said: list[str] = []
    monkeypatch.setenv("NO_COLOR", no_color)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal, raising=False)
    monkeypatch.setattr("click.echo", said.append)
    lint_of(dash, "bad.yml")

    assert ("\x1b[" in said[0]) is coloured
    assert click.unstyle(said[0]).startswith("bad.yml:5:15: error PQL121 ")


def test_whoever_has_read_enough_ends_it_quietly(dash: Dash, tmp_path: Path) -> None:
    del dash
    rules = "".join(f"      - record: a:b:c{number}\n        expr: rate(queue_depth[5m])\n" for number in range(3000))
    put(tmp_path, "long.yml", BAD.partition("      -")[0] + rules)
    command = [sys.executable, "-m", "cli", "lint", "--catalog", "shop.yaml", "--output", "json", "long.yml"]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
