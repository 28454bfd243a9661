"""PQL132: a fixed window where Grafana knows the right one."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.rules.pql130 import LEAST
from cli.lint.scraping import interval, length, window_of
from queries.expr import Call, Window
from queries.known import Known

#: So long a window is meant: "in the last hour".
DELIBERATE = 3600


def _of_query(asked: Asked) -> Faults:
    whole = asked.known
    if whole is None or asked.reader != "panel":
        return
    for known in whole.walk():
        window = _fixed(known, asked)
        if window is not None and isinstance(known.node, Call):
            function = known.node.function
            yield Fault(
                f"{function}() over {window.span} on a page, whatever time range is looked at",
                known,
                f"{function}({window.of.name}[$__rate_interval])",
            )
            return


def _fixed(known: Known, asked: Asked) -> Window | None:
    node = known.node
    if not isinstance(node, Call) or node.function not in ("rate", "irate"):
        return None
    window = window_of(known)
    span = None if window is None else length(window.span)
    if span is None or span >= DELIBERATE:
        return None
    every = interval(asked, known.parts[0])
    # a window that is too short has been told already
    return window if every is None or span >= LEAST * every else None


RULE = Rule(
    id="PQL132",
    title="a fixed window on a page",
    severity=Severity.INFO,
    why="""Over a week Grafana draws a point every hour or so, and rate(x[5m]) then looks at five minutes of each: the
    peaks between are not on the picture. $__rate_interval grows with the time range and is never too short.""",
    wrong=Example("sum(rate(http_requests_total[5m]))"),
    right=Example("sum(rate(http_requests_total[$__rate_interval]))"),
    also=("dashboard-linter target-rate-interval-rule",),
    readers=("panel",),
    nodes=("rate", "irate"),
    of_query=_of_query,
)
