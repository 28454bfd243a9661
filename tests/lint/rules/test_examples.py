"""Every rule finds its wrong example and lets its right one pass."""

import pytest

from cli.lint.check import check
from cli.lint.example import catalogs, inputs
from cli.lint.rule import Example, Rule
from cli.lint.rules import OF_ALERTS, all_rules, ids
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


def test_an_id_is_that_of_its_module() -> None:
    assert tuple(rule.id for rule in all_rules()) == ids()


def test_what_is_about_alerts_has_nothing_to_say_of_pages_alone() -> None:
    about = [rule for rule in RULES if rule.id.startswith(OF_ALERTS)]
    examples = (example for rule in RULES for example in (rule.wrong, rule.right))
    pages = [example for example in examples if not inputs(example).groups]

    assert len(about) > 15
    assert len(pages) > 100
    for example in pages:
        assert not check(inputs(example), catalogs(example), Settings(), about).findings
