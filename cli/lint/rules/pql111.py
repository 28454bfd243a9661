"""PQL111: a bucket that the histogram has not, or whose bound is spelled another way."""

from cli.lint.around import is_alternative
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.mending import replaced
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.exposed import bound
from queries.expr import Select
from queries.inference.picked import NUMBER, matches
from queries.known import Known
from queries.template import VARIABLE

#: Prometheus itself writes every bound with a point from here on.
NORMALIZED = (3, 0)


def _of_node(known: Known, asked: Asked) -> Faults:
    node, series = known.node, known.series
    if series is None or not isinstance(node, Select) or "le" not in series.values:
        return
    bounds, version = series.values["le"], asked.settings.prometheus
    for match in node.match:
        label, op, value = match
        if label != "le" or op not in ("=", "=~") or VARIABLE.search(value):
            continue
        if any(matches(match, one) is not False for one in bounds):
            continue
        alike = {one for one in value.split("|") if NUMBER.fullmatch(one)} & {_short(one) for one in bounds}
        if alike:
            canonical = bound(float(value)) if op == "=" else ""
            certain = version is not None and version >= NORMALIZED
            yield Fault(
                f'le="{value}" is spelled {", ".join(bound(float(one)) for one in sorted(alike, key=float))} by most',
                known,
                'le=~"1|1.0" takes either spelling; Prometheus 3 always writes the point',
                match,
                severity=None if certain else Severity.WARNING,
                change=replaced(asked, known, f'le="{canonical}"', match) if certain and canonical else None,
            )
            continue
        listed = ", ".join(sorted(bounds, key=float))
        severity = Severity.WARNING if series.of.recorded or is_alternative(asked, known) else None
        yield Fault(f'{node.name} has no bucket le="{value}"', known, f"it has {listed}", match, severity=severity)


def _short(bounded: str) -> str:
    return bounded.removesuffix(".0")


RULE = Rule(
    id="PQL111",
    title="a bucket that the histogram lacks",
    severity=Severity.ERROR,
    why="""A bucket is selected by the text of its bound. One that is not among the buckets selects nothing, and so
    does le="1" where the series says le="1.0", as every series does from Prometheus 3 on: the share of fast requests
    is then empty.""",
    wrong=Example('sum(rate(http_request_duration_seconds_bucket{le="0.3"}[5m]))'),
    right=Example('sum(rate(http_request_duration_seconds_bucket{le="0.5"}[5m]))'),
    also=("pint promql/series",),
    causes=("bucket",),
    needs_catalog=True,
    nodes=(Select,),
    of_node=_of_node,
)
