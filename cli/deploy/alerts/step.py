"""What a push is going to do with one thing of alerting: decided, and not yet done."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from cli.deploy.outcome import Outcome, Result
from cli.exit_codes import Exit
from cli.grafana.shown import shown

Json = Mapping[str, Any]
#: What a person is told about one of them is not longer.
LONG = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing's.

    Attributes:
        kind: whose door it goes through: a rule, a contact point, ...
        key: its uid or name, by which Grafana finds it.
        title: what people call it.
        result: what it will have become.
        why: what is in the way, or what a person should know.
        edits: wanted against live, in a person's words.
        exit: what it alone would tell the shell.
        body: what is to be written; None where nothing is, or where it is to be deleted.
        over: what was seen there when all this was decided; None where there was nothing.
    """

    kind: str
    key: str
    title: str
    result: Result
    why: str = ""
    edits: tuple[str, ...] = ()
    exit: Exit = Exit.OK
    body: Json | None = None
    over: Json | None = None

    @property
    def deletes(self) -> bool:
        """It is to be deleted."""
        return self.result is Result.DELETED

    @property
    def writes(self) -> bool:
        """Grafana will not be as it was."""
        return self.body is not None or self.deletes

    @property
    def outcome(self) -> Outcome:
        """As if it had gone as it was decided."""
        return self.ended(self.result, self.why, self.exit)

    def ended(self, result: Result, why: str, code: Exit, edits: tuple[str, ...] | None = None) -> Outcome:
        """What became of it instead."""
        said = self.edits if edits is None else edits
        return Outcome(uid=self.key, title=self.title, result=result, why=shown(why, LONG), edits=said, exit=code)


class Door(Protocol):
    """How one kind of thing is read and written; `editable` leaves what is written open to the browser."""

    editable: bool

    def live(self, key: str) -> Json | None:
        """As it is there right now; None where there is none."""

    def ready(self, body: Json) -> Json:
        """As it is to be sent, once what it lies in is there."""

    def kept(self, body: Json) -> Json:
        """As it may lie on disk, in a journal."""

    def write(self, body: Json, over: Json | None) -> None:
        """Write it over what was just seen there."""

    def delete(self, key: str) -> None:
        """Delete it."""

    def shows(self, key: str) -> bool:
        """Whether a look at it tells that it is as it was to be; not where Grafana hides a part of it."""

    def same(self, one: Json | None, other: Json | None) -> bool:
        """Whether two looks at it saw the same, as far as people decide on it."""

    def differences(self, wanted: Json, live: Json) -> tuple[str, ...]:
        """In a person's words."""
