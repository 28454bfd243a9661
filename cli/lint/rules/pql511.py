"""PQL511: how long a condition must hold does not fit what it looks at."""

import re
from collections.abc import Iterable, Iterator
from math import ceil

from cli.lint.asked import Asked
from cli.lint.branches import branches, flow, judged, top_limits
from cli.lint.finding import Severity
from cli.lint.length import length
from cli.lint.rule import Example, Fault, Faults, Rule
from queries.duration import spelled
from queries.expr import Aggregate, Call, Window
from queries.known import Known

#: "10 minutes", "5m", "1 hour" in a text.
SPAN = re.compile(r"\b(\d+)\s?(s|sec|seconds?|m|mins?|minutes?|h|hours?|d|days?)\b")
SIZES = {"s": 1, "m": 60, "h": 3600, "d": 86400}
#: A window that is longer than this has smoothed its peaks away.
SHORT = 300.0


def _of_query(asked: Asked) -> Faults:
    alert, known = asked.alert, asked.known
    if alert is None or known is None or alert.managed or asked.group is None:
        return
    waits = length(alert.for_) if alert.for_ else 0.0
    if waits is None:
        return  # PQL553 tells it
    every = length(asked.group.interval) if asked.group.interval else asked.settings.evaluation_interval
    yield from _late(known, waits, alert.for_, list(_spans(alert.annotations.values())))
    if waits == 0:
        yield from _at_once(known)
    elif every and waits < 2 * every:
        yield Fault(
            f"for {alert.for_} at one evaluation every {every:g} s: {ceil(waits / every) + 1} bad samples are enough",
            None,
            f"for: {spelled(int(2000 * every))} or more",
            spot=alert.spot.below("for"),
            severity=Severity.INFO,
        )


def _late(known: Known, waits: float, said: str, promised: list[float]) -> Faults:
    """`increase(x[10m]) == 0` for 10 minutes is twenty minutes of silence."""
    for limit in top_limits(known):
        if limit.op not in ("==", "<=") or limit.value != 0:
            continue
        window = _window(limit.of)
        if window is None or not promised or not waits:
            continue
        whole = window + waits
        # a text may tell the window as well as the time until somebody is woken
        if max(promised) < whole and min(promised) >= window / 2:
            yield Fault(
                f"it fires after {_minutes(whole)}: the window of {_minutes(window)} has to be empty for {said}; "
                f"the text says {_minutes(max(promised))}",
                limit.at,
                "take a shorter window, so that window and `for` are together what the text says",
            )


def _at_once(known: Known) -> Faults:
    for branch in branches(known):
        at = judged(branch)
        if isinstance(at.node, Call) and at.node.function == "absent":
            yield Fault(
                "absent() without `for` fires at each restart of Prometheus and at each scrape that fails",
                at,
                "for: 5m",
            )
    for limit in top_limits(known):
        if limit.op not in (">", ">=") or limit.value == 0:
            continue
        of = limit.of.parts[-1] if isinstance(limit.of.node, Aggregate) else limit.of
        found = flow(of)
        window = None if found is None else _window(found)
        if found is None or window is None or window > SHORT:
            continue
        if isinstance(found.node, Call) and found.node.function != "increase":
            yield Fault(f"a rate over {_minutes(window)} without `for`: one burst wakes somebody", limit.at, "for: 5m")


def _window(known: Known) -> float | None:
    """The window of the one `rate(x[...])` that a number is made of."""
    found = [one.node for one in known.walk() if isinstance(one.node, Window)]
    return length(found[0].span) if len(found) == 1 else None


def _spans(texts: Iterable[str]) -> Iterator[float]:
    for text in texts:
        for count, unit in SPAN.findall(text):
            yield float(count) * SIZES[unit[0]]


def _minutes(span: float) -> str:
    return f"{span / 60:g} min" if span >= 60 else f"{span:g} s"  # noqa: PLR2004 - a minute


RULE = Rule(
    id="PQL511",
    title="a `for` that does not fit",
    severity=Severity.WARNING,
    why="""`for` is how long a condition must hold at each evaluation before anybody is told. Without it one burst in a
    short window, or one failed scrape under absent(), wakes somebody. With a window that has to be empty first the
    times add up: `increase(x[10m]) == 0` for 10 minutes tells of the silence after twenty.""",
    wrong=Example("sum(rate(http_requests_total[1m])) > 100", reader="alert"),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Busy
    expr: sum(rate(http_requests_total[1m])) > 100
    for: 5m
"""
    ),
    also=("pint alerts/for", "pint alerts/absent"),
    readers=("alert",),
    of_query=_of_query,
)
