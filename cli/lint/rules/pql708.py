"""PQL708: a variable whose values are as old as the page."""

from cli.lint.finding import Change, Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page, PageVariable

ON_TIME_CHANGE = 2


def _of_variable(of: PageVariable, _page: Page, _world: World) -> Faults:
    if of.kind == "query" and of.language == "promql" and of.query and of.refresh != ON_TIME_CHANGE:
        yield Fault(
            f"the values of ${of.name} are not asked for again when the time range changes",
            hint='"refresh": 2',
            change=Change(path=("refresh",), value=ON_TIME_CHANGE),
        )


def _variable(refresh: int) -> dict[str, object]:
    query = "label_values(queue_depth, shard)"
    source = {"type": "prometheus", "uid": "${datasource}"}
    return {"type": "query", "name": "shard", "datasource": source, "query": query, "refresh": refresh}


RULE = Rule(
    id="PQL708",
    title="a variable that is not asked again",
    severity=Severity.INFO,
    why="""label_values() answers for the time range of the page. Without a refresh on a change of that range the drop-
    down lists the pods of today when somebody looks at last week, and those of last week are not to be found.""",
    wrong=Example(page=page(panel('sum(queue_depth{shard=~"$shard"})'), variables=(_variable(1),))),
    right=Example(page=page(panel('sum(queue_depth{shard=~"$shard"})'), variables=(_variable(2),))),
    also=("dashboard-linter template-on-time-change-reload-rule",),
    of_variable=_of_variable,
)
