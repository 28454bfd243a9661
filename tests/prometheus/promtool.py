"""Unit tests of our own rules for promtool: written, run, and what it has against each."""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from cli.prometheus.process import Running
from cli.prometheus.promtool import find
from queries import RuleGroup
from queries.rulefile import to_rule_file

PROMTOOL = shutil.which("promtool")
NEEDS_PROMTOOL = pytest.mark.skipif(PROMTOOL is None, reason="no promtool on PATH: apt-get install prometheus")
#: libyaml where PyYAML was built with it: ten times as fast.
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

RuleFile = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One unit test of rules.

    Attributes:
        name: unique among those that run together.
        rules: the rule file it loads.
        test: an entry of promtool's `tests:`.
        every: how often its rules are evaluated; empty for the interval of its samples.
    """

    name: str
    rules: RuleFile
    test: Mapping[str, Any]
    every: str = ""


def run(cases: Iterable[Case], folder: Path) -> dict[str, str]:
    """What promtool has against each case, by its name; empty where it passes.

    Each case is a file of its own, since a file has one interval of evaluation and one set of rules.
    """
    tests: dict[str, str] = {}
    rules: dict[str, str] = {}
    for number, case in enumerate(cases):
        if case.name in tests.values():
            raise ValueError(f"two cases are called {case.name!r}")
        content = _yaml(case.rules)
        path = rules.setdefault(content, f"rules{len(rules)}.yaml")
        (folder / path).write_text(content)
        test = {
            "rule_files": [path],
            "evaluation_interval": case.every or case.test["interval"],
            "tests": [dict(case.test)],
        }
        (folder / f"test{number}.yaml").write_text(_yaml(test))
        tests[f"test{number}.yaml"] = case.name
    told = find().test_rules(list(tests), folder)
    return {name: "" if told[file].passed else told[file].text for file, name in tests.items()}


def check(rules: RuleFile, folder: Path) -> str:
    """What promtool has against a rule file; empty where it is right."""
    (folder / "rules.yaml").write_text(_yaml(rules))
    with Running([find().path, "check", "rules", "--lint-fatal", "rules.yaml"], folder, 60) as running:
        answer = running.answer()
    return "" if answer.passed else answer.text


def rule_file(groups: Iterable[RuleGroup]) -> RuleFile:
    """The groups as a rule file."""
    return to_rule_file(groups)


def firing(alerts: Iterable[str], at: str, *, fires: bool, during: str = "") -> dict[str, Any]:
    """A check for `promql_expr_test`: any of the alerts fires at the time, or did `during` the span before it."""
    series = f'ALERTS{{alertname=~"{"|".join(alerts)}", alertstate="firing"}}'
    seen = f"count_over_time({series}[{during}])" if during else series
    return holds(f"(count({seen}) > bool 0) or vector(0)", at, fires=fires)


def holds(expr: str, at: str, *, fires: bool = True) -> dict[str, Any]:
    """A check for `promql_expr_test`: a comparison with `bool` and no labels is true, or is not."""
    return {"expr": expr, "eval_time": at, "exp_samples": [{"labels": "{}", "value": int(fires)}]}


def _yaml(content: Mapping[str, Any]) -> str:
    return str(yaml.dump(dict(content), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=1000))
