"""PQL510: the k largest series are other ones each time, and so are the alerts."""

from collections.abc import Iterator

from cli.lint.asked import Asked
from cli.lint.branches import branches, judged, unscaled
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import COMPARISONS, Aggregate, Binary
from queries.infer import PICKS
from queries.known import Known


def _of_query(asked: Asked) -> Faults:
    if asked.alert is None or asked.known is None:
        return
    for branch in branches(asked.known):
        for known in _kept(branch):
            node = known.node
            if isinstance(node, Aggregate) and node.op in PICKS and (known.labels or known.open):
                yield Fault(
                    f"{node.op}() picks other series each time, so the alerts come and go",
                    known,
                    "compare all series with a limit: the page can still show the largest ones",
                )


def _kept(branch: Known) -> Iterator[Known]:
    """The nodes whose series are those of the alert, from the condition down."""
    known = unscaled(judged(branch))
    while True:
        yield known
        node = known.node
        if not isinstance(node, Binary) or node.op not in COMPARISONS:
            return
        left, right = known.parts
        known = unscaled(judged(right if left.type == "scalar" else left))


RULE = Rule(
    id="PQL510",
    title="topk() in an alert",
    severity=Severity.WARNING,
    why="""topk() and its like keep a few series out of many, and which ones changes with each evaluation. A series
    that drops to the fourth place resolves its alert although nothing got better, and the `for` of the one that takes
    its place begins anew.""",
    wrong=Example("topk(3, queue_depth) > 100", reader="alert"),
    right=Example("sum by (shard) (queue_depth) > 100", reader="alert"),
    also=("pint promql/fragile",),
    readers=("alert",),
    of_query=_of_query,
)
