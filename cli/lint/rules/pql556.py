"""PQL556: numbers of two metrics, scraped at different times, are reckoned with each other and nothing waits."""

from cli.lint.asked import Asked
from cli.lint.branches import branches, judged, top_limits
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Binary
from queries.inference.combined import ARITHMETIC
from queries.known import Known


def _of_query(asked: Asked) -> Faults:
    alert, known = asked.alert, asked.known
    if alert is None or known is None or alert.managed or alert.for_:
        return
    wholes = [limit.of for limit in top_limits(known)] or [judged(one) for one in branches(known)]
    for whole in wholes:
        for one in whole.walk():
            if _is_fragile(one):
                yield Fault(
                    f"{_names(one.parts[0])} and {_names(one.parts[1])} may be scraped at different times: "
                    "without `for` one evaluation in between is enough to fire",
                    one,
                    "for: 5m",
                )
                return


def _is_fragile(known: Known) -> bool:
    node = known.node
    if not isinstance(node, Binary) or node.op not in ARITHMETIC:
        return False
    left, right = known.parts
    if not (isinstance(left.node, Aggregate) and isinstance(right.node, Aggregate)):
        return False
    return bool(left.names and right.names) and not set(left.names) & set(right.names)


def _names(known: Known) -> str:
    return ", ".join(dict.fromkeys(known.names))


RULE = Rule(
    id="PQL556",
    title="two metrics reckoned with each other, without `for`",
    severity=Severity.INFO,
    why="""After a restart of Prometheus, or when a target is slow, one side has its targets back before the other: for
    an evaluation or two the sums are of different things, and so is their quotient. A `for` waits until both are
    there.""",
    wrong=Example("sum(gpu_memory_used_bytes) / sum(gpu_memory_total_bytes) > 0.95", reader="alert"),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: Full, expr: sum(gpu_memory_used_bytes) / sum(gpu_memory_total_bytes) > 0.95, for: 5m}
"""
    ),
    also=("pint promql/fragile",),
    readers=("alert",),
    of_query=_of_query,
)
