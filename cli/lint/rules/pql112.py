"""PQL112: a sum over all buckets, which counts each observation once for each bucket that holds it."""

from cli.lint.around import is_in_call
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Binary, Call, Number, Select
from queries.known import Known

BUCKETS = frozenset({"bucket", "bucket rate", "bucket increase"})


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Aggregate) or node.op != "sum" or known.can_have("le"):
        return
    of = known.parts[-1]
    if of.kind in BUCKETS:
        sure = of.series is not None and not of.series.of.recorded and of.varies("le")
    elif of.kind or not _are_buckets(of):
        return
    else:
        sure = False
    if _is_pinned(of) or _is_decided(node) or is_in_call(asked, known, "histogram_quantile", "histogram_fraction"):
        return
    presence = _is_asked_for_any(asked, known)
    name = of.names[0]
    yield Fault(
        f"sum() over every bucket of {name} counts each observation many times",
        known,
        f"{name.removesuffix('_bucket')}_count counts them once; for a heatmap keep le: sum by (le)",
        severity=Severity.INFO if presence else None if sure else Severity.WARNING,
    )


def _are_buckets(of: Known) -> bool:
    """The rate of series whose names say that they are buckets."""
    node = of.node
    rate = isinstance(node, Call) and node.function in ("rate", "irate", "increase")
    return rate and bool(of.names) and all(name.endswith("_bucket") for name in of.names)


def _is_pinned(of: Known) -> bool:
    """Whether matchers choose some of the buckets."""
    return any(
        match.label == "le" and (match.op == "=" or (match.op == "=~" and len(of.values.get("le", ("",))) == 1))
        for one in of.walk()
        if isinstance(one.node, Select)
        for match in one.node.match
    )


def _is_decided(node: Aggregate) -> bool:
    """Whether a variable says what is kept."""
    return any("$" in label or "[[" in label for label in node.by)


def _is_asked_for_any(asked: Asked, known: Known) -> bool:
    """Whether it is compared with zero, as too much of something is still something, or only has to be there."""
    for above in asked.above(known)[:1]:
        node = above.node
        if isinstance(node, Binary):
            return Number(0) in (node.left, node.right) or (node.op in ("and", "unless") and above.parts[1] is known)
    return False


RULE = Rule(
    id="PQL112",
    title="a sum over all buckets",
    severity=Severity.ERROR,
    why="""The buckets of a classic histogram are cumulative: what took 0.2 s is in the bucket up to 0.5 s, up to 1 s
    and in every larger one. Added up without le, each request counts as often as there are buckets that hold it; a
    panel said 84 requests per second where there were 13.""",
    wrong=Example("sum by (handler) (rate(http_request_duration_seconds_bucket[5m]))"),
    right=Example("sum by (handler) (rate(http_request_duration_seconds_count[5m]))"),
    nodes=(Aggregate,),
    of_node=_of_node,
)
