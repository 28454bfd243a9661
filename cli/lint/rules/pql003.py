"""PQL003: not every Prometheus has it: new, behind a flag, or gone."""

from cli.lint.asked import Asked
from cli.lint.features import FEATURES, IN_THE_TREE, lacking
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.trap import experiment, trap
from queries.expr import Aggregate, Call
from queries.known import Known


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    name = node.op if isinstance(node, Aggregate) else node.function if isinstance(node, Call) else ""
    if name in FEATURES:
        yield from _faults(name, asked, known)


def _of_query(asked: Asked) -> Faults:
    if trap(asked) == "experiment":
        yield from _faults(experiment(asked), asked, None)


def _faults(name: str, asked: Asked, at: Known | None) -> Faults:
    feature = FEATURES[name]
    why = lacking(feature, asked.settings)
    if why is not None:
        yield Fault(f"{feature.name} {why[0]}", at, feature.instead, severity=why[1])


RULE = Rule(
    id="PQL003",
    title="not in every Prometheus",
    severity=Severity.WARNING,
    why="""What is newer than the server, or an experiment that it was not told to allow, it refuses like any other
    mistake: the panel shows an error, the rule file is not loaded. Say the version and the flags of the target
    (prometheus, features), and this rule knows.""",
    wrong=Example("mad_over_time(queue_depth[1h])"),
    right=Example("stddev_over_time(queue_depth[1h])"),
    also=("pint promql/features",),
    even_if_broken=True,
    nodes=(Aggregate, *IN_THE_TREE),
    of_node=_of_node,
    of_query=_of_query,
)
