"""PQL811: a recording that another group reads is one evaluation old."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World


def _of_all(world: World) -> Faults:
    made: dict[str, set[int]] = {}
    for group in world.inputs.groups:
        for one in group.recordings:
            made.setdefault(one.name, set()).add(id(group))
    if not made:
        return
    for asked in world.ruled:
        if asked.group is None:
            continue
        for name in dict.fromkeys(asked.names):
            if name in made and id(asked.group) not in made[name]:
                yield Fault(
                    f"{name} is recorded in another group, so that it may be one interval old here",
                    hint="both rules in one group, the recording first",
                    spot=asked.spot,
                )


def _rules(second: str) -> str:
    return f"""groups:
  - name: recording
    rules:
      - record: job:queue_depth:sum
        expr: sum by (job) (queue_depth)
{second}      - alert: QueueBacklog
        expr: job:queue_depth:sum > 100
        for: 10m
"""


RULE = Rule(
    id="PQL811",
    title="a recording of another group",
    severity=Severity.INFO,
    why="""Groups are evaluated apart from one another, at their own times. What another group recorded may be as old as
    its interval, and after a restart it is not there yet; within one group the rules follow one another.""",
    wrong=Example(rules=_rules("  - name: alerts\n    rules:\n")),
    right=Example(rules=_rules("")),
    also=("pint rule/dependency",),
    of_all=_of_all,
)
