"""PQL902: buckets for web requests around something else."""

from cli.lint.catalog_spot import spot, written
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from queries.unit import SECONDS

#: What the clients for Python and Go take where nobody says buckets: meant for the seconds of a web request.
DEFAULTS = (
    (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0),
    (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)


def _of_all(world: World) -> Faults:
    for catalog in written(world.catalogs.catalogs):
        for metric in catalog.metrics:
            default = tuple(float(one) for one in metric.buckets) in DEFAULTS
            if metric.kind == "histogram" and metric.unit not in (None, SECONDS) and default:
                yield Fault(
                    f"{metric.name} counts {metric.unit} in the client's default buckets, which are made for seconds",
                    hint="buckets where its values are",
                    spot=spot(catalog, metric.name),
                )


def _catalog(buckets: str) -> tuple[str, ...]:
    return (f"domain: a\nmetrics: [{{name: confidence, type: histogram, unit: score, buckets: {buckets}}}]\n",)


RULE = Rule(
    id="PQL902",
    title="default buckets for what is no duration",
    severity=Severity.WARNING,
    why="""The default buckets of the client libraries lie where web requests take their time. A confidence from 0 to 1
    falls into two of them, so that every quantile is a straight line between 0.75 and 1, whatever the model does.""",
    wrong=Example(
        "queue_depth", catalogs=_catalog("[0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10]")
    ),
    right=Example("queue_depth", catalogs=_catalog("[0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1]")),
    of_all=_of_all,
)
