"""Which rules `dash lint` asks: what is configured, typed, suppressed and the house's own; and how it explains one."""

from pathlib import Path

from tests.command_line import Dash
from tests.lint.findings import put
from tests.lint.typed import BAD, lint_of


def test_the_command_line_adds_to_the_configuration(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "dash.toml", '[lint]\ncatalogs = ["shop.yaml"]\nignore = ["PQL121"]\n')

    assert "PQL121" not in dash("bad.yml").out
    assert "error PQL121" in dash("bad.yml", "--select", "PQL121").out
    assert "PQL121" not in dash("bad.yml", "--select", "PQL121", "--ignore", "PQL12").out


def test_a_note_says_which_of_two_configurations_counts(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "dash.toml", "[lint]\nstrict = true\n")
    put(tmp_path, "pyproject.toml", "[tool.dashboards-py.lint]\nstrict = false\n")

    assert lint_of(dash, "good.yml").err.startswith("note: dash.toml has [lint]")


def test_a_suppression_ends_by_the_clock(dash: Dash, tmp_path: Path) -> None:
    def told(day: str) -> str:
        put(tmp_path, "old.yml", BAD.replace("[5m])", f"[5m])  # dash: ignore PQL121 because of it until {day}"))
        return lint_of(dash, "old.yml").out

    assert told("2026-11-21") == "no findings in 1 expression of 1 file; 1 suppressed\n"
    assert "warning PQL992" in told("2026-11-20")


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
