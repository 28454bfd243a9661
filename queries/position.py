"""Where each node of a tree stands in the text it was parsed from: the parser tells no positions, they are found again.

The text is cut into words, and the tree says what they are: a call is a name and brackets, an operation is cut at its
operator. Nothing here raises: a node that is not found stands at the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from queries.expr import Aggregate, Binary, Call, Expr, Match, Minus, Select, Subquery, Window, children
from queries.parse import NotPromQL, parse
from queries.promql import PRECEDENCE
from queries.template import STRING, VARIABLE

#: The way from the root to a node: which of the `children` at each step.
Path: TypeAlias = tuple[int, ...]
WORD = re.compile(
    rf"{STRING.pattern}|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)[eE][+-]\d[\d_]*|(?:{VARIABLE.pattern}|[\w:.])+|[=!<>]=|[=!]~|\S",
    re.DOTALL,
)
OPENING, CLOSING = ("(", "[", "{"), (")", "]", "}")
GROUPING = ("by", "without")
MATCHING = ("on", "ignoring", "group_left", "group_right")


class Span(NamedTuple):
    """A piece of a text, from its first character to the one behind its last."""

    start: int
    end: int


class Spans:
    """A text and its tree, laid upon each other; nodes are asked for by their way, as equal ones can be many.

    Only what lies on the way to a node that somebody asks for is looked for.
    """

    def __init__(self, text: str, expr: Expr) -> None:
        self._words = _Words(text)
        self._whole = Span(0, len(text))
        self._found: dict[Path, tuple[Expr, range]] = {}
        self._keep((), expr, range(len(self._words)))

    def _keep(self, path: Path, node: Expr, around: range) -> None:
        words = self._words.bare(around)
        if words:
            self._found[path] = node, words

    def _has(self, path: Path) -> bool:
        """Whether a node is found, after it was looked for."""
        for depth in range(len(path)):
            above = path[:depth]
            if above not in self._found:
                return False
            if path[: depth + 1] not in self._found:
                node, words = self._found[above]
                below, parts = children(node), self._words.parts(node, words)
                if len(below) != len(parts):
                    return False
                for index, around in enumerate(parts):
                    self._keep((*above, index), below[index], around)
        return path in self._found

    def at(self, path: Path) -> Span:
        """Where a node stands, without the brackets around it."""
        return self._words.span(self._found[path][1]) if self._has(path) else self._whole

    def match(self, path: Path, match: Match) -> Span:
        """Where one matcher of a selector stands; the selector where it is not to be found."""
        if self._has(path):
            for words in self._words.matchers(self._found[path][1]):
                start, end = self._words.span(words)
                if match in _matched(self._words.text[start:end]):
                    return Span(start, end)
        return self.at(path)

    def labels(self, path: Path) -> Span:
        """Where `by (...)`, `without (...)`, `on (...)` or `ignoring (...)` stands; the node where it has none."""
        words = self._words.labels(*self._found[path]) if self._has(path) else None
        return self._words.span(words) if words else self.at(path)


@lru_cache(maxsize=1)  # a long query may have hundreds of findings, one after the other
def spans(text: str, expr: Expr) -> Spans:
    """Where each node of the tree stands in the text that it was parsed from."""
    return Spans(text, expr)


def span_of(text: str, expr: Expr, path: Path, match: Match | None = None) -> Span:
    """Where one node of the tree stands, or one matcher of it."""
    found = spans(text, expr)
    return found.at(path) if match is None else found.match(path, match)


class _Words:
    """The words of a text: names, numbers, strings, operators, brackets; no blanks and no comments."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._found = [word for word in WORD.finditer(text) if not word[0].startswith("#")]
        #: In lower case, as keywords are compared.
        self._said = [word[0].lower() for word in self._found]
        #: Each opening bracket's closing one.
        self._partner: dict[int, int] = {}
        opened: list[int] = []
        for index, said in enumerate(self._said):
            if said in OPENING:
                opened.append(index)
            elif said in CLOSING and opened:
                self._partner[opened.pop()] = index

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, index: int) -> str:
        """The word in lower case; nothing beyond the last."""
        return self._said[index] if 0 <= index < len(self._said) else ""

    def span(self, words: range) -> Span:
        return Span(self._found[words.start].start(), self._found[words.stop - 1].end())

    def bare(self, words: range) -> range:
        """Without the parentheses around it, and without a plus before it, which means nothing."""
        while words:
            if self[words.start] == "+":
                words = words[1:]
            elif self[words.start] == "(" and self._partner.get(words.start) == words.stop - 1:
                words = words[1:-1]
            else:
                break
        return words

    def parts(self, node: Expr, words: range) -> list[range]:
        """The words of each node directly below; none where the tree does not fit."""
        match node:
            case Call():
                return self._separated(words.start + 1)
            case Aggregate():
                grouping = self.labels(node, words)
                before = grouping and grouping.start == words.start + 1
                return self._separated(grouping.stop if grouping and before else words.start + 1)
            case Binary(op=op):
                at = self._operator(op, words)
                return [] if at is None else [range(words.start, at), range(self._behind(at), words.stop)]
            case Minus():
                return [words[1:]]
            case Window() | Subquery():
                return [range(words.start, at) for at in self._outermost(words) if self[at] == "["][-1:]
            case _:
                return []

    def matchers(self, words: range) -> list[range]:
        """The words of each matcher of a selector."""
        return [part for at in self._outermost(words) if self[at] == "{" for part in self._separated(at)]

    def labels(self, node: Expr, words: range) -> range | None:
        """The words of the list of labels that says how a node groups or matches."""
        if isinstance(node, Binary):
            at = self._operator(node.op, words)
            places = [] if at is None else list(range(at + 1, self._behind(at)))
            keywords = MATCHING[:2]
        else:
            places, keywords = list(self._outermost(words))[1:], GROUPING
        found = (at for at in places if self[at] in keywords and at + 1 in self._partner)
        return next((range(at, self._partner[at + 1] + 1) for at in found), None)

    def _separated(self, opening: int) -> list[range]:
        """What stands between the commas of a pair of brackets."""
        if opening not in self._partner:
            return []
        inside = range(opening + 1, self._partner[opening])
        commas = [at for at in self._outermost(inside) if self[at] == ","]
        starts, ends = [inside.start, *(at + 1 for at in commas)], [*commas, inside.stop]
        return [range(start, end) for start, end in zip(starts, ends, strict=True)]

    def _outermost(self, words: range) -> Iterator[int]:
        """The words outside of all brackets, and the brackets that open there."""
        at = words.start
        while at < words.stop:
            yield at
            at = self._partner.get(at, at) + 1

    def _operator(self, op: str, words: range) -> int | None:
        """Where the operator stands that holds the words together least: the last one, of powers the first."""
        own = PRECEDENCE.get(op)
        found = [at for at in self._operators(words) if PRECEDENCE[self[at]] == own]
        at = (found or [-1])[0 if op == "^" else -1]
        return at if self[at] == op else None

    def _operators(self, words: range) -> Iterator[int]:
        """The operators between two operands; the same words can be names, and a sign is none."""
        operand, at = False, words.start
        while at < words.stop:
            word = self[at]
            if operand and word in PRECEDENCE:
                yield at
                operand, at = False, self._behind(at)
                continue
            if operand and word in ("offset", "@"):
                at += self[at + 1] in ("+", "-")
            elif word not in ("+", "-"):
                operand = True
            at = self._partner.get(at, at) + 1

    def _behind(self, operator: int) -> int:
        """Where the right operand of an operator begins: behind `bool`, `on (...)`, `group_left (...)`."""
        at = operator + 1
        while self[at] == "bool" or self[at] in MATCHING:
            labelled = self[at] in MATCHING
            at += 1
            if labelled and at in self._partner:
                at = self._partner[at] + 1
        return at


@lru_cache(maxsize=500)  # a house asks with a few of them only
def _matched(matcher: str) -> tuple[Match, ...]:
    """What a matcher says, read by the parser itself; a second one beside it lets it match nothing alone."""
    try:
        select = parse(f'{{{matcher}, _="_"}}')
    except NotPromQL:
        return ()
    return (*select.match, Match("__name__", "=", select.name)) if isinstance(select, Select) else ()
