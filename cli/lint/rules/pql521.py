"""PQL521: `x == 0` says nothing once x is gone, and no other alert does."""

import re

from cli.lint.absence import Watched, watched
from cli.lint.asked import Asked
from cli.lint.branches import selected, top_limits
from cli.lint.finding import Severity
from cli.lint.limits import Limit
from cli.lint.rule import Example, Fault, Faults, Rule, World
from queries.expr import Aggregate, Call, Select
from queries.known import Known

#: What may be "is it there?": `== 0`, `!= 1`, `< 1`.
NOUGHT = re.compile(r"(?:(?:==|<=)\s*0|(?:!=|<)\s*1)(?![.\w])|(?<![.\w])(?:0\s*(?:==|>=)|1\s*(?:!=|>))")
DOWN = frozenset({("==", 0.0), ("!=", 1.0), ("<", 1.0), ("<=", 0.0)})


def _of_all(world: World) -> Faults:
    there = watched(world.ruled)
    for asked in world.ruled:
        if asked.alert is None or asked.alert.managed or not NOUGHT.search(asked.text):
            continue
        known = asked.known
        for limit in () if known is None or known.empty is not None else top_limits(known):
            metric = _judged(limit)
            if metric is not None and not there.covers(metric):
                yield from _gone(metric, asked, there)
                break
        asked.forget()


def _judged(limit: Limit) -> Known | None:
    """The gauge that is asked whether it is down; None for another comparison."""
    if (limit.op, limit.value) not in DOWN:
        return None
    metric = selected(limit.of)
    if metric is None or not metric.names or not _is_plain(limit.of):
        return None
    if limit.op == "<" and metric.names != ("up",) and not _is_flag(metric):
        return None
    return metric if metric.kind in ("gauge", "") else None


def _is_plain(known: Known) -> bool:
    """Whether it is the gauge itself, over time or over its series."""
    node = known.node
    if isinstance(node, Aggregate):
        return node.op in ("sum", "min", "max", "avg") and _is_plain(known.parts[-1])
    if isinstance(node, Call):
        return node.function.endswith("_over_time") and node.function not in ("absent_over_time", "count_over_time")
    return isinstance(node, Select)


def _is_flag(metric: Known) -> bool:
    return metric.unit is not None and metric.unit.name == "bool"


def _gone(metric: Known, asked: Asked, there: Watched) -> Faults:
    from queries.promql import to_promql  # noqa: PLC0415 - only a finding pays for it

    name, text = metric.names[0], to_promql(metric.node)
    pinned = isinstance(metric.node, Select) and any(one.label == "job" and one.op == "=" for one in metric.node.match)
    if name == "up":
        why = "the targets are no longer in the scrape configuration"
        severity = Severity.WARNING if pinned else Severity.INFO
    elif there.sees_down(metric):
        return
    else:
        why = "the process is gone"
        severity = Severity.WARNING if metric.series is not None else Severity.INFO
    yield Fault(
        f"{text} has no series once {why}, and no alert fires",
        None,
        f"a second alert: absent({text})",
        spot=asked.spot,
        severity=severity,
    )


RULE = Rule(
    id="PQL521",
    title="nothing fires when the series is gone",
    severity=Severity.WARNING,
    why="""A comparison is made of the series that are there. The gauge of a dead process is not there after five
    minutes, and `up` is not there once the target has left the configuration: `== 0` then has nothing to compare and
    the alert is silent, or resolves. absent() is the alert that fires for what is missing; one anywhere in the rules
    is enough.""",
    wrong=Example("model_loaded == 0", reader="alert"),
    right=Example("model_loaded == 0 or absent(model_loaded)", reader="alert"),
    of_all=_of_all,
)
