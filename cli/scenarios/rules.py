"""Rule files as promtool reads them: each content once, and of it only what the alerts of a scenario depend on."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import orjson

from cli.lint.reading.members import mapping, objects
from cli.lint.reading.running import as_written, is_running
from cli.lint.spot import Document, Path
from cli.lint.subject import Alert, Group, Recording
from cli.scenarios.verbatim import at, scalar

#: What only an operator reads of a group.
FOREIGN = ("partial_response_strategy",)
_NAME = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")
#: A selector that names no metric: it may mean any recording.
_NAMELESS = re.compile(r"(?:^|[^\w:\s]|\b(?:and|or|unless|bool|atan2)\b)\s*\{|__name__|\bALERTS")


@dataclass(frozen=True, eq=False)
class Rules:
    """One rule file.

    Attributes:
        file: as the person named it.
        groups: what it says, each text as it is written there.
        text: all of it as it is written; None where it is wrapped in something that promtool does not read.
        read: the groups as they were read, in the same order.
    """

    file: str
    groups: Sequence[Mapping[str, Any]]
    text: str | None = None
    read: Sequence[Group] = field(default=(), repr=False)

    @cached_property
    def alerts(self) -> frozenset[str]:
        """The names of its alerts."""
        return frozenset(rule["alert"] for rule in self._rules() if "alert" in rule)

    @cached_property
    def records(self) -> frozenset[str]:
        """The names of its recordings."""
        return frozenset(rule["record"] for rule in self._rules() if "record" in rule)

    @cached_property
    def content(self) -> bytes:
        """All of it, as promtool reads it."""
        return orjson.dumps({"groups": self.groups}) if self.text is None else self.text.encode()

    def rule(self, alert: str) -> Mapping[str, Any]:
        """The first rule of that name."""
        return self.named(alert)[0]

    def named(self, alert: str) -> list[Mapping[str, Any]]:
        """Every rule of that name."""
        return [rule for rule in self._rules() if rule.get("alert") == alert]

    def only(self, wanted: Collection[str]) -> bytes:
        """A rule file with those rules alone, their groups and their order kept."""
        kept = [
            {**group, "rules": [rule for rule in group["rules"] if rule.get("alert", rule.get("record")) in wanted]}
            for group in self.groups
        ]
        return orjson.dumps({"groups": [group for group in kept if group["rules"]]})

    def expressions(self) -> Iterator[tuple[str, str]]:
        """Each rule's name, and its expression."""
        for rule in self._rules():
            yield rule.get("alert", rule.get("record", "")), rule.get("expr", "")

    def _rules(self) -> Iterator[Mapping[str, Any]]:
        return (rule for group in self.groups for rule in group["rules"])


def needed(rules: Iterable[Rules], names: Iterable[str]) -> frozenset[str] | None:
    """The rules that those of these names depend on, themselves among them; None for all that there are.

    A name that only looks like one of theirs costs time and changes nothing.
    """
    known: dict[str, list[str]] = {}
    for one in rules:
        for name, expr in one.expressions():
            known.setdefault(name, []).append(expr)
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name in found or name not in known:
            continue
        found.add(name)
        for expr in known[name]:
            if _NAMELESS.search(expr):
                return None
            left += _NAME.findall(expr)
    return frozenset(found)


def words(expr: str) -> list[str] | None:
    """The names that an expression may mean; None for any."""
    return None if _NAMELESS.search(expr) else _NAME.findall(expr)


def of_groups(groups: Iterable[Group]) -> list[Rules]:
    """The rule files that groups were read from, in their order; those of Grafana's own are none."""
    by_file: dict[str, list[Group]] = {}
    for group in groups:
        if not group.managed and group.rules and all(one.language == "promql" for one in group.rules):
            by_file.setdefault(group.spot.document.file, []).append(group)
    return [_rules(file, held) for file, held in by_file.items()]


def _rules(file: str, groups: list[Group]) -> Rules:
    documents = {id(one.spot.document): one.spot.document for one in groups}
    plain = len(documents) == 1 and all(len(one.spot.path) == 2 and one.spot.path[0] == "groups" for one in groups)  # noqa: PLR2004 - ("groups", 0)
    said = [_written(one.spot.document, one.spot.path) for one in groups]
    plain = plain and not any(is_running(at(one.spot.document.value, one.spot.path)) for one in groups)
    if not plain:
        said = [{key: value for key, value in one.items() if key not in FOREIGN} for one in said]
    return Rules(file, said, groups[0].spot.document.text if plain else None, [_verbatim(one) for one in groups])


def _verbatim(group: Group) -> Group:
    """The group with its labels as Prometheus reads them."""
    return group._replace(rules=tuple(one._replace(labels=dict(_labels(one))) for one in group.rules))


def _labels(rule: Alert | Recording) -> Iterator[tuple[str, str]]:
    for name, value in mapping(rule.json, "labels").items():
        yield name, scalar(rule.spot.document, (*rule.spot.path, "labels", name), value)


def _written(document: Document, path: Path) -> dict[str, Any]:
    """The group, its rules' words as they stand there: to Prometheus 007 is a text."""
    group: dict[str, Any] = dict(at(document.value, path))
    if is_running(group):
        return as_written(group)
    group["rules"] = [_rule(document, (*path, "rules", index)) for index, _ in objects(group, "rules")]
    return group


def _rule(document: Document, path: Path) -> dict[str, Any]:
    rule: dict[str, Any] = dict(at(document.value, path))
    for key, value in rule.items():
        if isinstance(value, dict):
            rule[key] = {name: scalar(document, (*path, key, name), one) for name, one in value.items()}
        else:
            rule[key] = scalar(document, (*path, key), value)
    return rule
