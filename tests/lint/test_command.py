"""`dash lint` as it is typed: what it says where, its exit codes, and what it need not load."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from cli.commands import _lint
from cli.lint import rules
from cli.lint.asked import Asked
from cli.lint.finding import Change
from cli.lint.rule import Faults
from cli.lint.rules import pql121, pql990, pql991, pql992
from cli.main import main
from queries.known import Known
from tests.lint.findings import put

ROOT = Path(__file__).parents[2]
CATALOG = "domain: shop\nmetrics:\n  - {name: queue_depth, type: gauge, help: How many wait.}\n"
BAD = """groups:
  - name: a
    rules:
      - record: a:queue_depth:rate5m
        expr: rate(queue_depth[5m])
"""
GOOD = BAD.replace("rate(", "deriv(")
#: Only what these tests are about; other rules come and go.
RULES = (pql121.RULE, pql990.RULE, pql991.RULE, pql992.RULE)


class Run(NamedTuple):
    """How it ended, and what it said."""

    code: int
    out: str
    err: str


Dash = Callable[..., Run]


@pytest.fixture
def dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """The command line in a folder with a catalog, a bad and a good file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(rules, "all_rules", lambda: RULES)
    monkeypatch.setattr(_lint, "today", lambda: date(2026, 11, 21))
    for name, text in {"shop.yaml": CATALOG, "bad.yml": BAD, "good.yml": GOOD}.items():
        put(tmp_path, name, text)

    def run(*arguments: str, stdin: str = "") -> Run:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["lint", *arguments])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Run(int(ended.value.code), said.out, said.err)

    return run


def _lint_of(dash: Dash, *arguments: str, stdin: str = "") -> Run:
    return dash("--catalog", "shop.yaml", *arguments, stdin=stdin)


def test_a_finding_is_told_and_the_answer_is_no(dash: Dash) -> None:
    said = _lint_of(dash, "bad.yml")

    assert said.code == 1
    assert said.out.splitlines()[0].startswith("bad.yml:5:15: error PQL121 ")
    assert said.out.splitlines()[2:4] == ["    rate(queue_depth[5m])", "    ^^^^^^^^^^^^^^^^^^^^^"]
    assert said.out.splitlines()[-1] == "1 error in 1 expression of 1 file"
    assert said.err == ""


def test_nothing_found_is_counted_and_the_answer_is_yes(dash: Dash) -> None:
    assert _lint_of(dash, "good.yml") == Run(0, "no findings in 1 expression of 1 file\n", "")


def test_standard_input_is_read(dash: Dash) -> None:
    said = _lint_of(dash, "-", stdin=BAD)

    assert said.code == 1
    assert said.out.startswith("<stdin>:5:15: error PQL121")


@pytest.mark.parametrize(
    ("severity", "fail_on", "code"),
    [("info", "info", 1), ("info", "warning", 0), ("warning", "warning", 1), ("warning", "error", 0)],
)
def test_only_what_is_bad_enough_makes_the_answer_no(dash: Dash, severity: str, fail_on: str, code: int) -> None:
    said = _lint_of(dash, "bad.yml", "--severity", f"PQL121={severity}", "--fail-on", fail_on)

    assert said.code == code
    assert f"{severity} PQL121" in said.out


def test_an_input_that_cannot_be_read_is_worse_than_a_finding_and_the_rest_goes_on(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "broken.yml", "a: [")
    said = _lint_of(dash, "broken.yml", "bad.yml", "gone.json")

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


def test_the_command_line_adds_to_the_configuration(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "dash.toml", '[lint]\ncatalogs = ["shop.yaml"]\nignore = ["PQL121"]\n')

    assert "PQL121" not in dash("bad.yml").out
    assert "error PQL121" in dash("bad.yml", "--select", "PQL121").out
    assert "PQL121" not in dash("bad.yml", "--select", "PQL121", "--ignore", "PQL12").out


def test_a_note_says_which_of_two_configurations_counts(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "dash.toml", "[lint]\nstrict = true\n")
    put(tmp_path, "pyproject.toml", "[tool.dashboards-py.lint]\nstrict = false\n")

    assert _lint_of(dash, "good.yml").err.startswith("note: dash.toml has [lint]")


def test_json_has_everything_and_standard_error_nothing(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "broken.yml", "a: [")
    said = _lint_of(dash, "bad.yml", "broken.yml", "--output", "json", "--statistics")
    told = json.loads(said.out)

    assert (said.code, said.err) == (3, "")
    assert [one["rule"] for one in told["findings"]] == ["PQL121"]
    assert told["unreadable"][0]["file"] == "broken.yml"
    assert told["statistics"][0]["count"] == told["counts"]["error"] == 1


def test_github_and_sarif(dash: Dash) -> None:
    assert _lint_of(dash, "bad.yml", "--output", "github").out.startswith(
        "::error file=bad.yml,line=5,col=15,title=PQL121"
    )
    assert json.loads(_lint_of(dash, "bad.yml", "--output", "sarif").out)["version"] == "2.1.0"
    assert _lint_of(dash, "good.yml", "--output", "github") == Run(0, "", "")


def test_statistics_and_quiet(dash: Dash) -> None:
    said = _lint_of(dash, "bad.yml", "--statistics").out.splitlines()

    assert said == ["PQL121  1  rate() of a gauge", "", "1 error in 1 expression of 1 file"]
    assert _lint_of(dash, "good.yml", "-q") == Run(0, "", "")
    assert _lint_of(dash, "bad.yml", "-q", "--severity", "PQL121=info") == Run(0, "", "")
    assert "1 error in" not in _lint_of(dash, "bad.yml", "-q").out


def test_a_suppression_ends_by_the_clock(dash: Dash, tmp_path: Path) -> None:
    def told(day: str) -> str:
        put(tmp_path, "old.yml", BAD.replace("[5m])", f"[5m])  # dash: ignore PQL121 because of it until {day}"))
        return _lint_of(dash, "old.yml").out

    assert told("2026-11-21") == "no findings in 1 expression of 1 file; 1 suppressed\n"
    assert "warning PQL992" in told("2026-11-20")


def test_a_baseline_lets_old_findings_pass_and_new_ones_not(dash: Dash, tmp_path: Path) -> None:
    baseline = ("bad.yml", "--baseline", "old.json")
    written = _lint_of(dash, *baseline, "--write-baseline")
    put(tmp_path, "bad.yml", f"# moved\n\n{BAD}")

    assert (written.code, written.err) == (0, "note: old.json has 1 finding now\n")
    assert _lint_of(dash, *baseline) == Run(0, "no findings in 1 expression of 1 file; 1 in the baseline\n", "")
    put(tmp_path, "bad.yml", BAD + BAD.partition("rules:\n")[2].replace("a:", "b:"))
    assert _lint_of(dash, *baseline).out.count("error PQL121") == 1


def test_what_the_baseline_has_and_is_gone_is_mentioned_and_renewed(dash: Dash, tmp_path: Path) -> None:
    baseline = ("--baseline", "old.json")
    put(tmp_path, "worse.yml", BAD)
    _lint_of(dash, "bad.yml", "worse.yml", *baseline, "--write-baseline")
    put(tmp_path, "bad.yml", GOOD)

    assert _lint_of(dash, "worse.yml", *baseline).err == ""
    said = _lint_of(dash, "bad.yml", *baseline)
    assert (said.code, said.err) == (0, "note: 1 finding of the baseline is gone: --write-baseline renews it\n")
    _lint_of(dash, "bad.yml", *baseline, "--write-baseline")
    assert [one["file"] for one in json.loads((tmp_path / "old.json").read_text())["findings"]] == ["worse.yml"]
    (tmp_path / "worse.yml").unlink()
    assert "1 finding of the baseline is gone" in _lint_of(dash, "bad.yml", *baseline).err


def test_a_baseline_in_another_folder_names_files_from_there(dash: Dash, tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    _lint_of(dash, "bad.yml", "--baseline", "house/old.json", "--write-baseline")

    assert json.loads((tmp_path / "house/old.json").read_text())["findings"][0]["file"] == "../bad.yml"
    assert _lint_of(dash, str(tmp_path / "bad.yml"), "--baseline", "house/old.json").code == 0


def test_a_baseline_that_cannot_be_written_is_said(dash: Dash, tmp_path: Path) -> None:
    (tmp_path / "old.json").mkdir()
    said = _lint_of(dash, "bad.yml", "--baseline", "old.json", "--write-baseline")

    assert (said.code, said.out) == (2, "")
    assert "old.json: it cannot be read: Is a directory" in said.err


def test_a_houses_own_rules_are_looked_for_like_ours(dash: Dash, tmp_path: Path) -> None:
    rule = (
        "from cli.lint.finding import Severity\nfrom cli.lint.rule import Example, Fault, Rule\n"
        "def of(asked):\n    yield Fault('not in this house', asked.known)\n"
        "RULE = Rule(id='SHOP1', title='x', severity=Severity.WARNING, why='x', wrong=Example('x'),"
        " right=Example('y'), of_query=of)\n"
    )
    put(tmp_path, "mine.py", rule)

    assert "good.yml:5:15: warning SHOP1 not in this house" in dash("good.yml", "--rules", "mine.py").out
    assert dash("good.yml", "--rules", "mine.py", "--ignore", "SHOP,PQL").code == 0


def test_a_rule_is_explained(dash: Dash) -> None:
    said = dash("--explain", "pql121")

    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("# PQL121: rate() of a gauge\n")


@pytest.fixture
def mender(dash: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that says how its finding is mended."""
    del dash  # it says which rules there are, and comes first

    def of_node(known: Known, asked: Asked) -> Faults:
        return (fault._replace(change=Change(0, 4, "deriv")) for fault in pql121.RULE.of_node(known, asked))  # type: ignore[misc] # it has one

    changing = replace(pql121.RULE, of_node=of_node)
    monkeypatch.setattr(rules, "all_rules", lambda: (changing, *RULES[1:]))


@pytest.mark.usefixtures("mender")
def test_what_can_be_mended_is_written_and_the_rest_is_told(dash: Dash, tmp_path: Path) -> None:
    said = _lint_of(dash, "bad.yml", "--fix")

    assert said == Run(0, "no findings in 1 expression of 1 file\n", "mended bad.yml\n")
    assert (tmp_path / "bad.yml").read_text() == GOOD
    assert _lint_of(dash, "bad.yml", "--fix").err == ""
    assert "try: dash lint --diff -" in _lint_of(dash, "-", "--fix", stdin=BAD).err


@pytest.mark.usefixtures("mender")
def test_the_difference_is_shown_and_nothing_written(dash: Dash, tmp_path: Path) -> None:
    said = _lint_of(dash, "bad.yml", "--diff")

    assert said.code == 1
    assert "-        expr: rate(queue_depth[5m])\n+        expr: deriv(queue_depth[5m])\n" in said.out
    assert (tmp_path / "bad.yml").read_text() == BAD


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
    _lint_of(dash, "bad.yml")

    assert ("\x1b[" in said[0]) is coloured
    assert click.unstyle(said[0]).startswith("bad.yml:5:15: error PQL121 ")


def test_whoever_has_read_enough_ends_it_quietly(dash: Dash, tmp_path: Path) -> None:
    del dash
    rules = "".join(f"      - record: a:b:c{number}\n        expr: rate(queue_depth[5m])\n" for number in range(3000))
    put(tmp_path, "long.yml", BAD.partition("      -")[0] + rules)
    command = [sys.executable, "-m", "cli", "lint", "--catalog", "shop.yaml", "--output", "json", "long.yml"]
    with subprocess.Popen(  # noqa: S603 - our own command line
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


def test_what_nobody_asked_for_is_not_loaded(dash: Dash, tmp_path: Path) -> None:
    del dash
    code = (
        "import atexit, json, sys\n"
        "atexit.register(lambda: json.dump(sorted(sys.modules), open('loaded.json', 'w')))\n"
        "from cli.main import main\nmain(['lint', 'good.yml', '--select', 'PQL121'])"
    )
    subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", code], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True
    )
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
