"""PQL705: a panel that does not say what it shows."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page, Panel

SPEAKS_FOR_ITSELF = frozenset({"text", "row", "news", "dashlist", "alertlist", "welcome", "annolist"})


def _of_panel(of: Panel, _page: Page, _world: World) -> Faults:
    if of.kind in SPEAKS_FOR_ITSELF or of.library:
        return
    missing = [what for what, said in (("title", of.title), ("description", of.description)) if not said.strip()]
    if missing:
        yield Fault(
            f"the panel has no {' and no '.join(missing)}",
            hint="what it means, what is normal, what to do when it is not",
        )


RULE = Rule(
    id="PQL705",
    title="a panel without a word",
    severity=Severity.INFO,
    why="""Whoever opens the page at night did not write it. A description says what the number means, what is normal
    and what to do, at the one place where it is needed.""",
    wrong=Example(page=page(panel("sum(queue_depth)", description=""))),
    right=Example(page=page(panel("sum(queue_depth)"))),
    also=("dashboard-linter panel-title-description-rule",),
    of_panel=_of_panel,
)
