"""A house's own rules: where they are, what shape they have, and what is said of a file that has another."""

from pathlib import Path

import pytest

from cli.errors import AuthoringError, DashError, UsageError
from cli.lint.own_rules import own_rules
from tests.lint.findings import put

RULE = """
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Rule

def _of_query(asked):
    if "legacy_" in asked.text:
        yield Fault("legacy metrics go away")

def rule(id):
    return Rule(id=id, title="legacy metric", severity=Severity.WARNING, why="They go away.",
                wrong=Example("legacy_x"), right=Example("x"), of_query=_of_query)
"""


def test_a_file_has_one_rule_or_several(tmp_path: Path) -> None:
    one = put(tmp_path, "one.py", f'{RULE}\nRULE = rule("SHOP1")\n')
    more = put(tmp_path, "more.py", f'{RULE}\nRULES = [rule("SHOP2"), rule("SHOP3")]\n')

    assert [rule.id for rule in own_rules([more, one], ())] == ["SHOP2", "SHOP3", "SHOP1"]


def test_a_folder_has_a_file_each(tmp_path: Path) -> None:
    for name in ("b", "a", "_shared", ".hidden"):
        put(tmp_path, f"rules/{name}.py", f'{RULE}\nRULE = rule("{name.upper()}1")\n')
    put(tmp_path, "rules/README.md", "")

    assert [rule.id for rule in own_rules([str(tmp_path / "rules")], ())] == ["A1", "B1"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("x = 1", "it has neither RULE nor RULES"),
        ("RULE = 1", "a int is no Rule"),
        (RULE + 'RULES = rule("SHOP1")', "RULES is one rule"),
        (RULE + 'RULE = rule("PQL121")', "PQL121 is taken by a rule of dash"),
        (RULE + 'RULES = [rule("SHOP1"), rule("SHOP1")]', "SHOP1 is taken by"),
        (RULE + 'RULE = rule("S1")._replace(of_query=None)', "S1 has not exactly one"),
        ("\n\n1 / 0", ":3: it raises ZeroDivisionError: division by zero"),
        ("\nimport nowhere_at_all", ":2: it raises ModuleNotFoundError"),
        ("\n\nx = (", ":3: it raises SyntaxError"),
        ("import sys\nsys.exit(3)", ":2: it raises SystemExit: 3"),
    ],
)
def test_a_file_of_another_shape_says_what_is_wrong(tmp_path: Path, said: str, error: str) -> None:
    path = put(tmp_path, "mine.py", said)

    with pytest.raises(AuthoringError) as raised:
        own_rules([path], {"PQL121"})
    assert error in str(raised.value)
    assert str(raised.value).startswith(path)


@pytest.mark.parametrize("name", ["gone.py", "empty", "text.txt"])
def test_what_is_no_python_is_a_slip(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    put(tmp_path, "text.txt", "RULE = 1")

    with pytest.raises(DashError) as raised:
        own_rules([str(tmp_path / name)], ())
    assert isinstance(raised.value, UsageError)
    assert "--rules FILE.py" in raised.value.fix
