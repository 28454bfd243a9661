"""`dash lint` as it is typed: what it reads, what it says where, its exit codes, and what it need not load."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command_line import Dash, Run
from tests.lint.findings import put
from tests.lint.typed import BAD, ROOT, lint_of


def test_a_finding_is_told_and_the_answer_is_no(dash: Dash) -> None:
    said = lint_of(dash, "bad.yml")

    assert said.code == 1
    assert said.out.splitlines()[0].startswith("bad.yml:5:15: error PQL121 ")
    assert said.out.splitlines()[2:4] == ["    rate(queue_depth[5m])", "    ^^^^^^^^^^^^^^^^^^^^^"]
    assert said.out.splitlines()[-1] == "1 error in 1 expression of 1 file"
    assert said.err == ""


def test_nothing_found_is_counted_and_the_answer_is_yes(dash: Dash) -> None:
    assert lint_of(dash, "good.yml") == Run(0, "no findings in 1 expression of 1 file\n", "")


def test_standard_input_is_read(dash: Dash) -> None:
    said = lint_of(dash, "-", stdin=BAD)

    assert said.code == 1
    assert said.out.startswith("<stdin>:5:15: error PQL121")


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [("info", "info", 1), ("info", "warning", 0), ("warning", "warning", 1), ("warning", "error", 0)],
)
def test_only_what_is_bad_enough_makes_the_answer_no(dash: Dash, severity: str, fail_on: str, code: int) -> None:
    said = lint_of(dash, "bad.yml", "--severity", f"PQL121={severity}", "--fail-on", fail_on)

    assert said.code == code
    assert f"{severity} PQL121" in said.out


def test_an_input_that_cannot_be_read_is_worse_than_a_finding_and_the_rest_goes_on(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "broken.yml", "a: [")
    said = lint_of(dash, "broken.yml", "bad.yml", "gone.json")

    assert said.code == 3
    assert "bad.yml:5:15: error PQL121" in said.out
    assert said.out.splitlines()[-1].endswith("; 2 files could not be read")
    assert [line.split(":")[1].strip() for line in said.err.splitlines()] == ["broken.yml", "gone.json"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["--select", "PQL12l"], "--select: there is no rule 'PQL12l'\n  try: did you mean 'PQL121'?"),
        (["--ignore", "PQL121,NO1"], "--ignore: there is no rule 'NO1'"),
        (["--severity", "PQL121"], "--severity: 'PQL121' says no severity\n  try: --severity PQL132=warning"),
        (["--severity", "PQL121=bad"], "--severity: 'bad' is no severity"),
        (["--severity", "PQL1=info"], "--severity: there is no rule 'PQL1'"),
        (["--prometheus-version", "two"], "--prometheus-version: 'two' is no version"),
        (["--catalog", "gone.yaml"], "gone.yaml"),
        (["--catalog", "ai_apii"], "there is no such catalog\n  try: did you mean 'ai_api'?"),
        (["--config", "gone.toml"], "gone.toml: there is no such file"),
        (["--rules", "gone.py"], "gone.py: there are no rules"),
        (["--explain", "PQL12l"], "--explain: there is no rule 'PQL12L'"),
        (["--baseline", "gone.json"], "try: dash lint --baseline gone.json --write-baseline"),
        (["--write-baseline"], "--write-baseline: nobody said where to"),
        (["--fail-on", "never"], "'never' is not one of"),
    ],
)
def test_a_slip_on_the_command_line_is_usage(dash: Dash, arguments: list[str], error: str) -> None:
    said = dash("good.yml", *arguments)

    assert said.code == 2
    assert error in said.err
    assert said.out == ""


def test_a_broken_catalog_is_an_input_that_cannot_be_read(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "broken.yaml", "domain: shop\nmetrics: 1\n")
    said = dash("good.yml", "--catalog", "broken.yaml")

    assert said.code == 3
    assert said.err.startswith("error: broken.yaml:2:")


def test_without_a_path_what_was_built_is_linted(dash: Dash, tmp_path: Path) -> None:
    assert dash().code == 2
    assert "dash build" in dash().err
    expr = "rate(agent_sessions_active[5m])"
    target = {"refId": "A", "expr": expr, "datasource": {"type": "prometheus", "uid": "x"}}
    panel = {"id": 1, "type": "timeseries", "title": "One", "targets": [target]}
    put(tmp_path, "build/x.json", json.dumps({"uid": "x", "title": "X", "schemaVersion": 41, "panels": [panel]}))
    page = {"uid": "x", "title": "X", "folder": "", "file": "x.json", "digest": "", "source": "pages/x.py:3"}
    manifest = {"type": "manifest", "version": 1, "project": "x", "partial": False, "pages": [page], "rules": []}
    put(tmp_path, "build/manifest.json", json.dumps(manifest))

    assert dash().code == 1
    assert dash().out.startswith("pages/x.py:3: error PQL121 ")


def test_a_folder_with_nothing_in_it_is_said(dash: Dash, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    assert dash("empty").err == "note: no dashboard and no rule in empty\n"


def test_what_nobody_asked_for_is_not_loaded(dash: Dash, tmp_path: Path) -> None:
    del dash
    code = (
        "import atexit, json, sys\n"
        "atexit.register(lambda: json.dump(sorted(sys.modules), open('loaded.json', 'w')))\n"
        "from cli.main import main\nmain(['lint', 'good.yml', '--select', 'PQL121'])"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
    loaded = set(json.loads((tmp_path / "loaded.json").read_text()))

    assert not loaded & {
        "cli.compile.write",
        "cli.lint.baseline",
        "cli.lint.own_rules",
        "cli.lint.report.machine",
        "cli.lint.report.sarif",
        "difflib",
        "grafanalib",
        "hashlib",
        "jsonschema",
        "panels",
        "tomllib",
    }
