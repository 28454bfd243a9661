"""PQL110: the bare name of a histogram, which no series has."""

from cli.lint.around import is_alternative, is_in_call
from cli.lint.asked import Asked
from cli.lint.finding import Change, Severity
from cli.lint.mending import replaced
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Select
from queries.known import Known


def _of_node(known: Known, asked: Asked) -> Faults:
    node, series = known.node, known.series
    if series is None or series.kind != "bare" or not isinstance(node, Select):
        return
    name = node.name
    quantile = is_in_call(asked, known, "histogram_quantile")
    rate = is_in_call(asked, known, "rate", "irate", "increase")
    if quantile:
        hint = f"histogram_quantile(0.95, sum by (le) (rate({name}_bucket[5m])))"
    else:
        mean = f"rate({name}_sum[5m]) / rate({name}_count[5m])"
        hint = f"{name}_count counts the observations, their mean is {mean}"
    doubt = is_alternative(asked, known)
    yield Fault(
        f"{name} is a histogram: no series has its bare name",
        known,
        hint,
        severity=Severity.WARNING if doubt else None,
        change=_buckets(asked, known) if quantile and rate and not doubt else None,
    )


def _buckets(asked: Asked, known: Known) -> Change | None:
    """`_bucket` behind the name, which then only needs what stands around it already."""
    node = known.node
    whole = replaced(asked, known, "")
    if whole is None or not isinstance(node, Select) or not asked.text.startswith(node.name, whole.start):
        return None
    end = whole.start + len(node.name)
    return Change(end, end, "_bucket")


RULE = Rule(
    id="PQL110",
    title="a histogram by its bare name",
    severity=Severity.ERROR,
    why="""A classic histogram is exposed as three kinds of series, with _bucket, _sum and _count behind its name;
    under the name itself there is nothing. The query is accepted and never has a result, so the alert on the 95th
    percentile stays silent through any outage. (A native histogram does have its bare name: say native in the
    catalog.)""",
    wrong=Example("histogram_quantile(0.95, http_request_duration_seconds) > 5", reader="alert"),
    right=Example(
        "histogram_quantile(0.95, sum by (handler, le) (rate(http_request_duration_seconds_bucket[5m]))) > 5",
        reader="alert",
    ),
    also=("pint promql/series",),
    causes=("bare",),
    needs_catalog=True,
    nodes=(Select,),
    of_node=_of_node,
)
