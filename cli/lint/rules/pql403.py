"""PQL403: a percentage is compared with a fraction."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.limits import limits
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Binary
from queries.unit import PERCENT


def _of_query(asked: Asked) -> Faults:
    if asked.known is None:
        return
    for limit in limits(asked.known):
        if limit.of.unit == PERCENT and 0 < limit.value < 1 and limit.op in (">", ">=", "<", "<="):
            yield Fault(
                f"a percentage is compared with {limit.value:g}, which is {limit.value:g} % and no share",
                limit.at,
                f"{limit.value * 100:g} if {limit.value * 100:g} % was meant",
            )


RULE = Rule(
    id="PQL403",
    title="a percentage compared with a fraction",
    severity=Severity.WARNING,
    why="""After `100 *` the value lies between 0 and 100. A limit of 0.05 is then a twentieth of a percent: the alert
    on 5 % fires at one failed request in two thousand, every night, until somebody silences it for good.""",
    wrong=Example(
        '100 * sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m])) > 0.05',
        reader="alert",
    ),
    right=Example(
        '100 * sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m])) > 5',
        reader="alert",
    ),
    nodes=(Binary,),
    of_query=_of_query,
)
