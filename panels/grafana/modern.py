"""A page of grafanalib's as today's Grafana would save it; whoever wrote it writes nothing anew."""

import contextlib
import copy
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from panels.dashboard import LONGEST_UID, UID
from panels.grafana.marks import BUILT_IN
from panels.grafana.modern_fields import page_links
from panels.grafana.modern_rows import of_panels, of_rows, with_ids
from panels.grafana.modern_sources import Sources
from panels.grafana.modern_variables import modern_variables, of_inputs, plugins
from panels.grafana.notes import Notes
from panels.grafana.page import SCHEMA_VERSION
from panels.grafana.plain import plain
from queries import Mistake

Json = dict[str, Any]
#: All that a page of today has, but for what only the server writes.
_KEYS = frozenset(
    (
        "annotations",
        "description",
        "editable",
        "fiscalYearStartMonth",
        "gnetId",
        "graphTooltip",
        "links",
        "liveNow",
        "panels",
        "preload",
        "refresh",
        "schemaVersion",
        "tags",
        "templating",
        "time",
        "timepicker",
        "timezone",
        "title",
        "uid",
        "weekStart",
    )
)
#: Written by grafanalib on every page, read by no Grafana of today; or the server's own.
_NOISE = frozenset({"__inputs", "hideControls", "id", "rows", "sharedCrosshair", "style", "version"})
#: grafanalib's own, which nobody wrote: a refresh that asks much of a server, a clock that is not the reader's. Whoever
#: wants UTC writes "UTC", which Grafana reads likewise.
_NOBODY_WROTE = {"refresh": ("10s", "30s"), "timezone": ("utc", "browser")}
_INTERVALS = ["5s", "10s", "30s", "1m", "5m", "15m", "30m", "1h", "2h", "1d"]
_TIMES = ["5m", "15m", "1h", "6h", "12h", "24h", "2d", "7d", "30d"]
_SHARED_CROSSHAIR = 1
#: What a page holds as objects.
_HELD = ("panels", "rows")


@dataclass(frozen=True, slots=True)
class Modern:
    """A page brought up to date.

    Attributes:
        page: its JSON.
        changes: what is not as it was written, one sentence each.
    """

    page: Json
    changes: tuple[str, ...]


def modernise(dashboard: Any, uid: str = "", path: str = "") -> Json:
    """The JSON of grafanalib's `Dashboard`; `uid` is for a page without one, `path` the file it was written in."""
    return modernised(dashboard, uid, path).page


def modernised(dashboard: Any, uid: str = "", path: str = "") -> Modern:
    """Likewise, with what was changed. The caller's objects stay as they are."""
    notes = Notes(path)
    with contextlib.redirect_stdout(io.StringIO()):
        # some classes print advice; and `extraJson` writes into the caller's own dicts, so a copy is taken
        try:
            return _modernised(copy.deepcopy(dashboard), uid, notes)
        except Mistake as mistake:
            if path and mistake.where.path != path:
                # what has no class to look for is somewhere in the file
                raise notes.wrong(mistake.what, mistake.fix) from mistake
            raise


def _modernised(dashboard: Any, uid: str, notes: Notes) -> Modern:
    whole: Json = dict(dashboard) if isinstance(dashboard, Mapping) else dashboard.to_json_data()
    said: Json = plain({key: value for key, value in whole.items() if key not in _HELD})
    made = {key: value for key, value in said.items() if key in _KEYS}
    made |= {"uid": _uid(said, uid, notes), "title": _title(said, notes)}
    for key in sorted(said.keys() - _KEYS - _NOISE):
        notes.say(f"{key} is nothing that Grafana reads today; left out")
    templates: list[Json] = said.get("templating", {}).get("list", [])
    templates = [*of_inputs(said.get("__inputs", []), [one["name"] for one in templates], notes), *templates]
    sources = Sources(plugins(templates))
    panels = of_rows(_held(dashboard, whole, "rows"), sources, notes)
    top = max((one["gridPos"]["y"] + one["gridPos"]["h"] for one in panels), default=0)
    panels += of_panels(_held(dashboard, whole, "panels"), top, sources, notes)
    with_ids(panels, made["uid"], notes)
    _defaults(made, said, notes)
    made |= {
        "annotations": {"list": _annotations(said, sources)},
        "links": page_links(said.get("links", [])),
        "panels": panels,
        "schemaVersion": SCHEMA_VERSION,
        "templating": {"list": modern_variables(templates, sources, notes)},
        "timepicker": _timepicker(said.get("timepicker", {}), notes),
    }
    return Modern(made, tuple(notes.changes))


def _held(dashboard: Any, whole: Json, name: str) -> list[Any]:
    """The page's own panels, which know their class; of a page that is JSON, what stands there."""
    held = getattr(dashboard, name, None)
    return list(whole.get(name, ()) if held is None else held)


def _uid(said: Json, otherwise: str, notes: Notes) -> str:
    uid = str(said.get("uid") or otherwise)
    if not uid:
        raise notes.wrong("a page without a uid", 'Dashboard(uid="...")', made_by="Dashboard")
    if not UID.fullmatch(uid):
        raise notes.wrong(f"page {uid!r}: its uid", "letters, digits, - and _", made_by="Dashboard")
    if len(uid) > LONGEST_UID:
        raise notes.wrong(f"page {uid!r}: its uid is longer than {LONGEST_UID} characters", made_by="Dashboard")
    return uid


def _title(said: Json, notes: Notes) -> str:
    title = str(said.get("title") or "")
    if not title.strip():
        raise notes.wrong("a page without a title", 'Dashboard(title="...")', made_by="Dashboard")
    return title


def _defaults(made: Json, said: Json, notes: Notes) -> None:
    for key, (theirs, ours) in _NOBODY_WROTE.items():
        if made.get(key) == theirs:
            made[key] = ours
            notes.say(f"{key} {theirs!r} is grafanalib's own; it is {ours!r} now")
    if not made.get("refresh"):
        made["refresh"] = ""
    if said.get("sharedCrosshair") and not made.get("graphTooltip"):
        made["graphTooltip"] = _SHARED_CROSSHAIR
    if "gnetId" in made:
        made["gnetId"] = str(made["gnetId"])
    for key, value in (("fiscalYearStartMonth", 0), ("liveNow", False), ("preload", False), ("weekStart", "")):
        made.setdefault(key, value)


def _timepicker(said: Json, notes: Notes) -> Json:
    if said.get("time_options", _TIMES) != _TIMES:
        notes.say("timepicker: its own list of ranges is read no more; left out")
    made = {key: value for key, value in said.items() if key not in ("time_options", "status", "type")}
    if made.get("refresh_intervals") == _INTERVALS:
        del made["refresh_intervals"]
    if not made.get("hidden"):
        made.pop("hidden", None)
    return made


def _annotations(said: Json, sources: Sources) -> list[Json]:
    made = []
    for one in said.get("annotations", {}).get("list", []):
        reference = sources.reference(one.get("datasource"))
        kept = {"enable": True, "iconColor": "blue", "name": "", **one}
        if reference is not None:
            kept["datasource"] = reference
        else:
            kept.pop("datasource", None)
        made.append(kept)
    return made if any(one.get("builtIn") for one in made) else [BUILT_IN, *made]
