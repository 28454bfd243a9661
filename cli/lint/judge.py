"""The rules about one expression: each asked about the nodes of its type, then about the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias, get_args

from cli.lint.asked import Asked
from cli.lint.rule import Fault, OfNode, OfQuery, Rule
from cli.lint.subject import Reader
from queries.expr import Call, Expr

_NodeRules: TypeAlias = list[tuple[Rule, OfNode]]
_QueryRules: TypeAlias = list[tuple[Rule, OfQuery]]


class Said(NamedTuple):
    """A rule and what it said."""

    rule: Rule
    fault: Fault


class Judge:
    """The rules, by what they look at, so that a node meets only those that it concerns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.of_type: dict[type[Expr], _NodeRules] = {}
        of_function: dict[str, _NodeRules] = {}
        for rule in rules:
            for node in rule.nodes if rule.of_node is not None else ():
                where = of_function if isinstance(node, str) else self.of_type
                where.setdefault(node, []).append((rule, rule.of_node))  # type: ignore[arg-type]
        of_every = self.of_type.get(Call, [])
        self.of_function = {name: [*of_every, *own] for name, own in of_function.items()}
        whole = [rule for rule in rules if not rule.even_if_broken]
        self.of_broken = _by_reader(rule for rule in rules if rule.even_if_broken)
        self.of_whole = _by_reader(whole)
        self.of_empty = _by_reader(rule for rule in whole if rule.even_if_empty)

    def judged(self, asked: Asked) -> list[Said]:
        """All that is said about an expression and its nodes."""
        known = asked.known
        found: list[Said] = []
        left = [] if known is None else [known]
        while left:
            one = left.pop()
            rules = self.of_node(one.node)
            if rules:
                # what is wrong below makes the rest meaningless: one cause is told once
                dead = [part for part in one.parts if part.empty is not None]
                for rule, of_node in rules:
                    if not dead or rule.even_if_empty:
                        for fault in of_node(one, asked):
                            found.append(Said(rule, fault))  # noqa: PERF401 - most say nothing: a list costs more
            left += one.parts[::-1]
        by_reader = self.of_broken if known is None else self.of_whole if known.empty is None else self.of_empty
        for rule, of_query in by_reader[asked.reader]:
            for fault in of_query(asked):
                found.append(Said(rule, fault))  # noqa: PERF401 - likewise
        return found

    def of_node(self, node: Expr) -> _NodeRules:
        """The rules about a node of its type; about a call also those of its function."""
        rules = self.of_function.get(node.function) if type(node) is Call else None
        return self.of_type.get(type(node), []) if rules is None else rules


def _by_reader(rules: Iterable[Rule]) -> Mapping[Reader, _QueryRules]:
    asked = [(rule, rule.of_query) for rule in rules if rule.of_query is not None]
    return {
        reader: [(rule, of_query) for rule, of_query in asked if reader in (rule.readers or (reader,))]
        for reader in get_args(Reader)
    }
