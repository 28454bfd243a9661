"""PQL223: one idle series makes the sum of all quotients NaN."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import COMPARISONS, Aggregate, Binary, Call, Number, walk
from queries.known import Known

ADDS = frozenset({"sum", "avg", "stddev", "stdvar"})
IDLE = frozenset({"rate", "irate", "increase"})


def _of_node(known: Known, _: Asked) -> Faults:
    node = known.node
    if not isinstance(node, Aggregate) or node.op not in ADDS:
        return
    of = known.parts[-1]
    if not isinstance(of.node, Binary) or of.node.op != "/" or of.parts[0].type != "vector":
        return
    below = of.parts[1]
    if below.type != "vector" or not _may_be_idle(below):
        return
    yield Fault(
        f"one series whose denominator is 0 makes this {node.op} NaN for all",
        of,
        f"{node.op}(... / ...) as {node.op}(...) / {node.op}(...), or `> 0` behind the denominator",
    )


def _may_be_idle(below: Known) -> bool:
    match below.node:
        # 1 + rate(...) is never 0
        case Binary("+", Number(least), _) | Binary("+", _, Number(least)) | Call("clamp_min", (_, Number(least))) if (
            least > 0
        ):
            return False
    nodes = list(walk(below.node))
    idle = any(isinstance(one, Call) and one.function in IDLE for one in nodes)
    guarded = any(isinstance(one, Binary) and one.op in COMPARISONS for one in nodes)
    return idle and not guarded


RULE = Rule(
    id="PQL223",
    title="NaN inside a sum",
    severity=Severity.WARNING,
    why="""0 / 0 is NaN, and whatever NaN is added to is NaN. As soon as one handler, model or replica gets no traffic
    the sum or average over all of them is gone from the page, and an alert on it stays silent: at night, when nobody
    looks, and in an outage, when traffic stops.""",
    wrong=Example(
        'avg by (job) (rate(http_requests_total{status="5xx"}[5m]) / ignoring (status) group_left () '
        "sum without (status) (rate(http_requests_total[5m])))"
    ),
    right=Example(
        'sum by (job) (rate(http_requests_total{status="5xx"}[5m])) / sum by (job) (rate(http_requests_total[5m]))'
    ),
    also=("pint promql/nan",),
    nodes=(Aggregate,),
    of_node=_of_node,
)
