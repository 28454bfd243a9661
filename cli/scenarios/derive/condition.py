"""What an alert's expression asks: alternatives, each of tests that must all hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from cli.scenarios.derive.unsolved import Unsolved
from queries.expr import COMPARISONS, Aggregate, Binary, Call, Expr, Minus, Number, Select, Window, children, walk
from queries.value_type import type_of

#: The same comparison with its sides changed.
TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">=", "==": "==", "!=": "!="}
#: So many alternatives, or tests of one, are tried.
MOST = 16
#: Functions that change no digit.
EXACT = frozenset({"min_over_time", "max_over_time", "last_over_time", "abs"})
#: What holds for one number alone, or for all but one.
EQUALITIES = frozenset({"==", "!="})
#: The comparison that holds where this one does not.
OPPOSITE = {">": "<=", "<": ">=", ">=": "<", "<=": ">", "==": "!=", "!=": "=="}


@dataclass(frozen=True, slots=True)
class Test:
    """A number and its limit.

    Attributes:
        expr: holds where it has a series.
        judged: the number; `limit` what it is compared with, a number or another series.
        compared: the two as they stand there.
    """

    expr: Expr
    judged: Expr
    op: str
    limit: Expr
    compared: Binary


@dataclass(frozen=True, slots=True)
class Presence:
    """Something has, or with `absent` has not, a series."""

    expr: Expr
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Never:
    """None of these alternatives may hold: what stands behind `unless`."""

    expr: Expr
    alternatives: tuple[tuple[Clause, ...], ...]


Clause: TypeAlias = "Test | Presence | Never"
Alternative: TypeAlias = tuple[Clause, ...]


def alternatives(expr: Expr) -> tuple[Alternative, ...]:
    """In which ways an expression can have a series.

    Raises:
        Unsolved: in more than anybody would try.
    """
    match expr:
        case Binary("or", left, right):
            return _few((*alternatives(left), *alternatives(right)))
        case Binary("and", left, right):
            ones, others = alternatives(left), alternatives(right)
            return _few(tuple((*one, *other) for one in ones for other in others))
        case Binary("unless", left, right):
            never = Never(right, alternatives(right))
            return tuple((*one, never) for one in alternatives(left))
        case Binary(op) if op in COMPARISONS and not expr.returns_bool:
            return ((_test(expr, expr),),)
        case Call("absent" | "absent_over_time"):
            return ((Presence(expr, absent=True),),)
        case _:
            inner = next(_filters(expr), None)
            return ((Presence(expr),),) if inner is None else ((_test(expr, inner),),)


def _few(found: tuple[Alternative, ...]) -> tuple[Alternative, ...]:
    if len(found) > MOST or any(len(one) > MOST for one in found):
        raise Unsolved(f"it has more than {MOST} sides")
    return found


def _test(whole: Expr, compared: Binary) -> Test:
    left, right = compared.left, compared.right
    if type_of(left) == "scalar" and type_of(right) != "scalar":
        return Test(whole, right, TURNED[compared.op], left, compared)
    return Test(whole, left, compared.op, right, compared)


def _filters(expr: Expr) -> Iterator[Binary]:
    """The comparisons below that let only some series through, as far as one of them decides about all."""
    match expr:
        case Binary(op) if op in COMPARISONS and not expr.returns_bool:
            yield expr
        case Binary("or"):
            return
        case Binary() | Aggregate() | Minus() | Call():
            for child in children(expr):
                yield from _filters(child)
        case Select() | Number() | _:
            return


def is_exact(test: Test) -> bool:
    """Whether the number is its series' to the last digit, so that it can be at the limit and nowhere else."""
    return test.op not in EQUALITIES and isinstance(test.limit, Number) and _is_measured(test.judged)


def is_chance(test: Test) -> bool:
    """Whether it asks whether a number that is computed is equal to another: one sample less, and it is not."""
    return test.op in EQUALITIES and not _is_measured(test.judged)


def _is_measured(expr: Expr) -> bool:
    return all(
        isinstance(node, Select | Window)
        or (isinstance(node, Call) and node.function in EXACT)
        or (isinstance(node, Aggregate) and node.op in ("sum", "min", "max"))
        for node in walk(expr)
    )
