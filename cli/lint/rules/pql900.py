"""PQL900: one name that means two things under one job."""

from itertools import combinations

from cli.lint.catalog_spot import spot, written
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from queries.catalog import Catalog
from queries.exposed import Exposed


def _of_all(world: World) -> Faults:
    for one, other in combinations(written(world.catalogs.catalogs), 2):
        theirs = {metric.name: metric for metric in other.metrics}
        for metric in one.metrics:
            its = theirs.get(metric.name)
            shared = set() if its is None else {*_jobs(one, metric)} & {*_jobs(other, its)}
            if its is not None and shared and (differs := _difference(metric, its)):
                yield Fault(
                    f"{metric.name} is two things under the job {min(shared)!r}: {differs} in {one.domain} and"
                    f" {other.domain}",
                    hint="another name, or another job",
                    spot=spot(other, metric.name),
                )


def _jobs(catalog: Catalog, metric: Exposed) -> tuple[str, ...]:
    return metric.jobs or catalog.jobs


def _difference(one: Exposed, other: Exposed) -> str:
    if one.kind != other.kind:
        return f"a {one.kind} and a {other.kind}"
    mine, its = ({label.name for label in metric.labels} for metric in (one, other))
    if mine != its:
        return f"with the labels {', '.join(sorted(mine)) or 'none'} and {', '.join(sorted(its)) or 'none'}"
    return "with other buckets" if one.buckets != other.buckets else ""


RULE = Rule(
    id="PQL900",
    title="one name for two things",
    severity=Severity.ERROR,
    why="""Prometheus knows a series by its name and labels. Two services that export one name with another type, other
    labels or other buckets under one job are added up by every query, and no query can tell them apart again.""",
    wrong=Example(
        "queue_depth",
        catalogs=(
            "domain: a\njobs: [api]\nmetrics: [{name: queue_depth, type: gauge, labels: {shard: null}}]\n",
            "domain: b\njobs: [api]\nmetrics: [{name: queue_depth, type: gauge, labels: {queue: null}}]\n",
        ),
    ),
    right=Example(
        "queue_depth",
        catalogs=(
            "domain: a\njobs: [api]\nmetrics: [{name: queue_depth, type: gauge, labels: {shard: null}}]\n",
            "domain: b\njobs: [worker]\nmetrics: [{name: queue_depth, type: gauge, labels: {queue: null}}]\n",
        ),
    ),
    of_all=_of_all,
)
