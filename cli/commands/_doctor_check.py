"""One thing that `dash doctor` looked at: whether it is well, what was seen, and what to do about it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """`ok` is None where it cannot be told, or where it is only worth knowing."""

    name: str
    ok: bool | None
    said: str
    fix: str = ""
