"""The door to promtool: many unit tests of rules in one process, and the check of a rule file."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from queries import RuleGroup
from queries.rulefile import to_rule_file

PROMTOOL = shutil.which("promtool")
NEEDS_PROMTOOL = pytest.mark.skipif(PROMTOOL is None, reason="no promtool on PATH: apt-get install prometheus")
TOLD = "Unit Testing:  "
#: libyaml where PyYAML was built with it: ten times as fast.
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

RuleFile = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """One unit test of rules.

    Attributes:
        name: unique among those that run together.
        rules: the rule file it loads.
        test: an entry of promtool's `tests:`; its rules are evaluated at the interval of its samples.
    """

    name: str
    rules: RuleFile
    test: Mapping[str, Any]


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
        test = {"rule_files": [path], "evaluation_interval": case.test["interval"], "tests": [dict(case.test)]}
        (folder / f"test{number}.yaml").write_text(_yaml(test))
        tests[f"test{number}.yaml"] = case.name
    faults: dict[str, str] = {}
    for part in _told(list(tests), folder):
        file, _, verdict = part.partition("\n")
        faults[tests[file.strip()]] = "" if verdict.strip() == "SUCCESS" else verdict.strip()
    if set(faults) != set(tests.values()):
        raise ValueError(f"promtool said nothing of {sorted(set(tests.values()) - set(faults))}")
    return faults


def check(rules: RuleFile, folder: Path) -> str:
    """What promtool has against a rule file; empty where it is right."""
    (folder / "rules.yaml").write_text(_yaml(rules))
    done = _promtool("check", "rules", "--lint-fatal", "rules.yaml", folder=folder)
    return done.stdout if done.returncode else ""


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


def _told(files: list[str], folder: Path) -> list[str]:
    """What is said of each file, its name first; half of the files in each of two processes."""
    halves = [half for half in (files[::2], files[1::2]) if half]
    running = [_start("test", "rules", *half, folder=folder) for half in halves]
    return [part for one in running for part in one.communicate()[0].split(TOLD)[1:]]


def _start(*words: str, folder: Path) -> "subprocess.Popen[str]":
    assert PROMTOOL is not None
    env = {**os.environ, "TZ": "UTC"}
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen([PROMTOOL, *words], cwd=folder, env=env, text=True, **streams)  # noqa: S603 - our own words


def _promtool(*words: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    running = _start(*words, folder=folder)
    told = running.communicate()[0]
    return subprocess.CompletedProcess(words, running.returncode, told)


def _yaml(content: Mapping[str, Any]) -> str:
    return str(yaml.dump(dict(content), Dumper=Dumper, sort_keys=False, allow_unicode=True, width=1000))
