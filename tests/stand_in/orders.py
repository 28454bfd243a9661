"""What somebody asks to be saved."""

from dataclasses import dataclass, field
from typing import TypeGuard

from tests.stand_in.answers import Json


@dataclass(frozen=True)
class Order:
    """What somebody asks to be saved."""

    data: Json
    folder_uid: str = ""
    message: str = ""
    overwrite: bool = False
    is_folder: bool = False
    restored_from: int = 0
    api: str = ""  # the version of `/apis` that it was sent to, which refuses what the legacy API rewrites
    expected: int | None = None  # there: the resourceVersion that was seen, 0 for none; None does not ask
    annotations: Json = field(default_factory=dict)  # there: those that are the client's
    labels: Json = field(default_factory=dict)  # there

    @property
    def id(self) -> int:
        """The row that is meant, or 0."""
        return _number(self.data.get("id"))

    @property
    def uid(self) -> str:
        """The uid that is meant, or "" for a new one."""
        return _text(self.data.get("uid")).strip()

    @property
    def title(self) -> str:
        """The trimmed title."""
        return _text(self.data.get("title")).strip()

    @property
    def version(self) -> int:
        """The version that the sender has seen; without an id or uid it says nothing."""
        named = isinstance(self.data.get("uid"), str) or _is_number(self.data.get("id"))
        return _number(self.data.get("version")) if named else 0


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _number(value: object) -> int:
    return int(value) if _is_number(value) else 0


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
