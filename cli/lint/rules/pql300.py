"""PQL300: something that never has a series, whatever the data."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Binary, Select
from queries.known import Cause, Known

#: The causes that no rule of their own tells.
MINE: tuple[Cause, ...] = ("contradiction", "never")


def _of_node(known: Known, _: Asked) -> Faults:
    if known.empty is not None and known.empty.cause in MINE and all(part.empty is None for part in known.parts):
        yield Fault(f"this never has a series: {known.empty.why}", known, "one of the conditions has to go")


RULE = Rule(
    id="PQL300",
    title="always empty",
    severity=Severity.ERROR,
    why="""Whatever is scraped, this expression has no series: two conditions on one label or on one number exclude each
    other, a count or the rate of a counter shall be less than nothing, or something that is always there is asked to be
    absent. The panel says "No data" for ever, and an alert on it can never fire.""",
    wrong=Example('http_requests_total{handler="/chat", handler="/login"}'),
    right=Example('rate(http_requests_total{handler=~"/chat|/login"}[5m])'),
    also=("pint promql/impossible",),
    causes=MINE,
    even_if_empty=True,
    nodes=(Select, Binary, "absent"),
    of_node=_of_node,
)
