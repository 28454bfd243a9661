"""PQL801: an alert that leads to a panel that is not there."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Alert, Group, Page

PAGE, PANEL = "__dashboardUid__", "__panelId__"


def _of_alert(of: Alert, _: Group, world: World) -> Faults:
    uid, panel_id = of.annotations.get(PAGE, ""), of.annotations.get(PANEL, "")
    if bool(uid) != bool(panel_id):
        there, missing = (PAGE, PANEL) if uid else (PANEL, PAGE)
        yield Fault(
            f"{of.name} has {there} and no {missing}: Grafana takes both or neither",
            hint=f'{missing}: "..."',
            spot=of.spot.below("annotations", there),
        )
        return
    pages = [one for one in world.inputs.pages if one.whole and one.uid == uid]
    if not uid or not pages:
        return  # a page that was not read may well be there
    if not any(_has(one, panel_id) for one in pages):
        yield Fault(
            f"{of.name} leads to panel {panel_id} of page {uid!r}, and that page has none with this id",
            hint="the panel's id, as the page's JSON says it",
            spot=of.spot.below("annotations", PANEL),
        )


def _has(of: Page, panel_id: str) -> bool:
    return any(str(one.id) == panel_id for one in of.panels)


def _rules(panel_id: int) -> str:
    return f"""groups:
  - name: example
    rules:
      - alert: QueueBacklog
        expr: sum(queue_depth) > 100
        for: 10m
        annotations: {{{PAGE}: example, {PANEL}: "{panel_id}"}}
"""


RULE = Rule(
    id="PQL801",
    title="a link to a panel that is not there",
    severity=Severity.WARNING,
    why="""Grafana and Alertmanager make a link of __dashboardUid__ and __panelId__. A panel that was deleted, or got
    another id when the page was imported again, leaves it behind: who is woken opens a page that says "panel not
    found". Grafana's own alerts with one of the two and without the other are refused.""",
    wrong=Example(page=page(panel("sum(queue_depth)")), rules=_rules(7)),
    right=Example(page=page(panel("sum(queue_depth)")), rules=_rules(1)),
    of_alert=_of_alert,
)
