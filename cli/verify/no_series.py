"""Why a selector takes no series: the metric, the label, its value, or all of them at once."""

from __future__ import annotations

from dataclasses import replace

from cli.verify.cause import Ask, Cause, Near
from queries.expr import Aggregate, Match, Select
from queries.promql import quoted, to_promql

#: What Prometheus makes only while an alert is pending or firing.
OF_ALERTS = ("ALERTS", "ALERTS_FOR_STATE")
#: Of a label's values so many are told.
MOST = 5


def why_none(select: Select, ask: Ask, near: Near) -> Cause:
    """Of a selector that takes nothing now."""
    if select.name in OF_ALERTS:
        return Cause("condition", "no alert is pending or firing")
    now = replace(select, offset="", at="")
    if (select.offset or select.at) and not _none(now, ask):
        return Cause("history", f"there is no data from {select.offset or select.at} ago: it is longer than the data")
    bare = replace(now, match=())
    if not select.name:
        return Cause("matcher", f"no series is taken by {to_promql(now)}")
    if _none(bare, ask):
        return _no_metric(select.name, ask, near)
    for one in select.match:
        if _none(replace(bare, match=(one,)), ask):
            return _no_match(bare, one, ask)
    listed = ", ".join(f"{one.label}{one.op}{quoted(one.value)}" for one in select.match)
    return Cause("matcher", f"no series of {select.name} has all of {listed} at once")


def _no_metric(name: str, ask: Ask, near: Near) -> Cause:
    if ask(f"last_over_time({to_promql(Select(name))}[1h])").samples:
        return Cause("metric", f"{name} is no longer exported: its last sample is more than 5 minutes old", name)
    close = near(name)
    return Cause("metric", f"nobody exports {name}" + (f"; did you mean {close!r}?" if close else ""), name)


def _no_match(bare: Select, one: Match, ask: Ask) -> Cause:
    of = bare.name
    said = f"{one.label}{one.op}{quoted(one.value)}"
    there = ask(to_promql(Aggregate("group", bare, by=(one.label,)))).samples
    values = sorted(filter(None, (sample.labels.get(one.label, "") for sample in there)))
    if not values:
        return Cause("label", f"no series of {of} has a label {one.label}, and {said} asks for it")
    more = f" and {len(values) - MOST} others" if len(values) > MOST else ""
    listed = ", ".join(values[:MOST]) + more
    if one.op == "=":
        return Cause("label", f"no series of {of} has {said}: there are {listed}")
    return Cause("matcher", f"{said} takes none of the series of {of}: there are {listed}")


def _none(select: Select, ask: Ask) -> bool:
    return not ask(to_promql(select)).samples
