"""Grafana's own JSON schemas as the judge of a page; and what they do not say: no null, no unfinished reference."""

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

SCHEMAS = Path(__file__).parents[3] / "shared" / "oracles" / "jsonschema"
PLUGINS = {
    "annolist": "annotationslist",
    "barchart": "barchart",
    "bargauge": "bargauge",
    "dashlist": "dashboardlist",
    "gauge": "gauge",
    "heatmap": "heatmap",
    "histogram": "histogram",
    "logs": "logs",
    "piechart": "piechart",
    "stat": "stat",
    "state-timeline": "statetimeline",
    "status-history": "statushistory",
    "table": "table",
    "text": "text",
    "timeseries": "timeseries",
}
#: `any` of Grafana's model came out as "an object" in these: a matcher's options may be a name, a property's value a
#: colour, a variable's query has a text inside.
ANY = (("MatcherConfig", "options"), ("DynamicConfigValue", "value"), ("VariableModel", "query"))


def complaints(page: Mapping[str, Any]) -> list[str]:
    """Everything that the schemas say against a page. Skips where they are not there."""
    if not SCHEMAS.is_dir():
        pytest.skip(f"Grafana's schemas are not there: {SCHEMAS}")
    said = [f"page{_at(error)}" for error in _validator("dashboard", "Dashboard").iter_errors({**page, "panels": []})]
    for panel in panels(page):
        where = f"{panel['type']} {panel.get('title', '')!r}"
        said += [f"{where}{one}" for one in _of_panel(panel)]
    return said + [f"null at {path}" for path in nulls(page)]


def panels(page: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Every panel, also the rows and what is in them."""
    for panel in page["panels"]:
        yield panel
        yield from panel.get("panels", ())


def nulls(value: Any, path: str = "") -> Iterator[str]:
    """Where there is a null that Grafana would take away; it keeps the first threshold's and a mapping's open end."""
    if isinstance(value, dict):
        for key, one in value.items():
            open_end = key in ("from", "to") and "result" in value
            first = key == "value" and path.endswith("steps.0")
            if one is None and not open_end and not first:
                yield f"{path}.{key}"
            yield from nulls(one, f"{path}.{key}")
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from nulls(one, f"{path}.{index}")


def _of_panel(panel: Mapping[str, Any]) -> Iterator[str]:
    if panel["type"] == "row":
        for error in _validator("dashboard", "RowPanel").iter_errors({**panel, "panels": []}):
            yield _at(error)
        return
    for error in _validator("dashboard", "Panel").iter_errors(panel):
        yield _at(error)
    plugin = PLUGINS.get(panel["type"])
    custom = panel.get("fieldConfig", {}).get("defaults", {}).get("custom")
    if plugin:
        for error in _validator(plugin, "Options").iter_errors(panel.get("options", {})):
            yield f".options{_at(error)}"
    if plugin and custom is not None and "FieldConfig" in _schema(plugin)["definitions"]:
        for error in _validator(plugin, "FieldConfig").iter_errors(custom):
            yield f".custom{_at(error)}"
    for target in panel.get("targets", ()):
        if target.get("datasource", {}).get("type", "prometheus") == "prometheus":
            for error in _validator("prometheus", "Dataquery").iter_errors(target):
                yield f".targets{_at(error)}"


def _at(error: ValidationError) -> str:
    while error.context:
        error = best_match(iter(error.context)) or error
    return "".join(f".{one}" for one in error.absolute_path) + f": {error.message[:200]}"


@cache
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.jsonschema.json").read_text(encoding="utf-8"))
    if name == "dashboard":
        for definition, key in ANY:
            schema["definitions"][definition]["properties"][key] = {}
    elif name in PLUGINS.values():
        # plugins list as required what the UI fills in (libraries.md 1.4)
        schema["definitions"] = _without_required(copy.deepcopy(schema["definitions"]))
    if name == "table":
        # each of the cells takes the type of every other, so that "exactly one of" refuses Grafana's own default
        cells = schema["definitions"]["TableCellOptions"]
        cells["anyOf"] = cells.pop("oneOf")
    return schema


def _without_required(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {k: _without_required(v) for k, v in schema.items() if not (k == "required" and isinstance(v, list))}
    return [_without_required(one) for one in schema] if isinstance(schema, list) else schema


@cache
def _validator(name: str, definition: str) -> Draft7Validator:
    definitions = _schema(name)["definitions"]
    return Draft7Validator({"$ref": f"#/definitions/{definition}", "definitions": definitions})
