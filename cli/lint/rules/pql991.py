"""PQL991: a suppression that nothing needs hides what comes next."""

from cli.lint.finding import Severity
from cli.lint.rule import Example, Rule

RULE = Rule(
    id="PQL991",
    title="unused suppression",
    severity=Severity.WARNING,
    why="""The finding that it was written for is mended, or was never here: the rule's id is misspelt, or the comment
    stands at another line. Left alone it silences the next fault of this kind, of which nobody has thought yet.""",
    wrong=Example(
        rules="""groups:
  - name: api
    rules:
      # dash: ignore PQL121 because it was a rate once
      - record: shard:queue_depth:sum
        expr: sum by (shard) (queue_depth)
"""
    ),
    right=Example(
        rules="""groups:
  - name: api
    rules:
      - record: shard:queue_depth:sum
        expr: sum by (shard) (queue_depth)
"""
    ),
)
