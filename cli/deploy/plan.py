"""A plan in a file: what a push would do, and the state of the Grafana that it was made for."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from cli import reading
from cli.artifact.digest import OURS
from cli.deploy import private
from cli.deploy.conflict import marks, not_ours, who
from cli.deploy.outcome import Result
from cli.deploy.planning import Planned
from cli.deploy.saving import is_this_save
from cli.deploy.side_by_side import side_by_side
from cli.deploy.step import PanelStep, Step
from cli.errors import UsageError
from cli.exit_codes import Exit
from cli.grafana.model import LibraryPanel, LivePage
from cli.grafana.port import Grafana
from cli.grafana.shown import shown

VERSION = 1
FIX = "dash plan --out FILE again"
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """The live page that a step was decided on: enough to know it again."""

    version: int
    folder: str
    digest: str

    @classmethod
    def of(cls, live: LivePage) -> "Seen":
        """What is to be remembered of a page."""
        text = orjson.dumps(live.body, option=orjson.OPT_SORT_KEYS)
        return cls(live.version, live.folder, hashlib.sha256(text).hexdigest())


@dataclass(frozen=True, slots=True)
class Bound:
    """A plan as its file says it: for which Grafana and project, and with each step the page that it is bound to."""

    grafana: str
    project: str
    steps: tuple[tuple[Step, Seen | None], ...]
    notes: tuple[str, ...] = ()


def dump(plan: Planned, grafana: str, project: str) -> bytes:
    """The file's bytes; no credential is in it."""
    said = {
        "type": "plan",
        "version": VERSION,
        "grafana": grafana,
        "project": project,
        "notes": plan.notes,
        "steps": [_said(step) for step in plan.steps],
    }
    return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _said(step: Step) -> Json:
    seen = Seen.of(step.over) if step.over else None
    return {
        "uid": step.uid,
        "title": step.title,
        "result": step.result,
        "why": step.why,
        "edits": step.edits,
        "exit": int(step.exit),
        "page": step.page,
        "live": seen and {"version": seen.version, "folder": seen.folder, "digest": seen.digest},
        "path": step.path,
        "folder": step.folder,
        "message": step.message,
        "said": step.said,
        "panels": [asdict(one) for one in step.panels],
    }


def write(file: Path, text: bytes) -> None:
    """The file, whole or not at all, and nobody else's to read."""
    try:
        private.write(file, text)
    except OSError as error:
        raise UsageError(f"the plan cannot be written: {error.strerror}", where=str(file)) from error


def read(file: Path) -> Bound:
    """The plan in a file.

    Raises:
        UsageError: it is not one that we wrote.
    """
    try:
        said = reading.in_file(file)
        if (said["type"], said["version"]) != ("plan", VERSION):
            raise ValueError(f"version {said['version']!r}")  # noqa: TRY301 - one way out for all
        steps = tuple((_step(one), _seen(one["live"])) for one in said["steps"])
        return reading.sound(Bound(said["grafana"], said["project"], steps, tuple(said["notes"])))
    except OSError as error:
        raise UsageError(f"this cannot be read ({error.strerror})", where=str(file), fix=FIX) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"this is no plan that we wrote ({error})", where=str(file), fix=FIX) from error


def _seen(said: Json | None) -> Seen | None:
    return reading.sound(Seen(**said)) if said else None


def _step(said: Json) -> Step:
    page, folder = said["page"], said["folder"]
    if page is not None and page["uid"] != said["uid"]:
        raise ValueError(f"{page['uid']!r} is not {said['uid']!r}")
    if not isinstance(folder, str | None):
        raise TypeError("folder is no text")
    step = Step(
        uid=said["uid"],
        title=said["title"],
        result=Result(said["result"]),
        why=said["why"],
        edits=tuple(said["edits"]),
        exit=Exit(said["exit"]),
        page=page,
        path=tuple(said["path"]),
        folder=folder,
        message=said["message"],
        said=said["said"],
        panels=tuple(map(_panel, said["panels"])),
    )
    return reading.sound(step)


def _panel(said: Json) -> PanelStep:
    panel, over = (one and reading.sound(LibraryPanel(**one)) for one in (said["panel"], said["over"]))
    return reading.sound(PanelStep(panel=panel, path=tuple(said["path"]), over=over))


def still(grafana: Grafana, bound: Bound, jobs: int) -> tuple[Planned, list[str]]:
    """The plan with the pages as they are, and a sentence for each that is not what the plan saw."""
    writes = [(step, seen) for step, seen in bound.steps if step.page is not None or step.deletes]
    tag = f"{OURS}{bound.project}"
    lives, interrupted = side_by_side(lambda one: _now(grafana, *one, tag), writes, jobs, grafana.give_up)
    if interrupted:
        raise KeyboardInterrupt
    now = {step.uid: live for (step, _), live in zip(writes, lives, strict=True) if live}
    changed = [why for step, _ in writes if (why := now[step.uid].why)]
    panels = {one.panel.uid: one for step, _ in bound.steps for one in step.panels}
    for uid, one in panels.items():
        if grafana.library_panel(uid) != one.over:
            changed.append(f"the library panel {shown(one.panel.name)!r}: somebody saved or deleted it since")
    steps = [now[step.uid].step if step.uid in now else step for step, _ in bound.steps]
    return Planned(tuple(steps), bound.notes), changed


class _Now(NamedTuple):
    """A step with the page as it is; why it can no longer be carried out, if it cannot."""

    step: Step
    why: str = ""


def _now(grafana: Grafana, step: Step, seen: Seen | None, tag: str) -> _Now:
    live = grafana.page(step.uid)
    if live is None and (seen is None or step.deletes):
        return _Now(_done(step) if step.deletes else step)
    if live is None:
        return _Now(step, f"{step.uid}: somebody deleted it since")
    if seen is None or Seen.of(live) != seen:
        newest = next(iter(grafana.versions(step.uid, 1)), None)
        if step.page is not None and is_this_save(newest, live, step.page, step.message):
            return _Now(_done(step))
        since = "saved since" if seen else "it is there now"
        return _Now(step, f"{step.uid}: {since} ({who(live)})")
    # What no plan of ours says, but a file may.
    foreign = not_ours(live, tag) or (step.deletes and tag not in marks(live) and "it is not ours to delete")
    return _Now(replace(step, over=live), f"{step.uid}: {foreign}" if foreign else "")


def _done(step: Step) -> Step:
    """This very plan was carried out before, or a part of it."""
    return replace(step, result=Result.UNCHANGED, page=None, over=None, why="as planned already")
