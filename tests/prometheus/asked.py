"""Everything that is ever asked of a Prometheus: numbers, the queries of pages, the expressions of rules.

Each question is the text that Prometheus gets, and beside it what was meant: the tree, the labels, the range of values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from panels import Dashboard, Variable
from panels.grafana import to_grafana
from panels.grafana.page import Json
from queries import AlertRule, Query, Role, RuleGroup, Unit, in_rule, to_promql
from queries.expr import RANGE, RATE_INTERVAL, Binary, Call, Expr, Number, selects
from queries.rulefile import to_rule_file
from tests.prometheus.clock import NOW
from tests.prometheus.reference import COMPARISON
from tests.prometheus.server import Prometheus

#: What Grafana fills in for a page of an hour, where Prometheus scrapes every 15 s.
ON_PAGE: Mapping[str, str] = {RATE_INTERVAL: "1m", RANGE: "1h", "$__interval": "15s"}
#: What a rule has instead, unless its group says another window.
IN_RULE: Mapping[str, str] = {RATE_INTERVAL: "5m", RANGE: "1d"}
LABEL_VALUES = re.compile(r"label_values\((?P<selector>.+), (?P<label>\w+)\)")
#: What Grafana puts two backslashes before, in a value that stands in a regular expression.
SPECIAL = re.compile(r"[$^*{}\[\]'+?.()|]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and what its answer has to be like.

    Attributes:
        where: whose it is, for a message: "ai_api.errors('handler')".
        text: what Prometheus is asked; expr: what was meant.
        windows: how long Grafana's windows are in it.
        chosen: what a page's variables narrow, by label; role: whose metrics `job` and `instance` narrow.
        labels: what every series of the answer bears. unit, low, high: what its values are.
        may_be_empty: alerts that are not there, comparisons that do not hold.
    """

    where: str
    text: str
    expr: Expr
    windows: Mapping[str, str]
    labels: tuple[str, ...]
    unit: Unit | None = None
    low: float | None = None
    high: float | None = None
    may_be_empty: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    role: Role | None = None


def of_number(where: str, query: Query) -> Iterator[Asked]:
    """A number as a page and as a rule would ask for it."""
    plain = of_query(where, query, _filled(to_promql(query.expr), ON_PAGE), ON_PAGE)
    yield plain
    yield replace(plain, where=f"{where} in a rule", text=to_promql(query.expr, in_rule("5m")), windows=IN_RULE)


def of_query(where: str, query: Query, text: str, windows: Mapping[str, str]) -> Asked:
    """A question for a number."""
    empty = any(one.name == "ALERTS" for one in selects(query.expr))
    return Asked(where, text, query.expr, windows, query.labels, query.unit, query.low, query.high, empty)


# Pages --------------------------------------------------------------------------------------------


def of_page(dashboard: Dashboard, server: Prometheus, *, chosen: bool = False) -> Iterator[Asked]:
    """Every query of a page's JSON as Grafana sends it: with All chosen, or of every variable one value."""
    made = to_grafana(dashboard)
    offers = {one["name"]: one for one in made["templating"]["list"]}
    filled, narrowed = dict(ON_PAGE), {}
    for variable in dashboard.variables:
        offered = _offered(variable, offers[variable.name], filled, server)
        filled[f"${variable.name}"] = _filling(variable, offered, chosen=chosen)
        if chosen and variable.narrows:
            narrowed[variable.narrows] = offered[-1]
    for panel, json in zip(dashboard.panels(), _panels(made), strict=True):
        for target, sent in zip(panel.targets, json.get("targets", ()), strict=True):
            if target.query is not None:
                where = f"{dashboard.uid}: {panel.title} {sent['refId']}" + (" chosen" if chosen else "")
                said = of_query(where, target.query, _filled(sent["expr"], filled), ON_PAGE)
                yield replace(said, chosen=narrowed, role=dashboard.role)


def _panels(made: Json) -> Iterator[Json]:
    for one in made["panels"]:
        if one["type"] == "row":
            yield from one["panels"]
        else:
            yield one


def _offered(variable: Variable, json: Json, filled: Mapping[str, str], server: Prometheus) -> list[str]:
    """The values that Grafana offers: those that were said, or those of a label, as Prometheus has them."""
    if variable.kind != "query":
        return list(variable.values) or [""]
    asked = LABEL_VALUES.fullmatch(_filled(json["query"]["query"], filled))
    assert asked is not None, f"{variable.name} asks {json['query']['query']}"
    answer = server.query(f"group by ({asked['label']}) ({asked['selector']})", NOW)
    offered = sorted(value for labels in answer.values for _, value in labels)
    assert offered, f"{variable.name} offers nothing: {asked[0]}"
    return offered


def _filling(variable: Variable, offered: Sequence[str], *, chosen: bool) -> str:
    """What Grafana puts in a variable's place."""
    if variable.all_value and not chosen:
        return variable.all_value
    if not variable.multi:
        return offered[-1] if chosen else offered[0]
    values = [SPECIAL.sub(r"\\\\\g<0>", one) for one in (offered[-1:] if chosen else offered)]
    return values[0] if len(values) == 1 else f"({'|'.join(values)})"


# Rules --------------------------------------------------------------------------------------------


def of_group(rules: RuleGroup) -> Iterator[Asked]:
    """Every expression of a group's file, and of each alert both sides of its comparisons."""
    reader, windows = in_rule(rules.window), {**IN_RULE, RATE_INTERVAL: rules.window}
    written = {
        one.get("alert") or one.get("record"): one["expr"] for one in to_rule_file([rules])["groups"][0]["rules"]
    }
    for recording in rules.recordings():
        yield of_query(recording.record, recording.number, written[recording.record], windows)
    for alert in rules.alerts():
        whole = Asked(alert.alert, written[alert.alert], alert.when.expr, windows, alert.when.labels)
        yield replace(whole, may_be_empty=True)
        for side, expr in enumerate(_sides(alert.when.expr)):
            empty = isinstance(expr, Call) and expr.function == "absent"
            asked = Asked(f"{alert.alert} side {side}", to_promql(expr, reader), expr, windows, _kept(alert, expr))
            yield replace(_judged(asked, alert), may_be_empty=empty)


def _sides(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Binary("and" | "or" | "unless", left, right):
            yield from chain(_sides(left), _sides(right))
        case Binary(op, left, right) if op in COMPARISON:
            yield from (side for side in (left, right) if not isinstance(side, Number))
        case _:
            yield expr


def _kept(alert: AlertRule, expr: Expr) -> tuple[str, ...]:
    if isinstance(expr, Call) and expr.function == "absent":
        return tuple(sorted(one.label for one in next(selects(expr)).match if one.op == "="))
    judged = alert.when.query
    return judged.labels if judged is not None and judged.expr == expr else alert.when.labels


def _judged(asked: Asked, alert: AlertRule) -> Asked:
    judged = alert.when.query
    if judged is None or judged.expr != asked.expr:
        return asked
    return replace(asked, unit=judged.unit, low=judged.low, high=judged.high)


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The longest names first, as `$__range_s` is not `$__range` and an s."""
    for name in sorted(values, key=len, reverse=True):
        text = text.replace(name, values[name])
    return text
