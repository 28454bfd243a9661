"""Rules that Grafana evaluates: which of their queries is PromQL, and which one the condition looks at."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cli.lint.reading.language import Sources
from cli.lint.reading.members import items, mapping, objects, scalar, text, words
from cli.lint.reading.panel import target
from cli.lint.spot import Path, Spot
from cli.lint.subject import Alert, Recording, Target, Unreadable

#: The queries that an expression speaks of: `$A / ${B}`.
REFERENCE = re.compile(r"\$\{?(\w+)")


def is_managed(json: Mapping[str, Any]) -> bool:
    """Whether a rule is one of Grafana's."""
    return "grafana_alert" in json or isinstance(json.get("data"), list)


def managed(json: Mapping[str, Any], spot: Spot) -> Alert | Recording | Unreadable:
    """The rule, as a provisioning file, the API or the ruler writes it."""
    prefix = ("grafana_alert",) if "grafana_alert" in json else ()
    body = mapping(json, *prefix) if prefix else json
    name = text(body, "title") or text(json, "alert")
    recorded = text(mapping(body, "record"), "metric")
    where = f"recording rule {recorded}" if recorded else f"alert {name}"
    found = _queries(body, Spot(spot.document, spot.path + prefix, where))
    asked = {one.ref: one for one in found if one.expr}
    start = text(mapping(body, "record"), "from") or text(body, "condition")
    main = next((asked[ref] for ref in _looked_at(body, start) if ref in asked), None)
    main = main or next(iter(asked.values()), None)
    steps: Path = ("expr",) if main is None else (*main.spot.path[len(spot.path) :], "expr")
    spot = Spot(spot.document, spot.path, where)
    expr, language = (main.expr, main.language) if main is not None else ("", "")
    if recorded:
        return Recording(spot, recorded, expr, words(json, "labels"), steps, language, json)
    return Alert(
        spot=spot,
        name=name,
        expr=expr,
        for_=scalar(json, "for"),
        keep_firing_for=scalar(json, "keep_firing_for") or scalar(json, "keepFiringFor"),
        labels=words(json, "labels"),
        annotations=words(json, "annotations"),
        managed=True,
        expr_path=steps,
        language=language,
        others=tuple(one for one in found if one is not main and one.expr),
        json=json,
    )


def _queries(body: Mapping[str, Any], spot: Spot) -> list[Target]:
    """Its queries and expressions; what no data source answers has no text."""
    found = []
    for index, one in objects(body, "data"):
        model = {**mapping(one, "model"), "refId": text(one, "refId") or text(mapping(one, "model"), "refId")}
        found.append(target(model, spot.below("data", index, "model"), Sources({}), text(one, "datasourceUid")))
    return found


def _looked_at(body: Mapping[str, Any], start: str) -> list[str]:
    """The queries that a condition comes from, the nearest first."""
    models = {text(one, "refId"): mapping(one, "model") for _, one in objects(body, "data")}
    order = [start]
    for ref in order:
        model = models.get(ref, {})
        said = text(model, "expression")
        asked = [*REFERENCE.findall(said), said]
        for _, condition in objects(model, "conditions"):
            asked += [one for one in items(condition, "query", "params") if isinstance(one, str)]
        order += [one for one in dict.fromkeys(asked) if one in models and one not in order]
    return order
