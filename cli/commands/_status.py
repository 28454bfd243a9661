"""What `dash status` does once its options are understood."""

import click

from cli.artifact import manifest
from cli.commands import _json, _order, _pushed, _who
from cli.commands._pushing import Said
from cli.deploy.state import State
from cli.deploy.status import PageState, Status, status
from cli.grafana.connect import connected
from cli.grafana.shown import shown

WIDEST = max(map(len, State))


def run(said: Said, output: str) -> int:
    """Look, say what every page is, and answer the exit code."""
    place = _who.place_of(said)
    made = manifest.read(said["build"])
    order = _order.order_of(said, place, made)
    with connected(place.address, connections=order.jobs, api=place.api) as grafana:
        found = status(grafana, order, made)
    for note in found.notes:
        click.echo(_pushed.as_note(note), err=True)
    click.echo(_as_json(found) if output == "json" else _text(found))
    return found.exit


def _as_json(found: Status) -> str:
    pages = [
        {"uid": one.uid, "title": one.title, "state": one.state, "why": one.why, "edits": one.edits}
        for one in found.pages
    ]
    return _json.written({"type": "status", "version": 1, "pages": pages, "counts": found.counts})


def _text(found: Status) -> str:
    """A line for each page that is not in step, and the counts."""
    lines = [_line(one) for one in found.pages if one.state is not State.IN_STEP]
    counts = ", ".join(f"{count} {state}" for state, count in found.counts.items() if count)
    return "\n".join([*lines, _many(len(found.pages), "page") + (f": {counts}" if counts else "")])


def _line(one: PageState) -> str:
    edits = f"{_many(one.edits, 'edit')}, " if one.edits else ""
    return f"{one.state:<{WIDEST}} {shown(one.uid)}: {edits}{one.why or shown(one.title)}"


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
