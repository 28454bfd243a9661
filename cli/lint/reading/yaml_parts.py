"""YAML's values and where each stands, from one pass over the events: no recursion, no copies, no bombs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cli.lint.reading.document import Node
from cli.lint.reading.source import Source
from cli.lint.reading.stops import Stops

#: How deeply lists and mappings may stand in each other; a dashboard needs some twenty.
DEEPEST = 200
#: For how many values aliases may stand in one file: a bomb has millions.
MOST_BY_ALIAS = 200_000
#: What plain words mean in YAML 1.2; `yes` and `on` are words, as rules mean them.
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
NUMERIC = frozenset("+-.0123456789")
INTEGER = re.compile(r"[-+]?[0-9]{1,300}")
#: What may stand before a value: its anchor and its tag.
PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")


class Part:
    """A value, where it stands, and its members.

    Attributes:
        size: how many values it is, those counted that its aliases stand for.
        key: of a mapping that is being read: the one whose value comes next.
        is_merged: whether `<<` brought it: what the mapping says itself counts more.
        named: where its own key begins; -1 where it has none of its own.
    """

    __slots__ = ("anchor", "is_merged", "key", "members", "named", "node", "size", "value")

    def __init__(self, value: Any, node: Node, members: Any = None, anchor: str | None = None) -> None:
        self.value, self.node, self.members, self.anchor = value, node, members, anchor
        self.size = 1
        self.key: Part | None = None
        self.is_merged = False
        self.named = -1

    def again(self, *, is_merged: bool = False) -> Part:
        """The same value at another place; it is written only once."""
        same = Part(self.value, self.node, self.members)
        same.size, same.is_merged = self.size, is_merged
        return same


class Reader:
    """The events of one text, document by document.

    Attributes:
        source: the text.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.open: list[Part] = []
        self.anchors: dict[str, Part] = {}
        self.by_alias = 0

    def roots(self, events: Iterator[Any]) -> Iterator[Part]:
        """The value of each document."""
        import yaml  # noqa: PLC0415 - who lints only dashboards pays nothing for it

        opening: dict[type, Any] = {yaml.MappingStartEvent: dict, yaml.SequenceStartEvent: list}
        closing = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
        for event in events:
            kind = type(event)
            if kind is yaml.ScalarEvent:
                part = self.scalar(event)
            elif kind in opening:
                self.opens(event, opening[kind])
                continue
            elif kind in closing:
                part = self.open.pop()
                part.node = Node(part.node.start, event.end_mark.index)
            elif kind is yaml.AliasEvent:
                part = self.alias(event)
            else:
                if kind is yaml.DocumentStartEvent:
                    self.anchors = {}
                continue
            if part.anchor:
                self.anchors[part.anchor] = part
            if self.open:
                self.put(part, self.open[-1])
            else:
                yield part

    def scalar(self, event: Any) -> Part:
        """A text, a number, a boolean or nothing."""
        node = self.node(event, event.style or "")
        value: Any = event.value
        if event.implicit[0] and not node.style:
            value = _resolved(value)
        return Part(value, node, anchor=event.anchor)

    def node(self, event: Any, style: str = "") -> Node:
        """Where a value stands, without its anchor and its tag."""
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor or event.tag:
            before = PROPERTIES.match(self.source.text, start)
            start = min(before.end(), end) if before else start
        return Node(start, end, style)

    def opens(self, event: Any, kind: type[dict[str, Any] | list[Any]]) -> None:
        """A list or a mapping begins."""
        node = self.node(event)
        if len(self.open) == DEEPEST:
            raise self.stop("it is nested too deeply to be read", node.start)
        self.open.append(Part(kind(), node, kind(), event.anchor))

    def alias(self, event: Any) -> Part:
        """What an alias stands for; only what is complete can be: a value never holds itself."""
        part = self.anchors.get(event.anchor)
        if part is None:
            raise self.stop(f"*{event.anchor} stands for nothing that is complete here", event.start_mark.index)
        self.by_alias += part.size
        if self.by_alias > MOST_BY_ALIAS:
            raise self.stop(f"aliases stand for more than {MOST_BY_ALIAS:,} values", event.start_mark.index)
        return part.again()

    def put(self, part: Part, parent: Part) -> None:
        """A member of the innermost list or mapping that is open."""
        parent.size += part.size
        if isinstance(parent.members, list):
            parent.members.append(part)
            parent.value.append(part.value)
        elif parent.key is None:
            if part.members is not None:
                raise self.stop("a list or a mapping is no key", part.node.start)
            parent.key = part
        else:
            key, parent.key = parent.key, None
            name = _name(key)
            if name == "<<" and not key.node.style:
                _merge(part, parent)
                return
            known = parent.members.get(name)
            if known is not None and not known.is_merged:
                raise self.stop(f"the key {name!r} stands here twice", key.node.start)
            part.named = key.node.start
            parent.members[name] = part
            parent.value[name] = part.value

    def stop(self, why: str, at: int) -> Stops:
        """The end of the reading, at a character of the text."""
        return Stops(why, *self.source.position(at))


def _resolved(word: str) -> Any:
    if word in WORDS:
        return WORDS[word]
    if word[0] not in NUMERIC:
        return word
    if INTEGER.fullmatch(word):
        return int(word)
    return float(word) if FLOAT.fullmatch(word) else word


def _merge(part: Part, parent: Part) -> None:
    """`<<: *defaults`, also a list of them: the first that says a key counts."""
    for other in part.members if isinstance(part.members, list) else (part,):
        for name, member in other.members.items() if isinstance(other.members, dict) else ():
            if name not in parent.members:
                parent.members[name] = member.again(is_merged=True)
                parent.value[name] = member.value


def _name(key: Part) -> str:
    """A key as a text: Prometheus and Grafana know no other."""
    if key.value is None:
        return "null"
    return str(key.value).lower() if isinstance(key.value, bool) else str(key.value)
