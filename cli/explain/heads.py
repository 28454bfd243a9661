"""A node's own text, without what stands below it: `sum by (handler)`, `> 20`, `rate`."""

from __future__ import annotations

from queries.expr import Aggregate, Binary, Call, Expr, Minus, Number, Select, Subquery, Text, Variable, Window
from queries.known import Known
from queries.promql import ON_DASHBOARD, to_promql

LEFT_OUT = "..."


def head(known: Known) -> str:
    """The text of one node."""
    node = known.node
    match node:
        case Select() | Window() | Number() | Text() | Variable():
            return to_promql(node, ON_DASHBOARD)
        case Subquery():
            return _without_expression(to_promql(Subquery(NOTHING, node.span, node.step, node.offset, node.at)))
        case Call(function, args):
            return f"{function}({', '.join(map(_argument, args))})"
        case Aggregate():
            return _aggregate(node)
        case Binary(op):
            return _binary(node, op)
        case Minus():
            return "-"
    raise TypeError(node)


def below(known: Known) -> tuple[Known, ...]:
    """The nodes that have lines of their own; a window and its selector are one line."""
    if isinstance(known.node, Window):
        return ()
    return tuple(part for part in known.parts if not is_inline(part.node))


def is_inline(node: Expr) -> bool:
    """Whether it is short and plain enough to stand in its parent's line: a number, a text, `time()`."""
    match node:
        case Number() | Text() | Variable():
            return True
        case Call(_, args):
            return not args
        case Minus(of):
            return is_inline(of)
        case Binary(_, left, right):
            return is_inline(left) and is_inline(right)
    return False


NOTHING = Select("x")


def _without_expression(text: str) -> str:
    return text.removeprefix("x")


def _argument(node: Expr) -> str:
    return to_promql(node, ON_DASHBOARD) if is_inline(node) else LEFT_OUT


def _aggregate(node: Aggregate) -> str:
    param = "" if node.param is None else f"({_argument(node.param)}, {LEFT_OUT})"
    text = to_promql(Aggregate(node.op, NOTHING, node.by, node.without), ON_DASHBOARD)
    kept = text.removeprefix(node.op).removesuffix("(x)").rstrip()
    return f"{node.op}{param}{kept}"


def _binary(node: Binary, op: str) -> str:
    text = to_promql(Binary(op, NOTHING, NOTHING, node.matching, node.returns_bool), ON_DASHBOARD)
    sign = text.removeprefix("x ").removesuffix(" x")
    left = f"{_operand(node.left)} " if is_inline(node.left) else ""
    right = f" {_operand(node.right)}" if is_inline(node.right) else ""
    return f"{left}{sign}{right}"


def _operand(node: Expr) -> str:
    text = to_promql(node, ON_DASHBOARD)
    return f"({text})" if isinstance(node, Binary) else text
