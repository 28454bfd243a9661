"""A page with what servers, browsers and migrations write into it, some of it each time."""

import copy
import random
from typing import Any

from cli.deploy.normalise.noise import ANNOTATION, LINK, PAGE, ROW, TARGET, VARIABLE, defaults, panel_defaults
from tests.normalise.pages import Json, panels

#: Names that every version writes anew.
WRITTEN = {"id": 7, "version": 3, "schemaVersion": 37, "style": "dark", "revision": 1, "iteration": 1699999999999}


def noisy(page: Json, seed: int) -> Json:
    """A copy of a page that means the same."""
    dice = random.Random(seed)  # noqa: S311 - it hides nothing
    made = copy.deepcopy(page)
    made |= {name: value for name, value in WRITTEN.items() if dice.random() < 0.5}
    made["title"] = dice.choice(["", " "]) + made["title"] + dice.choice(["", "  "])
    _shake(made, defaults(PAGE), dice, keep=("panels", "templating", "annotations", "links"))
    for panel in panels(made):
        if panel["type"] == "row":
            _shake(panel, defaults(ROW), dice)
            continue
        for step in panel.get("fieldConfig", {}).get("defaults", {}).get("thresholds", {}).get("steps", [])[:1]:
            if step.get("value") is None:
                step.pop("value", None)
                if dice.random() < 0.5:
                    step["value"] = None
        _shake(panel, panel_defaults(panel["type"]), dice, keep=("targets",))
        panel["pluginVersion"] = dice.choice(["9.4.0-pre", "12.0.0", "13.1.1"])
        for target in panel.get("targets", []):
            _shake(target, {**defaults(TARGET), ("range",): (not target.get("instant"),)}, dice)
    for variable in made["templating"]["list"]:
        _shake(variable, defaults(VARIABLE), dice, keep=("options", "query"))
        for one in (variable.get("current", {}), *variable.get("options", [])):
            one["selected"] = dice.random() < 0.5
    for annotation in made["annotations"]["list"]:
        _shake(annotation, defaults(ANNOTATION), dice)
    for link in made["links"]:
        _shake(link, defaults(LINK), dice)
    shuffled: Json = _reordered(made, dice)
    return shuffled


def _shake(thing: Json, rules: Any, dice: random.Random, keep: tuple[str, ...] = ()) -> None:
    """Take away what says the default, and say it where nobody did."""
    for path, values in rules.items():
        if path[0] in keep or dice.random() < 0.5:
            continue
        inner: Any = thing
        for name in path[:-1]:
            inner = inner.setdefault(name, {}) if isinstance(inner, dict) else None
        if not isinstance(inner, dict):
            continue
        if path[-1] not in inner:
            inner[path[-1]] = copy.deepcopy(values[0])
        elif len(values) == 1 and inner[path[-1]] == values[0] and type(inner[path[-1]]) is type(values[0]):
            del inner[path[-1]]


def _reordered(value: Any, dice: random.Random) -> Any:
    """The same with the keys in another order."""
    if isinstance(value, dict):
        keys = list(value)
        dice.shuffle(keys)
        return {key: _reordered(value[key], dice) for key in keys}
    return [_reordered(one, dice) for one in value] if isinstance(value, list) else value
