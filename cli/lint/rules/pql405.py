"""PQL405: the text speaks of percent, the expression of something else."""

import re

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule

PERCENTAGE = re.compile(r"\b\d+(?:\.\d+)?\s*(?:%|percent\b)")
SHARE_IN_TITLE = re.compile(r"%|\bpercent", re.IGNORECASE)


def _rules(expr: str) -> str:
    return f"""groups:
  - name: example
    rules:
      - alert: HighErrorRate
        expr: {expr}
        for: 2m
        annotations:
          summary: Error rate above 5% for 2 minutes
"""


def _of_query(asked: Asked) -> Faults:
    known = asked.known
    if known is None or known.unit is None or not known.unit.has_a_name or known.kind != "rate":
        return
    if ("seconds", -1) not in known.unit.dimension:
        return
    if asked.alert is not None:
        for name, text in sorted(asked.alert.annotations.items()):
            if said := PERCENTAGE.search(text):
                yield Fault(
                    f"{name} speaks of {said[0]}, and the expression yields {known.unit}",
                    hint="divide by the rate of all of them",
                )
    elif asked.panel is not None and SHARE_IN_TITLE.search(asked.panel.title):
        yield Fault(
            f"the title says percent, and the query yields {known.unit}",
            hint="divide by the rate of all of them, or change the title",
            severity=Severity.WARNING,
        )


RULE = Rule(
    id="PQL405",
    title="a text that speaks of percent over a rate",
    severity=Severity.ERROR,
    why="""Whoever is woken by "error rate above 5%" looks for a twentieth of the requests. If the expression counts
    errors per second, the sentence is false: at a thousand requests a second it fires when a ten-thousandth of them
    fails.""",
    wrong=Example(rules=_rules('rate(http_requests_total{status="5xx"}[5m]) > 0.05')),
    right=Example(
        rules=_rules('sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m])) > 0.05')
    ),
    of_query=_of_query,
)
