"""A panel's queries of grafanalib as today's Grafana saves them: each with a letter and a data source."""

from collections.abc import Sequence
from typing import Any

from panels.asking import letters
from panels.grafana.modern_sources import Sources, plugin_of
from panels.grafana.notes import Notes
from panels.grafana.panel import MIXED
from panels.grafana.plain import plain

Json = dict[str, Any]
_DEAD = ("metric", "step")
#: grafanalib's own default, which nobody wrote and Grafana took off long ago: it doubles the step of every query.
_INTERVAL_FACTOR = 2
_STEP = 10


def modern_targets(panel: Any, made: Json, sources: Sources, notes: Notes) -> None:
    """Puts the panel's targets and its data source right, in its own JSON."""
    said: Sequence[Any] = getattr(panel, "targets", None) or made.get("targets", [])
    where = f"panel {made.get('title', '')!r}"
    done = [_target(one, made, sources, notes, where) for one in said]
    _name(done, notes, where)
    own = sources.reference(made.pop("datasource", None), _plugin(done, made["type"]))
    used = [one.get("datasource") for one in done]
    if own is None and done and used[0] is not None:
        own = used[0] if all(one == used[0] for one in used) else MIXED
    if own is not None:
        made["datasource"] = own
        if own != MIXED:
            for one in done:
                one.setdefault("datasource", own)
    if done:
        made["targets"] = done
    else:
        made.pop("targets", None)


def _plugin(done: Sequence[Json], kind: str) -> str:
    plugins = [one["datasource"]["type"] for one in done if "datasource" in one]
    return plugins[0] if plugins else "loki" if kind == "logs" else "prometheus"


def _target(said: Any, panel: Json, sources: Sources, notes: Notes, where: str) -> Json:
    made: Json = plain(said)
    plugin = plugin_of(said, panel["type"], made)
    reference = sources.reference(made.pop("datasource", None) or panel.get("datasource"), plugin)
    if reference is not None and reference != MIXED:
        made["datasource"] = reference
        plugin = reference["type"]
    if not made.get("hide", True):
        del made["hide"]
    if "expr" not in made:
        return made
    for key in _DEAD:
        value = made.pop(key, None)
        if value not in (None, "", _STEP):
            notes.say(f"{where}: a query's {key}={value!r} means nothing today; interval is its least step")
    if made.get("query") == made["expr"]:
        del made["query"]
    return _by_plugin(made, plugin)


def _by_plugin(made: Json, plugin: str) -> Json:
    for key, default in (("intervalFactor", _INTERVAL_FACTOR), ("interval", ""), ("target", "")):
        if made.get(key) == default:
            del made[key]
    if plugin not in ("prometheus", "loki"):
        for key in ("expr", "intervalFactor", "legendFormat", "instant"):
            if not made.get(key):
                made.pop(key, None)
        return made
    instant = made.pop("instant", False)
    if plugin == "loki":
        made.pop("format", None)
        return {**made, "editorMode": "code", "queryType": "instant" if instant else "range"}
    return {"editorMode": "code", "exemplar": False, **made, "instant": instant, "range": not instant}


def _name(done: Sequence[Json], notes: Notes, where: str) -> None:
    taken = {one["refId"] for one in done if one.get("refId")}
    seen: set[str] = set()
    free = (letters(index) for index in range(len(done) * 2 + 26 * 27) if letters(index) not in taken)
    for one in done:
        name = one.get("refId", "")
        if name in seen:
            notes.say(f"{where}: two queries are called {name}; the second got a letter of its own")
        if not name or name in seen:
            one["refId"] = next(free)
        seen.add(one["refId"])
