"""PQL002: MetricsQL, which VictoriaMetrics reads and Prometheus refuses."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.trap import UNKNOWN_FUNCTION, is_for_victoria, trap


def _of_query(asked: Asked) -> Faults:
    if trap(asked) != "dialect":
        return
    message = str(asked.broken)
    doubt = asked.settings.prometheus is None and is_for_victoria(asked)
    if "between matchers" in message:
        hint = 'x{a="1"} or x{b="2"}, or one label with a regular expression: x{a=~"1|2"}'
        yield Fault(message, hint=hint, severity=Severity.WARNING if doubt else None)
        return
    function = UNKNOWN_FUNCTION.search(message)
    what = f"{function[1]}()" if function else "this"
    surely = asked.settings.prometheus is not None
    yield Fault(
        f"{what} is MetricsQL: VictoriaMetrics reads it, Prometheus refuses it",
        severity=None if surely else Severity.WARNING,
    )


RULE = Rule(
    id="PQL002",
    title="another dialect than PromQL",
    severity=Severity.ERROR,
    why="""VictoriaMetrics answers more than PromQL: "or" between matchers, default values, functions of its own. A
    query copied from there is refused by Prometheus, and the panel shows an error where the other house saw a
    line.""",
    wrong=Example('http_requests_total{status="4xx" or status="5xx"}'),
    right=Example('rate(http_requests_total{status=~"4xx|5xx"}[5m])'),
    also=("pint promql/syntax",),
    even_if_broken=True,
    of_query=_of_query,
)
