"""PQL133: a min step below the scrape interval, which makes `$__rate_interval` too short."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.scraping import interval, length
from queries.duration import spelled
from queries.expr import RATE_INTERVAL, Window
from queries.known import Known


def _of_query(asked: Asked) -> Faults:
    whole, target, panel = asked.known, asked.target, asked.panel
    if whole is None or target is None or panel is None or "__rate_interval" not in asked.text:
        return
    said = target.interval or panel.interval
    step = length(said.strip().lstrip("><=")) if said else None
    if step is None:
        return
    for known in whole.walk():
        every = interval(asked, known) if _is_over_the_interval(known) else None
        if every is not None and step < every:
            scraped = spelled(round(every * 1000))
            yield Fault(
                f"the min step {spelled(round(step * 1000))} is below the scrape interval {scraped} "
                f"of {known.names[0]}: $__rate_interval is too short",
                known,
                f"set the min step to {scraped}",
            )
            return


def _is_over_the_interval(known: Known) -> bool:
    node = known.node
    return isinstance(node, Window) and node.span.strip("${}") == RATE_INTERVAL.strip("$") and bool(known.names)


def _panel(step: str) -> dict[str, object]:
    expr = "sum(rate(http_requests_total[$__rate_interval]))"
    target = {"refId": "A", "expr": expr, "datasource": {"type": "prometheus", "uid": "$datasource"}}
    panel = {"id": 1, "type": "timeseries", "title": "Requests", "interval": step, "targets": [target]}
    return {"uid": "example", "title": "Example", "schemaVersion": 41, "panels": [panel]}


RULE = Rule(
    id="PQL133",
    title="a min step below the scrape interval",
    severity=Severity.WARNING,
    why="""Grafana takes the min step for the scrape interval and makes $__rate_interval four of them. When the targets
    are scraped less often than that, the window holds one sample or none: the panel is empty when one looks closely,
    and full again over a day.""",
    wrong=Example(page=_panel("1s")),
    right=Example(page=_panel("15s")),
    readers=("panel",),
    nodes=(Window,),
    of_query=_of_query,
)
