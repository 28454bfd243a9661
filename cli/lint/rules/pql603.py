"""PQL603: one big number, and many series."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.legend import AUTOMATIC, ONE_NUMBER, settled, unnamed
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel
from queries.expr import Aggregate, Expr, walk


def _of_query(asked: Asked) -> Faults:
    known, target = asked.known, asked.target
    if target is None or known is None or asked.panel is None or asked.panel.kind not in ONE_NUMBER:
        return
    if target.legend not in AUTOMATIC or not settled(known) or asked.panel.transformed:
        return
    own, _ = unnamed(asked, known, "")
    # a tile for each of them is what `by` asks for
    if own and not {*own} <= {label for node in walk(known.node) for label in _by(node)}:
        yield Fault(
            f"a {asked.panel.kind} of many series: there is a tile for each {', '.join(own)}, and no legend names it",
            hint="aggregate to one number, or say which tile is which: legendFormat",
        )


def _by(node: Expr) -> tuple[str, ...]:
    return node.by if isinstance(node, Aggregate) and not node.without else ()


RULE = Rule(
    id="PQL603",
    title="a single number of many series",
    severity=Severity.WARNING,
    why="""A stat shows a tile for every series. Without an aggregation the one number that was meant becomes a wall of
    them, each called by its whole set of labels; an old singlestat picks one of them.""",
    wrong=Example(page=page(panel("rate(http_requests_total[5m])", kind="stat"))),
    right=Example(page=page(panel("sum(rate(http_requests_total[5m]))", kind="stat"))),
    readers=("panel",),
    of_query=_of_query,
)
