"""Every rule finds its wrong example and lets its right one pass."""

import pytest

from cli.lint.check import check
from cli.lint.example import catalogs, inputs
from cli.lint.rule import Example, Rule
from cli.lint.rules import all_rules
from cli.lint.settings import Settings

#: What is wrong with suppressions is judged after the rest: tests/lint/test_suppressed.py runs those examples.
SUPPRESSIONS = ("PQL990", "PQL991", "PQL992")
RULES = [rule for rule in all_rules() if rule.id not in SUPPRESSIONS]


def found_in(example: Example, rule: Rule) -> set[str]:
    said = check(inputs(example), catalogs(example), Settings(**example.settings), [rule])
    return {finding.rule for finding in said.findings}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_finds_its_wrong_example(rule: Rule) -> None:
    assert found_in(rule.wrong, rule) == {rule.id}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_lets_its_right_example_pass(rule: Rule) -> None:
    assert found_in(rule.right, rule) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_an_example_can_be_read(rule: Rule) -> None:
    assert not inputs(rule.wrong).unreadable
    assert not inputs(rule.right).unreadable


def test_a_module_is_named_after_its_rule() -> None:
    assert all(rule.id.startswith("PQL") for rule in RULES)
    assert len({rule.id for rule in RULES}) == len(RULES)
