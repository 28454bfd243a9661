"""PQL990: a suppression that gives no reason does not count."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Rule

RULE = Rule(
    id="PQL990",
    title="suppression without a reason",
    severity=Severity.WARNING,
    why="""Whoever meets a silenced finding a year later has to know whether it still may be silent. So a suppression
    names its rules and says why, and if it can, until when: dash: ignore PQL120 because it counts restarts until
    2027-01-31. It stands in a comment of YAML (for the block that its line begins) or of Python (for the panel of its
    line), in a line of a panel's or a dashboard's description, or without "dash: ignore" as a line of FILE.dash-ignore
    beside the file: PQL120 panels[3] because ... . One that says less does not count.""",
    wrong=Example(
        rules="""groups:
  - name: api
    rules:
      - alert: QueueLong  # dash: ignore PQL511
        expr: queue_depth > 100
"""
    ),
    right=Example(
        rules="""groups:
  - name: api
    rules:
      - alert: QueueLong
        expr: queue_depth > 100
"""
    ),
)
