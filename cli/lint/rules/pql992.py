"""PQL992: a suppression whose last day has passed."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Rule

RULE = Rule(
    id="PQL992",
    title="expired suppression",
    severity=Severity.WARNING,
    why="""Somebody promised to have mended it by that day. From the next day on the suppression does not count, and
    what it silenced is told again, until it is mended or a new day is given.""",
    wrong=Example(
        rules="""groups:
  - name: api
    rules:
      # dash: ignore PQL121 because the exporter changes its type until 2020-01-31
      - record: shard:queue_depth:rate5m
        expr: rate(queue_depth[5m])
"""
    ),
    right=Example(
        rules="""groups:
  - name: api
    rules:
      - record: shard:queue_depth:deriv5m
        expr: deriv(queue_depth[5m])
"""
    ),
)
