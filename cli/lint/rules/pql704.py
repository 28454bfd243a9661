"""PQL704: a data source that exists in one Grafana only."""

from collections.abc import Mapping

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page, Panel
from queries.template import VARIABLE

#: Grafana's own sources have the same uid everywhere.
EVERYWHERE = frozenset({"-- Grafana --", "-- Mixed --", "-- Dashboard --", "grafana", "__expr__", "-- Alert --"})


def _of_page(of: Page, _: World) -> Faults:
    if not of.whole:
        return
    naming: dict[str, list[Panel]] = {}
    for one in of.panels:
        if not one.library and (uid := _named(one)):
            naming.setdefault(uid, []).append(one)
    for uid, panels in naming.items():
        more = f", as by {len(panels) - 1} more on this page" if len(panels) > 1 else ""
        yield Fault(
            f"the data source {uid!r} is named{more}: in another Grafana the panel finds none",
            hint='a variable of kind "datasource", and "uid": "${datasource}"',
            spot=panels[0].spot,
        )


def _named(of: Panel) -> str:
    """The first data source that a panel names; "" where it leaves that to the page."""
    for holder in (of.json, *_targets(of.json)):
        source = holder.get("datasource")
        uid = source.get("uid") if isinstance(source, dict) else source
        if isinstance(uid, str) and uid and uid not in EVERYWHERE and not VARIABLE.search(uid):
            return uid
    return ""


def _targets(json: Mapping[str, object]) -> list[Mapping[str, object]]:
    targets = json.get("targets")
    return [one for one in targets if isinstance(one, dict)] if isinstance(targets, list) else []


RULE = Rule(
    id="PQL704",
    title="a data source of one Grafana",
    severity=Severity.WARNING,
    why="""A data source's uid is given by the Grafana in which it was made. A page that names it works there and
    nowhere else: in the test environment, after a move or a restore every panel says "Datasource not found".""",
    wrong=Example(page=page(panel("sum(queue_depth)", datasource={"type": "prometheus", "uid": "P1809F7CD0C75ACF3"}))),
    right=Example(page=page(panel("sum(queue_depth)"))),
    also=("dashboard-linter template-datasource-rule", "dashboard-linter panel-datasource-rule"),
    of_page=_of_page,
)
