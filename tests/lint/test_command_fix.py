"""`dash lint --fix` and `--diff` as they are typed: what is written, what is shown, and what is told."""

from pathlib import Path

import pytest

from cli.lint import rules
from cli.lint.asked import Asked
from cli.lint.finding import Change
from cli.lint.rule import Faults
from cli.lint.rules import pql121
from queries.known import Known
from tests.command_line import Dash, Run
from tests.lint.typed import BAD, GOOD, RULES, lint_of


@pytest.fixture
def mender(dash: Dash, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that says how its finding is mended."""
    del dash  # it says which rules there are, and comes first

    def of_node(known: Known, asked: Asked) -> Faults:
        return (fault._replace(change=Change(0, 4, "deriv")) for fault in pql121.RULE.of_node(known, asked))  # type: ignore[misc] # it has one

    changing = pql121.RULE._replace(of_node=of_node)
    monkeypatch.setattr(rules, "called", lambda _: (changing, *RULES[1:]))


@pytest.mark.usefixtures("mender")
def test_what_can_be_mended_is_written_and_the_rest_is_told(dash: Dash, tmp_path: Path) -> None:
    said = lint_of(dash, "bad.yml", "--fix")

    assert said == Run(0, "no findings in 1 expression of 1 file\n", "mended bad.yml\n")
    assert (tmp_path / "bad.yml").read_text() == GOOD
    assert lint_of(dash, "bad.yml", "--fix").err == ""
    assert "try: dash lint --diff -" in lint_of(dash, "-", "--fix", stdin=BAD).err


@pytest.mark.usefixtures("mender")
def test_the_difference_is_shown_and_nothing_written(dash: Dash, tmp_path: Path) -> None:
    said = lint_of(dash, "bad.yml", "--diff")

    assert said.code == 1
    assert "-        expr: rate(queue_depth[5m])\n+        expr: deriv(queue_depth[5m])\n" in said.out
    assert (tmp_path / "bad.yml").read_text() == BAD
