"""PQL120: what a counter has counted since its process started."""

from collections.abc import Iterator

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import COMPARISONS, Aggregate, Binary, Call, Number, Select, Subquery, Window
from queries.known import Known

COUNTERS = frozenset({"counter", "sum", "count", "bucket"})
#: Functions that ask whether or when there is something, not how much; the quantile is PQL122's.
NOT_THE_VALUE = frozenset({"absent", "timestamp", "histogram_quantile", "histogram_fraction"})
COUNTING = frozenset({"count", "group", "count_values"})
#: Panels that show one number, which may well be a total.
TOTALS = frozenset({"stat", "singlestat", "gauge", "bargauge", "table", "piechart", "grafana-piechart-panel"})


def _of_query(asked: Asked) -> Faults:
    whole = asked.known
    if whole is None or asked.reader == "variable" or not asked.catalogs:
        return
    found = [one for one in _raw(whole) if one.kind != "bucket" or whole.can_have("le")]
    if not found:
        return
    names = list(dict.fromkeys(one.names[0] for one in found))
    counted = " and ".join(names)
    verb = "counts" if len(names) == 1 else "count"
    total = asked.panel is not None and asked.panel.kind in TOTALS and _is_total(whole)
    yield Fault(
        f"{counted} {verb} since the process started, and from zero after each restart",
        found[0] if len(names) == 1 else None,
        "rate(...) says how much per second, increase(...[1h]) how much in an hour",
        severity=Severity.INFO if total else None,
    )


def _raw(known: Known) -> Iterator[Known]:
    """The counters whose value the expression shows or compares."""
    node, parts = known.node, known.parts
    match node:
        case Select():
            if known.kind in COUNTERS and known.series is not None and not known.series.of.recorded:
                yield known
        case Window() | Subquery():
            return
        case Call(function=function) if function in NOT_THE_VALUE:
            return
        case Aggregate(op=op) if op in COUNTING:
            return
        case Binary(op="and" | "unless"):
            # the right side says only whether there is something
            if not _is_earlier(known):
                yield from _raw(parts[0])
        case Binary(op="*") if Number(0) in (node.left, node.right):
            return
        case Binary(op=op) if op in COMPARISONS and _is_earlier(known):
            return
        case _:
            for part in parts:
                yield from _raw(part)


def _is_earlier(known: Known) -> bool:
    """Whether both sides are the same metric at two times: what has changed, what is new."""
    left, right = known.parts
    shifted = any(isinstance(one.node, Select) and one.node.offset for side in known.parts for one in side.walk())
    return shifted and set(left.names) == set(right.names)


def _is_total(known: Known) -> bool:
    """Whether it is nothing but a counter or a sum of it."""
    return all(isinstance(one.node, Select | Aggregate | Number) for one in known.walk())


RULE = Rule(
    id="PQL120",
    title="a counter without rate()",
    severity=Severity.WARNING,
    why="""A counter says how much there was since its process started. As a line it only rises and falls at each
    deployment; as a ratio it is the mean of the whole life of the process: after a good day and a bad hour it still
    says 95 %, and the alert stays silent.""",
    wrong=Example("sum by (handler) (http_requests_total)"),
    right=Example("sum by (handler) (rate(http_requests_total[5m]))"),
    also=("pint promql/counter", "dashboard-linter target-counter-agg-rule"),
    needs_catalog=True,
    of_query=_of_query,
)
