"""PQL404: a rate is compared with what looks like a share."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.limits import limits
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Binary


def _of_query(asked: Asked) -> Faults:
    if asked.reader != "alert" or asked.known is None:
        return
    for limit in limits(asked.known):
        unit = limit.of.unit
        if limit.guard or limit.op not in (">", ">=") or not 0 < limit.value < 1 or unit is None:
            continue
        if limit.of.kind == "rate" and ("seconds", -1) in unit.dimension and unit.has_a_name:
            yield Fault(
                f"{unit} are compared with {limit.value:g}, which looks like a share, and nothing is divided",
                limit.at,
                f"sum(rate(errors)) / sum(rate(all)) > {limit.value:g}",
            )


RULE = Rule(
    id="PQL404",
    title="a rate compared with a fraction",
    severity=Severity.WARNING,
    why="""rate() of errors is errors per second. Compared with 0.05 it fires at one error in twenty seconds, in a
    service with a thousand requests a second as in one with two a minute, where all of them may fail without it. Five
    percent of the requests is a quotient.""",
    wrong=Example('rate(http_requests_total{status="5xx"}[5m]) > 0.05', reader="alert"),
    right=Example(
        'sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m])) > 0.05', reader="alert"
    ),
    readers=("alert",),
    nodes=(Binary,),
    of_query=_of_query,
)
