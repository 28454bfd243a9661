"""PQL520: "no requests" asked of each series for itself, and of nothing when there are none."""

import re

from cli.lint.absence import Watched, watched
from cli.lint.annotation import labels_used
from cli.lint.asked import Asked
from cli.lint.branches import flow, selected, top_limits
from cli.lint.finding import Severity
from cli.lint.limits import Limit
from cli.lint.rule import Example, Fault, Faults, Rule, World
from queries.expr import Aggregate, Call
from queries.known import Known

#: What may be "nothing at all": `== 0`, `<= 0`, the other way round.
NOUGHT = re.compile(r"(?:==|<=)\s*0(?![.\w])|(?<![.\w])0\s*(?:==|>=)")


def _of_all(world: World) -> Faults:
    there = watched(world.ruled)
    for asked in world.ruled:
        if asked.alert is None or asked.alert.managed or not NOUGHT.search(asked.text) or not _flows(asked.text):
            continue
        known = asked.known
        for limit in () if known is None or known.empty is not None else top_limits(known):
            if limit.value == 0 and limit.op in ("==", "<="):
                yield from _silence(limit, asked, there)
        asked.forget()


def _flows(text: str) -> bool:
    return "rate" in text or "increase" in text or "delta" in text


def _silence(limit: Limit, asked: Asked, there: Watched) -> Faults:
    of, metric = limit.of, selected(limit.of)
    if metric is None or asked.alert is None:
        return
    alone = flow(of)
    added = isinstance(of.node, Aggregate) and of.node.op in ("sum", "max") and flow(of.parts[-1]) is not None
    if alone is None and not added:
        return
    covered = there.covers(metric)
    name = metric.names[0] if metric.names else "it"
    own = _own(metric) - {used.label for used in labels_used(asked.alert)} if alone is not None else frozenset[str]()
    if own:
        apart = f"each series ({', '.join(sorted(own))}) is judged for itself: an idle one fires in a healthy service"
        gone = "" if covered else ", and when they are all gone nothing does"
        yield Fault(apart + gone, None, _better(of, name), spot=asked.spot)
    elif not covered:
        yield Fault(
            f"nothing fires when {name} has no series at all: no process, or no request since it started",
            None,
            _better(of, name),
            spot=asked.spot,
            severity=Severity.INFO,
        )


def _own(metric: Known) -> frozenset[str]:
    """The metric's own labels in which its series differ."""
    if metric.series is None or metric.series.of.recorded:
        return frozenset()
    return frozenset(one.name for one in metric.series.of.labels if metric.varies(one.name))


def _better(of: Known, name: str) -> str:
    from queries.promql import to_promql  # noqa: PLC0415 - only a finding pays for it

    text = to_promql(of.node)
    return f"{text if not isinstance(of.node, Call) else f'sum({text})'} == 0 or absent({name})"


RULE = Rule(
    id="PQL520",
    title="silence asked of each series",
    severity=Severity.WARNING,
    why="""`increase(x[10m]) == 0` compares each series for itself: the errors of a healthy service are an idle series,
    and the alert fires. And when the process is gone there is no series at all, nothing to compare and no alert: it is
    silent in the one case for which it was written. Add the series up, and ask whether they are there.""",
    wrong=Example("increase(http_requests_total[10m]) == 0", reader="alert"),
    right=Example("sum(increase(http_requests_total[10m])) == 0 or absent(http_requests_total)", reader="alert"),
    of_all=_of_all,
)
