"""PQL904: an average that the client has made already."""

import re

from cli.lint.catalog_spot import spot, written
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World

MADE = re.compile(r"_(?:avg|average|mean|p\d{2,3}|median)(?:_|$)")


def _of_all(world: World) -> Faults:
    for catalog in written(world.catalogs.catalogs):
        for metric in catalog.metrics:
            said = MADE.search(metric.name)
            if metric.kind == "gauge" and said and not metric.odd_name:
                yield Fault(
                    f"{metric.name} is a {said[0].strip('_')} of one replica: those of several cannot be put together",
                    hint="a histogram or summary, whose sums can be added up; or say why: odd_name",
                    spot=spot(catalog, metric.name),
                )


RULE = Rule(
    id="PQL904",
    title="an average made in the client",
    severity=Severity.WARNING,
    why="""The average of averages is not the average: a replica with one request counts as much as one with a thousand.
    An average or a quantile that the client computes cannot be put right by any query.""",
    wrong=Example("queue_depth", catalogs=("domain: a\nmetrics: [{name: retrieval_score_avg, type: gauge}]\n",)),
    right=Example("queue_depth", catalogs=("domain: a\nmetrics: [{name: retrieval_score, type: summary}]\n",)),
    of_all=_of_all,
)
