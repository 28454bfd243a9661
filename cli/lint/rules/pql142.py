"""PQL142: a sum of ratios."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Binary
from queries.known import Known

FLOWS = frozenset({"rate", "increase"})


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Aggregate) or node.op not in ("avg", "sum"):
        return
    of = known.parts[-1]
    if of.kind != "ratio" or not isinstance(of.node, Binary) or of.node.op != "/":
        return
    if not of.open and of.labels <= known.labels:
        return
    flows = {part.kind for part in of.parts} <= FLOWS
    # parts of one whole can be added up, and levels have a mean
    shares = of.node.matching is not None and of.node.matching.group
    if node.op == "avg" and not flows:
        return
    yield Fault(
        f"{node.op}() of ratios gives each of them the same weight, however much it is a ratio of",
        known,
        "divide the sums: sum(...) / sum(...)",
        severity=Severity.INFO if node.op == "avg" or shares else None,
    )


RULE = Rule(
    id="PQL142",
    title="a sum of ratios",
    severity=Severity.WARNING,
    why="""Ten replicas with 1 % errors each do not have 10 %. Ratios are not added, and their mean lets an idle
    replica weigh as much as the busiest; the ratio of the sums is what the users meet.""",
    wrong=Example("sum(gpu_memory_used_bytes / gpu_memory_total_bytes)"),
    right=Example("sum(gpu_memory_used_bytes) / sum(gpu_memory_total_bytes)"),
    nodes=(Aggregate,),
    of_node=_of_node,
)
