"""PQL800: an alert that no panel shows, or that no panel of its build knows."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Alert, Group

#: Whoever says where to look has looked; whether a panel is there, PQL801 asks.
LINKS = ("__dashboardUid__", "dashboard", "dashboard_url", "dashboardURL", "grafana_url", "panel_url")


def _of_alert(of: Alert, group: Group, world: World) -> Faults:
    if not world.inputs.pages or any(of.annotations.get(one) for one in LINKS):
        return
    asked = world.by_alert.get(id(of))
    mine = set(asked.names) if asked is not None else set()
    hidden = sorted(mine - world.shown)
    # a recorded series stands for what it was recorded from
    if mine and hidden == sorted(mine):
        yield Fault(
            f"no panel shows what {of.name} judges: {', '.join(hidden)}",
            hint="a panel with the same number, or an annotation __dashboardUid__ that says where it is",
        )
    elif group.written:
        # a build writes the link itself, as soon as a panel says which alert judges its number
        yield Fault(f"no panel knows {of.name}, so that it leads nowhere", hint="alerts=[...] in the panel it judges")


RULES = """groups:
  - name: example
    rules:
      - alert: QueueBacklog
        expr: sum(queue_depth) > 100
        for: 10m
"""

RULE = Rule(
    id="PQL800",
    title="an alert without a panel",
    severity=Severity.INFO,
    why="""Who is woken opens the page. If no panel shows the number that rang, they have to find and type the query
    first, and cannot see since when it is wrong, nor whether it is getting better.""",
    wrong=Example(page=page(panel("sum(rate(llm_tokens_total[5m]))")), rules=RULES),
    right=Example(page=page(panel("sum(queue_depth)")), rules=RULES),
    of_alert=_of_alert,
)
