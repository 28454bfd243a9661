"""A page's variables as Grafana's JSON, each narrowed by those before it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from panels.dashboard import AlertMarks, Dashboard
from panels.variable import LOKI, PROMETHEUS, Variable
from queries import Histogram, Metric, Mistake, Reader, Summary, to_promql
from queries.expr import Select

Json = dict[str, Any]
ALL: Json = {"text": ["All"], "value": ["$__all"]}
#: Empty, Grafana would take the first data source by name, whichever that is.
DEFAULT: Json = {"text": "default", "value": "default"}
_HIDDEN, _SHOWN = 2, 0
_ON_TIME_RANGE = 2
_ON_LOAD = 1
_BY_NAME = 1
#: What Grafana's own editor of a variable calls its query, and its choice "label values".
EDITOR = {"qryType": 1, "refId": "PrometheusVariableQueryEditor-VariableQuery"}


def with_sources(dashboard: Dashboard) -> tuple[Variable, ...]:
    """The page's variables; in front of them the data sources that its panels ask and nobody has named."""
    named = {one.values[0] for one in dashboard.variables if one.kind == "datasource"}
    known = {one.values[0]: one for one in (PROMETHEUS, LOKI)}
    missing: dict[str, Variable] = {}
    asks_at_top = any(one.kind == "query" for one in dashboard.variables)
    if asks_at_top or any(isinstance(one, AlertMarks) for one in dashboard.marks):
        missing["prometheus"] = PROMETHEUS
    for panel in dashboard.panels():
        for target in panel.targets:
            source = target.datasource
            if source not in known and source not in named:
                what = f"panel {panel.title!r} asks {source!r}, and the page has no variable for such a data source"
                raise Mistake(what, fix='Variable(kind="datasource", ...)', where=panel.source)
            if source not in named:
                missing[source] = known[source]
    return (*(missing[name] for name in known if name in missing and name not in named), *dashboard.variables)


def sources_of(variables: Sequence[Variable]) -> dict[str, Json]:
    """How panels refer to a kind of data source: by the page's first variable for it."""
    found: dict[str, Json] = {}
    for one in variables:
        if one.kind == "datasource":
            found.setdefault(one.values[0], {"type": one.values[0], "uid": f"${{{one.name}}}"})
    return found


def variables_json(variables: Sequence[Variable], reader: Reader, sources: Mapping[str, Json]) -> list[Json]:
    """All of them, in order."""
    made = []
    before: dict[str, str] = {}
    for one in variables:
        made.append(_variable(one, reader, before, sources))
        if one.narrows:
            before[one.narrows] = one.name
    return made


def _variable(one: Variable, reader: Reader, before: Mapping[str, str], sources: Mapping[str, Json]) -> Json:
    made: Json = {
        "hide": _HIDDEN if one.hidden else _SHOWN,
        "name": one.name,
        "skipUrlSync": False,
        "type": one.kind,
    }
    if one.label:
        made["label"] = one.label
    if one.description:
        made["description"] = one.description
    match one.kind:
        case "datasource":
            return made | _datasource(one)
        case "query":
            return made | _query(one, replace(reader, variables=dict(before)), sources)
        case "custom":
            return made | _custom(one)
        case "interval":
            return made | _interval(one)
        case "textbox" | "constant":
            return made | _one_value(one)


def _datasource(one: Variable) -> Json:
    return {
        "current": DEFAULT,
        "includeAll": False,
        "multi": False,
        "options": [],
        "query": one.values[0],
        "refresh": _ON_LOAD,
        "regex": "",
    }


def _query(one: Variable, reader: Reader, sources: Mapping[str, Json]) -> Json:
    text = f"label_values({_selector(one, reader)}, {one.narrows})"
    return {
        "allowCustomValue": True,
        "current": ALL if one.multi else {"text": "", "value": ""},
        "datasource": sources["prometheus"],
        "definition": text,
        "includeAll": one.multi,
        "multi": one.multi,
        "options": [],
        "query": {**EDITOR, "query": text},
        "refresh": _ON_TIME_RANGE,
        "regex": "",
        "sort": _BY_NAME,
        **_all_value(one),
    }


def _selector(one: Variable, reader: Reader) -> str:
    metric = one.metric
    if metric is None:
        what = f"variable {one.name!r} offers the label values of no metric"
        raise Mistake(what, fix="label_variable(METRIC, label)", where=one.source)
    if one.narrows == "job":
        # it offers the jobs: neither the role's own job nor a rename of it may narrow them
        if not reader.variables:
            return to_promql(Select(_series(metric), one.match), reader)
        metric = replace(metric, role=None)
    return to_promql(Select(_series(metric), one.match, metric), reader)


def _series(metric: Metric) -> str:
    return f"{metric.name}_count" if isinstance(metric, Histogram | Summary) else metric.name


def _all_value(one: Variable) -> Json:
    return {"allValue": one.all_value} if one.all_value else {}


def _custom(one: Variable) -> Json:
    first = {"text": one.values[0], "value": one.values[0]}
    every = {"selected": one.multi, "text": "All", "value": "$__all"}
    return {
        "allowCustomValue": True,
        "current": ALL if one.multi else first,
        "includeAll": one.multi,
        "multi": one.multi,
        "options": [*([every] if one.multi else []), *_options(one, selected=not one.multi)],
        # a comma would begin another value
        "query": ",".join(value.replace(",", "\\,") for value in one.values),
        **_all_value(one),
    }


def _interval(one: Variable) -> Json:
    return {
        "auto": False,
        "auto_count": 30,
        "auto_min": "10s",
        "current": {"text": one.values[0], "value": one.values[0]},
        "options": _options(one, selected=True),
        "query": ",".join(one.values),
        "refresh": _ON_TIME_RANGE,
    }


def _one_value(one: Variable) -> Json:
    value = one.values[0]
    return {
        "current": {"text": value, "value": value},
        "options": _options(one, selected=True),
        "query": value,
    }


def _options(one: Variable, *, selected: bool) -> list[Json]:
    first = one.values[0]
    return [{"selected": selected and value == first, "text": value, "value": value} for value in one.values]
