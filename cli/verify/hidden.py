"""What hides that nothing is there: a constant in its place, or a quotient of nothing by nothing."""

from __future__ import annotations

from collections.abc import Iterator

from cli.verify.cause import Ask
from queries.expr import Binary, Call, Expr, Number, walk
from queries.promql import to_promql


def stood_in_for(expr: Expr) -> Iterator[Expr]:
    """What a constant stands in for, where there is none of it: the left of `x or vector(0)`."""
    for node in walk(expr):
        if isinstance(node, Binary) and node.op == "or":
            match node.right:
                case Call("vector", (Number(),)):
                    yield node.left


def idle(expr: Expr, ask: Ask) -> str:
    """Why every value is NaN where nothing happened: what divides is 0, or nothing was observed; else empty."""
    for node in walk(expr):
        if isinstance(node, Binary) and node.op == "/" and not isinstance(node.right, Number):
            below = ask(to_promql(node.right)).samples
            if below and all(one.value == 0 for one in below):
                return f"no traffic yet: {_short(to_promql(node.right))} is 0"
        if isinstance(node, Call) and node.function == "histogram_quantile":
            buckets = ask(to_promql(node.args[1])).samples
            if buckets and all(one.value == 0 for one in buckets):
                return "no traffic yet: nothing was observed within the window"
    return ""


def _short(text: str, longest: int = 80) -> str:
    return text if len(text) <= longest else f"{text[: longest - 3]}..."
