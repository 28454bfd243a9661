"""PQL702: kinds of panels that Grafana no longer has."""

from collections.abc import Mapping

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page, Panel

#: Angular plugins, gone in Grafana 12, and what took their place.
GONE: Mapping[str, str] = {
    "graph": "timeseries",
    "singlestat": "stat",
    "table-old": "table",
    "grafana-singlestat-panel": "stat",
    "grafana-piechart-panel": "piechart",
    "grafana-worldmap-panel": "geomap",
    "natel-discrete-panel": "state-timeline",
    "vonage-status-panel": "stat",
    "jdbranham-diagram-panel": "canvas",
}
#: Those that Grafana turns into their successors when a page is opened; the others are errors on the page.
TURNED = frozenset(
    {"graph", "singlestat", "table-old", "grafana-singlestat-panel", "grafana-piechart-panel", "grafana-worldmap-panel"}
)


def _of_panel(of: Panel, _page: Page, _world: World) -> Faults:
    successor = GONE.get(of.kind)
    if successor is not None:
        yield Fault(
            f"panels of kind {of.kind!r} went with Angular in Grafana 12",
            hint=f"{successor}; `dash build` of a page writes it so",
            severity=Severity.INFO if of.kind in TURNED else None,
        )


RULE = Rule(
    id="PQL702",
    title="a kind of panel that is gone",
    severity=Severity.WARNING,
    why="""Grafana 12 has no Angular. It turns some old kinds into new ones when a page is opened, with other defaults
    than those that were chosen, and shows an error for the rest.""",
    wrong=Example(page=page(panel("sum(queue_depth)", kind="graph"))),
    right=Example(page=page(panel("sum(queue_depth)", kind="timeseries"))),
    of_panel=_of_panel,
)
