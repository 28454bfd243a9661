"""PQL114: histogram_quantile() without le."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.mending import kept
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate
from queries.known import Known

#: What VictoriaMetrics' own histograms have in its place.
VICTORIA = "vmrange"


def _of_node(known: Known, asked: Asked) -> Faults:
    if known.empty is None or known.empty.cause != "le":
        return
    of = known.parts[-1]
    lossy = next((one for one in of.walk() if isinstance(one.node, Aggregate) and not one.can_have("le")), None)
    labels = lossy.node.by if lossy is not None and isinstance(lossy.node, Aggregate) else ()
    if any("$" in label or "[[" in label for label in labels):
        return
    doubt = VICTORIA in of.labels or VICTORIA in labels or (of.series is not None and of.series.of.recorded)
    name = of.names[0] if of.names else "its input"
    if lossy is None:
        yield Fault(f"histogram_quantile() wants buckets, and {name} has no le", of, severity=_doubtful(doubt))
        return
    inner = lossy.parts[-1]
    buckets = inner.can_have("le") and not doubt
    yield Fault(
        f"histogram_quantile() finds no le: {lossy.node.op}() has taken it away",  # type: ignore[union-attr]
        lossy,
        f"keep it: sum by ({', '.join((*labels, 'le'))}) (rate(...))",
        severity=_doubtful(doubt),
        change=kept(asked, lossy, "le") if buckets else None,
    )


def _doubtful(doubt: bool) -> Severity | None:  # noqa: FBT001 - it is the only thing asked
    return Severity.WARNING if doubt else None


RULE = Rule(
    id="PQL114",
    title="histogram_quantile() without le",
    severity=Severity.ERROR,
    why="""histogram_quantile() reads the label le to know which bucket is which. An aggregation that does not keep it
    leaves one number out of all buckets, and there is no quantile of that: the result is empty, the panel says "No
    data", the alert never fires.""",
    wrong=Example("histogram_quantile(0.95, sum by (handler) (rate(http_request_duration_seconds_bucket[5m])))"),
    right=Example("histogram_quantile(0.95, sum by (handler, le) (rate(http_request_duration_seconds_bucket[5m])))"),
    causes=("le",),
    nodes=("histogram_quantile",),
    of_node=_of_node,
)
