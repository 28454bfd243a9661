"""PQL707: a panel that asks nothing."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page, Panel

ASKS = frozenset(
    {"timeseries", "stat", "gauge", "bargauge", "table", "heatmap", "histogram", "piechart", "barchart", "graph"}
)


def _of_panel(of: Panel, _page: Page, _world: World) -> Faults:
    targets = of.json.get("targets")
    if of.kind in ASKS and not of.library and not (isinstance(targets, list) and targets):
        yield Fault("the panel has no query", hint="a query, or leave the panel out")


RULE = Rule(
    id="PQL707",
    title="a panel without a query",
    severity=Severity.INFO,
    why="""A panel without a query says "No data", as a broken one does: whoever looks for the fault begins here.""",
    wrong=Example(page=page(panel())),
    right=Example(page=page(panel("sum(queue_depth)"))),
    also=("dashboard-linter panel-no-targets-rule",),
    of_panel=_of_panel,
)
