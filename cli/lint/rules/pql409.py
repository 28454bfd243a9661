"""PQL409: a limit, a step or an axis outside what the metric can be."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.limits import limits
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.expr import Aggregate, Binary, Call, Minus
from queries.known import Known

#: What leaves a value between the least and the greatest.
KINDS = frozenset({"gauge", "quantile"})
AGGREGATIONS = frozenset({"avg", "min", "max", "quantile", "topk", "bottomk"})
FUNCTIONS = frozenset({"avg_over_time", "max_over_time", "min_over_time", "quantile_over_time", "last_over_time"})


def _of_query(asked: Asked) -> Faults:
    known, panel = asked.known, asked.panel
    if known is None:
        return
    for limit in limits(known):
        bounds = _bounds(limit.of)
        if bounds is not None and not bounds[0] <= limit.value <= bounds[1]:
            yield Fault(f"{limit.value:g} is outside {_said(limit.of, bounds)}", limit.at, "a limit inside of it")
    bounds = _bounds(known)
    if panel is None or bounds is None or panel.overridden or panel.transformed or not panel.absolute:
        return
    low, high = bounds
    outside = [value for value, _ in panel.steps if value is not None and not low <= value <= high]
    if outside:
        yield Fault(f"the threshold {outside[0]:g} is outside {_said(known, bounds)}", hint="a threshold inside of it")


def _bounds(known: Known) -> tuple[float, float] | None:
    """The least and the greatest value, where they are declared and nothing changed the value since."""
    if known.series is None or known.kind not in KINDS or known.unit != known.series.of.unit or _added_up(known):
        return None
    low, high = known.series.of.low, known.series.of.high
    if low is None and high is None:
        return None
    return (float("-inf") if low is None else low, float("inf") if high is None else high)


def _added_up(known: Known) -> bool:
    for one in known.walk():
        node = one.node
        if isinstance(node, Minus | Binary):
            return True
        if isinstance(node, Aggregate) and node.op not in AGGREGATIONS:
            return True
        if isinstance(node, Call) and node.function not in FUNCTIONS:
            return True
    return False


def _said(known: Known, bounds: tuple[float, float]) -> str:
    name = known.series.of.name if known.series else ""
    return f"what {name} can be ({bounds[0]:g} to {bounds[1]:g})"


RULE = Rule(
    id="PQL409",
    title="a limit outside the metric's range",
    severity=Severity.WARNING,
    why="""A score from 0 to 1 is never above 70. A limit outside the range that the metric declares is always or never
    true: the panel stays green, the alert silent, and both look as if all were well.""",
    wrong=Example("quality_score < 70", reader="alert"),
    right=Example("quality_score < 0.7", reader="alert"),
    needs_catalog=True,
    of_query=_of_query,
)
