"""Rule groups: of a Prometheus rule file, of a `PrometheusRule` or `VMRule`, and of Grafana's own alerting."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from cli.lint.reading.document import Placed
from cli.lint.reading.language import is_logql
from cli.lint.reading.managed import is_managed, managed
from cli.lint.reading.members import objects, scalar, text, whole, words
from cli.lint.reading.running import QUERY, as_written, is_running
from cli.lint.reading.vocabulary import misnamed_rules
from cli.lint.spot import Path, Spot
from cli.lint.subject import Alert, Group, Recording, Unreadable

#: What a `VMRule` is in: where it has the words of PromQL, its answers differ.
METRICSQL = "metricsql"


def are_groups(value: Any) -> bool:
    """Whether a list, empty or not, is one of rule groups; beside one with rules another may have none yet."""
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        return False
    without = [one for one in value if "rules" not in one and misnamed_rules(one) is None]
    return all(one.keys() == {"name"} for one in without) and (not value or len(without) < len(value))


def are_rules(value: Any) -> bool:
    """Whether a list is one of rules."""
    known = ("alert", "record", "grafana_alert")
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, Mapping) and (any(key in one for key in known) or is_managed(one)) for one in value)
    )


def groups(document: Placed, value: Any, path: Path, kind: str = "") -> Iterator[Group | Unreadable]:
    """The groups of a list at a path.

    Args:
        document: that holds them.
        value: the list.
        path: to it.
        kind: in which language their rules are; empty where that is theirs to say, as vmalert's do: `type: vlogs`.
    """
    for index, one in objects({"": value}, ""):
        yield from group(document, one, (*path, index), kind)


def group(document: Placed, json: Mapping[str, Any], path: Path, kind: str = "") -> Iterator[Group | Unreadable]:
    """One group, and its rules that nobody can judge."""
    key, json = (QUERY, as_written(json)) if is_running(json) else ("expr", json)
    name = scalar(json, "name") or text(json, "title")
    spot = Spot(document, path, f"group {name}" if name else "group without a name")
    kind = kind or text(json, "type")
    read = [_rule(one, spot.below("rules", index), kind, key) for index, one in objects(json, "rules")]
    seconds = whole(json, "interval")
    wrong = misnamed_rules(json)
    if wrong is not None:
        path = (*path, *wrong.path)
        yield Unreadable(document.file, str(wrong), *document.position_of_key(path))
    yield from (one for one in read if isinstance(one, Unreadable))
    rules = tuple(one for one in read if not isinstance(one, Unreadable))
    yield Group(
        spot=spot,
        name=name,
        interval=text(json, "interval") if seconds is None else f"{seconds}s",
        rules=rules,
        managed=any(isinstance(one, Alert) and one.managed for one in rules),
        json=json,
    )


def listed(document: Placed, rules: Iterable[tuple[Path, Any]]) -> Iterator[Group | Unreadable]:
    """Grafana's list of all rules, each with its path, by their groups."""
    held: dict[tuple[str, str], list[Alert | Recording]] = {}
    spots: dict[tuple[str, str], Spot] = {}
    for path, one in rules:
        key = (text(one, "folderUID") or text(one, "folderUid"), text(one, "ruleGroup"))
        spot = spots.setdefault(key, Spot(document, path, f"group {key[1]}" if key[1] else "rules"))
        rule = _rule(one, Spot(document, path, ""))
        if isinstance(rule, Unreadable):
            yield rule
        else:
            held.setdefault(key, []).append(rule)
    for key, spot in spots.items():
        yield Group(spot, key[1], rules=tuple(held.get(key, ())), managed=True)


def _rule(json: Mapping[str, Any], spot: Spot, kind: str = "", key: str = "expr") -> Alert | Recording | Unreadable:
    """One rule of a group of that kind; the file has its expression at `key`."""
    if is_managed(json):
        return managed(json, spot)
    alert, record, expr = scalar(json, "alert"), scalar(json, "record"), scalar(json, "expr")
    if not alert and not record:
        return _not_judged(spot, "this rule says neither `alert` nor `record`")
    if alert and record:
        return _not_judged(spot, "this rule says both `alert` and `record`: Prometheus takes no such file")
    if not expr.strip():
        return _not_judged(spot, f"the rule {alert or record} has no expression")
    language = "" if kind not in ("", "prometheus") else "logql" if is_logql(expr) else "promql"
    labels = words(json, "labels")
    if record:
        spot = Spot(spot.document, spot.path, f"recording rule {record}")
        return Recording(spot, record, expr, labels, (key,), language, json)
    return Alert(
        spot=Spot(spot.document, spot.path, f"alert {alert}"),
        name=alert,
        expr=expr,
        for_=scalar(json, "for"),
        keep_firing_for=scalar(json, "keep_firing_for"),
        labels=labels,
        annotations=words(json, "annotations"),
        expr_path=(key,),
        language=language,
        json=json,
    )


def _not_judged(spot: Spot, why: str) -> Unreadable:
    return Unreadable(spot.document.file, why, *spot.document.position(spot.path))
