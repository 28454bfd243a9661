"""The rules about one expression: each asked about the nodes of its type, then about the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from cli.lint.asked import Asked
from cli.lint.rule import Fault, Faults, OfNode, OfQuery, Rule
from queries.expr import Call, Expr

_NodeRules: TypeAlias = list[tuple[Rule, OfNode]]


class Said(NamedTuple):
    """A rule and what it said."""

    rule: Rule
    fault: Fault


class Judge:
    """The rules, by what they look at, so that a node meets only those that it concerns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.of_type: dict[type[Expr], _NodeRules] = {}
        self.of_function: dict[str, _NodeRules] = {}
        for rule in rules:
            for node in rule.nodes if rule.of_node is not None else ():
                where = self.of_function if isinstance(node, str) else self.of_type
                where.setdefault(node, []).append((rule, rule.of_node))  # type: ignore[arg-type]
        whole = [(rule, rule.of_query) for rule in rules if rule.of_query is not None]
        self.of_broken: list[tuple[Rule, OfQuery]] = [one for one in whole if one[0].even_if_broken]
        self.of_whole: list[tuple[Rule, OfQuery]] = [one for one in whole if not one[0].even_if_broken]
        self.of_empty = [one for one in self.of_whole if one[0].even_if_empty]

    def judged(self, asked: Asked) -> Iterator[Said]:
        """All that is said about an expression and its nodes."""
        known = asked.known
        if known is None:
            yield from _all(self.of_broken, asked)
            return
        left = [known]
        while left:
            one = left.pop()
            kind = type(one.node)
            rules = self.of_type.get(kind, [])
            if kind is Call:
                mine = self.of_function.get(one.node.function)  # type: ignore[union-attr]
                rules = rules if mine is None else [*rules, *mine]
            if rules:
                # what is wrong below makes the rest meaningless: one cause is told once
                dead = any(part.empty is not None for part in one.parts)
                for rule, look in rules:
                    if not dead or rule.even_if_empty:
                        for fault in look(one, asked):
                            yield Said(rule, fault)
            left += reversed(one.parts)
        yield from _all(self.of_whole if known.empty is None else self.of_empty, asked)


def _all(rules: list[tuple[Rule, Callable[[Asked], Faults]]], asked: Asked) -> Iterator[Said]:
    for rule, look in rules:
        for fault in look(asked):
            yield Said(rule, fault)
