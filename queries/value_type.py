"""What PromQL calls the value of an expression: vector, matrix, scalar or string."""

from queries.expr import (
    Aggregate,
    Binary,
    Call,
    Expr,
    Minus,
    Number,
    Select,
    Subquery,
    Text,
    Variable,
    Window,
)

_SCALARS = frozenset({"time", "pi", "scalar"})
_TYPES: dict[type, str] = {
    Select: "vector",
    Aggregate: "vector",
    Number: "scalar",
    Text: "string",
    Window: "matrix",
    Subquery: "matrix",
    Variable: "?",
}


def type_of(expr: Expr) -> str:
    """What PromQL calls it: vector, matrix, scalar or string; "?" where a variable decides."""
    known = _TYPES.get(type(expr))
    if known is not None:
        return known
    match expr:
        case Minus(of):
            return type_of(of)
        case Call(function) if function in _SCALARS:
            return "scalar"
        case Binary(left=left, right=right):
            sides = {type_of(left), type_of(right)}
            return "vector" if "vector" in sides else "?" if "?" in sides else "scalar"
        case _:
            return "vector"
