"""PQL709: a variable that nothing uses."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.sample import page, panel
from cli.lint.subject import Page, PageVariable

#: Work on every query without being named.
IMPLICIT = frozenset({"adhoc", "groupby"})


def _of_variable(of: PageVariable, at: Page, _: World) -> Faults:
    if not at.whole or of.kind in IMPLICIT or not of.name:
        return
    text, name = of.spot.document.text, of.name
    if any(
        said in text for said in (f"${name}", f"${{{name}", f"[[{name}", f'"repeat": "{name}"', f'"repeat":"{name}"')
    ):
        return
    yield Fault(f"nothing on the page uses ${name}", hint="leave it out, or use it")


RULE = Rule(
    id="PQL709",
    title="a variable that nothing uses",
    severity=Severity.INFO,
    why="""A drop-down that changes nothing is worse than none: somebody chooses one model, reads the page, and takes
    the numbers of all of them for those of one.""",
    wrong=Example(
        page=page(panel("sum(queue_depth)"), variables=({"type": "custom", "name": "shard", "query": "a,b"},))
    ),
    right=Example(
        page=page(
            panel('sum(queue_depth{shard=~"$shard"})'), variables=({"type": "custom", "name": "shard", "query": "a,b"},)
        )
    ),
    of_variable=_of_variable,
)
