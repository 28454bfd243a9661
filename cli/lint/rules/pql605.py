"""PQL605: an instant value over a window that depends on the screen."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel

DEPENDS = ("$__rate_interval", "$__interval", "${__rate_interval}", "${__interval}")


def _of_query(asked: Asked) -> Faults:
    if asked.target is not None and asked.target.instant:
        said = next((one for one in DEPENDS if f"[{one}]" in asked.text), None)
        if said is not None:
            yield Fault(
                f"an instant value over [{said}]: how long that is depends on the page's time range and width",
                hint="[$__range], or a fixed window",
            )


RULE = Rule(
    id="PQL605",
    title="an instant value over a window that nobody knows",
    severity=Severity.INFO,
    why="""$__rate_interval grows with the time range and shrinks with the width of the screen. For a line that is
    right; a table's one value is then the rate of the last minute on one screen and of the last hour on another.""",
    wrong=Example(
        page=page(panel({"expr": "sum(rate(http_requests_total[$__rate_interval]))", "instant": True}, kind="table"))
    ),
    right=Example(
        page=page(panel({"expr": "sum(rate(http_requests_total[$__range]))", "instant": True}, kind="table"))
    ),
    readers=("panel",),
    of_query=_of_query,
)
