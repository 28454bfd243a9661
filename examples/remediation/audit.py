"""The audit log: a line of JSON for each thing that was considered, begun, done or failed; lines are only added.

It is also the memory: what was answered, when it was tried last, how often. So a restart forgets nothing.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

Outcome = Literal["begun", "done", "failed", "nothing"]
#: So many lines are looked back at; at some thousand alerts a day that is days, and no limit is longer than hours.
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line.

    Attributes:
        at: when, in seconds since 1970.
        alert: the alert's name.
        fingerprint: and its fingerprint.
        status: firing or resolved.
        started: since when it fires.
        outcome: begun before anything is told to the service, then done or failed; or nothing.
        why: in words; never what a server answered, which may repeat a secret.
        verb: of the remedy.
        target: likewise.
        value: likewise.
        undoes: whether it takes a remedy back.
        dry: whether nothing was really told.
    """

    at: float
    alert: str
    fingerprint: str
    status: str
    started: str
    outcome: Outcome
    why: str
    verb: str = ""
    target: str = ""
    value: int | bool | None = None
    undoes: bool = False
    dry: bool = True

    @property
    def episode(self) -> tuple[str, str]:
        """The same alert, since the same time."""
        return self.fingerprint, self.started


class AuditLog:
    """Appends, and remembers what it appended; of an earlier run only what was as dry as this one.

    Raises:
        OSError: the file cannot be read or written.
    """

    def __init__(self, path: Path, *, dry: bool) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        self._past = deque((one for one in _read(path) if one.dry == dry), maxlen=REMEMBERED)

    @property
    def past(self) -> tuple[Entry, ...]:
        """Oldest first."""
        return tuple(self._past)

    def append(self, entry: Entry) -> None:
        """One line more, on the disk before anything follows from it."""
        when = datetime.fromtimestamp(entry.at, UTC).isoformat(timespec="milliseconds")
        line = json.dumps({"time": when, **asdict(entry)}) + "\n"
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            if os.write(file, line.encode()) != len(line):  # JSON is ASCII here
                raise OSError("the disk took half a line of the audit log")
            os.fsync(file)
        finally:
            os.close(file)
        self._past.append(entry)


def _read(path: Path) -> Iterator[Entry]:
    names = {one.name for one in fields(Entry)}
    with path.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            try:
                said: dict[str, Any] = json.loads(line)
                yield Entry(**{name: said[name] for name in names})
            except (ValueError, KeyError, TypeError):
                continue  # half a line, of a full disk: the others still count
