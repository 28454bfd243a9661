"""The rules about expressions: each asked about the nodes of its type, then about the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias, get_args

from cli.lint.asked import Asked
from cli.lint.rule import Fault, OfQuery, Rule
from cli.lint.subject import Reader
from queries.expr import Call
from queries.known import Known

#: Types of nodes, and functions that are called.
_Nodes: TypeAlias = AbstractSet[type | str]
#: With the nodes of which an expression must have one; none where that does not matter.
_QueryRules: TypeAlias = list[tuple[Rule, OfQuery, _Nodes]]
NO_NODES: _Nodes = frozenset()


class Said(NamedTuple):
    """An expression, and what a rule said of it."""

    asked: Asked
    rule: Rule
    fault: Fault


class Judge:
    """The rules, by what they look at, so that an expression meets only those that it concerns."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.of_node = [(rule, rule.of_node) for rule in rules if rule.of_node is not None]
        of_type: dict[type | str, list[int]] = {}
        for number, (rule, _) in enumerate(self.of_node):
            for node in rule.nodes:
                of_type.setdefault(node, []).append(number)
        of_every = of_type.get(Call, [])
        #: Where they stand in `of_node`, by the type of a node or the function that it calls.
        self.of_type = {node: [*of_every, *own] if isinstance(node, str) else own for node, own in of_type.items()}
        whole = [rule for rule in rules if not rule.even_if_broken]
        self.of_broken = _by_reader(rule for rule in rules if rule.even_if_broken)
        self.of_whole = _by_reader(whole)
        self.of_empty = _by_reader(rule for rule in whole if rule.even_if_empty)

    def judged(self, batch: Sequence[Asked]) -> list[Said]:
        """All that is said about these expressions and their nodes, expression by expression.

        Each step, and each rule, goes over all of them: what it needs is then in the processor's cache for the next.
        """
        found: list[Said] = []
        meetings: list[list[tuple[Known, Asked]]] = [[] for _ in self.of_node]
        by_rules: dict[int, tuple[_QueryRules, list[tuple[Asked, _Nodes]]]] = {}
        for asked, known in zip(batch, [asked.known for asked in batch], strict=True):
            nodes = self._nodes(known, asked, meetings) if known is not None else NO_NODES
            by_reader = self.of_broken if known is None else self.of_whole if known.empty is None else self.of_empty
            rules = by_reader[asked.reader]
            by_rules.setdefault(id(rules), (rules, []))[1].append((asked, nodes))
        for (rule, of_node), meeting in zip(self.of_node, meetings, strict=True):
            for one, asked in meeting:
                for fault in of_node(one, asked):
                    found.append(Said(asked, rule, fault))  # noqa: PERF401 - most say nothing: a list costs more
        for rules, every in by_rules.values():
            for rule, of_query, wanted in rules:
                for asked, nodes in every:
                    if not wanted or not wanted.isdisjoint(nodes):
                        for fault in of_query(asked):
                            found.append(Said(asked, rule, fault))  # noqa: PERF401 - as above
        place = {id(asked): number for number, asked in enumerate(batch)}
        return sorted(found, key=lambda said: place[id(said.asked)])

    def _nodes(self, known: Known, asked: Asked, meetings: Sequence[list[tuple[Known, Asked]]]) -> _Nodes:
        """Which types and functions there are; each node, in the order of the text, is to meet the rules about it."""
        nodes: set[type | str] = set()
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
                rules = self.of_type.get(function, rules)
            if rules:
                # what is wrong below makes the rest meaningless: one cause is told once
                dead = False
                for part in parts:
                    dead = dead or part.empty is not None
                for number in rules:
                    if not dead or self.of_node[number][0].even_if_empty:
                        meetings[number].append((one, asked))
            left += parts[::-1]
        return nodes


def _by_reader(rules: Iterable[Rule]) -> Mapping[Reader, _QueryRules]:
    asked = [
        (rule, rule.of_query, frozenset(() if rule.of_node is not None else rule.nodes))
        for rule in rules
        if rule.of_query is not None
    ]
    return {reader: [one for one in asked if reader in (one[0].readers or (reader,))] for reader in get_args(Reader)}
