"""PQL213: several series for one partner stop the query with an error."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import never_matches
from queries.expr import Aggregate, Binary, Number
from queries.inference.matching import SETS, partners
from queries.known import Known


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Binary) or node.op in SETS or node.matching is None or never_matches(known):
        return
    left, right = known.parts
    if "scalar" in (left.type, right.type):
        return
    found, group = partners(node, left, right), node.matching.group
    for side, its, many in ((left, "left", group == "left"), (right, "right", group == "right")):
        # whoever copies a label says that there is one value of it for each partner
        key = found.key(side).union(node.matching.include)
        more = sorted(label for label in side.labels - key if side.varies(label) and "$" not in label)
        if more and not many and not side.open and not _is_one_of_each(side, key):
            listed = ", ".join(more)
            yield Fault(
                f"the {its} side can have several series for one partner, they differ in {listed}",
                known,
                f"aggregate {listed} away on the {its}" + ("" if group else f", or say group_{its}"),
            )


def _is_one_of_each(side: Known, key: frozenset[str]) -> bool:
    """Whether `topk by (...) (1, ...)` leaves one series for each partner."""
    node = side.node
    if not isinstance(node, Aggregate) or node.op not in ("topk", "bottomk", "limitk") or node.param != Number(1):
        return False
    return not node.without and key.issuperset(node.by)


RULE = Rule(
    id="PQL213",
    title="several series for one partner",
    severity=Severity.WARNING,
    why="""With `on (...)` or `ignoring (...)` Prometheus wants at most one series of each side for each group. The
    second replica, model or GPU makes two, and from that minute the whole query fails with "many-to-many matching not
    allowed": the panel shows an error, and the rule is not evaluated at all.""",
    wrong=Example("gpu_memory_used_bytes / ignoring (device) gpu_memory_total_bytes"),
    right=Example("gpu_memory_used_bytes / on (job, instance, device) gpu_memory_total_bytes"),
    nodes=(Binary,),
    of_node=_of_node,
)
