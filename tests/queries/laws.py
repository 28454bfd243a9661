"""How laws are judged: trees that are the same, every parenthesis written out, and each pair of them taken away."""

from collections.abc import Iterator
from dataclasses import replace

from hypothesis import HealthCheck, settings

from queries.expr import Binary, Expr, Minus, Select, Variable, rebuild
from queries.promql import to_promql
from queries.template import STRING

#: Trees are large: what they cost is the drawing.
LAW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def same(one: Expr, other: Expr) -> bool:
    """Equal trees; NaN is not itself, and -0.0 is 0.0, so their words are compared."""
    return repr(one) == repr(other)


def bare(expr: Expr) -> Expr:
    """The tree without what is known of its metrics, as text can hold it: what a parser finds."""
    return rebuild(expr, lambda node: replace(node, metric=None) if isinstance(node, Select) else node)


def explicit(expr: Expr) -> str:
    """The text with parentheses around every operation, whatever binds tighter."""
    holes: dict[str, str] = {}

    def hole(node: Expr) -> Expr:
        match node:
            case Binary() | Minus():
                name = f"$hole{len(holes)}"
                holes[name] = f"({_filled(to_promql(node), holes)})"
                return Variable(name)
            case _:
                return node

    return _filled(to_promql(rebuild(expr, hole)), holes)


def _filled(text: str, holes: dict[str, str]) -> str:
    for name, words in reversed(holes.items()):
        text = text.replace(name, words)
    return text


def fewer_parentheses(text: str) -> Iterator[str]:
    """The text again and again, each time without one pair of parentheses that holds something."""
    shown = [char for part in STRING.split(text) for char in _masked(part)]
    opened: list[int] = []
    for index, char in enumerate(shown):
        if char == "(":
            opened.append(index)
        elif char == ")":
            start = opened.pop()
            if index > start + 1:
                yield text[:start] + " " + text[start + 1 : index] + " " + text[index + 1 :]


def _masked(part: str) -> str:
    return "x" * len(part) if part.startswith('"') else part
