"""PQL406: the unit is known, and the panel says none."""

from cli.lint.asked import Asked
from cli.lint.finding import Change, Severity
from cli.lint.panel_units import read_unit
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel

#: Kinds of panels that show no value with a unit.
UNITLESS = frozenset({"row", "text", "logs", "state-timeline", "status-history", "news", "alertlist", "dashlist"})
PLAIN = ("", "none", "short")


def _of_query(asked: Asked) -> Faults:
    known, panel = asked.known, asked.panel
    if known is None or known.unit is None or panel is None or read_unit(asked) != "" or panel.kind in UNITLESS:
        return
    first = panel.targets and asked.target is panel.targets[0]
    unit = known.unit
    if first and unit.has_a_name and unit.grafana not in PLAIN:
        change = Change(path=("fieldConfig", "defaults", "unit"), value=unit.grafana)
        alone = len(panel.targets) == 1
        yield Fault(
            f"the panel says no unit, and the query yields {unit}",
            hint=f"unit {unit.grafana!r}",
            spot=panel.spot,
            change=change if alone else None,
        )


RULE = Rule(
    id="PQL406",
    title="a panel without a unit",
    severity=Severity.INFO,
    why="""A bare 0.083 may be seconds, a ratio or dollars. With the unit Grafana says "83 ms", scales the axis and
    makes the tooltip readable; whoever opens the page for the first time at night needs that most.""",
    wrong=Example(page=page(panel("sum(gpu_memory_used_bytes)"))),
    right=Example(page=page(panel("sum(gpu_memory_used_bytes)", defaults={"unit": "bytes"}))),
    also=("dashboard-linter panel-units-rule",),
    readers=("panel",),
    of_query=_of_query,
)
