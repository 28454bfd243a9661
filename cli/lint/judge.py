"""The rules about one expression: each asked about the nodes of its type, then about the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias, get_args

from cli.lint.asked import Asked
from cli.lint.rule import Fault, OfNode, OfQuery, Rule
from cli.lint.subject import Reader
from queries.expr import Call, Expr
from queries.known import Known

_NodeRules: TypeAlias = list[tuple[Rule, OfNode]]
#: With the nodes of which an expression must have one; none where that does not matter.
_QueryRules: TypeAlias = list[tuple[Rule, OfQuery, frozenset[type | str]]]


class Said(NamedTuple):
    """A rule and what it said."""

    rule: Rule
    fault: Fault


class Judge:
    """The rules, by what they look at, so that an expression meets only those that it concerns."""

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
        known, found = asked.known, list[Said]()
        nodes: set[type | str] = set()
        if known is not None:
            self._of_nodes(known, asked, nodes, found)
        by_reader = self.of_broken if known is None else self.of_whole if known.empty is None else self.of_empty
        for rule, of_query, wanted in by_reader[asked.reader]:
            if not wanted or not wanted.isdisjoint(nodes):
                for fault in of_query(asked):
                    found.append(Said(rule, fault))
        return found

    def _of_nodes(self, known: Known, asked: Asked, nodes: set[type | str], found: list[Said]) -> None:
        """Asks about each node, in the order of the text, and notes which types and functions there are."""
        left = [known]
        while left:
            one = left.pop()
            node, parts = one.node, one.parts
            kind = type(node)
            nodes.add(kind)
            rules = self.of_type.get(kind, ())
            if kind is Call:
                function: str = node.function  # type: ignore[union-attr] # the type was just looked at
                nodes.add(function)
                rules = self.of_function.get(function, rules)
            if rules:
                # what is wrong below makes the rest meaningless: one cause is told once
                dead = False
                for part in parts:
                    dead = dead or part.empty is not None
                for rule, of_node in rules:
                    if not dead or rule.even_if_empty:
                        for fault in of_node(one, asked):
                            found.append(Said(rule, fault))  # noqa: PERF401 - most say nothing: a list costs more
            left += parts[::-1]


def _by_reader(rules: Iterable[Rule]) -> Mapping[Reader, _QueryRules]:
    asked = [
        (rule, rule.of_query, frozenset(() if rule.of_node is not None else rule.nodes))
        for rule in rules
        if rule.of_query is not None
    ]
    return {reader: [one for one in asked if reader in (one[0].readers or (reader,))] for reader in get_args(Reader)}
