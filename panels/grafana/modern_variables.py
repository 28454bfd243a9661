"""grafanalib's templates as today's Grafana saves its variables."""

from collections.abc import Mapping, Sequence
from typing import Any

from panels.grafana.modern_sources import Sources
from panels.grafana.notes import Notes
from panels.grafana.variables import ALL, DEFAULT, EDITOR

Json = dict[str, Any]
_DEAD = ("useTags", "tagsQuery", "tagValuesQuery")
_OF_INTERVAL = ("auto", "auto_min", "auto_count")
_OF_QUERY = ("datasource", "definition", "sort")
_OF_LISTS = ("allValue", "includeAll", "multi")
_KNOWN = ("adhoc", "constant", "custom", "datasource", "interval", "query", "textbox")
_ALL = ("All", "$__all", "all")
_HIDDEN = 2


def modern_variables(said: Sequence[Json], sources: Sources, notes: Notes) -> list[Json]:
    """All of them, in order."""
    return [_variable(one, sources, notes) for one in said]


def plugins(said: Sequence[Json]) -> dict[str, str]:
    """The plugin of each data source variable."""
    return {one["name"]: str(one.get("query", "")) for one in said if one.get("type") == "datasource"}


def of_inputs(said: Sequence[Json], taken: Sequence[str], notes: Notes) -> list[Json]:
    """Variables in place of what only an import by hand would ask for."""
    made = []
    for one in said:
        name = one.get("name", "")
        if name in taken:
            continue
        kind = one.get("type", "constant")
        value = one.get("pluginId") if kind == "datasource" else one.get("value")
        made.append({"name": name, "label": one.get("label", name), "type": kind, "query": str(value or "")})
        notes.say(f"input {name!r} is a variable now: inputs are only read by an import by hand")
    return made


def _variable(said: Json, sources: Sources, notes: Notes) -> Json:
    kind = said.get("type", "query")
    where = f"variable {said.get('name', '')!r}"
    if kind not in _KNOWN:
        raise notes.wrong(f"{where} is a {kind!r}", fix=f"one of {', '.join(_KNOWN)}", made_by="Template")
    made = {key: value for key, value in said.items() if key not in _DEAD}
    if any(said.get(key) for key in _DEAD):
        notes.say(f"{where}: variables have no tags today")
    if kind != "interval":
        made = {key: value for key, value in made.items() if key not in _OF_INTERVAL}
    if kind not in ("query", "adhoc"):
        made = {key: value for key, value in made.items() if key not in _OF_QUERY}
    if kind not in ("query", "custom", "datasource"):
        made = {key: value for key, value in made.items() if key not in _OF_LISTS}
    if kind not in ("query", "datasource", "interval"):
        made.pop("refresh", None)
    if kind not in ("query", "datasource"):
        made.pop("regex", None)
    made = {"hide": 0, "options": [], "skipUrlSync": False, **made, "type": kind}
    _MAKERS[kind](made, sources)
    for key in ("allValue", "label", "description"):
        if not made.get(key, True):
            del made[key]
    return made


def _query(made: Json, sources: Sources) -> None:
    reference = sources.reference(made.pop("datasource", None))
    if reference is not None:
        made["datasource"] = reference
    said = made.get("query", "")
    text = said.get("query", "") if isinstance(said, Mapping) else str(said)
    made["definition"] = text
    if isinstance(said, str) and (reference is None or reference["type"] == "prometheus"):
        # `qryType` says "label values"; another function is a query that its editor does not take apart
        label_values = {**EDITOR} if text.startswith("label_values(") else {"refId": EDITOR["refId"]}
        made["query"] = {**label_values, "query": text}
    made.setdefault("regex", "")
    made["current"] = _current(made)


def _datasource(made: Json, sources: Sources) -> None:
    del sources
    made.setdefault("regex", "")
    said = made.get("current", {})
    made["current"] = _current(made) if said.get("value") else DEFAULT


def _custom(made: Json, sources: Sources) -> None:
    del sources
    said = made.get("options") or [{"text": one, "value": one} for one in str(made.get("query", "")).split(",")]
    options = [{"selected": bool(one.get("selected")), **_stripped(one)} for one in said]
    made["options"] = options
    if not made.get("query"):
        made["query"] = ",".join(str(one["value"]) for one in options)
    chosen = next((one for one in options if one["selected"]), None)
    if chosen is None and _is_all(made, made.get("current", {}).get("value")):
        made["current"] = _current(made)
        return
    first = chosen or (options[0] if options else {"text": "", "value": ""})
    text, value = first["text"], first["value"]
    made["current"] = {"text": [text], "value": [value]} if made.get("multi") else {"text": text, "value": value}


def _stripped(one: Mapping[str, Any]) -> Json:
    return {key: str(one.get(key, one.get("value", ""))).strip() for key in ("text", "value")}


def _interval(made: Json, sources: Sources) -> None:
    del sources
    values = [one.strip() for one in str(made.get("query", "")).split(",") if one.strip()]
    chosen = str(made.get("current", {}).get("value") or (values[0] if values else ""))
    options = made.get("options") or [{"selected": one == chosen, "text": one, "value": one} for one in values]
    made["options"] = options
    made["current"] = {"text": chosen, "value": chosen}
    made["query"] = ",".join(values)


def _one_value(made: Json, sources: Sources) -> None:
    del sources
    value = str(made.get("query") or made.get("current", {}).get("value") or "")
    made["query"] = value
    made["current"] = {"text": value, "value": value}
    made["options"] = [{"selected": True, "text": value, "value": value}]
    if made["type"] == "constant":
        made["hide"] = _HIDDEN


def _adhoc(made: Json, sources: Sources) -> None:
    reference = sources.reference(made.pop("datasource", None))
    if reference is not None:
        made["datasource"] = reference
    for key in ("current", "definition", "options", "query", "sort"):
        made.pop(key, None)


def _current(made: Json) -> Json:
    said = made.get("current") or {}
    value = said.get("value")
    if _is_all(made, value):
        return ALL if made.get("multi") else {"text": "All", "value": "$__all"}
    text = said.get("text") or value
    if made.get("multi"):
        return {"text": _listed(text), "value": _listed(value)}
    return {"text": text or "", "value": value or ""}


def _is_all(made: Json, value: Any) -> bool:
    return bool(made.get("includeAll")) and (value in _ALL or value in [[one] for one in _ALL])


def _listed(said: Any) -> list[str]:
    return [str(one) for one in said] if isinstance(said, list) else [str(said)] if said else []


_MAKERS = {
    "adhoc": _adhoc,
    "constant": _one_value,
    "custom": _custom,
    "datasource": _datasource,
    "interval": _interval,
    "query": _query,
    "textbox": _one_value,
}
