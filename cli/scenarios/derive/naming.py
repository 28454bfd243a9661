"""What scenarios are called."""

from __future__ import annotations

from cli.scenarios.derive.condition import Clause, Presence, Test
from queries.expr import Number
from queries.promql import number, to_promql

#: A name holds no more than this of an expression.
SHORT = 60


def sides(clause: Clause) -> tuple[str, str]:
    """What is the case when a clause holds, and when it just does not."""
    match clause:
        case Test(op=op, limit=Number(limit)) if op in ("==", "!="):
            return f"{op} {number(limit)}", f"not {op} {number(limit)}"
        case Test(limit=Number(limit)):
            return f"just beyond {number(limit)}", f"just inside {number(limit)}"
        case Test(limit=limit):
            return f"just beyond {short(to_promql(limit))}", f"just inside {short(to_promql(limit))}"
        case Presence(absent=True):
            return "it is gone", "it is there"
        case Presence():
            return "it is there", "it is not there"
        case _:
            return "not excused", "excused"


def short(text: str) -> str:
    """The beginning of a long text."""
    return text if len(text) <= SHORT else f"{text[: SHORT - 3]}..."
