"""PQL555: a group without a name, or with the name of another one in its file."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World


def _of_all(world: World) -> Faults:
    seen: set[tuple[int, object, str]] = set()
    for group in world.inputs.groups:
        if group.managed or not group.rules:
            continue
        where = (id(group.spot.document), group.spot.path[:-1], group.name)
        if not group.name:
            yield Fault("a group needs a name", None, "name: ...", spot=group.spot)
        elif where in seen:
            yield Fault(f"there is a group {group.name} in this file already", None, "another name", spot=group.spot)
        seen.add(where)


RULE = Rule(
    id="PQL555",
    title="a group without a name of its own",
    severity=Severity.ERROR,
    why="""Prometheus tells the groups of a file from each other by their names, and refuses a file in which two share
    one or one has none. None of the file's rules is loaded then.""",
    wrong=Example(
        rules="""groups:
- {name: example, rules: [{record: 'job:queue_depth:sum', expr: sum by (job) (queue_depth)}]}
- {name: example, rules: [{record: 'job:queue_depth:max', expr: max by (job) (queue_depth)}]}
"""
    ),
    right=Example(
        rules="""groups:
- {name: sums, rules: [{record: 'job:queue_depth:sum', expr: sum by (job) (queue_depth)}]}
- {name: peaks, rules: [{record: 'job:queue_depth:max', expr: max by (job) (queue_depth)}]}
"""
    ),
    also=("promtool check rules",),
    of_all=_of_all,
)
