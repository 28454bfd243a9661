"""Everything that can be wrong in an expression: one change at a time, each named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from queries.duration import milliseconds, spelled
from queries.expr import Aggregate, Binary, Call, Expr, Minus, Number, Select, Subquery, Window
from queries.promql import number

#: What was changed, and what it is now.
Change: TypeAlias = tuple[str, Expr]
OPERATORS = {
    ">": ("<", ">="),
    "<": (">", "<="),
    ">=": ("<=", ">"),
    "<=": (">=", "<"),
    "==": ("!=",),
    "!=": ("==",),
    "and": ("or", "unless"),
    "or": ("and",),
    "unless": ("and",),
    "/": ("*",),
    "*": ("/",),
    "+": ("-",),
    "-": ("+",),
}
FUNCTIONS = {"rate": ("increase",), "increase": ("rate",), "irate": ("rate",)}
AGGREGATIONS = {"sum": ("avg",), "avg": ("sum",), "max": ("min",), "min": ("max",), "count": ("sum",)}
INVERTED = {"=": "!=", "!=": "=", "=~": "!~", "!~": "=~"}
LIMITS = frozenset({">", "<", ">=", "<=", "==", "!="})


def changes(expr: Expr) -> Iterator[Change]:
    """Each way to change one thing of it, or of what is below."""
    yield from _own(expr)
    match expr:
        case Window(of):
            yield from ((what, replace(expr, of=one)) for what, one in changes(of) if isinstance(one, Select))
        case Subquery(of) | Minus(of):
            yield from ((what, replace(expr, of=one)) for what, one in changes(of))
        case Aggregate(of=of):
            yield from ((what, replace(expr, of=one)) for what, one in changes(of))
        case Call(args=args):
            for place, arg in enumerate(args):
                for what, one in changes(arg):
                    yield what, replace(expr, args=(*args[:place], one, *args[place + 1 :]))
        case Binary(left=left, right=right):
            yield from ((what, replace(expr, left=one)) for what, one in changes(left))
            yield from ((what, replace(expr, right=one)) for what, one in changes(right))
        case _:
            pass


def _own(expr: Expr) -> Iterator[Change]:  # noqa: PLR0912 - one branch for each kind of node
    """Each way to change the node itself."""
    match expr:
        case Binary(op=op, right=right):
            for other in OPERATORS.get(op, ()):
                matching = expr.matching if op not in ("/", "*") or other not in ("and", "or") else None
                yield f"{op} is {other}", replace(expr, op=other, matching=matching)
            if op in LIMITS and isinstance(right, Number):
                for step in (1, -1):
                    yield (
                        f"the limit {number(right.value)} by {step:+}",
                        replace(expr, right=Number(right.value + step)),
                    )
        case Number(value) if value:
            for factor in (0.9, 1.1, 2):
                yield f"{number(value)} times {factor}", Number(value * factor)
        case Aggregate(op=op, by=by):
            for label in by:
                yield f"{op} without the label {label}", replace(expr, by=tuple(one for one in by if one != label))
            for other in AGGREGATIONS.get(op, ()):
                yield f"{op} is {other}", replace(expr, op=other)
        case Window(span=span):
            for length in (milliseconds(span) * 2, milliseconds(span) // 2):
                yield f"[{span}] is [{spelled(length)}]", replace(expr, span=spelled(length))
        case Select(match=match, offset=offset):
            for one in match:
                rest = tuple(other for other in match if other is not one)
                yield f"{one.label}{one.op}{one.value!r} dropped", replace(expr, match=rest)
                turned = one._replace(op=INVERTED[one.op])  # type: ignore[arg-type] # another of the four
                yield f"{one.label}{one.op}{one.value!r} inverted", replace(expr, match=(*rest, turned))
            if offset:
                yield f"offset {offset} dropped", replace(expr, offset="")
        case Call(function=function):
            for name in FUNCTIONS.get(function, ()):
                yield f"{function}() is {name}()", replace(expr, function=name)
        case _:
            return
