"""PQL222: a share that has no answer until the first error."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel
from queries.expr import Aggregate, Binary, Call, Match, Number, Select, Window
from queries.known import Known

ONE_NUMBER = frozenset({"stat", "gauge", "bargauge", "singlestat"})


def _of_node(known: Known, asked: Asked) -> Faults:
    node = known.node
    if asked.panel is None or asked.panel.kind not in ONE_NUMBER or not isinstance(node, Binary) or node.op != "/":
        return
    left, right = (_unscaled(part) for part in known.parts)
    picks = _picks(left)
    # a series by handler may be missing without anybody missing it; a number alone is the panel
    if picks is not None and left.names == right.names and not left.sure and not left.labels:
        yield Fault(
            f"there is no answer as long as no series has {picks.label}{picks.op}{picks.value!r}: "
            'the panel says "No data" until the first one, and not 0',
            left,
            "(... or vector(0)) around the numerator",
        )


def _unscaled(known: Known) -> Known:
    node = known.node
    if isinstance(node, Binary) and node.op in "*/":
        left, right = known.parts
        if isinstance(left.node, Number):
            return _unscaled(right)
        if isinstance(right.node, Number):
            return _unscaled(left)
    return known


def _picks(known: Known) -> Match | None:
    """The matcher that picks some of a counter's series by a label of its own."""
    node = known.node
    if not isinstance(node, Aggregate) or node.op != "sum" or node.param is not None:
        return None
    inner = node.of
    if not isinstance(inner, Call) or not inner.args or not isinstance(inner.args[0], Window):
        return None
    select, series = inner.args[0].of, known.series
    if not isinstance(select, Select) or series is None or series.kind != "counter":
        return None
    own = {one.name for one in series.of.labels}
    return next(
        (one for one in select.match if one.label in own and one.op in ("=", "=~") and "$" not in one.value), None
    )


RULE = Rule(
    id="PQL222",
    title="a share without an answer before the first one",
    severity=Severity.WARNING,
    why="""A counter with labels has no series for a status that never occurred, so the share of errors has no numerator
    until the first error: the panel shows "No data" where it should show 0 %, and nobody can tell a healthy service
    from a broken query. `or vector(0)` around the numerator, or a client that sets every status to 0 at its start,
    mends it.""",
    wrong=Example(
        page=page(
            panel('sum(rate(http_requests_total{status="5xx"}[5m])) / sum(rate(http_requests_total[5m]))', kind="stat")
        )
    ),
    right=Example(
        page=page(
            panel(
                '(sum(rate(http_requests_total{status="5xx"}[5m])) or vector(0)) / sum(rate(http_requests_total[5m]))',
                kind="stat",
            )
        )
    ),
    needs_catalog=True,
    nodes=(Binary,),
    of_node=_of_node,
)
