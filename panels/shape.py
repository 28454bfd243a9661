"""Thresholds, value mappings and links as Grafana writes them."""

import math
from collections.abc import Sequence
from typing import Any

from panels.panel import DataLink, State, Step
from queries import Mistake

Json = dict[str, Any]
#: Grafana's schema wants a page's link where a value's link stands; it reads but title, url and targetBlank.
_NO_PAGE_LINK = {
    "asDropdown": False,
    "icon": "",
    "includeVars": False,
    "keepTime": False,
    "tags": [],
    "tooltip": "",
    "type": "link",
}


def thresholds(steps: Sequence[Step]) -> Json:
    """From which value on which colour; only the first step has no value."""
    return {"mode": "absolute", "steps": [{"color": step.color, "value": step.value} for step in steps]}


def mappings(states: Sequence[State]) -> list[Json]:
    """Words for values: all single values in one mapping, each span and "no value" in one of its own."""
    values: Json = {}
    others: list[Json] = []
    for index, state in enumerate(states):
        result = {"color": state.color, "index": index, "text": state.text}
        if not state.color:
            del result["color"]
        if state.value is None:
            others.append({"options": {"match": "null+nan", "result": result}, "type": "special"})
        elif state.up_to is not None:
            others.append({"options": _span(state, state.up_to, result), "type": "range"})
        else:
            key = state.value if isinstance(state.value, str) else f"{state.value:g}"
            values[key] = result
    return ([{"options": values, "type": "value"}] if values else []) + others


def links(said: Sequence[DataLink]) -> list[Json]:
    """Where a click on a value leads."""
    return [{**_NO_PAGE_LINK, "targetBlank": one.new_tab, "title": one.title, "url": one.url} for one in said]


def _span(state: State, end: float, result: Json) -> Json:
    if isinstance(state.value, str) or (state.value is not None and state.value >= end):
        raise Mistake(f"state {state.text!r} from {state.value} up to {end:g} is no span")
    # an open end is the one null that Grafana keeps
    open_below, open_above = state.value == -math.inf, end == math.inf
    return {"from": None if open_below else state.value, "result": result, "to": None if open_above else end}
