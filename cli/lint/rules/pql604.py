"""PQL604: a heatmap that is not fed with buckets."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.legend import settled
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel


def _of_query(asked: Asked) -> Faults:
    known, target = asked.known, asked.target
    if target is None or known is None or asked.panel is None or asked.panel.kind != "heatmap":
        return
    options = asked.panel.json.get("options")
    if (isinstance(options, dict) and options.get("calculate")) or not settled(known) or not known.can_have("le"):
        return
    more = sorted(label for label in known.labels if label != "le" and known.varies(label))
    if more:
        yield Fault(
            f"the heatmap has each bucket several times: the series differ in {', '.join(more)} besides le",
            hint="sum by (le) (...)",
        )
    elif target.format != "heatmap":
        yield Fault(
            f"the buckets are cumulative, and the format is {target.format!r}: each cell counts those below it too",
            hint='format "heatmap"',
        )


RULE = Rule(
    id="PQL604",
    title="a heatmap without clean buckets",
    severity=Severity.WARNING,
    why="""Grafana makes a heatmap of one series for each bucket and takes cumulative counts apart only in the format
    "heatmap". With further labels, or in another format, cells are counted several times, and the dark band is where
    nothing is.""",
    wrong=Example(
        page=page(
            panel({"expr": "rate(http_request_duration_seconds_bucket[5m])", "format": "heatmap"}, kind="heatmap")
        )
    ),
    right=Example(
        page=page(
            panel(
                {"expr": "sum by (le) (rate(http_request_duration_seconds_bucket[5m]))", "format": "heatmap"},
                kind="heatmap",
            )
        )
    ),
    readers=("panel",),
    of_query=_of_query,
)
