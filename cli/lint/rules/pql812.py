"""PQL812: an expression that is computed again and again."""

from __future__ import annotations

from collections import defaultdict

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from queries.expr import Aggregate, Call, Expr, walk

#: How often it must stand in rules before a recording pays.
OFTEN = 3


def _of_all(world: World) -> Faults:
    seen: dict[Expr, list[Asked]] = defaultdict(list)
    for asked in world.ruled:
        if asked.reader != "alert" or asked.known is None:
            continue
        for node in dict.fromkeys(walk(asked.known.node)):
            if isinstance(node, Aggregate) and any(isinstance(one, Call) for one in walk(node)):
                seen[node].append(asked)
        asked.forget()
    for node, those in seen.items():
        if len(those) >= OFTEN:
            from queries.promql import in_rule, to_promql  # noqa: PLC0415 - only a finding pays for it

            text = to_promql(node, in_rule("5m"))
            yield Fault(
                f"{len(those)} alerts compute {text}",
                hint="a recording rule computes it once",
                spot=those[0].spot,
            )


RULE = Rule(
    id="PQL812",
    title="computed again and again",
    severity=Severity.INFO,
    why="""Each alert evaluates its whole expression at every interval. What three of them share can be recorded once:
    the server does a third of the work, and the three cannot drift apart.""",
    wrong=Example(
        rules="""groups:
  - name: example
    rules:
      - {alert: A, expr: 'sum(rate(llm_tokens_total[1h])) > 1', for: 5m}
      - {alert: B, expr: 'sum(rate(llm_tokens_total[1h])) > 2', for: 5m}
      - {alert: C, expr: 'sum(rate(llm_tokens_total[1h])) > 3', for: 5m}
"""
    ),
    right=Example(
        rules="""groups:
  - name: example
    rules:
      - {record: 'job:llm_tokens:rate1h', expr: 'sum(rate(llm_tokens_total[1h]))'}
      - {alert: A, expr: 'job:llm_tokens:rate1h > 1', for: 5m}
      - {alert: B, expr: 'job:llm_tokens:rate1h > 2', for: 5m}
      - {alert: C, expr: 'job:llm_tokens:rate1h > 3', for: 5m}
"""
    ),
    of_all=_of_all,
)
