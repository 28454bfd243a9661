"""What a push of alerts keeps on disk before it writes: how each thing was, and what was to be there instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli import reading
from cli.deploy.alerts.step import Step
from cli.deploy.files import name_of
from cli.deploy.journal import LINES, Journal
from cli.errors import UsageError

Json = Mapping[str, Any]
#: The word of a line in the journal, and the folder of the files that such lines name.
LINE, FOLDER = "alerting", "alerts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One thing that a push began to write or to delete.

    Attributes:
        kind: a rule, a contact point, ...
        key: its uid or name.
        title: what people call it.
        wrote: what was to be there; None where it was to be deleted.
        before: what was there; None where nothing was.
    """

    kind: str
    key: str
    title: str
    wrote: Json | None
    before: Json | None


def keep(journal: Journal, step: Step, *, wrote: Json | None, before: Json | None) -> None:
    """One thing is about to be written or deleted."""
    said = {"kind": step.kind, "key": step.key, "title": step.title, "wrote": wrote, "before": before}
    journal.other(LINE, f"{FOLDER}/{name_of(f'{step.kind}-{step.key}')}.json", said)


def read(folder: Path, name: str) -> tuple[Act, ...]:
    """What a push of alerts did, in its order; nothing where it was a push of pages.

    Raises:
        UsageError: it is not what we wrote.
    """
    place = folder / name
    if not (place / LINES).exists():
        return ()
    try:
        return tuple(_act(place, file) for file in _files(place / LINES))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"this is no journal that we wrote ({error})", where=str(place)) from error


def _files(path: Path) -> list[str]:
    """The files that its lines name; a line may be half, of a push that was killed before it asked for anything."""
    found = []
    for text in reading.whole(path).splitlines():
        try:
            line = reading.parsed(text)
        except ValueError:
            continue
        if LINE in line:
            found.append(str(line[LINE]))
    return list(dict.fromkeys(found))


def _act(place: Path, file: str) -> Act:
    path = place / file
    if not path.resolve().is_relative_to(place.resolve()):
        raise ValueError(f"{file!r} is not in it")
    said = reading.in_file(path)
    return Act(kind=said["kind"], key=said["key"], title=said["title"], wrote=said["wrote"], before=said["before"])
