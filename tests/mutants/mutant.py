"""One rule of a built file with one thing wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cli.scenarios.rules import Rules
from queries.duration import milliseconds, spelled
from queries.parse import parse
from queries.promql import to_promql
from tests.mutants.expressions import changes

#: Objectives are written by one function, in the same words with other names: those of one service stand for all.
OBJECTIVE, FIRST = "_objective", "ai_api_"


@dataclass(frozen=True)
class Mutant:
    """A rule file in which one rule is wrong.

    Attributes:
        rule: its name.
        what: what is wrong with it.
        rules: the file.
        records: whether the rule is a recording.
    """

    rule: str
    what: str
    rules: Rules
    records: bool = False

    @property
    def name(self) -> str:
        """Both, on one line."""
        return f"{self.rule}: {self.what}"


def mutants(rules: Rules) -> Iterator[Mutant]:
    """Every way to make one rule of a file wrong."""
    for group, held in enumerate(rules.groups):
        if held["name"].endswith(OBJECTIVE) and not held["name"].startswith(FIRST):
            continue
        for place, rule in enumerate(held["rules"]):
            name = rule.get("alert", rule.get("record"))
            for what, changed in _wrong(rule):
                its = [*held["rules"][:place], changed, *held["rules"][place + 1 :]]
                groups = [*rules.groups[:group], {**held, "rules": its}, *rules.groups[group + 1 :]]
                yield Mutant(name, what, Rules(rules.file, groups), "record" in rule)


def _wrong(rule: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    seen = {to_promql(parse(rule["expr"]))}
    often: Counter[str] = Counter()
    for what, expr in changes(parse(rule["expr"])):
        text = to_promql(expr)
        often[what] += 1
        if text not in seen:
            seen.add(text)
            yield f"{what} ({often[what]})" if often[what] > 1 else what, {**rule, "expr": text}
    for label, value in rule.get("labels", {}).items():
        rest = {name: other for name, other in rule["labels"].items() if name != label}
        yield f"its label {label} dropped", {**rule, "labels": rest}
        yield f"its label {label} changed", {**rule, "labels": {**rest, label: f"not-{value}"}}
    for field in ("for", "keep_firing_for"):
        if field in rule:
            length = milliseconds(rule[field])
            yield f"{field} dropped", {key: value for key, value in rule.items() if key != field}
            for other in (length * 2, length // 2):
                yield f"{field} {rule[field]} is {spelled(other)}", {**rule, field: spelled(other)}
