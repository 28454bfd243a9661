"""PQL531: what every replica reports is added up once for each of them."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate
from queries.known import Known


def _of_node(known: Known, _: Asked) -> Faults:
    of = known.parts[-1]
    node, series = known.node, of.series
    if not isinstance(node, Aggregate) or node.op != "sum" or series is None or not series.of.shared:
        return
    if of.kind not in ("gauge", "counter", "rate", "increase"):
        return
    replicas = [one for one in series.of.targets if one != "job" and of.varies(one) and not known.can_have(one)]
    if replicas:
        from dataclasses import replace  # noqa: PLC0415 - only a finding pays for it

        from queries.promql import to_promql  # noqa: PLC0415

        yield Fault(
            f"every replica reports the same {series.of.name}: sum() counts it once for each {replicas[0]}",
            known,
            to_promql(replace(node, op="max")),
        )


CATALOG = """domain: example
metrics:
- {name: shared_queue_depth, type: gauge, unit: requests, shared: true}
"""
RULE = Rule(
    id="PQL531",
    title="the sum of what all replicas share",
    severity=Severity.WARNING,
    why="""A queue in a broker, or the number of rows in a database, is one number that each replica reports. The sum
    over three replicas is three times the truth, and it grows when somebody adds a replica to work the queue off.""",
    wrong=Example("sum(shared_queue_depth)", catalogs=(CATALOG,)),
    right=Example("max(shared_queue_depth)", catalogs=(CATALOG,)),
    needs_catalog=True,
    nodes=(Aggregate,),
    of_node=_of_node,
)
