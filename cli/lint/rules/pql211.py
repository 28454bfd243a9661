"""PQL211: `unless` that never takes anything away."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import never_matches
from queries.expr import Binary
from queries.known import Known


def _of_node(known: Known, _: Asked) -> Faults:
    why = never_matches(known)
    if why and isinstance(known.node, Binary) and known.node.op == "unless":
        yield Fault(
            f"unless never removes a series: {why}",
            known,
            "say on (...) with the labels that both sides have",
        )


RULE = Rule(
    id="PQL211",
    title="unless that never removes anything",
    severity=Severity.WARNING,
    why="""`a unless b` drops the series of a that have a partner in b. Where the labels of the two never agree nothing
    is dropped, and the exception that somebody wrote (a maintenance window, a service that may be down) does not hold:
    the phone rings all the same.""",
    wrong=Example("queue_depth > 100 unless sum by (model) (model_loaded == 0)"),
    right=Example("queue_depth > 100 unless on (job) (model_loaded == 0)"),
    also=("pint promql/impossible",),
    nodes=(Binary,),
    of_node=_of_node,
)
