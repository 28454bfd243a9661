"""What stands around a sub-expression, as far as a rule about it has to ask."""

from cli.lint.asked import Asked
from queries.exposed import SCRAPED
from queries.expr import Aggregate, Binary, Call, Select
from queries.known import Known

#: Labels that relabelling, remote writing or Kubernetes adds to anything; a catalog seldom says them.
_RELABELLED = """cluster cluster_id container customer datacenter dc endpoint env environment exported_instance
    exported_job host hostname k8s_cluster namespace node node_name nodename pod project prometheus prometheus_replica
    region replica service site stack stage team tenant zone"""
RELABELLED = frozenset(_RELABELLED.split())
#: What every target has, also those of other catalogs, whose relabelling nobody knows here.
EVERYWHERE = frozenset(one.name for one in SCRAPED)


def is_alternative(asked: Asked, known: Known) -> bool:
    """Whether it stands in an `or`: then it may be the name of another version, and its absence is provided for."""
    return any(type(one.node) is Binary and one.node.op == "or" for one in asked.above(known))


def is_in_call(asked: Asked, known: Known, *functions: str) -> bool:
    """Whether one of the functions is applied to it, at whatever distance."""
    return any(type(one.node) is Call and one.node.function in functions for one in asked.above(known))


def is_aggregated(known: Known) -> bool:
    """Whether series were put together on the way from the selector up to here."""
    return any(type(one.node) is Aggregate for one in known.walk())


def may_be_added(known: Known, label: str) -> bool:
    """Whether a scrape's configuration may add a label that no catalog knows, and nothing here takes it away again."""
    node = known.node
    if isinstance(node, Select):
        return label in RELABELLED or node.name in EVERYWHERE
    if isinstance(node, Aggregate):
        return (label in node.by) is not node.without and may_be_added(known.parts[-1], label)
    return any(may_be_added(one, label) for one in known.parts)
