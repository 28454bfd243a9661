"""PQL554: how often a group is evaluated."""

from cli.lint.finding import Severity
from cli.lint.length import is_filled_in, length
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.subject import Group

#: What Prometheus looks back for a sample: older ones are gone for it.
LOOKBACK = 300.0


def _of_group(group: Group, _: World) -> Faults:
    text = group.interval
    if not text or group.managed or is_filled_in(text):
        return
    spot = group.spot.below("interval")
    every = length(text)
    if every is None:
        yield Fault(f"interval: {text} is no duration", None, "like 30s, 1m or 5m", spot=spot, severity=Severity.ERROR)
    elif every > LOOKBACK and group.recordings:
        yield Fault(
            f"every {text} is longer than the 5m that Prometheus looks back: between two evaluations what the group "
            "records is gone",
            None,
            "interval: 5m or less",
            spot=spot,
        )


RULE = Rule(
    id="PQL554",
    title="a group that is evaluated too seldom",
    severity=Severity.INFO,
    why="""Prometheus takes a sample for gone when it is older than five minutes. What a group records every ten
    minutes has gaps of five minutes in each panel, and an alert on it resolves in each of them.""",
    wrong=Example(
        rules="""groups:
- name: example
  interval: 10m
  rules:
  - {record: 'job:queue_depth:sum', expr: sum by (job) (queue_depth)}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  interval: 1m
  rules:
  - {record: 'job:queue_depth:sum', expr: sum by (job) (queue_depth)}
"""
    ),
    also=("pint group/interval", "promtool check rules"),
    of_group=_of_group,
)
