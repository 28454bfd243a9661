"""PQL301: a comparison of constants, an `or` branch that never counts, an alert that always fires."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import COMPARISONS, Binary
from queries.known import Known


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Binary):
        return
    left, right = known.parts
    if node.op in COMPARISONS:
        # a number alone is compared on purpose: `vector(1) == on () ...`; two of them decide nothing
        if left.value is not None and right.value is not None and not left.names and not right.names:
            yield Fault(f"both sides of {node.op} are constants, so it is always the same", known)
    elif node.op == "or" and node.matching is None and left.sure and _bare(left) and _bare(right):
        yield Fault(
            "what stands before this `or` always has a series, so that the right side never counts",
            right,
            "put the constant last",
        )
    if known is asked.known and asked.reader == "alert" and known.sure and node.op == "or":
        yield Fault(
            "this alert always fires: `or vector(...)` gives it a series when the condition is false",
            known,
            "leave out the vector(), or compare it too",
        )


def _bare(known: Known) -> bool:
    return not known.open and not known.labels


RULE = Rule(
    id="PQL301",
    title="a condition that is always the same",
    severity=Severity.WARNING,
    why="""`or vector(0)` means "show 0 while there is nothing". Behind it nothing else can count, and in an alert it is
    a series like any other, so that the alert fires for ever and people learn to look away. Two constants that are
    compared decide nothing at all.""",
    wrong=Example("sum(queue_depth) or vector(0) or sum(gpu_memory_used_bytes)"),
    right=Example("sum(queue_depth) or sum(gpu_memory_used_bytes) or vector(0)"),
    also=("pint promql/impossible",),
    nodes=(Binary,),
    of_node=_of_node,
)
