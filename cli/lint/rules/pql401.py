"""PQL401: seconds and bytes are added up."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Binary
from queries.known import Known
from queries.unit import SECONDS, TIMESTAMP

#: What the algebra lets pass: a point in time and a length of it.
TIME = frozenset({TIMESTAMP.dimension, SECONDS.dimension})


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Binary) or node.op not in ("+", "-"):
        return
    left, right = known.parts
    mine, its = left.unit, right.unit
    if mine is None or its is None or mine == its or {mine.dimension, its.dimension} <= TIME:
        return
    if left.value is None and right.value is None and mine.has_a_name and its.has_a_name:
        yield Fault(f"{mine} {node.op} {its}: two units in one sum", known, "bring both sides to one unit")


RULE = Rule(
    id="PQL401",
    title="different units added",
    severity=Severity.WARNING,
    why="""Prometheus adds any two numbers. Seconds plus bytes, or a ratio minus a percentage, is a value that means
    nothing, and it looks as plausible on the page as a right one.""",
    wrong=Example("sum(gpu_memory_used_bytes) + sum(queue_depth)"),
    right=Example("sum(gpu_memory_total_bytes) - sum(gpu_memory_used_bytes)"),
    nodes=(Binary,),
    of_node=_of_node,
)
